import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Failure } from '../domain/failure.ts';
import type { ClauseEvidence, Counterexample, FuzzEvidence, SideEvidence } from '../domain/fuzz.ts';
import type { CaseResult } from '../domain/result.ts';
import type { InboxCounts, RunInfo } from '../domain/run-info.ts';
import { summarizeFuzz } from './findings.ts';
import type { JournalEntry } from './journal.ts';
import { type CaseSummary, summarize } from './results.ts';
import { createTallying, type Tally } from './tally.ts';
import { openReports, REPORT_FILES, type RunEnd, type RunReport } from './write-reports.ts';

/** Text that breaks every format that forgets to escape it. */
export const HOSTILE =
  '<b>&amp;</b> ]]> "q" \'q\' \u0000\u0001\u001b[31m\u009b31m \ud800 \udfff 😀 \ufffe --> %0A ::error:: \u202e\u200b ##[error]x | `x` **y** [z](https://example.com) $x$ @user\r\nnext\tline';

const SPAN = { file: 'scenarios/a.yaml', line: 3, column: 5 };

/** A failure of the expectation kind. */
export function createFailure(changes: Partial<Failure> = {}): Failure {
  const failure = {
    kind: 'expectation',
    at: '/status',
    message: 'webhook `/final` is false, expected true.',
    span: SPAN,
    step: 1,
  };
  return { ...failure, ...changes } as Failure;
}

/** A case that passed, with an exchange and a delivery as evidence, changed as asked. */
export function createCaseResult(changes: Partial<CaseResult> = {}): CaseResult {
  return {
    kind: 'case',
    id: 'a/one/APPROVED',
    scenario: 'a/one',
    scenarioName: 'One',
    title: 'APPROVED',
    values: { dummyStatus: 'APPROVED' },
    span: SPAN,
    source: ['seed'],
    tags: [],
    outcome: 'passed',
    failures: [],
    error: null,
    reason: null,
    observations: [],
    sessions: 1,
    exchanges: [
      {
        request: { method: 'POST', path: '/api/v2/token', headers: {}, body: '{}' },
        response: { status: 201, headers: {}, body: '{}' },
        sentAt: 1_700_000_000_000,
        latencyMs: 1.5,
      },
    ],
    deliveries: [],
    startedAt: 1_700_000_000_000,
    durationMs: 12.5,
    ...changes,
  };
}

/** A case that failed with these failures. */
export function createFailedCase(id: string, ...failures: readonly Failure[]): CaseResult {
  return createCaseResult({ id, outcome: 'failed', failures });
}

/** A finding that came again each time. */
export function createCounterexample(changes: Partial<Counterexample> = {}): Counterexample {
  return {
    name: 'createSession.firstName.maxLength.yaml',
    yaml: 'name: a name of 101 letters\n',
    message: 'createSession with firstName "AAA": response: HTTP 201; the scenario expects a 4xx refusal',
    command: 'idenfy-contracts fuzz scenarios/a.yaml --only createSession.firstName.maxLength',
    seed: null,
    path: null,
    replayPath: null,
    repeats: 3,
    repeated: 3,
    ...changes,
  };
}

/** One side of a clause: so many values taken, so many refused. */
export function side(accepted: number, refused: number, example?: string): SideEvidence {
  return { tried: accepted + refused, accepted, refused, ...(example === undefined ? {} : { example }) };
}

/** What was tried of the clause with this key, on both sides unless it is changed. */
export function createClause(key: string, changes: Partial<ClauseEvidence> = {}): ClauseEvidence {
  const [operation, field = 'body', ...subject] = key.split('.');
  const keyword = subject.at(-1) ?? 'type';
  return {
    clause: `request#/${field}/${keyword}`,
    key,
    operation: operation as ClauseEvidence['operation'],
    field: field === 'body' ? null : field,
    keyword,
    source: ['docs'],
    inside: side(4, 0, 'createSession with a value'),
    outside: side(0, 2, 'createSession with another'),
    contested: side(0, 0),
    exception: null,
    ...changes,
  };
}

