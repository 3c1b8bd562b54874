import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createContracts } from '../contract/contracts.ts';
import { createScenarioGrammar } from '../contract/scenario-grammar.ts';
import type { Json } from '../domain/json.ts';
import type { RequestStep, Step } from '../domain/scenario.ts';
import { probeCatalogue } from '../fuzz/catalogue.ts';
import { stepsOf } from '../fuzz/probe-steps.ts';
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
  const [first] = probeCatalogue(contracts, 'createSession').all();
  if (first === undefined) throw new Error('no probe');
  const body = { ...(first.body as object), firstName: 'A\u202eB\0', lastName: undefined };
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
    expect: {error: [BAD_VALUE]}
  - awaitWebhook: {event: auto, within: 500ms}
    expect: {body: {final: true}}
  - expectNoWebhook: {for: 20ms, session: s2}
`);
});

test('every probe of every request comes back as it was', async () => {
  for (const operation of ['createSession', 'addManualStatus', 'getStatus'] as const) {
    const probes = probeCatalogue(contracts, operation).all();
    for (let at = 0; at < probes.length; at += 7) {
      const probe = probes[at];
      if (probe === undefined) continue;
      const steps = stepsOf(probe, { span, sharedKey: null });
      expect(await reread(steps)).toEqual(steps.map(withoutPlaces));
    }
  }
}, 60_000);

test('any text in any place comes back as it was', async () => {
  const text = fc
    .oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) }),
      fc.constantFrom('null', '1', '2020-01-01', 'yes', '~', '- a', '#x', 'a: b', "'", '"', '\u2028', '\ufeff', ''),
    )
    .filter((one) => !one.includes('${{'));
  const step = fc.record({ value: text, as: fc.constantFrom('session', 's2'), whole: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 3 }), async (values) => {
      const steps = values.map(
        ({ value, as, whole }): Step => ({
          ...request,
          as,
          payload: { kind: 'json', value: whole ? [value] : { clientId: 'x', address: value } },
          expect: { status: [400], body: { message: value }, span },
        }),
      );
      expect(await reread(steps)).toEqual(steps.map(withoutPlaces));
    }),
    { numRuns: 200 },
  );
});
