import type { Failure } from '../../domain/failure.ts';
import { type Delivery, EVENT_TYPES } from '../../domain/message.ts';
import type { CaseRun, StepPlace } from '../case-run.ts';
import { type Cause, clientOf, describeDelivery, fulfilment, type Session, type SurplusKind } from '../session.ts';
import { listRefused } from './refused.ts';

/** The failure that a due webhook did not come; it lists what did: for this session, for its client, and for nobody. */
export function missingWebhook(
  run: CaseRun,
  session: Session,
  cause: Cause,
  withinMs: number,
  place: StepPlace,
): Failure {
  const arrived = [...run.received.values()]
    .filter((delivery) => delivery.scanRef === session.scanRef)
    .map((delivery) => describeDelivery(delivery));
  const due = EVENT_TYPES[cause.kind][0] ?? cause.kind;
  const lines = [...arrived, ...straysOf(run, session), ...listRefused(run)];
  const what = lines.length === 0 ? 'nothing arrived for it' : `arrived instead: ${lines.join('; ')}`;
  const message = `webhook ${due} of session ${session.scanRef} did not come within ${withinMs} ms; ${what}`;
  return { kind: 'webhook-missing', message, expected: due, actual: null, arrived: lines, ...place };
}

/** Most deliveries of nobody that one failure lists. */
const MOST_NAMELESS = 5;

/** Deliveries that may have been meant for this session, one line each: those of its client, and those that name nobody. */
function straysOf(run: CaseRun, session: Session): readonly string[] {
  const unmatched = run.ports.inbox.unmatched();
  const own = unmatched.filter((delivery) => session.clientId !== null && clientOf(delivery) === session.clientId);
  for (const { receipt } of own) run.watch.told.add(receipt);
  const nameless = unmatched.filter((one) => one.scanRef === undefined && clientOf(one) === undefined);
  return [
    ...own.map((delivery) => `${describeDelivery(delivery)}: has this session's clientId, but not its scanRef`),
    ...nameless.slice(0, MOST_NAMELESS).map((delivery) => `${describeDelivery(delivery)}: names no session`),
  ];
}

const SURPLUS: Readonly<Record<Exclude<SurplusKind, 'rightful-retry'>, string>> = {
  'webhook-unexpected': 'no step caused it',
  'webhook-duplicate': 'it came before with the same bytes and was acknowledged with 200',
  'webhook-altered-retry': 'it repeats a webhook that was not acknowledged, but its bytes differ from the first',
};

/** The failure that a webhook came which nothing caused. */
export function surplusWebhook(
  session: Session,
  delivery: Delivery,
  kind: Exclude<SurplusKind, 'rightful-retry'>,
  place: StepPlace,
): Failure {
  const known = session.causes.map((cause) => cause.kind).join(', ') || 'none';
  const message = `webhook ${describeDelivery(delivery)} of session ${session.scanRef}: ${SURPLUS[kind]}; webhooks due: ${known}`;
  return { kind, message, expected: null, actual: delivery.receipt.eventType, ...place };
}

/** Webhooks of one session come in the order of what caused them. */
export function checkOrder(run: CaseRun, session: Session, cause: Cause, delivery: Delivery, place: StepPlace): void {
  const later = session.causes.slice(session.causes.indexOf(cause) + 1).find((one) => fulfilment(one) !== null);
  if (later === undefined || fulfilment(cause) !== delivery.receipt) return;
  const message = `webhook ${delivery.receipt.eventType} of session ${session.scanRef} came after the ${later.kind} one, which was caused later`;
  run.failures.push({ kind: 'webhook-order', message, expected: cause.kind, actual: later.kind, ...place });
}
