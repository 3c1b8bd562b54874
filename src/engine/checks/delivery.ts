import { excerptOf, quote } from '../../domain/excerpt.ts';
import { isJsonObject, type Json } from '../../domain/json.ts';
import { valueAt } from '../../domain/json-pointer.ts';
import { type Delivery, EVENT_TYPES } from '../../domain/message.ts';
import type { CaseRun, StepPlace } from '../case-run.ts';
import type { Cause, Session } from '../session.ts';
import { pushViolations } from './message.ts';

/** Judges one webhook: signature, event type, contract, and whether it speaks of the session and the request that caused it. */
export function judgeDelivery(
  run: CaseRun,
  session: Session,
  cause: Cause,
  delivery: Delivery,
  place: StepPlace,
): void {
  checkSignature(run, delivery, place);
  checkEventType(run, cause, delivery, place);
  const { headers, body } = delivery;
  if (body === undefined) {
    run.failures.push({ kind: 'body', message: 'webhook: the body is not JSON', expected: 'JSON', ...place });
    return;
  }
  pushViolations(
    run,
    run.ports.contracts.judge('webhook-delivery', { headers, body, cause: cause.kind }),
    'webhook',
    place,
  );
  checkCorrelation(run, session, body, place);
  checkConsequence(run, cause, body, place);
}

function checkSignature(run: CaseRun, delivery: Delivery, place: StepPlace): void {
  if (delivery.signature === 'valid') return;
  const actual = delivery.headers['idenfy-signature'] ?? null;
  const message =
    delivery.signature === 'missing'
      ? 'webhook: the Idenfy-Signature header is missing'
      : 'webhook: Idenfy-Signature is not the lower-case hex HMAC-SHA256 of the raw body bytes under the signing key';
  run.failures.push({ kind: 'webhook-signature', message, expected: delivery.receipt.digest, actual, ...place });
}

function checkEventType(run: CaseRun, cause: Cause, delivery: Delivery, place: StepPlace): void {
  const due = EVENT_TYPES[cause.kind];
  const { eventType } = delivery.receipt;
  if (due.includes(eventType)) return;
  const message = `webhook: Idenfy-Event-Type is ${JSON.stringify(eventType)}; what caused it makes ${due.join(' or ')} due`;
  run.failures.push({
    kind: 'expectation',
    at: '/idenfy-event-type',
    message,
    expected: due,
    actual: eventType,
    ...place,
  });
}

function checkCorrelation(run: CaseRun, session: Session, body: Json, place: StepPlace): void {
  if (!isJsonObject(body)) return;
  for (const field of ['clientId', 'externalRef'] as const) {
    const actual = body[field] ?? null;
    const expected = session[field];
    // Without a clientId in the request nothing is known of it; an externalRef may be left out of a webhook.
    if (actual === expected || (field === 'clientId' ? expected : actual) === null) continue;
    const created = expected === null ? 'without one' : `for ${JSON.stringify(expected)}`;
    const message = `webhook: ${field} is ${quote(actual)}; session ${session.scanRef} was created ${created}`;
    run.failures.push({ kind: 'correlation', message, expected, actual: excerptOf(actual), ...place });
  }
}

function checkConsequence(run: CaseRun, cause: Cause, body: Json, place: StepPlace): void {
  for (const [at, expected] of Object.entries(cause.consequence)) {
    const actual = valueAt(body, at) ?? null;
    if (actual === expected) continue;
    const field = at.slice(1).replaceAll('/', '.');
    const message = `webhook ${field}: is ${quote(actual)}; the request that caused it said ${JSON.stringify(expected)}`;
    run.failures.push({ kind: 'expectation', at, message, expected, actual: excerptOf(actual), ...place });
  }
}
