import type { Observation } from '../domain/contract.ts';
import { OUTCOMES, type Outcome, type OutcomeCounts } from '../domain/outcome.ts';
import type { CaseResult } from '../domain/result.ts';
import type { InboxCounts, RunInfo, ScenarioCounts } from '../domain/run-info.ts';
import { createCauseCollection, type TroubleCause } from './causes.ts';
import { createFuzzTallying, type FuzzTally } from './fuzz-tally.ts';
import type { JournalEntry } from './journal.ts';
import type { CaseSummary } from './results.ts';

/** How often each reading of a contested clause was seen. */
export interface ObservedReadings {
  readonly clause: string;
  readonly question: string;
  readonly readings: Readonly<Record<string, number>>;
}

/** A whole run in numbers, with its failing cases; small however long the run was. */
export interface Tally {
  readonly run: RunInfo | null;
  readonly inbox: InboxCounts | null;
  readonly counts: OutcomeCounts;
  /** Outcomes of the closing checks, which are not cases. */
  readonly closing: OutcomeCounts;
  readonly scenarios: readonly ScenarioCounts[];
  readonly observations: readonly ObservedReadings[];
  /** Why cases and closing checks did not pass, the commonest reason first. */
  readonly causes: readonly TroubleCause[];
  /** How many cases and closing checks neither passed nor were skipped. */
  readonly troubledCount: number;
  readonly skipReasons: Readonly<Record<string, number>>;
  readonly sessions: number;
  readonly exchanges: number;
  readonly deliveries: number;
  /** From the start of the first case to the end of the last, in ms. */
  readonly casesMs: number;
  /** Null when nothing was fuzzed. */
  readonly fuzz: FuzzTally | null;
}

/** What a tally is made of: the evidence without its exchanges and deliveries. */
export type TallyEntry = Exclude<JournalEntry, CaseResult> | CaseSummary;

/** Adds up entries one by one. */
export interface Tallying {
  add(entry: TallyEntry): void;
  result(): Tally;
}

/** Creates a tally of nothing yet. */
export function createTallying(): Tallying {
  const scenarios = new Map<string, GrowingCounts>();
  const observed = new Map<string, { question: string; readings: Record<string, number> }>();
  const collection = createCauseCollection();
  const fuzzing = createFuzzTallying();
  const skipReasons: Record<string, number> = {};
  const totals = { sessions: 0, exchanges: 0, deliveries: 0, troubledCount: 0 };
  const [counts, closing] = [emptyCounts(), emptyCounts()];
  const span = { first: Number.POSITIVE_INFINITY, last: 0 };
  let run: RunInfo | null = null;
  let inbox: InboxCounts | null = null;

  const addResult = (result: CaseSummary): void => {
    (result.kind === 'case' ? counts : closing)[result.outcome] += 1;
    totals.sessions += result.sessions;
    totals.exchanges += result.exchanges;
    totals.deliveries += result.deliveries;
    for (const observation of result.observations) observe(observed, observation);
    if (result.fuzz !== undefined) fuzzing.add(result.fuzz);
    if (result.outcome === 'skipped') {
      const reason = result.reason ?? 'no reason given';
      skipReasons[reason] = (skipReasons[reason] ?? 0) + 1;
    } else if (result.outcome !== 'passed') {
      totals.troubledCount += 1;
      collection.add(result);
    }
    if (result.kind !== 'case') return;
    span.first = Math.min(span.first, result.startedAt);
    span.last = Math.max(span.last, result.startedAt + result.durationMs);
    const scenario = scenarios.get(result.scenario) ?? createScenario(result);
    scenarios.set(result.scenario, scenario);
    scenario.line = Math.min(scenario.line, result.span.line);
    scenario.cases += 1;
    scenario.counts[result.outcome] += 1;
  };

  return {
    add(entry) {
      if (entry.kind === 'run') run = entry.run;
      else if (entry.kind === 'inbox') inbox = entry.inbox;
      else addResult(entry);
    },
    result: () => ({
      run,
      inbox,
      counts,
      closing,
      scenarios: [...scenarios.values()].sort(inOrderOfFiles),
      observations: [...observed]
        .map(([clause, seen]) => ({ clause, ...seen }))
        .sort((a, b) => (a.clause < b.clause ? -1 : 1)),
      causes: collection.causes(),
      skipReasons,
      casesMs: Math.max(0, span.last - span.first),
      fuzz: fuzzing.result(),
      ...totals,
    }),
  };
}

/** Counts of cases and closing checks together: what the exit code is made of. */
export function allCounts(tally: Tally): OutcomeCounts {
  const sum = emptyCounts();
  for (const outcome of OUTCOMES) sum[outcome] = tally.counts[outcome] + tally.closing[outcome];
  return sum;
}

function emptyCounts(): Record<Outcome, number> {
  return { passed: 0, failed: 0, errored: 0, inconclusive: 0, skipped: 0 };
}

/** The counts of a scenario while results come. */
type GrowingCounts = Omit<ScenarioCounts, 'counts' | 'cases' | 'line'> & {
  cases: number;
  line: number;
  counts: Record<Outcome, number>;
};

function createScenario({ scenario, scenarioName, span }: CaseSummary): GrowingCounts {
  return { id: scenario, name: scenarioName, file: span.file, line: span.line, cases: 0, counts: emptyCounts() };
}

/** Cases end in any order; a person reads files from top to bottom. */
function inOrderOfFiles(a: GrowingCounts, b: GrowingCounts): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line;
}

function observe(
  observed: Map<string, { question: string; readings: Record<string, number> }>,
  { clause, question, readings }: Observation,
): void {
  const seen = observed.get(clause) ?? { question, readings: {} };
  observed.set(clause, seen);
  const name = readings.join(' or ');
  seen.readings[name] = (seen.readings[name] ?? 0) + 1;
}
