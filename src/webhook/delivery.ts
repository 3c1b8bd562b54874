import type { IncomingHttpHeaders } from 'node:http';
import { isJsonObject, type Json } from '../domain/json.ts';
import { type Delivery, type DeliveryReceipt, EVENT_TYPES, type HeaderMap } from '../domain/message.ts';
import { compareSignatures, signatureOf } from './signature.ts';

/** A delivery of which we may yet learn that our answer was lost. */
export interface ArrivedDelivery extends Delivery {
  readonly receipt: DeliveryReceipt & { acknowledged: boolean };
}

/** Makes a delivery of the headers and bytes of a request; `sequence` is its place in the order of arrival. */
export function createDelivery(
  sequence: number,
  incoming: IncomingHttpHeaders,
  rawBody: Uint8Array,
  signingKey: string,
  answered: number,
): ArrivedDelivery {
  const headers = headersOf(incoming);
  const body = parseJson(rawBody);
  const scanRef = isJsonObject(body) && typeof body.scanRef === 'string' ? body.scanRef : undefined;
  const digest = signatureOf(rawBody, signingKey);
  const signature = compareSignatures(digest, headers['idenfy-signature']);
  const eventType = headers['idenfy-event-type'] ?? '';
  // Receipts are kept: one text for all of an event type, not one for each delivery.
  const receipt = {
    digest,
    eventType: KNOWN.get(eventType) ?? eventType,
    answered,
    acknowledged: answered < 300,
  };
  return { sequence, receivedAt: Date.now(), headers, rawBody, body, signature, scanRef, receipt };
}

const KNOWN: ReadonlyMap<string, string> = new Map(
  Object.values(EVENT_TYPES).flatMap((types) => types.map((one) => [one, one])),
);

/** Node makes one object of the headers of each request, which nobody changes; only set-cookie is a list in it. */
function headersOf(incoming: IncomingHttpHeaders): HeaderMap {
  const { 'set-cookie': cookies } = incoming;
  return (cookies === undefined ? incoming : { ...incoming, 'set-cookie': cookies.join(', ') }) as HeaderMap;
}

const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true });

function parseJson(bytes: Uint8Array): Json | undefined {
  try {
    return JSON.parse(STRICT_UTF8.decode(bytes)) as Json;
  } catch {
    return undefined;
  }
}
