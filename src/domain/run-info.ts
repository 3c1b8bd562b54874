import type { MailCounts } from './mailbox.ts';
import type { Environment, RefusedRequest } from './message.ts';
import type { OutcomeCounts } from './outcome.ts';

/** A scenario file as it was when a run began. */
export interface ScenarioFileInfo {
  /** As results show it: relative to the working directory, with `/`. */
  readonly file: string;
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly sha256: string;
}

/** What makes a run this run and no other: what was tested, with which cases. */
export interface RunIdentity {
  /** Version of idenfy-contracts. */
  readonly version: string;
  readonly target: 'sandbox' | 'live';
  readonly baseUrl: string;
  /** Environments whose key pairs were at hand. */
  readonly environments: readonly Environment[];
  /** Tags of which a scenario must have one, sorted; empty: all scenarios. */
  readonly tags: readonly string[];
  /** Regular expression of the selected cases; null: all. */
  readonly grep: string | null;
  /** `2/4`: the second of four parts; null: all cases. */
  readonly shard: string | null;
  /** Seed of the samples that name none. */
  readonly seed: number;
  /** Sorted by path. */
  readonly scenarioFiles: readonly ScenarioFileInfo[];
}

/** What is known of a run before its first case; the first line of `evidence.jsonl`. */
export interface RunInfo extends RunIdentity {
  /** Name of the run's folder: the time it began, UTC, and a random part. */
  readonly id: string;
  /** Unix time in ms. */
  readonly startedAt: number;
  readonly node: string;
  /** Commit of the working directory, when the CI says which. */
  readonly commit: string | null;
  /** Cases that the flags selected: how many a whole run has. */
  readonly selected: number;
  readonly concurrency: number;
}

/** What the webhook inbox counted in a run; the last line of `evidence.jsonl`. */
export interface InboxCounts extends MailCounts {
  /** The requests to our callbackUrl that were refused; at most 50 of them are kept. */
  readonly refusedRequests: readonly RefusedRequest[];
  /** Deliveries that named no session of this run, one line each; at most 20 of them are described. */
  readonly unmatched: number;
  readonly unmatchedSamples: readonly string[];
}

/** The outcomes of one scenario's cases. */
export interface ScenarioCounts {
  readonly id: string;
  readonly name: string;
  readonly file: string;
  /** Where it stands, as far as its cases tell. */
  readonly line: number;
  readonly cases: number;
  readonly counts: OutcomeCounts;
}
