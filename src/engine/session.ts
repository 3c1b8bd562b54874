import { quote } from '../domain/excerpt.ts';
import { isJsonObject, type Json } from '../domain/json.ts';
import type { Mailbox } from '../domain/mailbox.ts';
import { type Delivery, type DeliveryReceipt, EVENT_TYPES, type WebhookKind } from '../domain/message.ts';
import type { SourceSpan } from '../domain/span.ts';

/** What a webhook must say because of the request that caused it: JSON pointers into its body, and the values due there. */
export type Consequence = Readonly<Record<string, Json>>;

/** Something a step did that makes one webhook due. */
export interface Cause {
  readonly kind: WebhookKind;
  /** Unix time in ms at which the provider answered. */
  readonly at: number;
  readonly step: number;
  readonly span: SourceSpan;
  /** Forgotten with the deliveries that it was held against. */
  consequence: Consequence;
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
  readonly externalRef: string | null;
  /** False when the session has another callbackUrl: its webhooks go where we cannot see them. */
  readonly reachesUs: boolean;
  /** True when several cases use it. */
  readonly shared: boolean;
  readonly mailbox: Mailbox;
  /** Replaced as a whole when one is added: a list that grows keeps room for many more. */
  causes: readonly Cause[];
  /** How many deliveries of the mailbox were assigned or found to be surplus. */
  seen: number;
}

/** Why a delivery without a cause came. A repeat of a delivery that we did not acknowledge is the provider's right. */
export type SurplusKind = 'webhook-unexpected' | 'webhook-duplicate' | 'webhook-altered-retry' | 'rightful-retry';

/** What one delivery turned out to be: the webhook of a cause, surplus, or (an altered repeat) both. */
export interface Assignment {
  readonly delivery: Delivery;
  readonly cause: Cause | null;
  readonly surplus: SurplusKind | null;
}

const LEGACY = 'IDENTIFICATION';

/** The webhook that fulfilled the cause, if it has come; one that we refused on purpose has to come again. */
export function fulfilment(cause: Cause): DeliveryReceipt | null {
  return [cause.specific, cause.legacy].find((receipt) => receipt !== null && receipt.answered < 300) ?? null;
}

/** Assigns the next unseen delivery of the session to its cause, in order of arrival; undefined when there is none. */
export function assignNext(session: Session): Assignment | undefined {
  const delivery = session.mailbox.deliveries[session.seen];
  if (delivery === undefined) return undefined;
  session.seen += 1;
  const { receipt } = delivery;
  const repeated = repeatedCause(session, receipt);
  if (repeated !== undefined) return { delivery, ...takeRepeat(repeated, receipt) };
  const cause = causeOf(session, receipt.eventType);
  if (cause === undefined) return { delivery, cause: null, surplus: surplusKind(session, receipt) };
  take(cause, receipt);
  return { delivery, cause, surplus: null };
}

const NOTHING: Consequence = {};

/** Forgets the deliveries that were assigned, so that memory stays flat over a long run. */
export function releaseSession(session: Session): void {
  session.mailbox.release();
  session.seen = 0;
  for (const cause of session.causes) if (fulfilment(cause)?.acknowledged === true) cause.consequence = NOTHING;
}

function take(cause: Cause, receipt: DeliveryReceipt): void {
  if (receipt.eventType === LEGACY) cause.legacy = receipt;
  else cause.specific = receipt;
}

/** The cause whose webhook of this type came before and did not reach an acknowledgement: the provider is right to repeat it. */
function repeatedCause(session: Session, { eventType, digest }: DeliveryReceipt): Cause | undefined {
  const open = session.causes.filter((cause) => {
    const before = receiptOf(cause, eventType);
    return before !== null && !before.acknowledged;
  });
  return (
    open.find((cause) => receiptOf(cause, eventType)?.digest === digest) ??
    open.find((cause) => fulfilment(cause) === null)
  );
}

function takeRepeat(cause: Cause, receipt: DeliveryReceipt): Pick<Assignment, 'cause' | 'surplus'> {
  const same = receiptOf(cause, receipt.eventType)?.digest === receipt.digest;
  const first = fulfilment(cause) === null;
  take(cause, receipt);
  if (!same) return { cause, surplus: 'webhook-altered-retry' };
  return first ? { cause, surplus: null } : { cause: null, surplus: 'rightful-retry' };
}

function receiptOf(cause: Cause, eventType: string): DeliveryReceipt | null {
  const receipt = eventType === LEGACY ? cause.legacy : cause.specific;
  return receipt !== null && receipt.eventType === eventType ? receipt : null;
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

function surplusKind(session: Session, { eventType, digest }: DeliveryReceipt): SurplusKind {
  const same = session.causes.some((cause) => receiptOf(cause, eventType)?.digest === digest);
  return same ? 'webhook-duplicate' : 'webhook-unexpected';
}

/** The clientId that a delivery names; undefined when it names none. */
export function clientOf({ body }: Delivery): string | undefined {
  return isJsonObject(body) && typeof body.clientId === 'string' ? body.clientId : undefined;
}

/** Whether the signature of a compressed body is over the compressed bytes, no source says: it is not unpacked. */
function unreadBody({ headers }: Delivery): string {
  const encoding = headers['content-encoding']?.toLowerCase() ?? 'identity';
  return encoding === 'identity'
    ? 'not JSON'
    : `compressed (content-encoding ${quote(encoding, 40)}), which is not read`;
}

/** One line that tells a person what a delivery was. */
export function describeDelivery(delivery: Delivery): string {
  const body = isJsonObject(delivery.body) ? delivery.body : {};
  const status = isJsonObject(body.status) ? body.status : {};
  const show = (value: Json | undefined): string => quote(value ?? null, 80);
  const about = ['overall', 'manualFace', 'manualDocument'].map((name) => `${name}=${show(status[name])}`).join(' ');
  const type = delivery.receipt.eventType || '(no event type)';
  if (delivery.body === undefined) return `#${delivery.sequence} ${type} with a body that is ${unreadBody(delivery)}`;
  return `#${delivery.sequence} ${type} scanRef=${show(body.scanRef)} final=${show(body.final)} ${about} signature ${delivery.signature}`;
}
