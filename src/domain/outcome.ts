/**
 * How a case ended. `failed`: the provider broke its word. `errored`: the harness could not do its work.
 * `inconclusive`: nothing was refuted, but something that was due could not be seen. `skipped`: not tried, with a reason.
 */
export type Outcome = 'passed' | 'failed' | 'errored' | 'inconclusive' | 'skipped';

/** Every outcome, worst first: the order of reports. */
export const OUTCOMES: readonly Outcome[] = ['failed', 'errored', 'inconclusive', 'skipped', 'passed'];

/** How many cases ended in each outcome. */
export type OutcomeCounts = Readonly<Record<Outcome, number>>;

/** Exit codes of every command (design section 7). */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  environment: 3,
  inconclusive: 4,
  interrupted: 130,
} as const;

/** The exit code that a finished run deserves: a failure weighs more than a harness error, which weighs more than an open question. */
export function exitCodeOf(counts: OutcomeCounts): number {
  if (counts.failed > 0) return EXIT.failed;
  if (counts.errored > 0) return EXIT.environment;
  if (counts.inconclusive > 0) return EXIT.inconclusive;
  return EXIT.ok;
}
