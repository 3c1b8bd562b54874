import type { Json } from '../../domain/json.ts';

/** What is known of a session by what was asked of the provider. */
export interface ModelSession {
  /** Name under which later steps find it. */
  readonly name: string;
  readonly dummyStatus: string;
  /** The last manual status that was accepted. */
  review: Review | null;
}

/** A manual status. */
export interface Review {
  readonly face: string;
  readonly document: string;
}

/** The API as far as its sources describe it: the sessions that were created, and what was said of them. */
export interface ApiModel {
  /** Begins the names of its sessions. */
  readonly prefix: string;
  readonly sessions: ModelSession[];
}

/** A provider of whom nothing was asked. */
export function createModel(prefix: string): ApiModel {
  return { prefix, sessions: [] };
}

/** The session that is created next; it is known from then on. */
export function addSession({ prefix, sessions }: ApiModel, dummyStatus: string): ModelSession {
  const session: ModelSession = { name: `${prefix}${sessions.length + 1}`, dummyStatus, review: null };
  sessions.push(session);
  return session;
}

/** One of the sessions, however few there are. Throws when there is none. */
export function sessionAt({ sessions }: ApiModel, index: number): ModelSession {
  const session = sessions[index % sessions.length];
  if (session === undefined) throw new Error('there is no session');
  return session;
}

/** The overall status that a manual one decides: only FACE_MATCH with DOC_VALIDATED approves (`seed`). */
export function decided({ face, document }: Review): 'APPROVED' | 'DENIED' {
  return face === 'FACE_MATCH' && document === 'DOC_VALIDATED' ? 'APPROVED' : 'DENIED';
}

/** The status of a session (`docs`): the manual decision, or else the automatic result. */
export function dueOverall({ dummyStatus, review }: ModelSession): string {
  return review === null ? dummyStatus : decided(review);
}

/** Name under which the first status of a session is kept. */
export function firstStatusOf({ name }: ModelSession): string {
  return `${name}Status`;
}

/**
 * What a status request has to answer. About how a manual result that is not there yet is written the sources disagree: but it
 * stays as it was.
 */
export function dueStatus(session: ModelSession): { readonly [field: string]: Json } {
  const { review } = session;
  const first = firstStatusOf(session);
  return {
    status: dueOverall(session),
    manualFace: review?.face ?? `\${{ ${first}.manualFace }}`,
    manualDocument: review?.document ?? `\${{ ${first}.manualDocument }}`,
  };
}
