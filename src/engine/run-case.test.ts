import { describe, expect, test } from 'vitest';
import { SEED_ERROR, SEED_RESPONSE, WEBHOOK } from '../contract/messages.test-kit.ts';
import { ProviderUnreachableError } from '../domain/harness-error.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import type { Delivery } from '../domain/message.ts';
import type { CaseResult } from '../domain/result.ts';
import type { RequestStep, Scenario, Step } from '../domain/scenario.ts';
import {
  createAwaitStep,
  createDelivery,
  createRequestStep,
  createScenario,
  createTestPorts,
  type DeliveryChanges,
  expecting,
  spanAt,
  type TestAnswer,
  type TestPorts,
} from './ports.test-kit.ts';
import type { Ports } from './ports.ts';
import { createBudget } from './ports.ts';
import { runCase, skipReason } from './run-case.ts';
import { createRunWatch } from './run-watch.ts';

const REFUSAL: JsonObject = { identifier: 'PARTNER_ERROR', message: 'no' };
const SCAN_REF = SEED_RESPONSE.scanRef as string;
const [AUTO, MANUAL] = ['IDENTIFICATION_AUTO_FINISHED', 'IDENTIFICATION_MANUAL_FINISHED'];

/** A provider that keeps its word, but for what a test changes. */
interface Provider {
  readonly token?: Partial<TestAnswer>;
  readonly manual?: Partial<TestAnswer>;
  /** The automatic webhooks, by what each of them changes in a faithful one; the event type first. */
  readonly auto?: readonly (readonly [
    type: string,
    status?: JsonObject,
    body?: JsonObject,
    delivery?: DeliveryChanges,
  ])[];
  readonly manualWebhooks?: Provider['auto'];
}

function start(provider: Provider, changes: Partial<Ports> = {}): TestPorts {
  let clientId: Json = null;
  const made: TestPorts = createTestPorts((request, body) => {
    if (request.path.endsWith('/token')) {
      clientId = body.clientId ?? null;
      const answer = { status: 201, body: tokenResponse(body), ...provider.token };
      if (answer.status < 300) post(provider.auto ?? [[AUTO]], { overall: body.dummyStatus ?? null });
      return answer;
    }
    if (request.path.endsWith('/add-dummy-status')) {
      const { manualFaceMatchResult: manualFace = null, manualDocumentValidity: manualDocument = null } = body;
      const overall = manualFace === 'FACE_MATCH' && manualDocument === 'DOC_VALIDATED' ? 'APPROVED' : 'DENIED';
      post(provider.manualWebhooks ?? [[MANUAL]], { overall, manualFace, manualDocument });
      return { status: 200, ...provider.manual };
    }
    return { status: 404, body: { identifier: 'VALIDATION_ERROR', message: 'no such path' } };
  }, changes);
  const post = (webhooks: NonNullable<Provider['auto']>, caused: JsonObject): void => {
    for (const [type, status, body, delivery] of webhooks)
      made.deliver(webhook(type, clientId, { ...caused, ...status }, body, delivery));
  };
  return made;
}

function tokenResponse(request: JsonObject): JsonObject {
  const { dummyStatus: _, ...echoed } = request;
  const left = Object.fromEntries(Object.keys(SEED_RESPONSE).map((field) => [field, null]));
  const { message, authToken, scanRef } = SEED_RESPONSE;
  const defaults = {
    locale: 'en',
    showInstructions: true,
    expiryTime: 3600,
    sessionLength: 600,
    tokenType: 'IDENTIFICATION',
  };
  return {
    ...left,
    ...defaults,
    documents: [],
    ...echoed,
    message: message ?? '',
    authToken: authToken ?? '',
    scanRef: scanRef ?? '',
  };
}

function webhook(
  type: string,
  clientId: Json,
  status: JsonObject,
  body: JsonObject = {},
  delivery: DeliveryChanges = {},
): Delivery {
  const scanRef = (body.scanRef ?? SCAN_REF) as string;
  const whole = {
    ...WEBHOOK,
    externalRef: null,
    scanRef,
    clientId,
    ...body,
    status: { ...(WEBHOOK.status as JsonObject), ...status },
  };
  return createDelivery(type, { body: whole, ...delivery });
}

const create = (changes: Partial<RequestStep> = {}, body: JsonObject = {}): RequestStep =>
  createRequestStep('createSession', { clientId: '${{ clientId }}', dummyStatus: 'APPROVED', ...body }, changes);
