import { isJsonObject, type Json } from '../domain/json.ts';
import { type Delivery, type DeliveryReceipt, EVENT_TYPES, type WebhookKind } from '../domain/message.ts';
import type { SourceSpan } from '../domain/span.ts';
import type { Mailbox } from './ports.ts';

/** What a webhook must say because of the request that caused it: JSON pointers into its body, and the values due there. */
export type Consequence = Readonly<Record<string, Json>>;

/** Something a step did that makes one webhook due. */
export interface Cause {
  readonly kind: WebhookKind;
  /** Unix time in ms at which the provider answered. */
  readonly at: number;
  readonly step: number;
  readonly span: SourceSpan;
  readonly consequence: Consequence;
  /** The webhook that it caused, of the specific event type; an account may send the legacy one as well, or only. */
  specific: DeliveryReceipt | null;
  legacy: DeliveryReceipt | null;
  /** A step has waited for it; when it did not come, a failure has said so. */
  awaited: boolean;
}

/** A session as its case sees it; small enough to be watched until the run ends. */
export interface Session {
  readonly name: string;
  readonly scanRef: string;
  readonly clientId: string | null;
  /** False when the session has another callbackUrl: its webhooks go where we cannot see them. */
  readonly reachesUs: boolean;
  /** True when several cases use it. */
  readonly shared: boolean;
  readonly mailbox: Mailbox;
  readonly causes: Cause[];
  /** How many deliveries of the mailbox were assigned or found to be surplus. */
  seen: number;
}

/** Why a delivery without a cause came. A repeat of a delivery that we did not acknowledge is the provider's right. */
export type SurplusKind = 'webhook-unexpected' | 'webhook-duplicate' | 'webhook-altered-retry' | 'rightful-retry';

/** What one delivery turned out to be: the webhook of a cause, or surplus. */
export interface Assignment {
  readonly delivery: Delivery;
  readonly cause: Cause | null;
  readonly surplus: SurplusKind | null;
}

const LEGACY = 'IDENTIFICATION';

/** The webhook that fulfilled the cause, if it has come. */
export function fulfilment(cause: Cause): DeliveryReceipt | null {
  return cause.specific ?? cause.legacy;
}

/** Assigns the next unseen delivery of the session to its cause, in order of arrival; undefined when there is none. */
export function assignNext(session: Session): Assignment | undefined {
  const delivery = session.mailbox.deliveries[session.seen];
  if (delivery === undefined) return undefined;
  session.seen += 1;
  const earlier = receiptsLike(session, delivery.receipt);
  const cause = isRetry(earlier, delivery.receipt) ? undefined : causeOf(session, delivery.receipt.eventType);
  if (cause === undefined) return { delivery, cause: null, surplus: surplusKind(earlier, delivery.receipt) };
  if (delivery.receipt.eventType === LEGACY) cause.legacy = delivery.receipt;
  else cause.specific = delivery.receipt;
  return { delivery, cause, surplus: null };
}

/** Forgets the deliveries that were assigned, so that memory stays flat over a long run. */
export function releaseSession(session: Session): void {
  session.mailbox.release();
  session.seen = 0;
}

function receiptsLike(session: Session, receipt: DeliveryReceipt): readonly DeliveryReceipt[] {
  return session.causes
    .flatMap((cause) => [cause.specific, cause.legacy])
    .filter((earlier) => earlier !== null && earlier.eventType === receipt.eventType) as DeliveryReceipt[];
}

function isRetry(earlier: readonly DeliveryReceipt[], receipt: DeliveryReceipt): boolean {
  return earlier.some((first) => !first.acknowledged && first.digest === receipt.digest);
}

function causeOf(session: Session, eventType: string): Cause | undefined {
  if (eventType === LEGACY) return session.causes.find((cause) => cause.legacy === null);
  const open = session.causes.filter((cause) => cause.specific === null);
  const exact = open.find((cause) => EVENT_TYPES[cause.kind].includes(eventType));
  if (exact !== undefined) return exact;
  // A wrong event type must be seen as that, not as a webhook that never came.
  const known = session.causes.some((cause) => EVENT_TYPES[cause.kind].includes(eventType));
  return known ? undefined : open.find((cause) => fulfilment(cause) === null);
}

function surplusKind(earlier: readonly DeliveryReceipt[], receipt: DeliveryReceipt): SurplusKind {
  const last = earlier.at(-1);
  if (last === undefined) return 'webhook-unexpected';
  const same = earlier.some((first) => first.digest === receipt.digest);
  if (same) return last.acknowledged ? 'webhook-duplicate' : 'rightful-retry';
  return last.acknowledged ? 'webhook-unexpected' : 'webhook-altered-retry';
}

/** One line that tells a person what a delivery was. */
export function describeDelivery(delivery: Delivery): string {
  const body = isJsonObject(delivery.body) ? delivery.body : {};
  const status = isJsonObject(body.status) ? body.status : {};
  const show = (value: Json | undefined): string => JSON.stringify(value ?? null);
  const about = ['overall', 'manualFace', 'manualDocument'].map((name) => `${name}=${show(status[name])}`).join(' ');
  const type = delivery.receipt.eventType || '(no event type)';
  return `#${delivery.sequence} ${type} scanRef=${show(body.scanRef)} final=${show(body.final)} ${about} signature ${delivery.signature}`;
}
