import { expect, test } from 'vitest';
import { ReportError } from '../domain/harness-error.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Case, Scenario } from '../domain/scenario.ts';
import { createCaseResult, INBOX } from '../report/run.test-kit.ts';
import { runCases, type SelectedScenario } from './run-cases.ts';
import type { Run } from './start-run.ts';

const SPAN = { file: 'a.yaml', line: 1, column: 1 };

/** Two scenarios with some cases each, named `0/0`, `0/1` and so on. */
function select(cases: number): readonly SelectedScenario[] {
  return [0, 1].map((index) => {
    const made = Array.from({ length: cases }, (_, at): Case => {
      return { id: `${index}/${at}`, title: '', values: {}, span: SPAN, steps: () => [] };
    });
    const scenario: Scenario = {
      id: `${index}`,
      name: `${index}`,
      file: 'a.yaml',
      span: SPAN,
      source: [],
      tags: [],
      environment: 'DEV',
      needs: [],
      skip: null,
      sessions: 'per-case',
      fuzz: null,
      cases: made,
    };
    return { scenario, cases: made };
  });
}

/** A run that notes what it is asked to do; `outcomeOf` decides how a case ends. */
function createRun(outcomeOf: (id: string) => Promise<Outcome>): Run & { readonly asked: string[]; most: number } {
  const asked: string[] = [];
  let underWay = 0;
  const run = {
    asked,
    most: 0,
    keepEvidence: () => {},
    async runCase(_: Scenario, { id }: Case) {
      underWay += 1;
      run.most = Math.max(run.most, underWay);
      asked.push(id);
      try {
        return createCaseResult({ id, outcome: await outcomeOf(id) });
      } finally {
        underWay -= 1;
      }
    },
    redact: (text: string) => Buffer.from(text),
    async quiet() {
      asked.push('quiet');
      return INBOX;
    },
    close(scenario: Scenario) {
      asked.push(`close ${scenario.id}`);
      return createCaseResult({ kind: 'closing', id: `${scenario.id}/closing` });
    },
    [Symbol.asyncDispose]: async () => {},
  };
  return run;
}

const IDLE = new AbortController().signal;

async function go(run: Run, { cases = 5, concurrency = 3, bail = 0, interrupt = IDLE } = {}): Promise<string[]> {
  const results: string[] = [];
  await runCases(run, select(cases), {
    concurrency,
    bail,
    interrupt,
    onResult: ({ id }) => results.push(id),
    onInbox: () => results.push('inbox'),
  });
  return results;
}

test('every case runs once, then the closing checks after one quiet period', async () => {
  const run = createRun(async () => 'passed');
  const results = await go(run);
  const ids = [0, 1].flatMap((index) => [0, 1, 2, 3, 4].map((at) => `${index}/${at}`));
  expect(results.slice(0, 10).sort()).toEqual(ids);
  expect(results.slice(10)).toEqual(['inbox', '0/closing', '1/closing']);
  expect(run.asked.slice(10)).toEqual(['quiet', 'close 0', 'close 1']);
});

test.each([1, 4, 100])(
  'at most %i cases are under way at once, and no fewer when there are enough',
  async (concurrency) => {
    const run = createRun(async () => 'passed');
    await go(run, { concurrency });
    expect(run.most).toBe(Math.min(concurrency, 10));
  },
);

test.each(['failed', 'errored', 'inconclusive'] as const)('--bail counts cases that are %s', async (outcome) => {
  const run = createRun(async (id) => (id.endsWith('1') ? outcome : 'passed'));
  expect(await go(run, { concurrency: 1, bail: 2 })).toEqual(['0/0', '0/1', '0/2', '0/3', '0/4', '1/0', '1/1']);
  expect(run.asked).not.toContain('quiet');
});

test('--bail counts neither passed nor skipped cases', async () => {
  const run = createRun(async (id) => (id.endsWith('1') ? 'skipped' : 'passed'));
  expect(await go(run, { bail: 1 })).toHaveLength(13);
});

test('an interrupt lets the cases under way end and starts no other', async () => {
  const interrupt = new AbortController();
  const run = createRun(async (id) => {
    if (id === '0/2') interrupt.abort();
    return 'passed';
  });
  const results = await go(run, { concurrency: 3, interrupt: interrupt.signal });
  expect(results.sort()).toEqual(['0/0', '0/1', '0/2']);
});

test('an error ends the run after the cases under way', async () => {
  let release = (): void => {};
  const held = new Promise<Outcome>((resolve) => {
    release = () => resolve('passed');
  });
  const run = createRun(async (id) => {
    if (id === '0/0') return held;
    setImmediate(release);
    throw new ReportError('the disk is full', { hint: 'free some space' });
  });
  const results: string[] = [];
  const running = runCases(run, select(5), {
    concurrency: 2,
    bail: 0,
    interrupt: IDLE,
    onResult: ({ id }) => results.push(id),
    onInbox: () => {},
  });
  await expect(running).rejects.toThrow('the disk is full');
  expect(results).toEqual(['0/0']);
  expect(run.asked).toEqual(['0/0', '0/1']);
});
