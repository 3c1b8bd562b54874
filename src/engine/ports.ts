import type { Contracts } from '../domain/contract.ts';
import type { Delivery, Environment, Exchange, ProviderRequest } from '../domain/message.ts';

/** Sends requests to the provider. Implemented by `provider-client/`. */
export interface ProviderPort {
  /** Throws ProviderUnreachableError when no whole response came. */
  send(request: ProviderRequest): Promise<Exchange>;
}

/** The deliveries of one session, in order of arrival. */
export interface Mailbox {
  readonly scanRef: string;
  readonly deliveries: readonly Delivery[];
  /** Resolves when there are more than `seen` deliveries, or after `ms`; true when there are. */
  arrival(seen: number, ms: number): Promise<boolean>;
  /** Forgets the deliveries so far, which are judged; later ones start a new list. */
  release(): void;
}

/** Receives webhooks. Implemented by `webhook/`. */
export interface InboxPort {
  /** Where the provider is to send webhooks. */
  readonly callbackUrl: string;
  /** The deliveries that name this scanRef, those that came before included. The same mailbox for the same scanRef. */
  mailbox(scanRef: string): Mailbox;
  /** True when a session has asked for this scanRef before. */
  isOpen(scanRef: string): boolean;
  /** Deliveries that no open mailbox has claimed: unknown scanRef, none, or not JSON. */
  unmatched(): readonly Delivery[];
  /** Resolves when no delivery has come for `ms`. */
  quiet(ms: number): Promise<void>;
}

/** The API key and secret of one environment. */
export interface KeyPair {
  readonly apiKey: string;
  readonly apiSecret: string;
}

/** Everything a case needs from outside, so that the engine itself opens nothing. */
export interface Ports {
  readonly provider: ProviderPort;
  readonly inbox: InboxPort;
  readonly contracts: Contracts;
  /** Key pairs that are there; scenarios that need another are skipped. */
  readonly keys: Readonly<Partial<Record<Environment, KeyPair>>>;
  /** Environment variables for `${{ env.NAME }}`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Unix time in ms. */
  readonly now: () => number;
  readonly uuid: () => string;
  /** A clientId that no session of this run has had. */
  readonly clientId: () => string;
  /** Deadline for a webhook whose step names none, in ms. */
  readonly webhookDeadlineMs: number;
  /** Takes one session from the budget; false when it is used up. */
  readonly takeSession: () => boolean;
}
