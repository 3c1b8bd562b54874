import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createContracts } from '../contract/contracts.ts';
import { createScenarioGrammar } from '../contract/scenario-grammar.ts';
import type { Json } from '../domain/json.ts';
import type { RequestStep, Step } from '../domain/scenario.ts';
import { probeCatalogue } from '../fuzz/catalogue.ts';
import { awaitStep, requestStep, stepsOf } from '../fuzz/probe-steps.ts';
import { DEFAULT_SESSION } from './default-body.ts';
import { loadScenarioFile } from './load-scenario-file.ts';
import { writeScenario } from './write-scenario.ts';

const contracts = createContracts();
const GRAMMAR = createScenarioGrammar(contracts);
const span = { file: 'x.yaml', line: 1, column: 1 };

/** The steps that a written file gives when it is read. */
async function reread(steps: readonly Step[], name = 'Written'): Promise<readonly Step[]> {
  const text = writeScenario({ name, description: ['Why:\nbecause'], source: ['docs'], tags: ['regression'], steps });
  const loaded = await loadScenarioFile('x.yaml', Buffer.from(text), GRAMMAR);
  if (!loaded.ok) throw new Error(`${text}\n${JSON.stringify(loaded.diagnostics, null, 1)}`);
  expect(loaded.scenarios).toHaveLength(1);
  expect(loaded.scenarios[0]?.cases).toHaveLength(1);
  return (loaded.scenarios[0]?.cases[0]?.steps() ?? []).map(withoutPlaces);
}

function withoutPlaces(step: Step): Step {
  return JSON.parse(JSON.stringify(step, (key, value: unknown) => (key === 'span' ? undefined : value))) as Step;
}

const request: RequestStep = {
  kind: 'request',
  operation: 'createSession',
  method: 'POST',
  path: '/api/v2/token',
  headers: {},
  credentials: 'DEV',
  payload: { kind: 'json', value: {} },
  callback: true,
  refuseWebhooks: 0,
  as: 'session',
  sharedKey: null,
  expect: null,
  contested: null,
  span,
};

test('a value that is out of the ordinary is all that is told of a session, and nothing in it hides', () => {
  const body = { ...DEFAULT_SESSION, firstName: 'A\u202eB\0', lastName: undefined };
  const text = writeScenario({
    name: 'A name with what nobody sees',
    description: ['Found by: idenfy-contracts fuzz'],
    source: ['docs'],
    tags: ['regression'],
    steps: [
      {
        ...request,
        payload: { kind: 'json', value: JSON.parse(JSON.stringify(body)) as Json },
        expect: { error: ['BAD_VALUE'], span },
      },
      {
        kind: 'awaitWebhook',
        session: 'session',
        event: 'auto',
        withinMs: 500,
        as: null,
        body: { final: true },
        headers: null,
        span,
      },
      { kind: 'expectNoWebhook', session: 's2', forMs: 20, span },
    ],
  });
  expect(text).toBe(`# yaml-language-server: $schema=../../contracts/scenario.schema.json
# Found by: idenfy-contracts fuzz
name: A name with what nobody sees
source: [docs]
tags: [regression]
steps:
  - createSession: {with: {firstName: "A\\u202eB\\0", lastName: {$absent: true}}}
    expect: {error: BAD_VALUE}
  - awaitWebhook: {event: auto, within: 500ms}
    expect: {body: {final: true}}
  - expectNoWebhook: {for: 20ms, session: s2}
`);
});

test('letters are read as they are, what looks like something else is escaped, and a long run is told by its length', () => {
  const written = (firstName: string): string => {
    const body = { ...DEFAULT_SESSION, firstName };
    const steps = [requestStep('createSession', body, span, {})];
    const text = writeScenario({ name: 'x', description: [], source: [], tags: [], steps });
    return text.slice(text.indexOf('firstName: ') + 11, -3);
  };
  const texts = ['Zoë', 'Дмитрий', 'नेहा', 'สมชาย', 'محمد', '李明', '😀'];
  expect(texts.map(written)).toEqual(texts);
  expect(written('\u0410nna')).toBe('"\\u0410nna"');
  expect(written('Zoe\u0308')).toBe('"Zoe\\u0308"');
  expect(written('a\u00a0\ufeff\u202e\u2028\ud800\0\t"\\')).toBe('"a\\u00a0\\ufeff\\u202e\\u2028\\ud800\\0\\t\\"\\\\"');
  expect(written('\u{f0000}')).toBe('"\\U000f0000"');
  expect(['yes', 'null', '1', '1e3', '0x1F', '2020-01-01', '12:30', ''].map(written)).toEqual(
    ['yes', 'null', '1', '1e3', '0x1F', '2020-01-01', '12:30', ''].map((text) => `"${text}"`),
  );
  expect(written(`${'A'.repeat(101)}1`)).toBe(`'\${{ repeat("A", 101) }}1'`);
  expect(written('a ${{ b')).toBe(`'a \${{ "\${{" }} b'`);
});

