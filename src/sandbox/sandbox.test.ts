import { request as rawRequest } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createContracts } from '../contract/contracts.ts';
import { SEED_REQUEST as SEED } from '../contract/messages.test-kit.ts';
import { ConfigurationError } from '../domain/harness-error.ts';
import type { Json } from '../domain/json.ts';
import { DOCUMENT_TYPE, ERROR_IDENTIFIER } from '../domain/vocabulary.generated.ts';
import { type Answer, call } from './receiver.test-kit.ts';
import { type Sandbox, type SandboxEvent, startSandbox } from './start-sandbox.ts';

const TOKEN = '/api/v2/token';
const MANUAL = '/api/v2/add-dummy-status';
const STATUS = '/api/v2/status';
const PATHS = [TOKEN, MANUAL, STATUS];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const contracts = createContracts();
const events: SandboxEvent[] = [];
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ onEvent: (event) => events.push(event) });
});
afterAll(() => sandbox[Symbol.asyncDispose]());

const create = async (fields: object = {}): Promise<string> => {
  const { body } = await call(sandbox, TOKEN, { clientId: 'c', dummyStatus: 'APPROVED', ...fields });
  return String(body.scanRef);
};
const review = (scanRef: unknown, face = 'FACE_MATCH', document = 'DOC_VALIDATED'): Promise<Answer> =>
  call(sandbox, MANUAL, { scanRef, manualFaceMatchResult: face, manualDocumentValidity: document });

function expectRefusal(answer: Answer, status: number, identifier: string): void {
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  expect(answer.body).toEqual({
    identifier,
    message: expect.stringMatching(/\S/),
    documentation: '',
    severity: 'NOT_SEVERE',
  });
  expect(ERROR_IDENTIFIER).toContain(identifier);
  expect(contracts.judge('error', answer.body as Json).violations).toEqual([]);
}

describe('token', () => {
  test('the example of the page is echoed', async () => {
    const { status, body } = await call(sandbox, TOKEN, SEED);
    expect(status).toBe(201);
    const { dummyStatus: _, ...echo } = SEED;
    expect(body).toEqual({
      ...echo,
      message: 'Dummy token and verification created successfully',
      firstName: 'JOHN TOM',
      lastName: 'SMITH',
      authToken: expect.stringMatching(/^.{40}$/),
      scanRef: expect.stringMatching(UUID),
      digitString: null,
      unverifiedUrl: null,
      callbackUrl: null,
      redirectUrl: expect.stringContaining(String(body.authToken)),
    });
    expect(contracts.judge('token-response', body as Json, { request: SEED }).violations).toEqual([]);
  });

  test('fields left out get their defaults', async () => {
    const { body } = await call(sandbox, TOKEN, { clientId: 'only', generateDigitString: true, reviewFailed: false });
    expect(body).toMatchObject({
      message: 'Token created successfully',
      digitString: expect.stringMatching(/^\d{8}$/),
      locale: 'en',
      showInstructions: true,
      expiryTime: 3600,
      sessionLength: 600,
      documents: [...DOCUMENT_TYPE],
      tokenType: 'IDENTIFICATION',
      reviewFailed: false,
      firstName: null,
      address: null,
    });
    expect(body).not.toHaveProperty('reviewSuccessful');
  });

  test('null is the same as leaving out, unknown fields are ignored', async () => {
    const body = '{"clientId":"c","locale":null,"documents":null,"theme":{},"__proto__":{"sex":"X"}}';
    const answer = await call(sandbox, TOKEN, body);
    expect(answer).toMatchObject({ status: 201, body: { locale: 'en', documents: [...DOCUMENT_TYPE], sex: null } });
    expect(answer.body).not.toHaveProperty('theme');
  });

  test('the same clientId may have several sessions', async () => {
    const [one, two] = [await create({ clientId: 'twice' }), await create({ clientId: 'twice' })];
    expect(one).toMatch(UUID);
    expect(two).not.toBe(one);
  });

  test('refusals name the field', async () => {
    const bad = await call(sandbox, TOKEN, { ...SEED, sex: 'X' });
    expectRefusal(bad, 400, 'BAD_VALUE');
    expect(bad.body.message).toContain('"sex"');
    expectRefusal(await call(sandbox, TOKEN, {}), 400, 'MISSING_VALUE');
  });

  test.each([
    ['TEST', 'TESTING/PRODUCTION'],
    ['PROD', 'TESTING/PRODUCTION'],
    ['DEMO', 'DEMO'],
  ] as const)('%s keys get no dummy session but a plain one', async (environment, partners) => {
    const refused = await call(sandbox, TOKEN, SEED, { environment });
    expectRefusal(refused, 400, 'PERMISSIONS_ERROR');
    expect(refused.body.message).toBe(`This endpoint is not available for ${partners} partners.`);
    const plain = await call(sandbox, TOKEN, { clientId: 'c' }, { environment });
    expect(plain.status).toBe(201);
    const { scanRef } = plain.body;
    expect((await call(sandbox, STATUS, { scanRef }, { environment })).body).toMatchObject({ status: 'ACTIVE' });
    expectRefusal(await call(sandbox, STATUS, { scanRef }), 400, 'BAD_VALUE');
    expectRefusal(await review(scanRef), 400, 'BAD_VALUE');
  });
});

