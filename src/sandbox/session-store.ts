import type { Session } from './session.ts';

/** Sessions that are kept; beyond it the oldest go, so that memory stays flat. */
const MOST_SESSIONS = 10_000;

/** The sessions of a provider by scanRef. */
export interface SessionStore {
  get(scanRef: string): Session | undefined;
  put(session: Session): void;
}

/** An empty store that keeps the `most` newest sessions. */
export function createSessionStore(most: number = MOST_SESSIONS): SessionStore {
  const sessions = new Map<string, Session>();
  // A Map keeps the order of insertion. One iterator for good: a new one would step over the place of every session that
  // has gone before it came to the oldest that is left.
  const oldest = sessions.keys();
  return {
    get: (scanRef) => sessions.get(scanRef),
    put(session) {
      sessions.set(session.scanRef, session);
      if (sessions.size > most) sessions.delete(oldest.next().value ?? '');
    },
  };
}
