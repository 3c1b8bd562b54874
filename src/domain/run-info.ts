import type { Environment } from './message.ts';
import type { OutcomeCounts } from './outcome.ts';

/** What is known of a run before its first case; the first line of `evidence.jsonl`. */
export interface RunInfo {
  /** Name of the run's folder: the time it began, UTC, and a random part. */
  readonly id: string;
  /** Unix time in ms. */
  readonly startedAt: number;
  readonly target: 'sandbox' | 'live';
  readonly baseUrl: string;
  /** Environments whose key pairs were at hand. */
  readonly environments: readonly Environment[];
  /** Version of idenfy-contracts. */
  readonly version: string;
  readonly node: string;
  /** Commit of the working directory, when the CI says which. */
  readonly commit: string | null;
  /** Cases that the flags selected: how many a whole run has. */
  readonly selected: number;
  readonly concurrency: number;
  readonly shard: string | null;
}

/** What the webhook inbox counted in a run; the last line of `evidence.jsonl`. */
export interface InboxCounts {
  readonly received: number;
  readonly badSignatures: number;
  /** Requests that were refused before they became deliveries: too large, unreadable. */
  readonly refused: number;
  /** Deliveries that named no session of this run, one line each; at most 20 of them are described. */
  readonly unmatched: number;
  readonly unmatchedSamples: readonly string[];
}

/** The outcomes of one scenario's cases. */
export interface ScenarioCounts {
  readonly id: string;
  readonly name: string;
  readonly file: string;
  readonly cases: number;
  readonly counts: OutcomeCounts;
}
