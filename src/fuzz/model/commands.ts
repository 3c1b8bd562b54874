import fc from 'fast-check';
import type { Contracts } from '../../domain/contract.ts';
import type { Operation } from '../../domain/message.ts';
import type { Credentials, Step } from '../../domain/scenario.ts';
import type { SourceSpan } from '../../domain/span.ts';
import { AUTOMATIC } from '../../engine/session-step.ts';
import { DEFAULT_SESSION } from '../../scenario/default-body.ts';
import { awaitStep, requestStep } from '../probe-steps.ts';
import { type ApiModel, decided, dueStatus, type ModelSession, type Review } from './api-model.ts';

/** What performs the steps of commands. Throws when the provider breaks its word, or when it cannot go on. */
export interface Performer {
  perform(steps: readonly Step[]): Promise<void>;
}

/** One act on the API: the steps that it takes and how it changes what is known. */
interface Act {
  readonly label: string;
  /** False: it needs a session, and there is none. */
  readonly ready?: (model: ApiModel) => boolean;
  readonly steps: (model: ApiModel) => readonly Step[];
  /** Called before the steps, whose expectations it decides. */
  readonly change?: (model: ApiModel) => void;
}

/** A command of fast-check's: an act that is performed against the provider and the model alike. */
export type Command = fc.AsyncCommand<ApiModel, Performer>;

function command({ label, ready, steps, change }: Act): Command {
  return {
    check: (model) => ready?.(model) ?? true,
    async run(model, performer) {
      change?.(model);
      await performer.perform(steps(model));
    },
    toString: () => label,
  };
}

/** Every kind of command, on so many sessions at most; `span` is where their steps are said to stand. The plainest values come first. */
export function commandArbitraries(contracts: Contracts, span: SourceSpan, sessions: number): fc.Arbitrary<Command>[] {
  const words = (operation: Operation, field: string): fc.Arbitrary<string> =>
    fc.constantFrom(...(contracts.fieldValues(operation, field) ?? []).map(String));
  const review = fc.record({
    face: words('addManualStatus', 'manualFaceMatchResult'),
    document: words('addManualStatus', 'manualDocumentValidity'),
  });
  // Two sessions are enough to be mistaken for each other.
  const which = fc.nat({ max: 1 });
  const about = fc.constantFrom<Operation>('getStatus', 'addManualStatus');
  const wrong = fc.constantFrom<Credentials>('none', 'wrong-key', 'wrong-secret');
  const create = words('createSession', 'dummyStatus').map((one) => createCommand(one, sessions, span));
  const manual = fc.tuple(which, review).map(([index, one]) => manualCommand(index, one, span));
  return [
    create,
    create,
    manual,
    manual,
    which.map((index) => statusCommand(index, span)),
    which.map((index) => refusedManualCommand(index, span)),
    fc.tuple(which, about, wrong).map(([index, operation, how]) => intrusionCommand(index, operation, how, span)),
    about.map((operation) => unknownCommand(operation, span)),
  ];
}

function createCommand(dummyStatus: string, sessions: number, span: SourceSpan): Command {
  const last = (model: ApiModel): ModelSession | undefined => model.sessions.at(-1);
  return command({
    label: `create(${dummyStatus})`,
    ready: (model) => model.sessions.length < sessions,
    change: (model) =>
      void model.sessions.push({ name: `${model.prefix}${model.sessions.length + 1}`, dummyStatus, review: null }),
    steps(model) {
      const session = last(model)?.name ?? '';
      const kind = AUTOMATIC[dummyStatus];
      const create = requestStep('createSession', { ...DEFAULT_SESSION, dummyStatus }, span, { as: session });
      const awaited = kind === undefined ? [] : [{ ...awaitStep(kind, span), session }];
      return [create, ...awaited, ...model.sessions.slice(-1).map((one) => statusStep(one, span))];
    },
  });
}

/** Accepted each time; the last one decides, and each is told by a webhook (`seed`). */
function manualCommand(index: number, review: Review, span: SourceSpan): Command {
  return command({
    label: `manual(#${index + 1}, ${review.face}, ${review.document})`,
    ready: hasSessions,
    change: (model) => void Object.assign(sessionAt(model, index), { review }),
    steps(model) {
      const session = sessionAt(model, index);
      const body = { final: true, status: { overall: decided(review) } };
      const awaited = { ...awaitStep('manual', span), session: session.name, body };
      return [manualStep(session.name, review, span), awaited, statusStep(session, span)];
    },
  });
}

function statusCommand(index: number, span: SourceSpan): Command {
  return command({
    label: `status(#${index + 1})`,
    ready: hasSessions,
    steps: (model) => [statusStep(sessionAt(model, index), span)],
  });
}

/** A result that no vocabulary has leaves the session as it was. */
function refusedManualCommand(index: number, span: SourceSpan): Command {
  return command({
    label: `refused manual(#${index + 1})`,
    ready: hasSessions,
    steps(model) {
      const session = sessionAt(model, index);
      const refused = manualStep(session.name, { face: 'FACE_NO_SUCH', document: 'DOC_VALIDATED' }, span);
      const expect = { error: ['BAD_VALUE', 'VALIDATION_ERROR'], span };
      return [{ ...refused, expect }, statusStep(session, span)];
    },
  });
}

/** Whether wrong credentials are answered with 401 or 400 is contested. */
function intrusionCommand(index: number, operation: Operation, credentials: Credentials, span: SourceSpan): Command {
  return command({
    label: `${operation}(#${index + 1}, ${credentials})`,
    ready: hasSessions,
    steps(model) {
      const session = sessionAt(model, index);
      const review = { face: 'FAKE_FACE', document: 'DOC_FAKE' };
      const step = operation === 'getStatus' ? statusStep(session, span) : manualStep(session.name, review, span);
      const expect = { status: [400, 401], error: ['UNAUTHORIZED'], span };
      const intrusion = { ...step, credentials, expect };
      return operation === 'getStatus' ? [intrusion] : [intrusion, statusStep(session, span)];
    },
  });
}

/** What a scanRef that names nothing is refused with, no source says. */
function unknownCommand(operation: Operation, span: SourceSpan): Command {
  const body = {
    scanRef: '${{ uuid }}',
    ...(operation === 'getStatus'
      ? {}
      : { manualFaceMatchResult: 'FACE_MATCH', manualDocumentValidity: 'DOC_VALIDATED' }),
  };
  return command({
    label: `${operation}(unknown scanRef)`,
    steps: () => [requestStep(operation, body, span, { expect: { status: [400, 404], span } })],
  });
}

function manualStep(name: string, { face, document }: Review, span: SourceSpan): ReturnType<typeof requestStep> {
  const body = { scanRef: `\${{ ${name}.scanRef }}`, manualFaceMatchResult: face, manualDocumentValidity: document };
  return requestStep('addManualStatus', body, span, {});
}

function statusStep(session: ModelSession, span: SourceSpan): ReturnType<typeof requestStep> {
  const expect = { body: { ...dueStatus(session), scanRef: `\${{ ${session.name}.scanRef }}` }, span };
  return requestStep('getStatus', { scanRef: `\${{ ${session.name}.scanRef }}` }, span, { expect });
}

function hasSessions({ sessions }: ApiModel): boolean {
  return sessions.length > 0;
}

function sessionAt({ sessions }: ApiModel, index: number): ModelSession {
  const session = sessions[index % sessions.length];
  if (session === undefined) throw new Error('there is no session');
  return session;
}
