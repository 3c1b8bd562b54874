import type { CompiledContracts } from '../contract/contracts.ts';
import type { FuzzEvidence, FuzzOptions, FuzzPhase, FuzzTask } from '../domain/fuzz.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { CaseResult } from '../domain/result.ts';
import type { Case, Scenario } from '../domain/scenario.ts';
import { endByError } from '../engine/case-run.ts';
import type { Ports } from '../engine/ports.ts';
import type { Unredacted } from '../engine/redaction.ts';
import { BUDGET_USED_UP } from '../engine/request-step.ts';
import { distinct, skipReason } from '../engine/run-case.ts';
import type { RunWatch } from '../engine/run-watch.ts';
import { exploreBoundaries } from './boundaries.ts';
import { type Confirmed, confirm } from './confirm.ts';
import type { Exploration, Explored, ExploringEnd } from './exploration.ts';
import { exploreModel } from './model/explore-model.ts';
import { explorePairs } from './pairs.ts';
import { exploreProperty } from './properties.ts';
import { DEFAULT_RUNS, isContested, isDrawn } from './tasks.ts';
import { THRIFTY_RUNS, type Thrift } from './thrift.ts';
import { exploreTogether } from './together.ts';

/** What fuzz cases share in a run. */
export interface FuzzRun {
  readonly contracts: CompiledContracts;
  readonly ports: Ports;
  readonly watch: RunWatch;
  readonly options: FuzzOptions;
  /** Cases at once in this run. */
  readonly concurrency: number;
  /** Ends exploring; what was found is kept. */
  readonly signal: AbortSignal;
  /** Shared by the cases of a run; null when sessions cost nothing. */
  readonly thrift: Thrift | null;
  /** Flags that a command needs to meet the same target again: ` --target live`. */
  readonly targetFlags: string;
}

const EXPLORE: Readonly<Record<FuzzPhase, (exploration: Exploration) => Promise<Explored>>> = {
  boundaries: (exploration) =>
    exploration.task.clause === null ? exploreTogether(exploration) : exploreBoundaries(exploration),
  pairs: explorePairs,
  properties: exploreProperty,
  model: exploreModel,
};

/** Explores the task of a fuzz case, repeats what it finds and writes it down. Never throws for what a provider does. */
export async function runFuzzCase(
  scenario: Scenario,
  testCase: Case,
  task: FuzzTask,
  run: FuzzRun,
): Promise<Unredacted> {
  const startedAt = run.ports.now();
  const started = performance.now();
  const exploration = createExploration(scenario, testCase, task, run);
  const skip = skipReason(scenario, run.ports);
  const explored = skip === null ? await explore(exploration) : nothing({ outcome: 'skipped', reason: skip });
  const confirmed: Confirmed[] = [];
  for (const [index, finding] of explored.findings.entries()) {
    confirmed.push(await confirm(exploration, finding, index, run.targetFlags));
  }
  const result = createFuzzResult(exploration, explored, confirmed, startedAt, performance.now() - started);
  return { result, tokens: new Set(explored.findings.flatMap(({ tried }) => [...tried.tokens])) };
}

/** What a task has shown; what is thrown, expected or not, ends it as errored. */
async function explore(exploration: Exploration): Promise<Explored> {
  try {
    return await EXPLORE[exploration.task.phase](exploration);
  } catch (thrown) {
    const { outcome, reason, error } = endByError(thrown);
    const recorded = error === undefined ? {} : { error: { code: error.code, message: error.describe() } };
    return nothing({ outcome, reason, ...recorded });
  }
}

