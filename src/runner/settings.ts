import type { FuzzOptions } from '../domain/fuzz.ts';
import type { Environment } from '../domain/message.ts';
import type { KeyPair } from '../engine/ports.ts';

/** Everything that a run needs to know; plain data, because vitest's worker gets it from the main process. */
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
  readonly fuzz: FuzzSettings;
}

/** How fuzz cases explore, where their scenarios do not say. */
export interface FuzzSettings extends Omit<FuzzOptions, 'deadline'> {
  /** Longest time for all of them together, in ms; null: no limit. */
  readonly maxTimeMs: number | null;
}
