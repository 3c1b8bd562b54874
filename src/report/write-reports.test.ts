import { once } from 'node:events';
import { createWriteStream, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import type { Clause } from '../domain/contract.ts';
import { ReportError } from '../domain/harness-error.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { CaseResult } from '../domain/result.ts';
import type { JournalEntry } from './journal.ts';
import {
  createCaseResult,
  createClause,
  createCounterexample,
  createFailedCase,
  createFailure,
  createFuzzCase,
  createRunDir,
  HOSTILE,
  INBOX,
  RUN,
  side,
  writeReports,
} from './run.test-kit.ts';
import { openReports } from './write-reports.ts';
import { parseXml } from './xml.test-kit.ts';

const SCHEMA = JSON.parse(readFileSync(new URL('../../contracts/results.schema.json', import.meta.url), 'utf8'));
const ENDED = { interrupted: false, broken: false };

const CLAUSE: Clause = {
  id: 'error#/required',
  contract: 'error',
  pointer: '/required',
  keyword: 'required',
  value: ['message'],
  source: ['docs'],
};

/** A made-up run with everything that can happen in one. */
const RESULTS: readonly CaseResult[] = [
  createCaseResult({ observations: [{ clause: 'c', question: 'q?', readings: ['a', 'b'], refuted: [] }] }),
  createFailedCase(
    `a/one/${HOSTILE}`,
    createFailure(),
    createFailure({ kind: 'contract', subject: 'response', clause: CLAUSE, at: '/message', curl: 'curl' }),
    createFailure({ kind: 'webhook-missing', arrived: [HOSTILE], actual: null }),
    createFailure({ kind: 'status', expected: [200, 201], actual: 500 }),
  ),
  createCaseResult({ id: 'a/two', outcome: 'errored', reason: HOSTILE, error: { code: 'E_X', message: HOSTILE } }),
  createCaseResult({ id: 'a/three', outcome: 'inconclusive', reason: 'budget' }),
  createCaseResult({ id: 'a/four', outcome: 'skipped', reason: 'no keys', exchanges: [], sessions: 0 }),
  createCaseResult({ id: 'a/closing', kind: 'closing' }),
];

const FOUND = createCounterexample({ yaml: 'name: the whole scenario\n', seed: 7, path: '1:2', replayPath: 'AB:C' });

/** Fuzz cases that ended in each way. */
const FUZZED: readonly CaseResult[] = [
  createFuzzCase('createSession.sex.enum'),
  createFuzzCase('createSession.firstName.maxLength', { counterexamples: [FOUND], shrinks: 2 }),
  createFuzzCase('createSession.lastName.pattern', { flaky: [{ ...FOUND, name: 'flaky.yaml', repeated: 1 }] }),
  createFuzzCase('getStatus.body.contested', {
    clauses: [createClause('getStatus.body.contested', { keyword: 'x-contested', contested: side(1, 2, HOSTILE) })],
  }),
  createFuzzCase('createSession.pairs', { clauses: [createClause('createSession.sex.enum')] }),
];

const journalOf = (results: readonly CaseResult[]): readonly JournalEntry[] => [
  { kind: 'run', run: { ...RUN, selected: results.filter(({ kind }) => kind === 'case').length } },
  ...results,
  { kind: 'inbox', inbox: INBOX },
];

/** What results.json says, and what its schema finds wrong with it. */
function readResults(runDir: string): { readonly results: Record<string, unknown>; readonly errors: unknown } {
  const results = JSON.parse(readFileSync(join(runDir, 'results.json'), 'utf8'));
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  const valid = ajv.validate(SCHEMA, results);
  return { results, errors: valid ? null : ajv.errors };
}

describe('results.json', () => {
  test('of a run with everything in it fulfils its published schema', async () => {
    using run = createRunDir(journalOf(RESULTS));
    const { exitCode, tally } = await writeReports(run.runDir, ENDED);
    const { results, errors } = readResults(run.runDir);
    expect(errors).toBeNull();
    expect(exitCode).toBe(1);
    expect(results).toMatchObject({
      version: 1,
      exitCode: 1,
      interrupted: false,
      counts: { passed: 1, failed: 1, errored: 1, inconclusive: 1, skipped: 1 },
      closing: { passed: 1, failed: 0 },
      totals: { sessions: 5, exchanges: 5, deliveries: 0 },
      observations: [{ clause: 'c', question: 'q?', readings: { 'a or b': 1 } }],
      scenarios: [{ id: 'a/one', cases: 5 }],
      inbox: INBOX,
    });
    expect((results.cases as readonly CaseResult[]).map(({ id }) => id)).toEqual(RESULTS.map(({ id }) => id));
    expect(results.cases).toMatchObject([
      { exchanges: 1, deliveries: 0 },
      { failures: [{}, { clause: CLAUSE }, {}, {}] },
      {},
      {},
      {},
      {},
    ]);
    expect(tally.troubledCount).toBe(3);
  });

  test.each<[string, readonly JournalEntry[]]>([
    ['a run that passed', journalOf([createCaseResult()])],
    ['a run without cases', journalOf([])],
    ['evidence that is empty, because the run broke at once', []],
    ['a run that never came to its end', journalOf(RESULTS).slice(0, 3)],
  ])('of %s does too', async (_, journal) => {
    using run = createRunDir(journal);
    await writeReports(run.runDir, ENDED);
    expect(readResults(run.runDir).errors).toBeNull();
  });

  test('of a run that fuzzed does too, and tells where its findings are', async () => {
    using run = createRunDir(journalOf([...RESULTS, ...FUZZED]));
    await writeReports(run.runDir, ENDED);
    const { results, errors } = readResults(run.runDir);
    expect(errors).toBeNull();
    expect(results).toMatchObject({
      totals: { exchanges: 5 + 5 * 18, deliveries: 5 * 4 },
      fuzz: { cases: 5, probes: 30, shrinks: 2, bothSides: 3, uncontested: 3, contested: 1, exceptions: [] },
      causes: expect.arrayContaining([
        expect.objectContaining({
          repeat: { command: FOUND.command, file: 'counterexamples/createSession.firstName.maxLength.yaml' },
        }),
      ]),
    });
    const { yaml, name: _, ...told } = FOUND;
    const [found] = (results.fuzz as { readonly counterexamples: readonly { readonly file: string }[] })
      .counterexamples;
    expect(found).toMatchObject({ ...told, key: 'createSession.firstName.maxLength' });
    expect(readFileSync(join(run.runDir, found?.file ?? ''), 'utf8')).toBe(yaml);
    expect(readFileSync(join(run.runDir, 'flaky/flaky.yaml'), 'utf8')).toBe(yaml);
    expect(readFileSync(join(run.runDir, 'results.json'), 'utf8')).not.toContain('the whole scenario');
    expect(readFileSync(join(run.runDir, 'evidence.jsonl'), 'utf8')).toContain('the whole scenario');
  });

  test('of a run whose 1,000 cases tried a clause each stays small', async () => {
    using run = createRunDir(
      journalOf(Array.from({ length: 1_000 }, (_, at) => createFuzzCase(`createSession.field${at}.type`))),
    );
    await writeReports(run.runDir, ENDED);
    expect(readResults(run.runDir).errors).toBeNull();
    expect(statSync(join(run.runDir, 'results.json')).size).toBeLessThan(3 * 1024 * 1024);
  });

  test('its schema is not so loose that anything fits', async () => {
    using run = createRunDir(journalOf([...RESULTS, ...FUZZED]));
    await writeReports(run.runDir, ENDED);
    const { results } = readResults(run.runDir);
    const validate = new Ajv2020({ strict: false }).compile(SCHEMA);
    for (const changes of [
      { version: 2 },
      { counts: {} },
      { cases: [{}] },
      { exitCode: 2 },
      { run: {} },
      { cases: undefined },
      { fuzz: undefined },
      { fuzz: {} },
      { fuzz: { ...(results.fuzz as object), clauses: [{}] } },
      { fuzz: { ...(results.fuzz as object), flaky: [{ ...FOUND, case: 'a', key: 'a', file: 'a.yaml' }] } },
    ]) {
      expect(validate(JSON.parse(JSON.stringify({ ...results, ...changes }))), JSON.stringify(changes)).toBe(false);
    }
  });
});

test('scenarios are in the order of their files, in whatever order their cases end', async () => {
  const at = (scenario: string, file: string, line: number): CaseResult =>
    createCaseResult({ scenario, span: { file, line, column: 1 } });
  using run = createRunDir([
    at('b/two', 'b.yaml', 9),
    at('b/one', 'b.yaml', 30),
    at('a/one', 'a.yaml', 5),
    at('b/one', 'b.yaml', 3),
  ]);
  const { tally } = await writeReports(run.runDir, ENDED);
  expect(tally.scenarios.map(({ id, line }) => `${id}:${line}`)).toEqual(['a/one:5', 'b/one:3', 'b/two:9']);
});

describe('the exit code', () => {
  test.each<[Outcome, number]>([
    ['passed', 0],
    ['skipped', 0],
    ['failed', 1],
    ['errored', 3],
    ['inconclusive', 4],
  ])('of a case that %s is %d', async (outcome, code) => {
    using run = createRunDir(journalOf([createCaseResult(), createCaseResult({ outcome })]));
    expect((await writeReports(run.runDir, ENDED)).exitCode).toBe(code);
    expect(readResults(run.runDir).results.exitCode).toBe(code);
  });

  test('of a run in which some cases have no outcome is 3, though the others passed', async () => {
    using run = createRunDir([{ kind: 'run', run: { ...RUN, selected: 2 } }, createCaseResult()]);
    expect((await writeReports(run.runDir, ENDED)).exitCode).toBe(3);
  });

  test('of a closing check that failed is 1', async () => {
    using run = createRunDir(journalOf([createCaseResult(), createCaseResult({ kind: 'closing', outcome: 'failed' })]));
    expect((await writeReports(run.runDir, ENDED)).exitCode).toBe(1);
  });

  test('of a run that was interrupted is 130, of one that broke 3', async () => {
    using run = createRunDir(journalOf([createCaseResult()]));
    expect((await writeReports(run.runDir, { interrupted: true, broken: false })).exitCode).toBe(130);
    expect(readResults(run.runDir)).toMatchObject({ errors: null, results: { interrupted: true, exitCode: 130 } });
    expect((await writeReports(run.runDir, { interrupted: false, broken: true })).exitCode).toBe(3);
  });
});

test('the other reports are there', async () => {
  using run = createRunDir(journalOf(RESULTS));
  await writeReports(run.runDir, ENDED);
  const suites = parseXml(readFileSync(join(run.runDir, 'junit.xml'), 'utf8'));
  expect(suites.attributes).toMatchObject({ tests: '6', failures: '2', errors: '1', skipped: '1' });
  expect(suites.children[0]?.children).toHaveLength(6);
  expect(readFileSync(join(run.runDir, 'summary.md'), 'utf8')).toContain('1 of 5 cases passed');
});

test('a finding is a file before the run ends: one that is interrupted keeps it', async () => {
  using run = createRunDir(journalOf([]).slice(0, 1));
  const reports = await openReports(run.runDir);
  reports.add(createFuzzCase('createSession.firstName.maxLength', { counterexamples: [FOUND] }));
  const file = join(run.runDir, 'counterexamples', FOUND.name);
  expect(readFileSync(file, 'utf8')).toBe(FOUND.yaml);
});

test('a run that is resumed gives its findings the same files again', async () => {
  const [found, flaky] = [
    createFuzzCase('createSession.firstName.maxLength', { counterexamples: [FOUND, FOUND] }),
    createFuzzCase('createSession.lastName.maxLength', { counterexamples: [FOUND], flaky: [FOUND] }),
  ];
  using run = createRunDir(journalOf([found, flaky]));
  const first = (await writeReports(run.runDir, ENDED)).tally.fuzz;
  expect((await writeReports(run.runDir, ENDED)).tally.fuzz).toEqual(first);
  expect(readdirSync(join(run.runDir, 'counterexamples'))).toHaveLength(3);
});

test('a finding that cannot be kept is a ReportError', async () => {
  using run = createRunDir(journalOf(FUZZED));
  writeFileSync(join(run.runDir, 'counterexamples'), 'no folder');
  await expect(writeReports(run.runDir, ENDED)).rejects.toBeInstanceOf(ReportError);
});

test('a report that cannot be written is a ReportError that names the folder', async () => {
  using run = createRunDir(journalOf(RESULTS));
  mkdirSync(join(run.runDir, 'results.json'));
  const failing = writeReports(run.runDir, ENDED);
  await expect(failing).rejects.toBeInstanceOf(ReportError);
  await expect(failing).rejects.toThrow(`the reports in ${run.runDir} could not be written`);
});

test('20,000 cases pass through: memory does not grow with them', { timeout: 30_000 }, async () => {
  using run = createRunDir([]);
  const evidence = join(run.runDir, 'evidence.jsonl');
  const exchange = createCaseResult().exchanges[0];
  const body = JSON.stringify({ text: 'x'.repeat(3000) });
  const exchanges = exchange === undefined ? [] : [{ ...exchange, response: { ...exchange.response, body } }];
  const stream = createWriteStream(evidence);
  for (let at = 0; at < 20_000; at += 1) {
    if (!stream.write(`${JSON.stringify(createCaseResult({ id: `a/one/${at}`, exchanges }))}\n`))
      await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
  const { growth } = await growthDuring(() => writeReports(run.runDir, ENDED));
  expect((readResults(run.runDir).results.cases as readonly unknown[]).length).toBe(20_000);
  expect(growth).toBeLessThan(statSync(evidence).size / 5);
});

/** By how many bytes the live heap grew at most while `act` ran. */
async function growthDuring(act: () => Promise<unknown>): Promise<{ readonly growth: number }> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const live = (): number => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const before = live();
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, live());
  }, 50);
  await act();
  clearInterval(timer);
  return { growth: most - before };
}
