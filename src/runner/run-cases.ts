import type { CaseResult } from '../domain/result.ts';
import type { InboxCounts } from '../domain/run-info.ts';
import type { Case, Scenario } from '../domain/scenario.ts';
import type { Run } from './start-run.ts';

/** The cases of a scenario that are to run. */
export interface SelectedScenario {
  readonly scenario: Scenario;
  readonly cases: readonly Case[];
}

/** How many cases run, and until when. */
export interface RunCasesOptions {
  /** Cases at once. */
  readonly concurrency: number;
  /** Stop after so many cases that did not pass; 0: never. */
  readonly bail: number;
  /** Stops after the cases under way. */
  readonly interrupt: AbortSignal;
  readonly onResult: (result: CaseResult) => void;
  /** Told what came to the inbox, before the closing checks. */
  readonly onInbox: (counts: InboxCounts) => void;
}

/** Runs cases side by side, then the closing checks unless the run was stopped. Throws ReportError when evidence cannot be kept. */
export async function runCases(
  run: Run,
  selected: readonly SelectedScenario[],
  { concurrency, bail, interrupt, onResult, onInbox }: RunCasesOptions,
): Promise<void> {
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, interrupt]);
  const queue = casesOf(selected);
  let troubled = 0;
  const work = async (): Promise<void> => {
    try {
      for (let next = queue.next(); !next.done && !signal.aborted; next = queue.next()) {
        const result = await run.runCase(next.value.scenario, next.value.case, signal);
        onResult(result);
        if (result.outcome !== 'passed' && result.outcome !== 'skipped') troubled += 1;
        if (bail > 0 && troubled >= bail) stop.abort();
      }
    } catch (error) {
      stop.abort();
      throw error;
    }
  };
  // Even when one of them throws, the cases under way are waited for.
  const ended = await Promise.allSettled(Array.from({ length: concurrency }, work));
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
  if (signal.aborted) return;
  onInbox(await run.quiet());
  for (const { scenario } of selected) onResult(run.close(scenario));
}

function* casesOf(
  selected: readonly SelectedScenario[],
): Generator<{ readonly scenario: Scenario; readonly case: Case }> {
  for (const { scenario, cases } of selected) for (const one of cases) yield { scenario, case: one };
}
