import type { Observation } from './contract.ts';
import type { Failure } from './failure.ts';
import type { FuzzEvidence } from './fuzz.ts';
import type { JsonObject } from './json.ts';
import type { Exchange, SignatureVerdict } from './message.ts';
import type { Outcome } from './outcome.ts';
import type { SourceSpan } from './span.ts';

/** A delivery as evidence keeps it: redacted, the raw body as text. */
export interface RecordedDelivery {
  readonly sequence: number;
  readonly receivedAt: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly rawBody: string;
  readonly signature: SignatureVerdict;
  readonly scanRef: string | null;
  /** From the moment its cause was answered to its arrival, in ms; null when nothing caused it. */
  readonly latencyMs: number | null;
}

/** A harness error that ended a case. */
export interface RecordedError {
  readonly code: string;
  readonly message: string;
}

/** How one case ended, with its evidence: one line of `evidence.jsonl`. Everything in it is redacted. */
export interface CaseResult {
  /** `closing`: the check at the end of the run that nothing came which no step of the scenario caused. */
  readonly kind: 'case' | 'closing';
  readonly id: string;
  /** Id of the scenario. */
  readonly scenario: string;
  readonly scenarioName: string;
  readonly title: string;
  readonly values: JsonObject;
  readonly span: SourceSpan;
  readonly source: readonly string[];
  readonly tags: readonly string[];
  readonly outcome: Outcome;
  readonly failures: readonly Failure[];
  readonly error: RecordedError | null;
  /** Why the case was skipped or is inconclusive. */
  readonly reason: string | null;
  readonly observations: readonly Observation[];
  readonly sessions: number;
  readonly exchanges: readonly Exchange[];
  readonly deliveries: readonly RecordedDelivery[];
  /** Of a fuzz case only; then exchanges and deliveries are those of its findings. */
  readonly fuzz?: FuzzEvidence;
  /** Unix time in ms. */
  readonly startedAt: number;
  readonly durationMs: number;
}
