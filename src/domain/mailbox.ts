import type { Delivery, RefusedRequest } from './message.ts';

/** The deliveries of one session, in order of arrival. */
export interface Mailbox {
  readonly scanRef: string;
  readonly deliveries: readonly Delivery[];
  /** Resolves with true when there are more than `seen` deliveries, with false after `ms` without. */
  arrival(seen: number, ms: number): Promise<boolean>;
  /** Forgets the deliveries so far, so that memory stays flat over a long run; later ones start a new list. */
  release(): void;
}

/** All that a run has received, sorted by session; nothing that comes is lost. */
export interface ReceivedMail {
  /** The deliveries that name this scanRef, those that came before included. The same mailbox for the same scanRef. */
  mailbox(scanRef: string): Mailbox;
  /** True when a session has asked for this scanRef before. */
  isOpen(scanRef: string): boolean;
  /** Forgets a session: what comes for it later is unmatched. Keeps memory flat over very many sessions. */
  forget(scanRef: string): void;
  /** Deliveries that no open mailbox has claimed: unknown scanRef, none, or not JSON. */
  unmatched(): readonly Delivery[];
  /** Requests to our callbackUrl that could not become deliveries: the first 50, in order of arrival. */
  refused(): readonly RefusedRequest[];
  counts(): MailCounts;
  /** Resolves when nothing has come for `ms`. */
  quiet(ms: number): Promise<void>;
}

/** What has come in a run, in numbers. */
export interface MailCounts {
  readonly received: number;
  readonly badSignatures: number;
  /** Requests to our callbackUrl that could not become deliveries: wrong method or path, too large, unreadable, broken off. */
  readonly refused: number;
  /** Requests to other paths than our callbackUrl's: whoever scans ports, not the provider. */
  readonly elsewhere: number;
}

/** Receives the webhooks of a run. */
export interface WebhookInbox extends ReceivedMail {
  /** Where the provider is to send webhooks. */
  readonly callbackUrl: string;
  /** A callbackUrl of its own for one session, where each webhook is refused so many times before it is taken. */
  refusingUrl(times: number): string;
  /** True when what is sent to this URL comes to us. */
  receives(url: string): boolean;
}
