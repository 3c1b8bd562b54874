import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createContracts } from '../contract/contracts.ts';
import type { Json } from '../domain/json.ts';
import { startDeliverer } from './deliverer.ts';
import { call, type Received, type Receiver, signatureOf, startReceiver } from './receiver.test-kit.ts';
import { type Sandbox, type SandboxEvent, type SandboxOptions, startSandbox } from './start-sandbox.ts';
import { startPoster } from './webhook-post.ts';

const contracts = createContracts();

async function create(sandbox: Sandbox, fields: object): Promise<string> {
  const { status, body } = await call(sandbox, '/api/v2/token', { clientId: 'c', ...fields });
  expect(status).toBe(201);
  return String(body.scanRef);
}

async function review(
  sandbox: Sandbox,
  scanRef: string,
  face = 'FACE_MATCH',
  document = 'DOC_VALIDATED',
): Promise<void> {
  const body = { scanRef, manualFaceMatchResult: face, manualDocumentValidity: document };
  expect((await call(sandbox, '/api/v2/add-dummy-status', body)).status).toBe(200);
}

const started = (receiver: Receiver, options: SandboxOptions = {}): Promise<Sandbox> =>
  startSandbox({ webhookUrl: receiver.url, retryDelaysMs: [5, 5, 5], ...options });

const eventType = (received: Received | undefined): unknown => received?.headers['idenfy-event-type'];

describe('webhooks', () => {
  test.each([
    ['APPROVED', {}, true],
    ['APPROVED', { reviewFailed: true }, true],
    ['APPROVED', { reviewSuccessful: true }, false],
    ['DENIED', {}, true],
    ['DENIED', { reviewSuccessful: true }, true],
    ['DENIED', { reviewFailed: true }, false],
    ['SUSPECTED', { reviewFailed: true }, false],
    ['EXPIRED', { reviewFailed: true }, true],
  ])('%s with %j: final %s', async (dummyStatus, flags, final) => {
    await using receiver = await startReceiver();
    await using sandbox = await started(receiver);
    const scanRef = await create(sandbox, { dummyStatus, externalRef: 'ref', ...flags });
    const [webhook] = await receiver.until(1);
    expect(webhook?.body).toMatchObject({
      final,
      scanRef,
      clientId: 'c',
      externalRef: 'ref',
      status: { overall: dummyStatus },
    });
    expect(eventType(webhook)).toBe(`IDENTIFICATION_${dummyStatus === 'EXPIRED' ? 'EXPIRED' : 'AUTO_FINISHED'}`);
    const { violations } = contracts.judge('verification-webhook', webhook?.body as Json);
    expect(violations).toEqual([]);
    expect(contracts.judge('webhook-headers', webhook?.headers as Json).violations).toEqual([]);
  });

  test('ACTIVE and plain sessions cause none, a manual review does', async () => {
    await using receiver = await startReceiver();
    await using sandbox = await started(receiver);
    await create(sandbox, {});
    const scanRef = await create(sandbox, { dummyStatus: 'ACTIVE' });
    await review(sandbox, scanRef, 'FACE_UNCERTAIN');
    const [webhook, ...others] = await receiver.until(1);
    expect(others).toEqual([]);
    expect(eventType(webhook)).toBe('IDENTIFICATION_MANUAL_FINISHED');
    expect(webhook?.body).toMatchObject({
      final: true,
      scanRef,
      status: { overall: 'DENIED', manualFace: 'FACE_UNCERTAIN', manualDocument: 'DOC_VALIDATED', autoFace: null },
    });
    expect(contracts.judge('verification-webhook', webhook?.body as Json).violations).toEqual([]);
  });

  test('the signature is over the bytes, the data are the request', async () => {
    await using receiver = await startReceiver();
    await using sandbox = await started(receiver, { signingKey: 'a key' });
    await create(sandbox, {
      dummyStatus: 'APPROVED',
      firstName: 'Žan Ž',
      lastName: 'ß'.repeat(100),
      personalNumber: '9'.repeat(50),
      sex: 'F',
      country: 'lt',
      nationality: 'LV',
      dateOfBirth: '1990-12-20',
      address: '😀'.repeat(255),
      documents: ['VISA'],
    });
    const [webhook] = await receiver.until(1);
    expect(webhook?.headers['idenfy-signature']).toBe(signatureOf(webhook?.bytes ?? Buffer.alloc(0), 'a key'));
    expect(webhook?.body.data).toMatchObject({
      docFirstName: 'ŽAN Ž',
      docLastName: 'S'.repeat(100),
      docPersonalCode: '9'.repeat(30),
      docSex: 'FEMALE',
      docNationality: 'LV',
      docIssuingCountry: 'LT',
      selectedCountry: 'LT',
      docDob: '1990-12-20',
      docType: 'VISA',
      address: '😀'.repeat(100),
      orgAddress: '😀'.repeat(255),
    });
    expect(contracts.judge('verification-webhook', webhook?.body as Json).violations).toEqual([]);
  });

  test("a session's callbackUrl overrides the configured URL", async () => {
    await using configured = await startReceiver();
    await using own = await startReceiver();
    await using sandbox = await started(configured);
    const scanRef = await create(sandbox, { dummyStatus: 'DENIED', callbackUrl: own.url });
    expect((await own.until(1))[0]?.body.scanRef).toBe(scanRef);
    expect(configured.received).toEqual([]);
  });

  test('legacy accounts get IDENTIFICATION for every outcome', async () => {
    await using receiver = await startReceiver();
    await using sandbox = await started(receiver, { legacyEvents: true });
    const scanRef = await create(sandbox, { dummyStatus: 'EXPIRED' });
    await review(sandbox, scanRef);
    await create(sandbox, { dummyStatus: 'APPROVED' });
    expect((await receiver.until(3)).map(eventType)).toEqual(Array(3).fill('IDENTIFICATION'));
  });
});

