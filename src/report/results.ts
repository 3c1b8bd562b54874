import type { CaseResult, CaseSummary } from '../domain/result.ts';
import type { Tally } from './tally.ts';
import { verdictLine } from './verdict.ts';

/** Version of the shape of `results.json`; its schema is `contracts/results.schema.json`. */
const RESULTS_VERSION = 1;

/** Everything of `results.json` before its cases, left open for them. */
export function resultsHead(tally: Tally, exitCode: number, interrupted: boolean): string {
  const { run, inbox, counts, closing, scenarios, observations, causes, sessions, exchanges, deliveries, casesMs } =
    tally;
  const head = {
    version: RESULTS_VERSION,
    verdict: verdictLine(tally),
    exitCode,
    interrupted,
    run,
    counts,
    closing,
    totals: { sessions, exchanges, deliveries, casesMs },
    inbox,
    scenarios,
    observations,
    causes,
  };
  return `${JSON.stringify(head, null, 1).slice(0, -2)},\n "cases": [`;
}

/** A result without its evidence, which is in `evidence.jsonl` under the same id. */
export function summarize({ exchanges, deliveries, ...rest }: CaseResult): CaseSummary {
  return { ...rest, exchanges: exchanges.length, deliveries: deliveries.length };
}

/** One case of `results.json`. */
export function resultsCase({ observations: _, ...rest }: CaseSummary): string {
  return JSON.stringify(rest);
}

/** The end of `results.json`. */
export function resultsTail(): string {
  return '\n ]\n}\n';
}
