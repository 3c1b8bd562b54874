import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createScenarioGrammar } from '../contract/scenario-grammar.ts';
import type { JsonObject } from '../domain/json.ts';
import type { AwaitWebhookStep, RequestStep, Scenario, Step } from '../domain/scenario.ts';
import { loadScenarioFile } from './load-scenario-file.ts';
import { renderDiagnostics } from './render-diagnostic.ts';

const GRAMMAR = createScenarioGrammar();

async function load(text: string): Promise<readonly Scenario[]> {
  const loaded = await loadScenarioFile('folder/file.yaml', new TextEncoder().encode(text), GRAMMAR);
  if (!loaded.ok) throw new Error(renderDiagnostics(loaded.diagnostics, text, { color: false }));
  return loaded.scenarios;
}

async function loadOne(text: string): Promise<Scenario> {
  const [scenario] = await load(text);
  if (scenario === undefined) throw new Error('no scenario');
  return scenario;
}

/** Steps of the case with this id ending, one line each. */
function outline(scenario: Scenario, ending = ''): string[] {
  const found = scenario.cases.find((one) => one.id.endsWith(ending));
  return (found?.steps() ?? []).map(line);
}

function line(step: Step): string {
  if (step.kind === 'request') return `${step.operation ?? step.path} as ${step.as}`;
  if (step.kind === 'awaitWebhook') return `${step.event} of ${step.session} ${JSON.stringify(step.body)}`;
  return step.kind === 'wait' ? `wait ${step.forMs}` : `no webhook for ${step.forMs}`;
}

const request = (steps: readonly Step[] | undefined, index: number): RequestStep => steps?.[index] as RequestStep;
const bodyOf = (step: RequestStep | undefined): JsonObject =>
  (step?.payload.kind === 'json' ? step.payload.value : {}) as JsonObject;

const DESIGN_EXAMPLE = `
name: The manual review decides the outcome
source: seed#dummy-manual-approve
tags: [nightly]
matrix:
  dummyStatus: [APPROVED, DENIED, SUSPECTED]
  manualFaceMatchResult: all
  manualDocumentValidity: all
  include: [{dummyStatus: ACTIVE, manualFaceMatchResult: FACE_MATCH, manualDocumentValidity: DOC_VALIDATED}]
  exclude: [{dummyStatus: DENIED, manualFaceMatchResult: FACE_ERROR}]
combine: pairwise
sessions: per-case
session:
  firstName: John Tom
  lastName: Smith
expect:
  - when: {manualFaceMatchResult: FACE_MATCH, manualDocumentValidity: DOC_VALIDATED}
    manualWebhook: {final: true, status: {overall: APPROVED}}
  - manualWebhook: {final: true, status: {overall: DENIED}}
`;

