import { ConfigurationError } from '../domain/harness-error.ts';
import type { Delivery } from '../domain/message.ts';
import type { RecordedDelivery } from '../domain/result.ts';
import type { AwaitWebhookStep, ExpectNoWebhookStep } from '../domain/scenario.ts';
import { secureText } from './auth-token.ts';
import type { CaseRun, EarlyEnd, StepPlace } from './case-run.ts';
import { judgeDelivery } from './checks/delivery.ts';
import { checkMatch } from './checks/message.ts';
import { checkOrder, missingWebhook, surplusWebhook } from './checks/sequence.ts';
import { assignNext, type Cause, fulfilment, type Session } from './session.ts';

/** Waits for the webhook that an earlier step made due, and judges it. */
export async function runAwaitStep(run: CaseRun, step: AwaitWebhookStep, index: number): Promise<EarlyEnd | null> {
  const session = sessionOf(run, step);
  if (!session.reachesUs) {
    return { outcome: 'inconclusive', reason: 'the webhooks of this session go to another callbackUrl than ours' };
  }
  const cause = session.causes.find((one) => one.kind === step.event && !one.awaited);
  if (cause === undefined) return isSettled(session, step) ? null : noCause(step);
  cause.awaited = true;
  const place: StepPlace = { step: index, span: step.span };
  const withinMs = step.withinMs ?? run.ports.webhookDeadlineMs;
  if (!(await arrives(run, session, cause, withinMs, place))) {
    if (cause.specific !== null || cause.legacy !== null) {
      // It came and the inbox refused it on purpose; no source says when a provider repeats it.
      return {
        outcome: 'inconclusive',
        reason: `the webhook that we refused did not come again within ${withinMs} ms`,
      };
    }
    run.failures.push(missingWebhook(run, session, cause, withinMs, place));
    return { outcome: 'failed', reason: 'a webhook that was due did not come' };
  }
  expectDelivery(run, step, cause, place);
  return null;
}

/** Watches that nothing comes beyond what earlier steps made due. */
export async function runExpectNoWebhookStep(run: CaseRun, step: ExpectNoWebhookStep, index: number): Promise<null> {
  const session = sessionOf(run, step);
  const place: StepPlace = { step: index, span: step.span };
  const deadline = performance.now() + step.forMs;
  do {
    drain(run, session, null, place);
  } while (await session.mailbox.arrival(session.seen, deadline - performance.now()));
  return null;
}

/** Judges every delivery that has come for a session and was not looked at before. */
export function drain(run: CaseRun, session: Session, awaited: Cause | null, place: StepPlace): void {
  for (let next = assignNext(session); next !== undefined; next = assignNext(session)) {
    const { delivery, cause, surplus } = next;
    run.deliveries.push(record(run, delivery, cause));
    const where = cause === awaited || cause === null ? place : { step: cause.step, span: cause.span };
    if (surplus !== null && surplus !== 'rightful-retry') {
      run.failures.push(surplusWebhook(session, delivery, surplus, where));
    }
    if (cause === null) continue;
    run.received.set(delivery.receipt, delivery);
    checkOrder(run, session, cause, delivery, where);
    judgeDelivery(run, session, cause, delivery, where);
  }
}

async function arrives(run: CaseRun, session: Session, cause: Cause, ms: number, place: StepPlace): Promise<boolean> {
  const deadline = performance.now() + ms;
  for (;;) {
    drain(run, session, cause, place);
    if (fulfilment(cause) !== null) return true;
    if (!(await session.mailbox.arrival(session.seen, deadline - performance.now()))) return false;
  }
}

function expectDelivery(run: CaseRun, step: AwaitWebhookStep, cause: Cause, place: StepPlace): void {
  const receipt = fulfilment(cause);
  const delivery = receipt === null ? undefined : run.received.get(receipt);
  if (delivery === undefined) return;
  const body = delivery.body ?? null;
  if (step.as !== null) run.captures.set(step.as, body);
  if (step.headers !== null)
    run.failures.push(...checkMatch(run, 'webhook header', step.headers, delivery.headers, place));
  if (step.body !== null) run.failures.push(...checkMatch(run, 'webhook', step.body, body, place));
}

/** True when an earlier case has already waited for this webhook of a session that both share. */
function isSettled(session: Session, step: AwaitWebhookStep): boolean {
  return session.shared && session.causes.some((cause) => cause.kind === step.event);
}

function noCause(step: AwaitWebhookStep): EarlyEnd {
  const error = new ConfigurationError(`no step of this case causes the ${step.event} webhook that is awaited here`, {
    span: step.span,
    hint: 'remove the step, use expectNoWebhook, or choose a dummyStatus that sends one',
  });
  return { outcome: 'errored', reason: error.message, error };
}

function sessionOf(run: CaseRun, step: { readonly session: string } & Pick<AwaitWebhookStep, 'span'>): Session {
  const session = run.sessions.get(step.session);
  if (session !== undefined) return session;
  throw new ConfigurationError(`there is no session '${step.session}': the step that should create it was refused`, {
    span: step.span,
    hint: 'a case whose createSession is refused has no webhooks to await',
  });
}

const UTF8 = new TextDecoder();

/** A delivery as evidence keeps it. */
export function record(run: CaseRun, delivery: Delivery, cause: Cause | null): RecordedDelivery {
  const { sequence, receivedAt, headers, rawBody, body, signature, scanRef } = delivery;
  return {
    sequence,
    receivedAt,
    headers,
    rawBody: secureText(UTF8.decode(rawBody), body, run.tokens),
    signature,
    scanRef: scanRef ?? null,
    latencyMs: cause === null ? null : receivedAt - cause.at,
  };
}