describe('delivery', () => {
  test('what is not accepted is sent again with the same bytes, and later webhooks of the session wait', async () => {
    const answers = [500, null, 302, 204];
    await using receiver = await startReceiver((nth) => (nth <= answers.length ? (answers[nth - 1] ?? null) : 200));
    const told: SandboxEvent[] = [];
    await using sandbox = await started(receiver, {
      webhookLatencyMs: 20,
      onEvent: (event) => event.kind === 'delivery' && told.push(event),
    });
    const scanRef = await create(sandbox, { dummyStatus: 'SUSPECTED' });
    await review(sandbox, scanRef);
    const received = await receiver.until(5);
    expect(received.slice(0, 4).map(({ bytes }) => bytes.equals(received[0]?.bytes ?? Buffer.alloc(0)))).toEqual(
      Array(4).fill(true),
    );
    expect(received.slice(0, 4).map(({ headers }) => headers['idenfy-signature'])).toEqual(
      Array(4).fill(received[0]?.headers['idenfy-signature']),
    );
    expect(eventType(received[4])).toBe('IDENTIFICATION_MANUAL_FINISHED');
    await expect.poll(() => told.length).toBe(5);
    const common = { kind: 'delivery', scanRef, url: new URL(receiver.url).origin };
    const auto = { ...common, eventType: 'IDENTIFICATION_AUTO_FINISHED' };
    expect(told).toEqual([
      { ...auto, attempt: 1, status: 500 },
      { ...auto, attempt: 2, error: expect.stringMatching(/\S/) },
      { ...auto, attempt: 3, status: 302 },
      { ...auto, attempt: 4, status: 204 },
      { ...common, eventType: 'IDENTIFICATION_MANUAL_FINISHED', attempt: 1, status: 200 },
    ]);
    expect(JSON.stringify(told)).not.toContain('secret-path');
  });

  test('a receiver that is not there costs its attempts and no more', async () => {
    const gone = await startReceiver();
    await gone[Symbol.asyncDispose]();
    const told: SandboxEvent[] = [];
    await using sandbox = await started(gone, { onEvent: (event) => event.kind === 'delivery' && told.push(event) });
    await create(sandbox, { dummyStatus: 'APPROVED' });
    await expect.poll(() => told.length).toBe(4);
    expect(told[3]).toMatchObject({ attempt: 4, error: expect.stringContaining('ECONNREFUSED') });
  });

  test('nothing is sent to another machine', async () => {
    const told: SandboxEvent[] = [];
    await using sandbox = await startSandbox({ onEvent: (event) => event.kind === 'delivery' && told.push(event) });
    await create(sandbox, { dummyStatus: 'APPROVED', callbackUrl: 'https://hooks.invalid/path' });
    await expect.poll(() => told.length).toBe(1);
    expect(told[0]).toMatchObject({
      url: 'https://hooks.invalid',
      attempt: 1,
      error: expect.stringContaining('not sent'),
    });
  });

  test('disposing drops what is due and closes every connection', async () => {
    await using receiver = await startReceiver((nth) => (nth === 1 ? 200 : 500));
    const sandbox = await started(receiver, { retryDelaysMs: [60_000] });
    await create(sandbox, { dummyStatus: 'APPROVED' });
    await create(sandbox, { dummyStatus: 'DENIED' });
    await receiver.until(2);
    const idle = connect(sandbox.port, '127.0.0.1');
    await new Promise((resolve) => idle.once('connect', resolve));
    const closed = new Promise((resolve) => idle.once('close', resolve));
    await sandbox[Symbol.asyncDispose]();
    await closed;
    await expect(fetch(sandbox.baseUrl)).rejects.toThrow();
    const sockets = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
    await expect.poll(sockets).toBe(0);
    expect(receiver.received).toHaveLength(2);
  });
});

test('a receiver that is too slow is hung up on', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  using poster = startPoster(20);
  const result = await new Promise((resolve) => poster.post({ url, headers: {}, bytes: Buffer.from('{}') }, resolve));
  expect(result).toEqual({ error: 'no answer within 20 ms' });
  server.close();
});

test('what is queued after disposal is dropped', async () => {
  await using receiver = await startReceiver();
  const options = { signingKey: 'k', latencyMs: 0, retryDelaysMs: [], onEvent: () => undefined };
  const webhook = { eventType: 'IDENTIFICATION', url: receiver.url, body: {} };
  const stopped = startDeliverer(options);
  stopped[Symbol.dispose]();
  stopped.enqueue({ ...webhook, scanRef: 'late', body: { scanRef: 'late' } });
  using running = startDeliverer(options);
  running.enqueue({ ...webhook, scanRef: 'next', body: { scanRef: 'next' } });
  expect((await receiver.until(1)).map(({ body }) => body.scanRef)).toEqual(['next']);
});

test('disposal clears the timers of what was still due', () => {
  const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = timers();
  const options = { signingKey: 'k', latencyMs: 60_000, retryDelaysMs: [], onEvent: () => undefined };
  const deliverer = startDeliverer(options);
  deliverer.enqueue({ scanRef: 's', eventType: 'IDENTIFICATION', url: 'http://127.0.0.1:1/', body: {} });
  expect(timers()).toBe(before + 1);
  deliverer[Symbol.dispose]();
  expect(timers()).toBe(before);
});
