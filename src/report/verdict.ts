import { OUTCOMES } from '../domain/outcome.ts';
import { allCounts, type Tally } from './tally.ts';

/** The verdict in words: one line that a person reads first. */
export function verdictLine(tally: Tally): string {
  const counts = allCounts(tally);
  const total = OUTCOMES.reduce((sum, outcome) => sum + tally.counts[outcome], 0);
  const missing = missingCases(tally);
  const unfinished = missing > 0 ? `, ${group(missing)} not run` : '';
  const passed = `${group(tally.counts.passed)} of ${group(total + missing)} cases passed${unfinished}`;
  if (counts.failed > 0) return `the provider broke its contract: ${plural(counts.failed, 'check')} failed, ${passed}`;
  if (counts.errored > 0) return `the harness could not finish: ${plural(counts.errored, 'case')} errored, ${passed}`;
  if (counts.inconclusive > 0)
    return `nothing refuted, but ${plural(counts.inconclusive, 'case')} inconclusive, ${passed}`;
  if (missing > 0) return `unfinished, nothing refuted so far: ${passed}`;
  if (total === 0) return 'no case ran';
  if (tally.counts.passed === 0) return `every case was skipped (${group(total)})`;
  const skipped = counts.skipped > 0 ? `, ${group(counts.skipped)} skipped` : '';
  return `the provider keeps its contract: ${passed}${skipped}`;
}

/** Cases that were selected and have no outcome, because the run was stopped. */
export function missingCases(tally: Tally): number {
  const ended = OUTCOMES.reduce((sum, outcome) => sum + tally.counts[outcome], 0);
  return Math.max(0, (tally.run?.selected ?? ended) - ended);
}

/** `1 case`, `2 cases`. */
export function plural(count: number, noun: string): string {
  return `${group(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Digits in groups of three, as English text writes them. */
export function group(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