test('no line is wider than it has to be, and nothing is told that goes without saying', () => {
  const manual = {
    scanRef: '${{ session.scanRef }}',
    manualFaceMatchResult: 'FACE_MATCH',
    manualDocumentValidity: 'X',
  };
  const refused = {
    status: [400, 404, 405, 409, 410, 413, 415, 422],
    error: ['BAD_VALUE', 'MISSING_VALUE'],
    span,
  } as const;
  const question = 'May the status of a session be asked for while its result is being decided on?';
  const readings = [
    { name: 'taken', expect: { status: [200], span } },
    { name: 'refused', expect: refused },
  ];
  const steps: Step[] = [
    requestStep('createSession', DEFAULT_SESSION, span, {}),
    awaitStep('auto', span),
    requestStep('addManualStatus', manual, span, { credentials: 'none', expect: refused }),
    requestStep('getStatus', { scanRef: manual.scanRef }, span, { contested: { question, readings, span } }),
    requestStep('getStatus', null, span, { payload: { kind: 'none' }, expect: refused }),
    { kind: 'wait', forMs: 90_000, span },
  ];
  const text = writeScenario({ name: 'x', description: [], source: [], tags: [], steps });
  expect(text.slice(text.indexOf('steps'))).toBe(`steps:
  - createSession: {}
  - awaitWebhook: {event: auto}
  - addManualStatus: {manualFaceMatchResult: FACE_MATCH, manualDocumentValidity: X, credentials: none}
    expect: {status: [400, 404, 405, 409, 410, 413, 415, 422], error: [BAD_VALUE, MISSING_VALUE]}
  - getStatus: {}
    contested:
      question: May the status of a session be asked for while its result is being decided on?
      readings:
        taken: {status: 200}
        refused: {status: [400, 404, 405, 409, 410, 413, 415, 422], error: [BAD_VALUE, MISSING_VALUE]}
  - getStatus: {body: {$absent: true}}
    expect: {status: [400, 404, 405, 409, 410, 413, 415, 422], error: [BAD_VALUE, MISSING_VALUE]}
  - wait: 90s
`);
});

test('JSON that no file holds as such is written as text', async () => {
  const nested = (levels: number): Json => JSON.parse(`${'['.repeat(levels)}0${']'.repeat(levels)}`) as Json;
  const deepest = [requestStep('createSession', nested(60), span, {})];
  expect(await reread(deepest)).toEqual(deepest.map(withoutPlaces));
  for (const value of [nested(61), { $absent: true }, { a: [{ $absent: true }] }]) {
    const step = requestStep('createSession', value, span, { callback: false });
    expect(await reread([step])).toEqual([
      withoutPlaces({ ...step, payload: { kind: 'raw', text: JSON.stringify(value) } }),
    ]);
  }
});

test('every probe of every request comes back as it was', async () => {
  for (const operation of ['createSession', 'addManualStatus', 'getStatus'] as const) {
    for (const probe of probeCatalogue(contracts, operation).all()) {
      const steps = stepsOf(probe, { span, sharedKey: null });
      expect(await reread(steps)).toEqual(steps.map(withoutPlaces));
    }
  }
}, 60_000);

