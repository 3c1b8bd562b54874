import type { Environment } from '../domain/message.ts';
import type { KeyPair } from '../engine/ports.ts';
import type { Selection } from '../engine/selection.ts';

/** Everything that the worker needs to know of a run; travels from the main process as plain data. */
export interface RunSettings {
  readonly target: 'sandbox' | 'live';
  readonly baseUrl: string;
  readonly keys: Readonly<Partial<Record<Environment, KeyPair>>>;
  /** Key of the webhook signature. */
  readonly signingKey: string;
  readonly webhookPort: number;
  /** Public base URL of the inbox; null: its loopback address. */
  readonly webhookPublicUrl: string | null;
  /** Deadline for a webhook whose step names none, in ms. */
  readonly webhookDeadlineMs: number;
  /** Quiet period at the end of the run, in ms. */
  readonly quietMs: number;
  readonly concurrency: number;
  /** Most requests a second; null: no limit. */
  readonly ratePerSecond: number | null;
  /** Most sessions to create; null: no limit. */
  readonly budget: number | null;
  readonly selection: Selection;
  /** Seed of sampled combinations that name none. */
  readonly seed: number;
  /** Folder of the run's reports; null: keep none. */
  readonly runDir: string | null;
  /** True when the files were held against the scenario schema before the run; the worker need not do it again. */
  readonly checked: boolean;
  /** Ids of cases that an earlier part of this run has finished. */
  readonly finished: readonly string[];
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** Settings of the run, from the plugin. */
    idenfyContracts: RunSettings;
  }
}