describe('status and manual review', () => {
  test.each([
    ['APPROVED', 'FACE_MATCH', 'DOC_VALIDATED', []],
    ['DENIED', 'FACE_MISMATCH', 'DOC_VALIDATED', []],
    ['SUSPECTED', 'FACE_MATCH', 'DOC_VALIDATED', ['NAME']],
    ['ACTIVE', '', '', []],
    ['EXPIRED', '', '', []],
  ])('%s', async (dummyStatus, autoFace, autoDocument, mismatchTags) => {
    const scanRef = await create({ dummyStatus, clientId: 'me' });
    const automatic = { autoFace, autoDocument, fraudTags: [], mismatchTags, scanRef, clientId: 'me' };
    const { status, body } = await call(sandbox, STATUS, { scanRef });
    expect(status).toBe(200);
    expect(body).toEqual({ ...automatic, status: dummyStatus, manualFace: '', manualDocument: '' });
    expect(contracts.judge('status-response', body as Json).violations).toEqual([]);

    expect(await review(scanRef, 'FACE_MATCH', 'DOC_FAKE')).toMatchObject({ status: 200, body: { message: /./ } });
    const denied = { ...automatic, status: 'DENIED', manualFace: 'FACE_MATCH', manualDocument: 'DOC_FAKE' };
    expect((await call(sandbox, STATUS, { scanRef })).body).toEqual(denied);
    await review(scanRef);
    const approved = { status: 'APPROVED', manualFace: 'FACE_MATCH', manualDocument: 'DOC_VALIDATED' };
    expect((await call(sandbox, STATUS, { scanRef })).body).toEqual({ ...automatic, ...approved, mismatchTags: [] });
  });

  test('a scanRef that does not exist, or is a list, is refused', async () => {
    expectRefusal(await review('00000000-0000-4000-8000-000000000000'), 400, 'BAD_VALUE');
    expectRefusal(await review([await create()]), 400, 'BAD_VALUE');
    expectRefusal(await call(sandbox, MANUAL, {}), 400, 'MISSING_VALUE');
    expectRefusal(await call(sandbox, MANUAL, {}, { environment: 'TEST' }), 400, 'PERMISSIONS_ERROR');
    expectRefusal(await call(sandbox, STATUS, { scanRef: null }), 400, 'MISSING_VALUE');
  });
});