describe('the natural flow', () => {
  test('the example of the design expands and tells its expectations', async () => {
    const scenario = await loadOne(DESIGN_EXAMPLE);
    expect(scenario).toMatchObject({
      id: 'file/the-manual-review-decides-the-outcome',
      source: ['seed#dummy-manual-approve'],
      tags: ['nightly'],
      environment: 'DEV',
      needs: ['DEV'],
      skip: null,
    });
    expect(scenario.cases.length).toBeGreaterThanOrEqual(11 * 28 + 1);
    expect(scenario.cases.some((one) => one.id.includes('/DENIED,FACE_ERROR,'))).toBe(false);
    expect(outline(scenario, '/ACTIVE,FACE_MATCH,DOC_VALIDATED')).toEqual([
      'createSession as session',
      'addManualStatus as manualStatus',
      'manual of session {"final":true,"status":{"overall":"APPROVED"}}',
    ]);
    const denied = scenario.cases.find((one) => one.id.includes('/DENIED,FAKE_FACE,'));
    expect(denied?.steps().map(line)).toEqual([
      'createSession as session',
      'auto of session null',
      'addManualStatus as manualStatus',
      'manual of session {"final":true,"status":{"overall":"DENIED"}}',
    ]);
    expect(denied?.steps()[3]?.span).toMatchObject({ file: 'folder/file.yaml', line: 19, column: 5 });
    expect(bodyOf(request(denied?.steps(), 0))).toMatchObject({
      dummyStatus: 'DENIED',
      clientId: '${{ clientId }}',
      firstName: 'John Tom',
      tokenType: 'IDENTIFICATION',
    });
    expect(bodyOf(request(denied?.steps(), 2))).toMatchObject({
      scanRef: '${{ session.scanRef }}',
      manualFaceMatchResult: 'FAKE_FACE',
    });
  });

  test('each dummyStatus causes its webhook, or none', async () => {
    const scenario = await loadOne('name: x\nmatrix: {dummyStatus: all}');
    expect(scenario.cases.map((one) => [one.title, ...one.steps().slice(1).map(line)].join(': '))).toEqual([
      'APPROVED: auto of session null',
      'DENIED: auto of session null',
      'SUSPECTED: auto of session null',
      'ACTIVE',
      'EXPIRED: expired of session null',
    ]);
  });

  test('the whole manual matrix has 1,540 cases with different ids', async () => {
    const all = 'matrix: {dummyStatus: all, manualFaceMatchResult: all, manualDocumentValidity: all}';
    const { cases } = await loadOne(`name: x\n${all}`);
    expect(cases).toHaveLength(1540);
    expect(new Set(cases.map((one) => one.id)).size).toBe(1540);
  });

  test('an expected error ends the flow, an expected absence leaves the wait out, a stated webhook is awaited', async () => {
    const scenario = await loadOne(`
name: x
matrix: {dummyStatus: all, manualFaceMatchResult: [FACE_MATCH]}
expect:
  - when: {dummyStatus: APPROVED}
    response: {status: [400, 403], error: PERMISSIONS_ERROR}
  - when: {dummyStatus: DENIED}
    manualResponse: {status: 400}
  - when: {dummyStatus: [SUSPECTED, EXPIRED]}
    autoWebhook: none
    manualWebhook: none
  - when: {dummyStatus: ACTIVE}
    autoWebhook: {final: false}
    manualResponse: {contested: {question: Is it over?, readings: {yes: {status: 200}, no: {status: 400}}}}
`);
    expect(outline(scenario, '/APPROVED,FACE_MATCH')).toEqual(['createSession as session']);
    expect(outline(scenario, '/DENIED,FACE_MATCH')).toHaveLength(3);
    expect(outline(scenario, '/EXPIRED,FACE_MATCH')).toEqual([
      'createSession as session',
      'addManualStatus as manualStatus',
    ]);
    expect(outline(scenario, '/ACTIVE,FACE_MATCH')).toEqual([
      'createSession as session',
      'auto of session {"final":false}',
      'addManualStatus as manualStatus',
    ]);
    const first = request(scenario.cases[0]?.steps(), 0);
    expect(first.expect).toMatchObject({
      status: [400, 403],
      error: ['PERMISSIONS_ERROR'],
      span: { line: 6, column: 5 },
    });
    const contested = request(scenario.cases[3]?.steps(), 2).contested;
    expect(contested?.question).toBe('Is it over?');
    expect(contested?.readings.map((one) => [one.name, one.expect.status])).toEqual([
      ['yes', [200]],
      ['no', [400]],
    ]);
  });

  test('values go into the bodies, absent ones leave fields out, and free names are there for templates', async () => {
    const scenario = await loadOne(`
name: x
timeout: 2s
matrix:
  include:
    - {firstName: "", lastName: {$absent: true}, error: BAD_VALUE}
    - {firstName: '\${{ repeat("A", 3) }}', callbackUrl: {$absent: true}}
    - {clientId: '\${{ uuid }}', address: null}
session: {documents: {$absent: true}, externalRef: 'ref-\${{ matrix.error }}'}
expect:
  - when: {error: {$absent: false}}
    response: {status: 400, error: '\${{ matrix.error }}'}
  - autoWebhook: {clientId: '\${{ session.clientId }}'}
`);
    const [empty, long, other] = scenario.cases.map((one) => one.steps());
    expect(bodyOf(request(empty, 0))).toMatchObject({ firstName: '', externalRef: 'ref-BAD_VALUE' });
    expect(bodyOf(request(empty, 0))).not.toHaveProperty('lastName');
    expect(bodyOf(request(empty, 0))).not.toHaveProperty('documents');
    expect(request(empty, 0)).toMatchObject({ callback: true, expect: { error: ['BAD_VALUE'] } });
    expect(bodyOf(request(long, 0))).toMatchObject({ firstName: 'AAA', externalRef: 'ref-' });
    expect(request(long, 0).callback).toBe(false);
    expect(bodyOf(request(other, 0))).toMatchObject({ clientId: '${{ uuid }}', address: null });
    expect(other?.[1]).toMatchObject({ withinMs: 2000, body: { clientId: '${{ session.clientId }}' } });
    expect(scenario.cases[1]?.span).toMatchObject({ line: 7, column: 7 });
  });

  test('shared sessions have one key a token request', async () => {
    const text = 'name: x\nmatrix: {dummyStatus: [APPROVED, DENIED], manualFaceMatchResult: all}\nsessions: ';
    const keys = (scenario: Scenario): (string | null)[] =>
      scenario.cases.map((one) => request(one.steps(), 0).sharedKey);
    expect(new Set(keys(await loadOne(`${text}shared`))).size).toBe(2);
    expect(keys(await loadOne(`${text}shared`))).toEqual(keys(await loadOne(`${text}shared`)));
    expect(new Set(keys(await loadOne(`${text}per-case`)))).toEqual(new Set([null]));
  });
});

