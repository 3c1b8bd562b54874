import type { Json, JsonObject } from '../domain/json.ts';

/** A webhook that is due; nothing has been sent yet. */
export interface DueWebhook {
  readonly scanRef: string;
  readonly eventType: string;
  /** The session's own callbackUrl, else the URL set in the dashboard. */
  readonly url: string;
  readonly body: JsonObject;
}

/** An accepted request's answer. */
export interface Acceptance {
  readonly kind: 'acceptance';
  /** HTTP status. */
  readonly status: number;
  readonly body: Json;
  /** The webhook that the request has caused. */
  readonly webhook?: DueWebhook;
}
