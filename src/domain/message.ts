import type { Json } from './json.ts';

/** What a key pair belongs to; nothing in a key tells which (facts, "Environments and keys"). */
export type Environment = 'DEV' | 'TEST' | 'PROD' | 'DEMO';

/** The operations of the API under contract. */
export type Operation = 'createSession' | 'addManualStatus' | 'getStatus';

/** HTTP header fields with lower-case names. */
export type HeaderMap = Readonly<Record<string, string>>;

/** One HTTP request as it is to be sent. */
export interface ProviderRequest {
  readonly method: string;
  /** Path below the base URL, beginning with `/`. */
  readonly path: string;
  readonly headers: HeaderMap;
  /** Body text, or null for none. Text is sent as UTF-8. */
  readonly body: string | null;
}

/** One HTTP response as it was received. */
export interface ProviderResponse {
  readonly status: number;
  readonly headers: HeaderMap;
  /** The body decoded as UTF-8, without a byte order mark; U+FFFD stands for what cannot be decoded. */
  readonly body: string;
  /** Why the body's bytes are not the text that they should be, in words that complete "a body that ..."; absent when they are. */
  readonly bodyProblem?: string;
}

/** One request with its response. Bodies are kept as text, byte for byte. */
export interface Exchange {
  readonly request: ProviderRequest;
  readonly response: ProviderResponse;
  /** Unix time in ms at which the request was sent. */
  readonly sentAt: number;
  /** From sending the request to the whole response, in ms. */
  readonly latencyMs: number;
}

/** What the signature header of a delivery turned out to be worth. */
export type SignatureVerdict = 'valid' | 'invalid' | 'missing';

/** What is kept of a delivery for as long as the run lasts. */
export interface DeliveryReceipt {
  /** Equal for two deliveries exactly when their bodies have the same bytes. */
  readonly digest: string;
  /** The `Idenfy-Event-Type` header; '' when it is missing. */
  readonly eventType: string;
  /** The HTTP status that we answered with; a scenario may have the inbox refuse a webhook to see it repeated. */
  readonly answered: number;
  /**
   * True when our answer was 2xx and the connection did not break on it: the provider may rightly repeat a delivery that was
   * not acknowledged. An answer lost behind a proxy, or on a connection that was closed in order, cannot be told from one that arrived.
   */
  readonly acknowledged: boolean;
}

/** One webhook received. */
export interface Delivery {
  /** Order of arrival in this run, from 1. */
  readonly sequence: number;
  /** Unix time in ms at which the last byte came. */
  readonly receivedAt: number;
  readonly headers: HeaderMap;
  /** The body exactly as it came; signatures are over these bytes. */
  readonly rawBody: Uint8Array;
  /** The body parsed as JSON; undefined when it is not JSON. */
  readonly body: Json | undefined;
  readonly signature: SignatureVerdict;
  /** The `scanRef` that the body names; undefined when it names none. */
  readonly scanRef: string | undefined;
  readonly receipt: DeliveryReceipt;
}

/** A request to our callbackUrl that could not become a delivery. Nobody but the provider knows that address. */
export interface RefusedRequest {
  /** Unix time in ms. */
  readonly receivedAt: number;
  readonly method: string;
  /** The path, with `…` for its secret part and at most 200 characters; `/…` is our callbackUrl's own. */
  readonly path: string;
  /** Those that tell what it was meant to be: event type, content type, length and encoding. */
  readonly headers: HeaderMap;
  /** The HTTP status that we answered with; null: the connection broke off before the whole request had come. */
  readonly answered: number | null;
  /** Why it could not be read. */
  readonly reason: string;
}

/** What causes a webhook: an automatic result, a manual review, an expiry. */
export type WebhookKind = 'auto' | 'manual' | 'expired';

/** The event types a webhook of each kind may carry; `IDENTIFICATION` is the legacy event for every outcome (`openapi`). */
export const EVENT_TYPES: Readonly<Record<WebhookKind, readonly string[]>> = {
  auto: ['IDENTIFICATION_AUTO_FINISHED', 'IDENTIFICATION'],
  manual: ['IDENTIFICATION_MANUAL_FINISHED', 'IDENTIFICATION'],
  expired: ['IDENTIFICATION_EXPIRED', 'IDENTIFICATION'],
};