describe('HTTP', () => {
  test.each(PATHS)('%s: keys', async (path) => {
    for (const authorization of [
      '',
      'Basic',
      'Basic !!',
      'Bearer x',
      `Basic ${btoa(`${sandbox.keys.DEV.apiKey}:no`)}`,
    ]) {
      expectRefusal(await call(sandbox, path, {}, { headers: { authorization } }), 401, 'UNAUTHORIZED');
    }
  });

  test.each(PATHS)('%s: bodies', async (path) => {
    for (const body of ['', '{', '[]', 'null', '1', '"x"', '{"a":1}}', '['.repeat(100_000), '{"a":'.repeat(100_000)]) {
      expectRefusal(await call(sandbox, path, body), 400, 'JSON_ERROR');
    }
    expectRefusal(await call(sandbox, path, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])), 400, 'ENCODING_ERROR');
    expectRefusal(await call(sandbox, path, { kind: 'refusal', status: 200 }), 400, 'MISSING_VALUE');
    for (const type of ['text/plain', 'application/jsonx', 'application/x-www-form-urlencoded', 'nonsense']) {
      expectRefusal(await call(sandbox, path, '{}', { headers: { 'content-type': type } }), 415, 'BAD_VALUE');
    }
    const charset = { headers: { 'content-type': 'Application/JSON; charset=utf-8' } };
    expectRefusal(await call(sandbox, path, '{}', charset), 400, 'MISSING_VALUE');
    expectRefusal(await call(sandbox, path, { clientId: 'x'.repeat(1024 * 1024) }), 413, 'BAD_VALUE');
  });

  test.each(PATHS)('%s: methods', async (path) => {
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND']) {
      const answer = await call(sandbox, path, '{}', { method });
      expectRefusal(answer, 405, 'METHOD_NOT_ALLOWED');
      expect(answer.headers.get('allow')).toBe('POST');
    }
    expect((await call(sandbox, path, '', { method: 'HEAD' })).status).toBe(405);
  });

  test('unknown and unreadable paths', async () => {
    for (const path of ['/', '/api/v2/token/', '/api/v2/TOKEN', '/constructor', '/__proto__']) {
      expectRefusal(await call(sandbox, path, '{}'), 404, 'BAD_VALUE');
    }
    expectRefusal(await call(sandbox, '/api/v2/%zz', '{}'), 400, 'BAD_VALUE');
  });

  test('no Content-Type, a header flood and bytes that are no HTTP end nothing', async () => {
    expect(await statusOf({ authorization: basic(sandbox) }, '{}')).toBe(415);
    expect(await statusOf({ flood: 'x'.repeat(100_000) }, '{}')).toBe(431);
    const socket = connect(sandbox.port, '127.0.0.1', () => socket.end('\0\x01 nonsense\r\n\r\n'));
    expect(await text(socket)).toMatch(/^HTTP\/1.1 400 [\s\S]*"identifier":"BAD_VALUE"/);
    expect(await create()).toMatch(UUID);
  });

  test('events name no secrets', () => {
    expect(events).toContainEqual({
      kind: 'exchange',
      method: 'POST',
      path: TOKEN,
      status: 201,
      identifier: null,
      latencyMs: expect.any(Number),
      clientId: '100000',
    });
    expect(events).toContainEqual(expect.objectContaining({ path: MANUAL, status: 415, identifier: 'BAD_VALUE' }));
    const told = JSON.stringify(events);
    for (const { apiKey, apiSecret } of Object.values(sandbox.keys)) {
      expect(told).not.toContain(apiKey);
      expect(told).not.toContain(apiSecret);
    }
  });
});

describe('start', () => {
  test('keys and the signing key are as given, the others made up', async () => {
    const mine = { apiKey: 'mine', apiSecret: 'my-secret' };
    await using started = await startSandbox({ keys: { DEV: mine }, responseLatencyMs: 30 });
    expect(started).toMatchObject({ keys: { DEV: mine }, signingKey: 'my-secret' });
    expect(new Set(Object.values(started.keys).map(({ apiKey }) => apiKey)).size).toBe(4);
    const before = performance.now();
    expect((await call(started, TOKEN, { clientId: 'c' })).status).toBe(201);
    expect(performance.now() - before).toBeGreaterThan(25);
  });

  test('a port that is taken is named', async () => {
    const failure = startSandbox({ port: sandbox.port });
    await expect(failure).rejects.toThrow(ConfigurationError);
    await expect(failure).rejects.toThrow(`port ${sandbox.port}: the port is taken`);
    await expect(startSandbox({ port: 70_000 })).rejects.toThrow(ConfigurationError);
  });

  test('a webhook URL on another machine is refused', async () => {
    await expect(startSandbox({ webhookUrl: 'https://a.example/hook' })).rejects.toThrow(ConfigurationError);
  });
});

function basic({ keys: { DEV } }: Sandbox): string {
  return `Basic ${btoa(`${DEV.apiKey}:${DEV.apiSecret}`)}`;
}

/** For what `fetch` would not send: no Content-Type, too many headers. */
function statusOf(headers: Record<string, string>, body: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = rawRequest(sandbox.baseUrl + TOKEN, { method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('error', reject);
    request.end(body);
  });
}