const manual = (changes: Partial<RequestStep> = {}, body: JsonObject = {}): RequestStep =>
  createRequestStep(
    'addManualStatus',
    {
      scanRef: '${{ session.scanRef }}',
      manualFaceMatchResult: 'FACE_MATCH',
      manualDocumentValidity: 'DOC_VALIDATED',
      ...body,
    },
    { span: spanAt(30), ...changes },
  );
const NATURAL: readonly Step[] = [create(), createAwaitStep('auto')];
const WITH_MANUAL: readonly Step[] = [...NATURAL, manual(), createAwaitStep('manual', { span: spanAt(40) })];

async function run(
  steps: readonly Step[],
  provider: Provider | TestPorts = {},
  changes: Partial<Scenario> = {},
): Promise<CaseResult> {
  const { ports } = 'ports' in provider ? provider : start(provider);
  const scenario = createScenario([steps], changes);
  const [one] = scenario.cases;
  if (one === undefined) throw new Error('there is no case');
  return (await runCase(scenario, one, ports, createRunWatch())).result;
}

const failuresOf = ({ failures }: CaseResult): readonly string[] =>
  failures.map(({ kind, message }) => `${kind}: ${message}`);

/** The failures of a run against a provider that departs from its word in one thing. */
async function broken(provider: Provider, steps: readonly Step[] = NATURAL): Promise<readonly string[]> {
  const result = await run(steps, provider);
  expect(result.outcome).toBe('failed');
  return failuresOf(result);
}

