import type { CaseResult } from '../domain/result.ts';
import type { FuzzSummary } from './findings.ts';
import type { Tally } from './tally.ts';
import { verdictLine } from './verdict.ts';

/** Version of the shape of `results.json`; its schema is `contracts/results.schema.json`. */
const RESULTS_VERSION = 1;

/** Everything of `results.json` before its cases, left open for them. */
export function resultsHead(tally: Tally, exitCode: number, interrupted: boolean): string {
  const {
    run,
    inbox,
    counts,
    closing,
    scenarios,
    observations,
    causes,
    sessions,
    exchanges,
    deliveries,
    casesMs,
    fuzz,
  } = tally;
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
    fuzz,
  };
  return `${JSON.stringify(head, null, 1).slice(0, -2)},\n "cases": [`;
}

/** A result without its evidence, which is in `evidence.jsonl` under the same id: what reports are made of. */
export interface CaseSummary extends Omit<CaseResult, 'exchanges' | 'deliveries' | 'fuzz'> {
  /** How many there were. */
  readonly exchanges: number;
  readonly deliveries: number;
  readonly fuzz?: FuzzSummary;
}

/** Takes a result without its evidence; the scenario files of its findings are elsewhere. */
export function summarize({ exchanges, deliveries, fuzz: _, ...rest }: CaseResult, fuzz?: FuzzSummary): CaseSummary {
  if (fuzz === undefined) return { ...rest, exchanges: exchanges.length, deliveries: deliveries.length };
  return { ...rest, fuzz, exchanges: fuzz.exchanges, deliveries: fuzz.deliveries };
}

/** One case of `results.json`. */
export function resultsCase({ observations: _, ...rest }: CaseSummary): string {
  return JSON.stringify(rest);
}

/** The end of `results.json`. */
export function resultsTail(): string {
  return '\n ]\n}\n';
}