describe('explicit steps', () => {
  test('every verb becomes its step', async () => {
    const scenario = await loadOne(`
name: Steps
environment: TEST
timeout: 3s
session: {firstName: Jonas}
matrix: {dummyStatus: [DENIED], credentials: [wrong-key]}
steps:
  - createSession:
  - createSession: {as: second, with: {lastName: X}, credentials: DEMO, callback: false, headers: {X-Test: "1"}}
    expect: {status: 201, headers: {Content-Type: {$regex: json}}, body: {clientId: '\${{ session.clientId }}'}}
  - createSession: {as: bare, body: {clientId: x, sex: {$absent: true}}, credentials: '\${{ matrix.credentials }}'}
  - createSession: {as: broken, raw: '{"a":', contentType: text/plain, method: put, path: /api/v2/tokens}
    expect: {status: [400, 415], error: [JSON_ERROR, ENCODING_ERROR]}
  - awaitWebhook: {event: auto}
    expect: {body: {final: true}, headers: {Idenfy-Event-Type: x}}
  - awaitWebhook: {session: second, event: manual, within: 500ms, as: late}
  - addManualStatus: {session: second, manualFaceMatchResult: FAKE_FACE}
    repeat: 2
  - getStatus: {scanRef: '\${{ uuid }}', credentials: none}
    contested: {question: Q, readings: {a: {status: 200}, b: {status: 404}}}
  - request: {method: GET, path: '/api/\${{ late.scanRef }}'}
  - expectNoWebhook: {for: 250ms}
  - wait: 1.5s
`);
    const steps = scenario.cases[0]?.steps() ?? [];
    expect(steps.map(line)).toEqual([
      'createSession as session',
      'createSession as second',
      'createSession as bare',
      'createSession as broken',
      'auto of session {"final":true}',
      'manual of second null',
      'addManualStatus as manualStatus',
      'addManualStatus as manualStatus',
      'getStatus as status',
      '/api/${{ late.scanRef }} as response',
      'no webhook for 250',
      'wait 1500',
    ]);
    expect(bodyOf(request(steps, 0))).toMatchObject({ dummyStatus: 'DENIED', firstName: 'Jonas' });
    expect(request(steps, 0)).toMatchObject({
      credentials: 'TEST',
      callback: true,
      method: 'POST',
      path: '/api/v2/token',
    });
    expect(request(steps, 1)).toMatchObject({
      credentials: 'DEMO',
      callback: false,
      headers: { 'x-test': '1' },
      expect: { status: [201], headers: { 'content-type': { $regex: 'json' } } },
    });
    expect(request(steps, 2)).toMatchObject({
      credentials: 'wrong-key',
      payload: { kind: 'json', value: { clientId: 'x' } },
    });
    expect(request(steps, 3)).toMatchObject({
      method: 'PUT',
      path: '/api/v2/tokens',
      callback: false,
      headers: { 'content-type': 'text/plain' },
      payload: { kind: 'raw', text: '{"a":' },
      expect: { error: ['JSON_ERROR', 'ENCODING_ERROR'] },
    });
    expect(steps[4] as AwaitWebhookStep).toMatchObject({ withinMs: 3000, headers: { 'idenfy-event-type': 'x' } });
    expect(steps[5] as AwaitWebhookStep).toMatchObject({ withinMs: 500, as: 'late' });
    expect(bodyOf(request(steps, 6))).toEqual({
      scanRef: '${{ second.scanRef }}',
      manualFaceMatchResult: 'FAKE_FACE',
      manualDocumentValidity: 'DOC_VALIDATED',
    });
    expect(bodyOf(request(steps, 8))).toEqual({ scanRef: '${{ uuid }}' });
    expect(request(steps, 8).contested?.readings).toHaveLength(2);
    expect(request(steps, 9)).toMatchObject({ operation: null, method: 'GET', payload: { kind: 'none' } });
    expect(scenario.needs).toEqual(['DEMO', 'TEST']);
  });

  test('a key of a body can be a template', async () => {
    const scenario = await loadOne(`
name: x
matrix: {include: [{field: firstName, value: 1}, {field: lastName, value: [x]}]}
steps:
  - createSession: {with: {'\${{ matrix.field }}': '\${{ matrix.value }}'}}
    expect: {status: 400}
`);
    const bodies = scenario.cases.map((one) => bodyOf(request(one.steps(), 0)));
    expect(bodies.map((body) => [body.firstName, body.lastName])).toEqual([
      [1, 'Pavyzdyte'],
      ['Ona Marija', ['x']],
    ]);
  });
});

