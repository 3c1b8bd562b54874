import { expect, test } from 'vitest';
import { createScenarioGrammar } from '../contract/scenario-grammar.ts';
import { FUZZ_PHASES } from '../domain/fuzz.ts';
import type { Scenario } from '../domain/scenario.ts';
import { loadScenarioFile } from './load-scenario-file.ts';
import { renderDiagnostics } from './render-diagnostic.ts';

const GRAMMAR = createScenarioGrammar();
const EVERYTHING = {
  requests: ['createSession', 'addManualStatus', 'getStatus'],
  phases: FUZZ_PHASES,
  fields: null,
  runs: null,
  seed: null,
};

async function load(text: string): Promise<readonly Scenario[]> {
  const loaded = await loadScenarioFile('folder/file.yaml', new TextEncoder().encode(text), GRAMMAR);
  if (!loaded.ok) throw new Error(renderDiagnostics(loaded.diagnostics, text, { color: false }));
  return loaded.scenarios;
}

test.each(['fuzz:', 'fuzz: {}', 'fuzz: null', 'fuzz: {request: all, phases: all}'])(
  '`%s` is everything',
  async (text) => {
    const [scenario] = await load(`name: x\n${text}\n`);
    expect(scenario).toMatchObject({ id: 'file/x', needs: ['DEV'], environment: 'DEV', cases: [], span: { line: 2 } });
    expect(scenario?.fuzz).toEqual(EVERYTHING);
  },
);

test('a section chooses, one by one or in a list, and keeps the order of the phases', async () => {
  const [one] = await load('name: x\nfuzz: {request: getStatus, phases: model, runs: 10000000, seed: 0}');
  expect(one?.fuzz).toEqual({ requests: ['getStatus'], phases: ['model'], fields: null, runs: 10_000_000, seed: 0 });
  const [several] = await load(
    'name: x\nfuzz: {request: [addManualStatus, createSession], phases: [pairs, boundaries], fields: [firstName, scanRef]}',
  );
  expect(several?.fuzz).toMatchObject({
    requests: ['createSession', 'addManualStatus'],
    phases: ['boundaries', 'pairs'],
    fields: ['firstName', 'scanRef'],
  });
});

test('a list mixes scenarios that fuzz with others', async () => {
  const text = `
scenarios:
  - {name: Cases, matrix: {dummyStatus: all}}
  - {name: Values, description: Words., source: docs, tags: [fuzz], skip: not today, environment: DEV, fuzz: {runs: 7}}
`;
  const [cases, values] = await load(text);
  expect([cases?.fuzz, cases?.cases.length]).toEqual([null, 5]);
  expect(values).toMatchObject({ source: ['docs'], tags: ['fuzz'], skip: 'not today', cases: [], fuzz: { runs: 7 } });
});
