/** A request that the sandbox has answered. */
export interface ExchangeEvent {
  readonly kind: 'exchange';
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** HTTP status. */
  readonly status: number;
  /** The error identifier; null when the request was accepted. */
  readonly identifier: string | null;
  readonly latencyMs: number;
  readonly clientId?: string;
  readonly scanRef?: string;
}

/** One attempt to deliver a webhook. */
export interface DeliveryEvent {
  readonly kind: 'delivery';
  readonly scanRef: string;
  readonly eventType: string;
  /** Origin only: the path of a webhook URL is a secret. */
  readonly url: string;
  /** From 1. */
  readonly attempt: number;
  /** HTTP status of the answer, if there was one. */
  readonly status?: number;
  /** Why there was none. */
  readonly error?: string;
}

/** What the sandbox tells of its doings; no secrets, no bodies. */
export type SandboxEvent = ExchangeEvent | DeliveryEvent;
