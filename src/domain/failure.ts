import type { Clause } from './contract.ts';
import type { Json } from './json.ts';
import type { SourceSpan } from './span.ts';

/** What every failure tells. All values are redacted. */
interface FailureBase {
  /** One sentence: what broke, where, expected against actual. */
  readonly message: string;
  /** The line of the scenario file that asked. */
  readonly span: SourceSpan;
  /** Index of the step within the case, from 0. */
  readonly step: number;
  readonly expected?: Json;
  readonly actual?: Json;
  /** A curl line that repeats the request; secrets are shell variables. */
  readonly curl?: string;
}

/** A response or webhook broke a clause of its contract. */
export interface ContractFailure extends FailureBase {
  readonly kind: 'contract';
  readonly clause: Clause;
  /** JSON pointer into the message. */
  readonly at: string;
  readonly subject: 'response' | 'webhook' | 'webhook-headers';
}

/** The HTTP status is not one that is due. */
export interface StatusFailure extends FailureBase {
  readonly kind: 'status';
}

/** The response is not JSON, or does not say that it is. */
export interface BodyFailure extends FailureBase {
  readonly kind: 'body';
}

/** The scenario's own expectation was not met. */
export interface ExpectationFailure extends FailureBase {
  readonly kind: 'expectation';
  /** JSON pointer into the message. */
  readonly at: string;
}

/** A webhook that was due did not come in time. */
export interface WebhookMissingFailure extends FailureBase {
  readonly kind: 'webhook-missing';
  /** What did arrive instead, one line each. */
  readonly arrived: readonly string[];
}

/** A webhook came that nothing caused, came again after we acknowledged it, or came in the wrong order. */
export interface WebhookSurplusFailure extends FailureBase {
  readonly kind: 'webhook-unexpected' | 'webhook-duplicate' | 'webhook-order' | 'webhook-altered-retry';
}

/** A request to our callbackUrl was no webhook that can be read. */
export interface WebhookUnreadableFailure extends FailureBase {
  readonly kind: 'webhook-unreadable';
}

/** The signature of a webhook is wrong or missing. */
export interface WebhookSignatureFailure extends FailureBase {
  readonly kind: 'webhook-signature';
}

/** A message speaks of another session than the one it was caused by. */
export interface CorrelationFailure extends FailureBase {
  readonly kind: 'correlation';
}

/** The provider broke its word: data, never thrown. */
export type Failure =
  | ContractFailure
  | StatusFailure
  | BodyFailure
  | ExpectationFailure
  | WebhookMissingFailure
  | WebhookSurplusFailure
  | WebhookUnreadableFailure
  | WebhookSignatureFailure
  | CorrelationFailure;
