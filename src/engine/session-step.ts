import { isJsonObject, type Json } from '../domain/json.ts';
import type { WebhookKind } from '../domain/message.ts';
import type { RequestStep } from '../domain/scenario.ts';
import type { CaseRun, EarlyEnd, StepPlace } from './case-run.ts';
import { watchSession } from './run-watch.ts';
import type { Cause, Consequence, Session } from './session.ts';

/** The webhook that each dummyStatus causes; ACTIVE causes none (`docs`, vocabulary). */
export const AUTOMATIC: Readonly<Record<string, WebhookKind>> = {
  APPROVED: 'auto',
  DENIED: 'auto',
  SUSPECTED: 'auto',
  EXPIRED: 'expired',
};

/** Opens the mailbox of a session that the provider says it created. */
export function openSession(
  run: CaseRun,
  step: RequestStep,
  asked: Json,
  answered: Json | undefined,
  place: StepPlace,
): EarlyEnd | null {
  run.created += 1;
  const scanRef = isJsonObject(answered) ? answered.scanRef : undefined;
  if (typeof scanRef !== 'string') {
    return { outcome: 'failed', reason: 'the response names no scanRef, so the session cannot be followed' };
  }
  if (run.ports.inbox.isOpen(scanRef)) {
    const message = `response: scanRef ${scanRef} was given to an earlier session of this run; every session needs its own`;
    run.failures.push({ kind: 'correlation', message, expected: 'a new scanRef', actual: scanRef, ...place });
    return { outcome: 'failed', reason: 'the session has the scanRef of another one' };
  }
  checkAuthToken(run, isJsonObject(answered) ? answered.authToken : undefined, place);
  const request = isJsonObject(asked) ? asked : {};
  const mailbox = run.ports.inbox.mailbox(scanRef);
  const reachesUs = typeof request.callbackUrl === 'string' && run.ports.inbox.receives(request.callbackUrl);
  const session: Session = {
    name: step.as,
    scanRef,
    clientId: textOf(request.clientId),
    externalRef: textOf(request.externalRef),
    reachesUs,
    shared: step.sharedKey !== null,
    mailbox,
    causes: [],
    seen: 0,
  };
  run.sessions.set(step.as, session);
  watchSession(run, session);
  const kind = AUTOMATIC[String(request.dummyStatus)];
  if (kind !== undefined && reachesUs) {
    session.causes = [createCause(run, kind, place, { '/status/overall': request.dummyStatus ?? null })];
  }
  return null;
}

/** Whoever has an authToken goes through its session; the failure does not show it. */
function checkAuthToken(run: CaseRun, authToken: Json | undefined, place: StepPlace): void {
  if (typeof authToken !== 'string' || authToken === '') return;
  if (run.watch.authTokens.has(authToken)) {
    const message = 'response: the authToken was given to an earlier session of this run; every session needs its own';
    run.failures.push({ kind: 'correlation', message, expected: 'a new authToken', ...place });
  }
  run.watch.authTokens.add(authToken);
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** Notes that a manual status was accepted: its webhook is due, and has to carry the results that were given. */
export function recordManualStatus(run: CaseRun, asked: Json, place: StepPlace): void {
  const request = isJsonObject(asked) ? asked : {};
  const consequence: Record<string, Json> = {};
  if (typeof request.manualFaceMatchResult === 'string') {
    consequence['/status/manualFace'] = request.manualFaceMatchResult;
  }
  if (typeof request.manualDocumentValidity === 'string') {
    consequence['/status/manualDocument'] = request.manualDocumentValidity;
  }
  // The page's table calls scanRef a list.
  const named = [request.scanRef].flat();
  for (const session of run.sessions.values()) {
    if (session.reachesUs && named.includes(session.scanRef)) {
      session.causes = [...session.causes, createCause(run, 'manual', place, consequence)];
    }
  }
}

function createCause(run: CaseRun, kind: WebhookKind, place: StepPlace, consequence: Consequence): Cause {
  const { step, span } = place;
  return { kind, at: run.ports.now(), step, span, consequence, specific: null, legacy: null, awaited: false };
}
