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

/** The overall status that a manual one decides: only FACE_MATCH with DOC_VALIDATED approves (`seed`). */
export function decided({ face, document }: Review): 'APPROVED' | 'DENIED' {
  return face === 'FACE_MATCH' && document === 'DOC_VALIDATED' ? 'APPROVED' : 'DENIED';
}

/** What a status request has to answer (`docs`): the manual decision, or else the automatic result. */
export function dueStatus({ dummyStatus, review }: ModelSession): { readonly [field: string]: Json } {
  if (review === null) return { status: dummyStatus };
  return { status: decided(review), manualFace: review.face, manualDocument: review.document };
}