/** What the case with this key did: it tried its own clause unless it is changed. */
export function createFuzz(key: string, changes: Partial<FuzzEvidence> = {}): FuzzEvidence {
  const clause = createClause(key);
  return {
    task: { phase: 'boundaries', key, operation: clause.operation, field: clause.field, clause: clause.clause },
    seed: null,
    probes: 6,
    shrinks: 0,
    exchanges: 18,
    deliveries: 4,
    clauses: [clause],
    counterexamples: [],
    flaky: [],
    ...changes,
  };
}

/** A fuzz case; it failed when it has findings that repeat, and is inconclusive when it has others only. */
export function createFuzzCase(key: string, changes: Partial<FuzzEvidence> = {}): CaseResult {
  const fuzz = createFuzz(key, changes);
  const [found, flaky] = [fuzz.counterexamples, fuzz.flaky[0]];
  const passed = { outcome: 'passed', failures: [], reason: null } as const;
  const ended =
    flaky === undefined ? passed : ({ outcome: 'inconclusive', reason: `flaky: ${flaky.message}` } as const);
  const failures = found.map(({ message }) => createFailure({ message }));
  return createCaseResult({
    id: `fuzz/contracts/${key}`,
    scenario: 'fuzz/contracts',
    scenarioName: 'Contracts',
    title: key,
    values: {},
    ...(found.length === 0 ? ended : { outcome: 'failed', failures }),
    fuzz,
  });
}

/** The first line of a journal. */
export const RUN: RunInfo = {
  id: '20300101T000000Z-abcdef',
  startedAt: 1_700_000_000_000,
  target: 'sandbox',
  baseUrl: 'http://127.0.0.1:1',
  environments: ['DEV'],
  version: '0.1.0',
  node: 'v20.20.0',
  commit: null,
  selected: 0,
  concurrency: 8,
  tags: [],
  grep: null,
  shard: null,
  seed: 0,
  scenarioFiles: [],
};

/** The last line of a journal. */
export const INBOX: InboxCounts = {
  received: 2,
  badSignatures: 0,
  refused: 0,
  elsewhere: 0,
  refusedRequests: [],
  unmatched: 0,
  unmatchedSamples: [],
};

/** A result as reports have it, its findings where they would be. */
export function summaryOf(result: CaseResult): CaseSummary {
  return summarize(
    result,
    summarizeFuzz(result, (folder, { name }) => `${folder}/${name}`),
  );
}

/** Adds up results without writing them. */
export function tallyOf(
  results: Iterable<CaseResult>,
  run: Partial<RunInfo> = {},
  inbox: Partial<InboxCounts> = {},
): Tally {
  const tallying = createTallying();
  tallying.add({ kind: 'run', run: { ...RUN, ...run } });
  for (const result of results) tallying.add(summaryOf(result));
  tallying.add({ kind: 'inbox', inbox: { ...INBOX, ...inbox } });
  return tallying.result();
}

/** A folder for a run below a folder of its own, and how to remove both. */
export function createRunDir(lines: readonly (JournalEntry | string)[]): { readonly runDir: string } & Disposable {
  const parent = mkdtempSync(join(tmpdir(), 'reports-'));
  const runDir = mkdtempSync(join(parent, 'run-'));
  const text = lines.map((line) => (typeof line === 'string' ? line : `${JSON.stringify(line)}\n`)).join('');
  writeFileSync(join(runDir, REPORT_FILES.evidence), text);
  return { runDir, [Symbol.dispose]: () => rmSync(parent, { recursive: true, force: true }) };
}

/** Makes the reports of a run from its evidence alone. */
export async function writeReports(runDir: string, end: RunEnd): Promise<RunReport> {
  return (await openReports(runDir)).finish(end);
}