describe('a provider that keeps its word', () => {
  test('passes, and leaves evidence', async () => {
    const result = await run(WITH_MANUAL);
    expect(failuresOf(result)).toEqual([]);
    expect(result).toMatchObject({
      outcome: 'passed',
      kind: 'case',
      id: 's/0',
      sessions: 1,
      error: null,
      reason: null,
    });
    expect(result.exchanges).toHaveLength(2);
    expect(result.deliveries.map(({ signature, scanRef }) => [signature, scanRef])).toEqual([
      ['valid', SCAN_REF],
      ['valid', SCAN_REF],
    ]);
    expect(result.deliveries.every(({ latencyMs }) => latencyMs !== null)).toBe(true);
  });

  test.each<[string, Provider]>([
    ['answers 200 instead of 201', { token: { status: 200 } }],
    ['sends legacy events only', { auto: [['IDENTIFICATION']], manualWebhooks: [['IDENTIFICATION']] }],
    [
      'sends both kinds of events',
      { auto: [[AUTO], ['IDENTIFICATION']], manualWebhooks: [['IDENTIFICATION'], [MANUAL]] },
    ],
    ['answers a manual status with no body', { manual: { text: '', headers: { 'content-type': 'text/plain' } } }],
    ['answers a manual status with null', { manual: { text: 'null' } }],
    ['sends final: false before the review', { auto: [[AUTO, {}, { final: false }]] }],
    [
      'has FACE_NOT_ANALYSED for what is to come',
      { auto: [[AUTO, { manualFace: 'FACE_NOT_ANALYSED', manualDocument: '' }]] },
    ],
    ['sends neither companyId nor beneficiaryId', { auto: [[AUTO, {}, { companyId: null, beneficiaryId: null }]] }],
    ['repeats a webhook whose answer it has not got', { auto: [[AUTO, {}, {}, { acknowledged: false }], [AUTO]] }],
  ])('in another reading (%s) passes', async (_, provider) => {
    expect(failuresOf(await run(WITH_MANUAL, provider))).toEqual([]);
  });

  test('is seen to follow a reading where the sources disagree', async () => {
    const { observations } = await run(NATURAL, { token: { status: 200 } });
    const status = observations.find(({ clause }) => clause === 'openapi#/createSession/status');
    expect(status).toMatchObject({ readings: ['200'], refuted: ['201'] });
    const keys = observations.map(({ clause, readings }) => `${clause} ${readings.join()}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('a request', () => {
  test('carries the credentials, the inbox and what the templates stand for', async () => {
    const provider = start({});
    await run([create({ headers: { 'x-trace': '${{ uuid }}' } })], provider);
    const [request] = provider.requests;
    expect(request).toMatchObject({ method: 'POST', path: '/api/v2/token' });
    expect(request?.headers.authorization).toBe(`Basic ${Buffer.from('dev-key:dev-secret').toString('base64')}`);
    expect(request?.headers['x-trace']).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(request?.body ?? '')).toMatchObject({
      clientId: expect.stringMatching(/^client-/),
      callbackUrl: provider.ports.inbox.callbackUrl,
    });
  });

  test.each([
    ['none', undefined],
    ['wrong-key', 'dev-keyx:dev-secret'],
    ['wrong-secret', 'dev-key:dev-secretx'],
  ] as const)('with credentials %s', async (credentials, pair) => {
    const provider = start({ token: { status: 401, body: { identifier: 'UNAUTHORIZED', message: 'no' } } });
    const result = await run(
      [create({ credentials, expect: expecting({ status: [400, 401], error: ['UNAUTHORIZED'] }) })],
      provider,
    );
    expect(failuresOf(result)).toEqual([]);
    const expected = pair === undefined ? undefined : `Basic ${Buffer.from(pair).toString('base64')}`;
    expect(provider.requests[0]?.headers.authorization).toBe(expected);
  });

  test.each<[string, RequestStep['payload'], string | null, string | undefined]>([
    ['raw text is sent as it is', { kind: 'raw', text: '{"a": 1,}' }, '{"a": 1,}', 'application/json'],
    ['no body has no content type', { kind: 'none' }, null, undefined],
  ])('%s', async (_, payload, body, type) => {
    const provider = start({ token: { status: 400, body: { identifier: 'JSON_ERROR', message: 'no' } } });
    await run([create({ payload, expect: expecting({ status: [400] }) })], provider);
    expect(provider.requests[0]?.body).toBe(body);
    expect(provider.requests[0]?.headers['content-type']).toBe(type);
  });

  test('that has its webhooks refused names a URL that the inbox refuses at, and reaches us', async () => {
    const provider = start({});
    const result = await run([create({ refuseWebhooks: 2 }), createAwaitStep('auto')], provider);
    expect(JSON.parse(provider.requests[0]?.body ?? '').callbackUrl).toBe('http://127.0.0.1:1/inbox/refusing-2');
    expect(result).toMatchObject({ outcome: 'passed', deliveries: [{ scanRef: SCAN_REF }] });
  });

  test('without a callback keeps its own callbackUrl', async () => {
    const provider = start({});
    await run([create({ callback: false })], provider);
    expect(JSON.parse(provider.requests[0]?.body ?? '')).not.toHaveProperty('callbackUrl');
  });

  test('an unknown template is a harness error, not a failure', async () => {
    const result = await run([create({}, { firstName: '${{ session.nope }}' })]);
    expect(result).toMatchObject({ outcome: 'errored', failures: [], error: { code: 'E_CONFIGURATION' } });
    expect(result.error?.message).toContain('session.nope');
  });

  const expectingBody = (body: Json): readonly Step[] => [create({ expect: expecting({ body }) })];

  test('a matcher that a template has made useless is a harness error, which tells its place', async () => {
    const result = await run(expectingBody({ scanRef: { $regex: '(${{ env.PART }}' } }), {
      ...start({}, { env: { PART: 'a[' } }),
    });
    expect(result).toMatchObject({ outcome: 'errored', failures: [], error: { code: 'E_CONFIGURATION' } });
    expect(result.error?.message).toMatch(
      /^scenarios\/a.yaml:11:1: the matcher {\$regex: "\(a\["} cannot be used: the regular expression cannot be read: /,
    );
  });

  test('an unknown template in an expectation tells its place', async () => {
    const result = await run(expectingBody({ scanRef: '${{ session.nope }}' }));
    expect(result.error?.message).toMatch(/^scenarios\/a.yaml:11:1: The template .*\n {2}→ Check/);
  });

  test('a regular expression that would take years is a harness error, soon', async () => {
    const note = expecting({ body: { note: { $regex: '^(a+)+$' } } });
    const result = await run([...NATURAL, manual({ expect: note })], {
      manual: { body: { note: `${'a'.repeat(60)}!` } },
    });
    expect(result).toMatchObject({ outcome: 'errored', error: { code: 'E_CONFIGURATION' } });
    expect(result.error?.message).toContain('takes longer than 1000 ms on a text of 61 characters');
  });

  test.each([
    [new TypeError('x is not a function'), 'unexpected TypeError: x is not a function'],
    ['a text', 'unexpected a text'],
  ])('what nobody expected (%s) is an error of that case alone', async (thrown, message) => {
    const send = async (): Promise<never> => {
      throw thrown;
    };
    const result = await run(NATURAL, start({}, { provider: { send } }));
    expect(result).toMatchObject({ outcome: 'errored', reason: message, error: { code: 'E_INTERNAL' } });
    expect(result.error?.message).toContain('a mistake of idenfy-contracts');
  });

  test('a provider that cannot be reached is a harness error', async () => {
    const send = async () => {
      throw new ProviderUnreachableError('POST x got no response', { hint: 'start it' });
    };
    const result = await run(NATURAL, start({}, { provider: { send } }));
    expect(result).toMatchObject({ outcome: 'errored', error: { code: 'E_PROVIDER_UNREACHABLE' } });
    expect(result.error?.message).toContain('start it');
  });
});

describe('a response', () => {
  const seed = tokenResponse({ clientId: 'client-1', callbackUrl: 'http://127.0.0.1:1/inbox' });

  test.each<[string, Provider['token'], RegExp]>([
    [
      'a status that is not due',
      { status: 500, body: REFUSAL },
      /^status: response: HTTP 500 where 200 or 201 is documented \(PARTNER_ERROR: /,
    ],
    ['a refusal', { status: 400, body: REFUSAL }, /^status: response: HTTP 400 where/],
    [
      'a page',
      { text: `<html>${'x'.repeat(200)}`, headers: { 'content-type': 'text/html; charset=utf-8' } },
      /^body: response: HTTP 201 with a body that is not JSON \(content-type text\/html; charset=utf-8\): "<html>x{73}…"$/,
    ],
    ['no body', { text: '' }, /^body: .* is not JSON \(content-type application\/json\): it is empty$/],
    [
      'bytes that are no text',
      { text: '{"a":"\ufffd"}', bodyProblem: 'is not UTF-8 at byte 6' },
      /^body: response: HTTP 201 with a body that is not UTF-8 at byte 6 \(content-type application\/json\): "{\\"a\\":\\".\\"}"$/,
    ],
    [
      'a body that does not say it is JSON',
      { body: seed, headers: { 'content-type': 'text/html' } },
      /^body: response: content-type is "text\/html"/,
    ],
    [
      'a missing field',
      { body: { ...seed, digitString: undefined as unknown as Json } },
      /^contract: response digitString: must be there; it is missing$/,
    ],
    ['a wrong type', { body: { ...seed, expiryTime: '3600' } }, /^contract: response expiryTime: must be an integer/],
    [
      'an echo that is none',
      { body: { ...seed, clientId: 'another' } },
      /^contract: response clientId: must be "client-1", as the request says/,
    ],
  ])('with %s fails', async (_, token, message) => {
    const failures = await broken({ token: token ?? {} }, [create()]);
    expect(
      failures.some((one) => message.test(one)),
      failures.join('\n'),
    ).toBe(true);
  });

  test.each([
    [401, { identifier: 'UNAUTHORIZED', message: 'no' }],
    [400, SEED_ERROR],
  ])('that refuses our credentials (%d) is a harness error, and settles no question', async (status, body) => {
    const result = await run([create({}, { expiryTime: 0 })], { token: { status, body } });
    expect(result).toMatchObject({ outcome: 'errored', failures: [], error: { code: 'E_CREDENTIALS' } });
    expect(result.error?.message).toContain('IDENFY_API_KEY');
    expect(result.observations.filter(({ clause }) => clause.startsWith('token-request'))).toEqual([]);
  });

  test('that is an error is judged as one', async () => {
    const step = create({ expect: expecting({ status: [400] }) });
    const failures = await broken({ token: { status: 400, body: { identifier: 'NONSENSE', message: 'no' } } }, [step]);
    expect(failures).toEqual([expect.stringMatching(/^contract: response identifier: must be one of/)]);
  });

  test('the identifier of an unknown scanRef is undocumented: any will do there, and only there', async () => {
    const answer = { status: 404, body: { identifier: 'NO_SUCH_SCAN', message: 'unknown' } };
    const step = (scanRef: string): RequestStep => manual({ expect: expecting({ status: [404] }) }, { scanRef });
    expect((await run([step('00000000-0000-0000-0000-000000000000')], { manual: answer })).failures).toEqual([]);
    const failures = await broken({ manual: answer, manualWebhooks: [] }, [create(), step('${{ session.scanRef }}')]);
    expect(failures).toContainEqual(expect.stringMatching(/^contract: response identifier: must be one of/));
  });

  test('a failure tells its clause, its source, its place and how to repeat it', async () => {
    const [failure] = (await run([create()], { token: { body: { ...seed, expiryTime: '3600' } } })).failures;
    expect(failure).toMatchObject({
      kind: 'contract',
      subject: 'response',
      at: '/expiryTime',
      clause: { id: 'token-response#/properties/expiryTime/type', source: ['seed', 'docs'] },
      expected: 'be an integer',
      actual: '3600',
      step: 0,
      span: spanAt(10),
      curl: expect.stringMatching(/^curl .*"\$IDENFY_API_KEY:\$IDENFY_API_SECRET"/),
    });
    expect(failure?.curl).not.toContain('dev-secret');
  });

  test.each<[string, Parameters<typeof expecting>[0], RegExp]>([
    ['a status', { status: [409] }, /^status: response: HTTP 400 \(PARTNER_ERROR: .*\); the scenario expects 409$/],
    [
      'an identifier',
      { error: ['BAD_VALUE'] },
      /^expectation: response: identifier is "PARTNER_ERROR"; the scenario expects BAD_VALUE$/,
    ],
    ['a body', { status: [400], body: { message: 'x' } }, /^expectation: response `\/message` is /],
    ['a header', { status: [400], headers: { 'x-a': '1' } }, /^expectation: response header `\/x-a` is missing/],
  ])('that is not what the scenario expects of %s fails at the line that expects it', async (_, expected, message) => {
    const result = await run([create({ expect: expecting(expected) })], { token: { status: 400, body: REFUSAL } });
    expect(failuresOf(result)).toEqual([expect.stringMatching(message)]);
    expect(result.failures[0]?.span).toEqual(spanAt(11));
  });

  test('a success where a refusal is expected fails', async () => {
    const failures = await broken({}, [create({ expect: expecting({ error: ['BAD_VALUE'] }) })]);
    expect(failures).toContain('status: response: HTTP 201; the scenario expects a 4xx refusal');
  });

  test('without a scanRef ends the case', async () => {
    const { scanRef: _, ...body } = seed;
    const result = await run(NATURAL, { token: { body } });
    expect(result.reason).toContain('names no scanRef');
    expect(failuresOf(result)).toEqual(['contract: response scanRef: must be there; it is missing']);
  });

  test('with the scanRef of an earlier session fails', async () => {
    const provider = start({});
    await run(NATURAL, provider);
    const failures = failuresOf(await run(NATURAL, provider));
    expect(failures).toEqual([
      expect.stringMatching(/^correlation: response: scanRef .* was given to an earlier session/),
    ]);
  });
});

describe('where the sources disagree', () => {
  const contested = {
    question: 'Is it taken?',
    readings: [
      { name: 'taken', expect: expecting({ status: [200, 201] }) },
      { name: 'refused', expect: expecting({ error: ['BAD_VALUE'] }) },
    ],
    span: spanAt(12),
  };
  const refusal = (identifier: string): Provider => ({ token: { status: 400, body: { identifier, message: 'no' } } });

  test.each<[string, Provider, readonly string[]]>([
    ['taken', {}, ['refused']],
    ['refused', refusal('BAD_VALUE'), ['taken']],
  ])('either reading passes: %s', async (reading, provider, refuted) => {
    const result = await run([create({ contested })], provider);
    expect(failuresOf(result)).toEqual([]);
    const seen = result.observations.find(({ question }) => question === contested.question);
    expect(seen).toMatchObject({ readings: [reading], refuted });
  });

  test('what fits no reading fails', async () => {
    const failures = await broken(refusal('PARTNER_ERROR'), [create({ contested })]);
    expect(failures).toEqual([
      'expectation: response: HTTP 400 (PARTNER_ERROR: no) fits none of the readings taken, refused of: Is it taken?',
    ]);
  });

  test('a request that a reading refuses may not be refused for another reason', async () => {
    const failures = await broken(refusal('PARTNER_ERROR'), [create({}, { expiryTime: 0 })]);
    expect(failures).toEqual(['status: response: HTTP 400 where 200 or 201 is documented (PARTNER_ERROR: no)']);
  });

  test('a request that a reading refuses may be refused, and the case is skipped', async () => {
    const result = await run([create({}, { expiryTime: 0 })], refusal('BAD_VALUE'));
    expect(result).toMatchObject({ outcome: 'skipped', failures: [] });
    expect(result.reason).toContain('token-request#/properties/expiryTime/x-contested');
  });
});

describe('a webhook', () => {
  test.each<[string, NonNullable<Provider['auto']>[number], readonly RegExp[]]>([
    [
      'a wrong signature',
      [AUTO, {}, {}, { signature: 'invalid' }],
      [/^webhook-signature: .* is not the lower-case hex HMAC-SHA256/],
    ],
    [
      'no signature',
      [AUTO, {}, {}, { signature: 'missing', headers: { 'idenfy-signature': undefined as unknown as string } }],
      [/^webhook-signature: .* header is missing/, /^contract: webhook header idenfy-signature: must be/],
    ],
    [
      'another clientId',
      [AUTO, {}, { clientId: 'another' }],
      [/^correlation: webhook: clientId is "another"; session/],
    ],
    [
      'another overall',
      [AUTO, { overall: 'REVIEWING' }],
      [/^expectation: webhook status\.overall: is "REVIEWING"; the request that caused it said "APPROVED"$/],
    ],
    ['a wrong type', [AUTO, {}, { final: 'true' }], [/^contract: webhook final: must be a boolean; got "true"$/]],
    ['a broken rule', [AUTO, { autoFace: 'FACE_ERROR' }], [/an automatic APPROVED needs/, /overall APPROVED needs/]],
    [
      'a wrong event type',
      ['IDENTIFICATION_RESUBMITTED'],
      [
        /^expectation: webhook: Idenfy-Event-Type is "IDENTIFICATION_RESUBMITTED"; what caused it makes IDENTIFICATION_AUTO_FINISHED or IDENTIFICATION due$/,
      ],
    ],
  ])('with %s fails', async (_, one, messages) => {
    const failures = await broken({ auto: [one] });
    expect(failures).toEqual(messages.map((message) => expect.stringMatching(message)));
  });

  test('that is not JSON fails', async () => {
    const provider = start({ auto: [] });
    provider.deliver(createDelivery(AUTO, { rawBody: '<xml/>' }), SCAN_REF);
    expect(failuresOf(await run(NATURAL, provider))).toContain('body: webhook: the body is not JSON');
  });

  test.each<[string, NonNullable<Provider['auto']>, RegExp]>([
    ['comes twice', [[AUTO], [AUTO]], /^webhook-duplicate: .* it came before with the same bytes and was acknowledged/],
    [
      'comes without a cause',
      [[AUTO], [MANUAL, { manualFace: 'FACE_MATCH', manualDocument: 'DOC_VALIDATED' }]],
      /^webhook-unexpected: .* no step caused it; webhooks due: auto$/,
    ],
    [
      'is repeated with other bytes',
      [
        [AUTO, {}, {}, { answered: 500 }],
        [AUTO, {}, { clientLocation: 'elsewhere' }],
      ],
      /^webhook-altered-retry: .* its bytes differ from the first/,
    ],
  ])('that %s fails', async (_, auto, message) => {
    const failures = await broken({ auto });
    expect(failures).toEqual([expect.stringMatching(message)]);
  });

  test('that does not come fails, and what came instead is told', async () => {
    const provider = start({ auto: [] });
    provider.deliver(webhook(AUTO, 'client-1', { overall: 'APPROVED' }, { scanRef: 'another' }), 'another');
    const result = await run(NATURAL, provider);
    expect(failuresOf(result)).toEqual([
      `webhook-missing: webhook ${AUTO} of session ${SCAN_REF} did not come within 30 ms; nothing arrived for it`,
    ]);
    expect(result.failures[0]).toMatchObject({ span: spanAt(20), step: 1, expected: AUTO, arrived: [] });
    expect(result.reason).toBe('a webhook that was due did not come');
  });

  test('that went astray is named by its clientId', async () => {
    const provider = start({ auto: [] });
    provider.deliver({ ...webhook(AUTO, 'client-1', {}, { scanRef: 'another' }), scanRef: undefined });
    const [failure] = failuresOf(await run(NATURAL, provider));
    expect(failure).toMatch(
      /arrived instead: #\d+ .*scanRef="another".*: has this session's clientId, but not its scanRef$/,
    );
  });

  test('that comes before the one that was caused earlier fails', async () => {
    const steps = [create(), manual(), createAwaitStep('manual'), createAwaitStep('auto')];
    const late = webhook(AUTO, 'client-1', { overall: 'APPROVED' });
    const provider = start({ auto: [], manualWebhooks: [[MANUAL]] });
    const running = run(steps, provider);
    setTimeout(() => provider.deliver(late), 10);
    expect(failuresOf(await running)).toEqual([
      expect.stringMatching(/^webhook-order: .* came after the manual one, which was caused later$/),
    ]);
  });

  test('of a manual status has to carry the results that were given', async () => {
    const failures = await broken(
      { manualWebhooks: [[MANUAL, { manualDocument: 'DOC_ERROR', overall: 'DENIED' }]] },
      WITH_MANUAL,
    );
    expect(failures).toEqual([
      'expectation: webhook status.manualDocument: is "DOC_ERROR"; the request that caused it said "DOC_VALIDATED"',
    ]);
  });

  test('may be expected to say more', async () => {
    const step = createAwaitStep('auto', { body: { final: false }, headers: { 'x-a': '1' } });
    const result = await run([create(), step]);
    expect(failuresOf(result)).toEqual([
      expect.stringMatching(/^expectation: webhook header `\/x-a` is missing/),
      'expectation: webhook `/final` is true, expected false.',
    ]);
    expect(result.failures[0]?.span).toEqual(spanAt(20));
  });

  test('that nobody causes cannot be awaited', async () => {
    const result = await run([create(), createAwaitStep('manual')]);
    expect(result).toMatchObject({ outcome: 'errored', error: { code: 'E_CONFIGURATION' } });
  });

  test('of a session that was refused cannot be awaited', async () => {
    const refused = create({ expect: expecting({ status: [400] }) });
    const result = await run([refused, createAwaitStep('auto')], { token: { status: 400, body: REFUSAL } });
    expect(result).toMatchObject({ outcome: 'errored', failures: [] });
    expect(result.reason).toContain("no session 'session'");
  });

  test('of a session with another callbackUrl is not seen', async () => {
    const result = await run([create({}, { callbackUrl: 'https://example.com/hook' }), createAwaitStep('auto')], {
      auto: [],
    });
    expect(result).toMatchObject({ outcome: 'inconclusive', failures: [] });
  });

  test('that must not come is watched for', async () => {
    const quiet: Step = { kind: 'expectNoWebhook', session: 'session', forMs: 30, span: spanAt(50) };
    expect(failuresOf(await run([create({}, { dummyStatus: 'ACTIVE' }), quiet], { auto: [] }))).toEqual([]);
    const provider = start({ auto: [] });
    const running = run([create({}, { dummyStatus: 'ACTIVE' }), quiet], provider);
    setTimeout(() => provider.deliver(webhook(AUTO, 'client-1', {})), 5);
    const { failures } = await running;
    expect(failures).toMatchObject([{ kind: 'webhook-unexpected', span: spanAt(50), step: 1 }]);
  });
});

describe('a case', () => {
  test('collects all failures, not only the first', async () => {
    const failures = await broken({ auto: [[AUTO, {}, { final: 1, platform: 'X' }, { signature: 'invalid' }]] });
    expect(failures.length).toBeGreaterThanOrEqual(3);
  });

  test('is inconclusive when the budget is used up, and sends nothing', async () => {
    const provider = start({}, { budget: createBudget(0) });
    expect(await run(NATURAL, provider)).toMatchObject({
      outcome: 'inconclusive',
      reason: 'the budget of sessions is used up',
    });
    expect(provider.requests).toEqual([]);
  });

  test('whose keys are missing is skipped, with the variable that would help', async () => {
    const provider = start({});
    const result = await run(NATURAL, provider, { needs: ['DEV', 'TEST'] });
    expect(result).toMatchObject({
      outcome: 'skipped',
      reason: 'needs a TEST key pair (set IDENFY_TEST_API_KEY and the secret)',
    });
    expect(skipReason(createScenario([], { skip: 'later' }), provider.ports)).toBe('later');
    expect(provider.requests).toEqual([]);
  });

  test('captures answers and webhooks for later steps', async () => {
    const provider = start({});
    const steps = [
      create(),
      createAwaitStep('auto', { as: 'hook' }),
      manual({}, { extra: '${{ hook.status.overall }} ${{ session.clientId }}' }),
    ];
    await run(steps, provider);
    expect(JSON.parse(provider.requests[1]?.body ?? '')).toMatchObject({
      scanRef: SCAN_REF,
      extra: 'APPROVED client-1',
    });
  });
});

describe('cases that share a session', () => {
  const shared = [create({ sharedKey: 'k' }), createAwaitStep('auto'), manual(), createAwaitStep('manual')];

  test('create it once, take turns, and wait for its automatic webhook once', async () => {
    const provider = start({});
    const scenario = createScenario([shared, shared, shared], { sessions: 'shared' });
    const watch = createRunWatch();
    const results = await Promise.all(
      scenario.cases.map(async (one) => (await runCase(scenario, one, provider.ports, watch)).result),
    );
    expect(results.map(failuresOf)).toEqual([[], [], []]);
    expect(results.map(({ sessions }) => sessions)).toEqual([1, 0, 0]);
    expect(provider.requests.map(({ path }) => path.split('/').at(-1))).toEqual([
      'token',
      ...Array(3).fill('add-dummy-status'),
    ]);
  });

  test('are inconclusive when the first of them could not create it', async () => {
    const provider = start({ token: { status: 500, body: REFUSAL } });
    const scenario = createScenario([shared, shared], { sessions: 'shared' });
    const watch = createRunWatch();
    const results = await Promise.all(
      scenario.cases.map(async (one) => (await runCase(scenario, one, provider.ports, watch)).result),
    );
    expect(results.map(({ outcome }) => outcome)).toEqual(['failed', 'inconclusive']);
    expect(results[1]?.reason).toBe(
      'the session that it shares with s/0 was not created: the request was not accepted',
    );
  });
});

describe('a provider that sends 100,000 levels or a million values', () => {
  const deep = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)) as Json;
  const wide: Json = Array.from({ length: 1_000_000 }, () => 0);

  /** The result without its evidence, as a line of JSON. */
  const told = async (result: Promise<CaseResult>): Promise<string> => {
    const { exchanges: _, deliveries: __, ...rest } = await result;
    expect(rest.outcome).toBe('failed');
    return JSON.stringify(rest);
  };

  test.each([
    ['deep', deep],
    ['wide', wide],
  ])('fails, and the failures stay small: %s', async (_, value) => {
    const text = '['.repeat(100_000) + ']'.repeat(100_000);
    const lines = [
      await told(run(NATURAL, { token: { text } })),
      await told(run(NATURAL, { token: { text: `{"scanRef": ${text}}` } })),
      await told(
        run([create({ expect: expecting({ error: ['BAD_VALUE'], body: { message: 'x' } }) })], {
          token: { status: 400, text: `{"identifier": ${text}, "message": ${text}}` },
        }),
      ),
    ];
    const fields = ['clientId', 'final', 'status', 'data', 'startTime', 'fileUrls'];
    for (const field of fields) {
      const provider = start({ auto: [] });
      const { status, ...rest } = WEBHOOK;
      const body = {
        ...rest,
        status: { ...(status as JsonObject), overall: value },
        scanRef: SCAN_REF,
        [field]: value,
      };
      provider.deliver({ ...createDelivery(AUTO, { body: {} }), body }, SCAN_REF);
      lines.push(await told(run([create(), createAwaitStep('auto', { body: { [field]: 'x' } })], provider)));
    }
    const surplus = start({});
    surplus.deliver(
      { ...createDelivery(MANUAL, { body: {} }), body: { final: value, status: { overall: value } } },
      SCAN_REF,
    );
    lines.push(await told(run(NATURAL, surplus)));
    for (const line of lines) expect(line.length).toBeLessThan(200_000);
  });
});

test("what a case throws while its steps are made is its own error, not the run's", async () => {
  const { ports } = start({});
  const scenario = createScenario([NATURAL]);
  const [one] = scenario.cases;
  const broken = {
    ...one,
    steps: (): never => {
      throw new TypeError('no steps');
    },
  } as Scenario['cases'][number];
  const { result } = await runCase(scenario, broken, ports, createRunWatch());
  expect(result).toMatchObject({ outcome: 'errored', error: { code: 'E_INTERNAL' } });
  expect(result.reason).toContain('no steps');
});
