import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { CaseResult } from '../domain/result.ts';
import type { InboxCounts } from '../domain/run-info.ts';
import {
  createCaseResult,
  createClause,
  createCounterexample,
  createFailedCase,
  createFailure,
  createFuzzCase,
  HOSTILE,
  side,
  tallyOf,
} from './run.test-kit.ts';
import { terminalSummary } from './terminal.ts';

const FAILED = createFailedCase('a/failed', createFailure({ message: 'response: HTTP 500 where 201 is documented' }));

function summaryOf(results: readonly CaseResult[], isTTY = false, inbox: Partial<InboxCounts> = {}): string {
  return terminalSummary(
    tallyOf(results, { selected: 0 }, inbox),
    'reports/r',
    Object.assign(new PassThrough(), { isTTY }),
  );
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('colours', () => {
  test.each([
    ['a terminal', true, '', true],
    ['NO_COLOR', true, '1', false],
    ['no terminal', false, '', false],
  ])('%s', (_, isTTY, noColor, coloured) => {
    vi.stubEnv('NO_COLOR', noColor);
    // Newer versions of Node look at the process's own output as well, which is no terminal in a test.
    vi.stubEnv('FORCE_COLOR', coloured ? '1' : undefined);
    expect(summaryOf([createCaseResult(), FAILED], isTTY).includes('\u001b[')).toBe(coloured);
  });
});

test('the end of a run reads in five seconds', () => {
  const skipped = createCaseResult({ outcome: 'skipped', reason: 'needs a TEST key pair' });
  const errored = createCaseResult({
    id: 'a/errored',
    outcome: 'errored',
    reason: 'r',
    error: { code: 'E_X', message: 'no answer\n  → look' },
  });
  expect(summaryOf([createCaseResult(), FAILED, errored, skipped])).toContain(`  failed       a/failed
      response: HTTP 500 where 201 is documented
      at scenarios/a.yaml:3:5
  errored      a/errored
      no answer → look
      at scenarios/a.yaml:3:5
  skipped 1: needs a TEST key pair

  cases   1 failed, 1 errored, 1 skipped, 1 passed
  traffic 4 sessions, 4 exchanges, 0 webhooks in 0.01 s

  the provider broke its contract: 1 check failed, 1 of 4 cases passed

  report  reports/r/summary.md
  report  reports/r/results.json
  report  reports/r/junit.xml
  report  reports/r/evidence.jsonl
`);
});

test('a closing check that failed is no case that failed', () => {
  const closing = createCaseResult({ ...FAILED, kind: 'closing', id: 'a/closing' });
  expect(summaryOf([createCaseResult(), closing])).toContain('  cases   1 passed, 1 closing check failed\n');
});

test('webhooks that belong to no session are told', () => {
  const summary = summaryOf([createCaseResult()], false, { unmatched: 1, badSignatures: 2, refused: 3 });
  expect(summary).toContain('inbox   1 webhook that named no session, 2 with a bad signature, 3 unreadable');
  expect(summaryOf([createCaseResult()])).not.toContain('inbox');
});

test('long lists are cut', () => {
  const results = Array.from({ length: 25 }, (_, at) =>
    createFailedCase(`a/${at}`, createFailure({ message: `cause ${'x'.repeat(at)}` })),
  );
  const summary = summaryOf(results);
  expect(summary.match(/ cause x*\n/g)).toHaveLength(20);
  expect(summary).toContain('and 5 causes more, all in results.json');
});

test('cases that failed for the same reason are told once', () => {
  const failed = (id: string, value: string) =>
    createFailedCase(id, createFailure({ message: `status.overall: is "${value}" in 12 ms` }));
  const summary = summaryOf([failed('a/1', 'DENIED'), failed('a/2', 'APPROVED'), FAILED]);
  expect(summary).toContain('  failed       a/1 and 1 more\n      status.overall: is "DENIED"');
  expect(summary).not.toContain('a/2');
  expect(summary.indexOf('a/1')).toBeLessThan(summary.indexOf('a/failed'));
});

describe('a run that fuzzed', () => {
  const found = createCounterexample({ message: 'it broke', command: 'idenfy-contracts fuzz --only x' });

  test('tells how much was tried, and of what not both sides', () => {
    const missed = ['sex.enum', 'sex.type', 'locale.type'].map((name) => {
      const exception = name === 'locale.type' ? 'no value inside it was tried' : `never alone: ${name}`;
      const inside = name === 'locale.type' ? side(0, 0) : side(1, 0);
      return createFuzzCase(`createSession.${name}`, {
        clauses: [createClause(`createSession.${name}`, { exception, inside })],
      });
    });
    const contested = createClause('createSession.address.contested', {
      keyword: 'x-contested',
      contested: side(1, 0),
    });
    const along = createFuzzCase('createSession.pairs', { clauses: [contested], probes: 2_000 });
    expect(summaryOf([...missed, along])).toContain(`  cases   4 passed
  traffic 4 sessions, 72 exchanges, 16 webhooks in 0.01 s
  fuzz    2 of 3 clauses tried on both sides, 3 exceptions; 1 contested; 2,018 values and sequences
          2 never alone: createSession.sex.enum and 1 more
          1 no value inside it was tried: createSession.locale.type
`);
  });

  test('tells how to repeat a finding, and apart from it what is flaky', () => {
    const flaky = createCounterexample({ name: 'b.yaml', message: 'it broke once', command: 'again', repeated: 2 });
    const results = [
      createFuzzCase('createSession.sex.type', { counterexamples: [found] }),
      createFuzzCase('createSession.sex.enum', { flaky: [flaky] }),
    ];
    expect(summaryOf(results)).toContain(`  failed       fuzz/contracts/createSession.sex.type
      it broke
      at scenarios/a.yaml:3:5
      repeat idenfy-contracts fuzz --only x
      file   reports/r/counterexamples/createSession.firstName.maxLength.yaml
  inconclusive fuzz/contracts/createSession.sex.enum
      flaky: it broke once
      at scenarios/a.yaml:3:5
  flaky        createSession.sex.enum (2 of 3 repeats failed)
      it broke once
      repeat again
      file   reports/r/flaky/b.yaml

  cases   1 failed, 1 inconclusive
`);
  });

  test('tells what is flaky in a case that failed as well', () => {
    const both = createFuzzCase('createSession.pairs', { counterexamples: [found], flaky: [found] });
    expect(summaryOf([both])).toContain('  flaky        createSession.pairs (3 of 3 repeats failed)\n');
  });

  test('does not fill the terminal with what is flaky', () => {
    const flaky = Array.from({ length: 25 }, () => found);
    const summary = summaryOf([createFuzzCase('createSession.pairs', { flaky })]);
    expect(summary.match(/^ {2}flaky /gm)).toHaveLength(20);
    expect(summary).toContain('and 5 more flaky, all in results.json');
  });
});

test('text of a provider cannot steer the terminal, nor fill it', () => {
  const finding = createCounterexample({ name: HOSTILE, message: HOSTILE, command: HOSTILE });
  const exception = `${HOSTILE}: ${HOSTILE}`;
  const hostile = [
    createFuzzCase('createSession.a.type', { counterexamples: [finding] }),
    createFuzzCase('createSession.b.type', { flaky: [finding] }),
    createFuzzCase('createSession.c.type', { clauses: [createClause('createSession.c.type', { exception })] }),
    createFailedCase('a', createFailure({ message: HOSTILE }), createFailure({ message: 'x'.repeat(10_000) })),
    createCaseResult({ outcome: 'errored', reason: HOSTILE, error: { code: 'E', message: HOSTILE } }),
    createCaseResult({ outcome: 'skipped', reason: HOSTILE }),
  ];
  const summary = summaryOf(hostile);
  expect(summary.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(summary).not.toContain('##[');
  for (const line of summary.split('\n')) expect(line.length).toBeLessThan(500);
});

test('a failure of a contract names its clause and its source', () => {
  const clause = {
    id: 'error#/required',
    contract: 'error',
    pointer: '/required',
    keyword: 'required',
    value: [],
    source: ['docs', 'seed'],
  } as const;
  const failure = createFailure({ kind: 'contract', subject: 'response', clause });
  expect(summaryOf([createFailedCase('a', failure)])).toContain(
    'at scenarios/a.yaml:3:5  clause error#/required, source docs, seed',
  );
});