test('whatever happens to the text, the result is scenarios or diagnostics with places inside the file', async () => {
  const pieces = fc.constantFrom(
    ...'{}[]:,-&*!|>#@%`"\'$ \t\n'.split(''),
    '${{',
    '}}',
    '- ',
    ': ',
    '\n  ',
    'all',
    '1',
    '<<: ',
    '*a',
    '&a ',
  );
  const edit = fc.record({
    at: fc.nat({ max: DESIGN_EXAMPLE.length }),
    cut: fc.nat({ max: 12 }),
    put: fc.array(pieces, { maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
      const text = edits.reduce(
        (before, { at, cut, put }) => before.slice(0, at) + put.join('') + before.slice(at + cut),
        DESIGN_EXAMPLE,
      );
      const loaded = await loadScenarioFile('f.yaml', new TextEncoder().encode(text), GRAMMAR);
      if (loaded.ok) {
        expect(loaded.scenarios).toHaveLength(1);
        return;
      }
      expect(loaded.diagnostics.length).toBeGreaterThan(0);
      for (const { span, message, hint } of loaded.diagnostics) {
        const line = text.split('\n')[span.line - 1];
        expect(line).toBeDefined();
        expect(span.column).toBeGreaterThan(0);
        expect(span.column).toBeLessThanOrEqual((line?.length ?? 0) + 1);
        expect(message).toMatch(/^\S.*[.]$/u);
        expect(hint).not.toBe('');
      }
    }),
    { numRuns: 300 },
  );
});

describe('what is allowed', () => {
  test('yes, no and on are texts, as in YAML 1.2', async () => {
    const scenario = await loadOne('name: x\nsession: {address: yes, externalRef: on, showInstructions: true}');
    expect(bodyOf(request(scenario.cases[0]?.steps(), 0))).toMatchObject({
      address: 'yes',
      externalRef: 'on',
      showInstructions: true,
    });
  });

  test('aliases stand for whole values', async () => {
    const scenarios = await load(`
scenarios:
  - {name: a, session: &person {firstName: Jonas}}
  - {name: b, session: *person, skip: not yet}
`);
    expect(scenarios.map((one) => bodyOf(request(one.cases[0]?.steps(), 0)).firstName)).toEqual(['Jonas', 'Jonas']);
    expect(scenarios[1]?.skip).toBe('not yet');
  });

  test('windows line ends and a byte order mark', async () => {
    const scenario = await loadOne('\ufeffname: x\r\nmatrix:\r\n  dummyStatus: [APPROVED]\r\n');
    expect(scenario.cases).toHaveLength(1);
  });

  test('each takes every value at least once', async () => {
    const text =
      'name: x\nmatrix: {dummyStatus: all, manualFaceMatchResult: all, manualDocumentValidity: all}\ncombine: each';
    const { cases } = await loadOne(text);
    expect(cases).toHaveLength(28);
    expect(new Set(cases.map((one) => one.values.dummyStatus)).size).toBe(5);
    expect(new Set(cases.map((one) => one.values.manualFaceMatchResult)).size).toBe(11);
  });

  test('a wrong value where every case that has it expects an error', async () => {
    const text = `
name: x
matrix: {dummyStatus: [APPROVED, approved]}
expect:
  - {when: {dummyStatus: approved}, response: {status: 400}}
  - {}
`;
    expect((await loadOne(text)).cases).toHaveLength(2);
  });

  test('case ids do not depend on the other values of an axis', async () => {
    const ids = async (values: string): Promise<string[]> =>
      (await loadOne(`name: x\nmatrix: {dummyStatus: [${values}], sex: [M, F]}`)).cases.map((one) => one.id);
    expect(await ids('APPROVED, DENIED')).toEqual(expect.arrayContaining(await ids('DENIED')));
  });
});
