import fc from 'fast-check';
import type { Contracts } from '../../domain/contract.ts';
import type { Operation } from '../../domain/message.ts';
import type { Credentials } from '../../domain/scenario.ts';
import { type ApiModel, addSession, decided, dueOverall, type Review, sessionAt } from './api-model.ts';
import type { ModelSteps } from './model-steps.ts';
import type { Acts, Performer } from './performer.ts';

/** A command of fast-check's: an act that is performed against the provider and the model alike. */
export type Command = fc.AsyncCommand<ApiModel, Performer>;

/** Decides what is done and what is due of it, and tells the model. */
type Decide = (model: ApiModel) => Acts;

function command(label: string, decide: Decide, ready: (model: ApiModel) => boolean = () => true): Command {
  return { check: ready, run: (model, performer) => performer.perform(decide(model)), toString: () => label };
}

/** A command about a session that there is. */
function aboutSession(label: string, decide: Decide): Command {
  return command(label, decide, ({ sessions }) => sessions.length > 0);
}

/** Two sessions are enough to be mistaken for each other. */
const WHICH = fc.nat({ max: 1 });

const WRONG = fc.constantFrom<Credentials>('none', 'wrong-key', 'wrong-secret');

/** Results that no vocabulary has, one at a time. */
const REFUSED = fc.constantFrom<Review>(
  { face: 'FACE_NO_SUCH', document: 'DOC_VALIDATED' },
  { face: 'FACE_MATCH', document: 'DOC_NO_SUCH' },
);

/** Most sessions of each sequence that races. */
const MOST_RACING_SESSIONS = 2;

/** One command of a sequence with so many sessions at most: of any kind, the plainest values first. */
export function commandOf(
  contracts: Contracts,
  steps: ModelSteps,
  watchMs: number,
  sessions: number,
): fc.Arbitrary<Command> {
  // fast-check never leaves out the last command of a sequence: what is of no matter there becomes the first kind.
  const watch = fc.constant(
    aboutSession('watch', ({ sessions }) =>
      steps.watch(
        sessions.map(({ name }) => name),
        watchMs,
      ),
    ),
  );
  const shrinking = { withCrossShrink: true };
  return fc.oneof(shrinking, watch, { weight: 8, arbitrary: fc.oneof(...requests(contracts, steps, sessions)) });
}

/** One command of a sequence that is not alone: what is asked of one session at the same time belongs here. */
export function racingCommandOf(contracts: Contracts, steps: ModelSteps): fc.Arbitrary<Command> {
  return fc.oneof(
    ...requests(contracts, steps, MOST_RACING_SESSIONS),
    WHICH.map((index) => readsCommand(index, steps)),
    fc.tuple(WHICH, reviews(contracts)).map(([index, review]) => changingCommand(index, review, steps)),
  );
}

function requests(contracts: Contracts, steps: ModelSteps, sessions: number): fc.Arbitrary<Command>[] {
  const create = words(contracts, 'createSession', 'dummyStatus').map((dummyStatus) =>
    command(
      `create(${dummyStatus})`,
      (model) => steps.create(addSession(model, dummyStatus)),
      (model) => model.sessions.length < sessions,
    ),
  );
  const manual = fc.tuple(WHICH, reviews(contracts)).map(([index, review]) => manualCommand(index, review, steps));
  const existing = fc.constantFrom<Operation>('getStatus', 'addManualStatus');
  const any = fc.constantFrom<Operation>('createSession', 'getStatus', 'addManualStatus');
  return [
    // Twice: without sessions, and without reviews, there is little to be said.
    create,
    create,
    manual,
    manual,
    WHICH.map((index) => aboutSession(`status(#${index + 1})`, (model) => [steps.status(sessionAt(model, index))])),
    fc.tuple(WHICH, REFUSED).map(([index, review]) => refusedCommand(index, review, steps)),
    fc.tuple(any, WHICH, WRONG).map(([operation, index, how]) => intrusionCommand(operation, index, how, steps)),
    existing.map((operation) => command(`${operation}(unknown scanRef)`, () => [steps.unknown(operation)])),
  ];
}

function words(contracts: Contracts, operation: Operation, field: string): fc.Arbitrary<string> {
  return fc.constantFrom(...(contracts.fieldValues(operation, field) ?? []).map(String));
}

function reviews(contracts: Contracts): fc.Arbitrary<Review> {
  return fc.record({
    face: words(contracts, 'addManualStatus', 'manualFaceMatchResult'),
    document: words(contracts, 'addManualStatus', 'manualDocumentValidity'),
  });
}

/** Accepted each time; the last one decides. */
function manualCommand(index: number, review: Review, steps: ModelSteps): Command {
  return aboutSession(`manual(${written(index, review)})`, (model) => {
    const session = sessionAt(model, index);
    session.review = review;
    return steps.review(session, review);
  });
}

/** It leaves the session as it was. */
function refusedCommand(index: number, review: Review, steps: ModelSteps): Command {
  return aboutSession(`refused manual(${written(index, review)})`, (model) => {
    const session = sessionAt(model, index);
    return [steps.refusedReview(session, review), steps.status(session)];
  });
}

function intrusionCommand(operation: Operation, index: number, how: Credentials, steps: ModelSteps): Command {
  if (operation === 'createSession')
    return command(`createSession(${how})`, () => [steps.intrusion(operation, null, how)]);
  return aboutSession(`${operation}(#${index + 1}, ${how})`, (model) => {
    const session = sessionAt(model, index);
    const intrusion = steps.intrusion(operation, session, how);
    return operation === 'getStatus' ? [intrusion] : [intrusion, steps.status(session)];
  });
}

/** Several status requests for one session under way at once. */
function readsCommand(index: number, steps: ModelSteps): Command {
  return aboutSession(`3 x status(#${index + 1})`, (model) => {
    const read = steps.status(sessionAt(model, index));
    return [[read, read, read]];
  });
}

/** The status is asked for while a manual one is under way: it is still the old one, or already the new one. */
function changingCommand(index: number, review: Review, steps: ModelSteps): Command {
  return aboutSession(`manual(${written(index, review)}) beside status`, (model) => {
    const session = sessionAt(model, index);
    const read = steps.changingStatus(session, [dueOverall(session), decided(review)]);
    session.review = review;
    return steps.review(session, review, [read]);
  });
}

function written(index: number, { face, document }: Review): string {
  return `#${index + 1}, ${face}, ${document}`;
}