/** Texts that mean something to YAML, to templates, or to a program that shows them. */
const hostileText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) }),
  fc.string({
    unit: fc.constantFrom('$', '{', '}', '"', "'", '\\', ' ', 'a', 'uuid', '(', ',', '3', '\n', '\ud83d', '\ude00'),
  }),
  fc.constantFrom('null', '1', '1e3', '2020-01-01', 'yes', '~', '- a', '#x', 'a: b', "'", '"', '\u2028', '\ufeff', ''),
  fc.constantFrom('${{', '${{ x }}', '${{uuid}}', '${{ uuid }}', 'a${{ clientId }}b', '${{ session.scanRef }}', '<<'),
  fc.constantFrom(
    '${{ "${{" }}',
    '${{ repeat("A", 3) }}',
    '${{ matrix.x }}',
    '${{ env.HOME }}',
    '${{ upper(session.x) }}',
  ),
  fc.constantFrom(
    '$absent',
    '$regex',
    '__proto__',
    'constructor',
    'toString',
    '[a]',
    '{a}',
    '*a',
    '&a',
    '!a',
    '%a',
    '---',
  ),
  fc
    .tuple(fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }), fc.integer({ min: 15, max: 400 }))
    .map(([unit, times]) => unit.repeat(times)),
);
const hostileJson = fc
  .letrec<{ any: Json }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.oneof(
        hostileText,
        fc.constantFrom(null, true, false, 0, -1, 1e21, 0.1),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
      ),
      fc.array(tie('any'), { maxLength: 4 }),
      fc.dictionary(hostileText, tie('any'), { maxKeys: 4 }) as fc.Arbitrary<Json>,
    ),
  }))
  .any.filter((value) => !JSON.stringify(value).includes('{"$absent":true}'));
const name = fc.stringMatching(/^[A-Za-z_][\w-]{0,5}$/);
const scanRef = fc.oneof(
  fc.constantFrom('session', 's2', 'uuid', 'matrix').map((session) => `\${{ ${session}.scanRef }}`),
  hostileText,
);
const manual = fc.record({ scanRef, manualFaceMatchResult: hostileJson, manualDocumentValidity: hostileJson });
const refused = fc.constant({ status: [400, 404], error: ['BAD_VALUE', 'MISSING_VALUE'], span } as const);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .record({
      as: fc.oneof(fc.constant('session'), name),
      payload: fc.oneof(
        fc.record({ kind: fc.constant('json' as const), value: hostileJson }),
        fc
          .dictionary(hostileText, hostileJson, { maxKeys: 3 })
          .map((over) => ({ kind: 'json' as const, value: { ...DEFAULT_SESSION, ...over } })),
        fc.record({ kind: fc.constant('raw' as const), text: hostileText }),
        fc.constant({ kind: 'none' as const }),
      ),
      callback: fc.boolean(),
      refuseWebhooks: fc.integer({ min: 0, max: 3 }),
      credentials: fc.constantFrom('DEV' as const, 'TEST' as const, 'none' as const, 'wrong-key' as const),
      headers: fc.dictionary(fc.stringMatching(/^x-[a-z]{1,5}$/), hostileText, { maxKeys: 2 }),
      method: fc.constantFrom('POST', 'PUT'),
      path: fc.oneof(
        fc.constant('/api/v2/token'),
        hostileText.map((text) => `/${text}`),
      ),
      expect: refused,
    })
    .map((over) => ({ ...request, ...over, callback: over.callback && over.payload.kind === 'json' })),
  fc
    .record({
      operation: fc.constantFrom('addManualStatus' as const, 'getStatus' as const),
      value: fc.oneof(
        hostileJson,
        manual,
        scanRef.map((one) => ({ scanRef: one })),
      ),
      about: hostileText,
    })
    .map(({ operation, value, about }) =>
      requestStep(operation, value, span, { expect: { body: { message: [about] }, span } }),
    ),
  fc
    .record({
      event: fc.constantFrom('auto' as const, 'manual' as const),
      withinMs: fc.option(fc.nat(2 ** 31 - 1)),
      as: fc.option(name),
    })
    .map((over): Step => ({ ...awaitStep('auto', span), ...over, body: { final: true }, headers: { 'x-a': 'b' } })),
  fc.nat(2 ** 31 - 1).map((forMs): Step => ({ kind: 'wait', forMs, span })),
  fc.nat(2 ** 31 - 1).map((forMs): Step => ({ kind: 'expectNoWebhook', session: 'session', forMs, span })),
);

test('any steps with any text in any place come back as they were', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 4 }), hostileText, async (more, about) => {
      // The first step expects an error, so nothing in the file can be a value written by mistake.
      const steps = [{ ...request, expect: { status: [400], span } }, ...more];
      expect(await reread(steps, `A ${about}`)).toEqual(steps.map(withoutPlaces));
    }),
    { numRuns: 1_000 },
  );
}, 60_000);
