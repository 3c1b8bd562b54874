import type { Json } from '../../domain/json.ts';
import type { Operation } from '../../domain/message.ts';
import type { Credentials, ExpectNoWebhookStep, RequestStep, Step } from '../../domain/scenario.ts';
import type { SourceSpan } from '../../domain/span.ts';
import { AUTOMATIC } from '../../engine/session-step.ts';
import { DEFAULT_SESSION } from '../../scenario/default-body.ts';
import { awaitStep, requestStep } from '../probe-steps.ts';
import { decided, dueStatus, firstStatusOf, type ModelSession, type Review } from './api-model.ts';

/** The steps that commands take, all said to stand at one place; what is due of each is in the model. */
export interface ModelSteps {
  /** Creates a session, awaits what that causes, and reads the first status. */
  create(session: ModelSession): readonly Step[];
  /** A manual status that is accepted; `meanwhile` is performed while it is under way. */
  review(session: ModelSession, review: Review, meanwhile?: readonly Step[]): readonly (Step | readonly Step[])[];
  /** A manual status with values that no vocabulary has. */
  refusedReview(session: ModelSession, review: Review): RequestStep;
  status(session: ModelSession): RequestStep;
  /** A status that may be one of several, because it is asked for while it changes. */
  changingStatus(session: ModelSession, due: readonly string[]): RequestStep;
  /** A request that is right but for its credentials; session null: createSession. */
  intrusion(operation: Operation, session: ModelSession | null, credentials: Credentials): RequestStep;
  /** A request about a verification that does not exist. */
  unknown(operation: Operation): RequestStep;
  watch(sessions: readonly string[], forMs: number): readonly ExpectNoWebhookStep[];
}

/** Makes the steps of commands. */
export function createModelSteps(span: SourceSpan): ModelSteps {
  const scanRefOf = ({ name }: ModelSession): string => `\${{ ${name}.scanRef }}`;
  const ask = (operation: Operation, body: Json, over: Partial<RequestStep> = {}): RequestStep =>
    requestStep(operation, body, span, over);
  const manual = (session: ModelSession, review: Review): RequestStep =>
    ask('addManualStatus', manualBody(scanRefOf(session), review));
  const status = (session: ModelSession, body: { readonly [field: string]: Json }): RequestStep =>
    ask(
      'getStatus',
      { scanRef: scanRefOf(session) },
      { expect: { body: { ...body, scanRef: scanRefOf(session) }, span } },
    );
  return {
    create(session) {
      const { name, dummyStatus } = session;
      const kind = AUTOMATIC[dummyStatus];
      const awaited = kind === undefined ? [] : [{ ...awaitStep(kind, span), session: name }];
      const first = { ...status(session, { status: dummyStatus }), as: firstStatusOf(session) };
      return [ask('createSession', { ...DEFAULT_SESSION, dummyStatus }, { as: name }), ...awaited, first];
    },
    review(session, review, meanwhile = []) {
      // Each is told by a webhook of its own, the repeated one as well (`seed`).
      const body = { final: true, status: { overall: decided(review) } };
      const awaited = { ...awaitStep('manual', span), session: session.name, body };
      return [[manual(session, review), ...meanwhile], awaited, status(session, dueStatus(session))];
    },
    refusedReview: (session, review) => ({
      ...manual(session, review),
      expect: { error: ['BAD_VALUE', 'VALIDATION_ERROR'], span },
    }),
    status: (session) => status(session, dueStatus(session)),
    changingStatus: (session, due) => status(session, { status: { $any: [...new Set(due)] } }),
    intrusion(operation, session, credentials) {
      const step = session === null ? ask(operation, DEFAULT_SESSION, { as: 'intruder' }) : about(operation, session);
      // Whether wrong credentials are answered with 401 or 400 is contested.
      return { ...step, credentials, expect: { status: [400, 401], error: ['UNAUTHORIZED'], span } };
    },
    // By which identifier a scanRef that names nothing is refused, no source says.
    unknown: (operation) =>
      ask(operation, operation === 'getStatus' ? { scanRef: NOBODY } : manualBody(NOBODY, APPROVING), {
        expect: { status: [400, 404], span },
      }),
    watch: (sessions, forMs) =>
      sessions.map((session, index) => ({
        kind: 'expectNoWebhook',
        session,
        // The others have been watched while the first was.
        forMs: index === 0 ? forMs : 1,
        span,
      })),
  };

  function about(operation: Operation, session: ModelSession): RequestStep {
    return operation === 'getStatus' ? status(session, {}) : manual(session, INTRUDING);
  }
}

const NOBODY = '${{ uuid }}';
const APPROVING: Review = { face: 'FACE_MATCH', document: 'DOC_VALIDATED' };
/** What no session of the model is likely to have been told before, so that it shows. */
const INTRUDING: Review = { face: 'FAKE_FACE', document: 'DOC_FAKE' };

function manualBody(scanRef: string, { face, document }: Review): Json {
  return { scanRef, manualFaceMatchResult: face, manualDocumentValidity: document };
}