function createExploration(scenario: Scenario, testCase: Case, task: FuzzTask, run: FuzzRun): Exploration {
  const { contracts, ports, watch, options, concurrency, signal, thrift } = run;
  const counts = { probes: 0, shrinks: 0, sessions: 0, exchanges: 0, deliveries: 0 };
  return {
    scenario,
    case: testCase,
    task,
    contracts,
    ports: thrift === null ? ports : { ...ports, budget: thrift.within(task, ports.budget) },
    watch,
    seed: scenario.fuzz?.seed ?? options.seed,
    runs: options.runs ?? scenario.fuzz?.runs ?? runsOf(task, run),
    path: options.path,
    replayPath: options.replayPath,
    // Cases run side by side as well; a client that may send one request at a time gains nothing from more.
    strands: Math.max(1, Math.floor(concurrency / 4)),
    // However little time there is, something is tried.
    stopped: () => whyStopped(signal, counts.probes === 0 ? null : options.deadline, ports.now()),
    counts,
    thrift,
    allPorts: ports,
  };
}

function runsOf({ key }: FuzzTask, { options, thrift }: FuzzRun): number {
  if (options.deadline !== null) return Number.POSITIVE_INFINITY;
  return thrift === null ? DEFAULT_RUNS : (THRIFTY_RUNS[key] ?? DEFAULT_RUNS);
}

const TIME_OVER = 'the time that --max-time gives is over';

function whyStopped(signal: AbortSignal, deadline: number | null, now: number): ExploringEnd | null {
  if (signal.aborted) return { outcome: 'inconclusive', reason: 'interrupted before everything was tried' };
  return deadline !== null && now >= deadline ? { outcome: 'inconclusive', reason: TIME_OVER } : null;
}

function nothing(end: ExploringEnd): Explored {
  return { findings: [], clauses: [], observations: [], end };
}

function createFuzzResult(
  { scenario, case: testCase, task, seed, counts, runs }: Exploration,
  { clauses, observations, end, findings }: Explored,
  confirmed: readonly Confirmed[],
  startedAt: number,
  durationMs: number,
): CaseResult {
  const sure = confirmed.filter(({ repeats }) => repeats);
  const flaky = confirmed.filter(({ repeats }) => !repeats).map(({ counterexample }) => counterexample);
  const fuzz: FuzzEvidence = {
    task,
    seed: task.phase === 'boundaries' ? null : seed,
    probes: counts.probes,
    shrinks: counts.shrinks,
    exchanges: counts.exchanges,
    deliveries: counts.deliveries,
    clauses,
    counterexamples: sure.map(({ counterexample }) => counterexample),
    flaky,
  };
  // Exploring at random ends when its time is over; there is no rest that was left out.
  const isOver = end?.reason === TIME_OVER && isDrawn(task) && runs === Number.POSITIVE_INFINITY;
  // What is never judged leaves nothing undecided.
  const isUnjudged = end?.reason === BUDGET_USED_UP && isContested(task);
  const ended = isOver || isUnjudged ? null : end;
  const { outcome, reason } = outcomeOf(sure.length, ended, flaky[0]?.message);
  return {
    kind: 'case',
    id: testCase.id,
    scenario: scenario.id,
    scenarioName: scenario.name,
    title: testCase.title,
    values: testCase.values,
    span: testCase.span,
    source: scenario.source,
    tags: scenario.tags,
    outcome,
    failures: sure.flatMap(({ failures }) => failures),
    error: ended?.error ?? null,
    reason,
    observations: distinct(observations),
    sessions: counts.sessions,
    exchanges: findings.flatMap(({ tried }) => tried.result.exchanges),
    deliveries: findings.flatMap(({ tried }) => tried.result.deliveries),
    fuzz,
    startedAt,
    durationMs,
  };
}

function outcomeOf(
  found: number,
  end: ExploringEnd | null,
  flaky: string | undefined,
): { readonly outcome: Outcome; readonly reason: string | null } {
  if (found > 0) return { outcome: 'failed', reason: end?.reason ?? null };
  if (end !== null) return { outcome: end.outcome, reason: end.reason };
  return flaky === undefined
    ? { outcome: 'passed', reason: null }
    : { outcome: 'inconclusive', reason: `flaky: ${flaky}` };
}
