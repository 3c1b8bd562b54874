import type { Session } from './session.ts';

/** Sessions that are kept; beyond it those go that were not used for longest, so that memory stays flat. */
const MOST_SESSIONS = 4_096;

/** The sessions of a provider by scanRef. */
export interface SessionStore {
  get(scanRef: string): Session | undefined;
  put(session: Session): void;
}

/** An empty store that keeps the `most` sessions that were used last. */
export function createSessionStore(most: number = MOST_SESSIONS): SessionStore {
  const sessions = new Map<string, Session>();
  // A Map keeps the order of insertion. One iterator for good: a new one would step over the place of every session that
  // has gone before it came to the oldest that is left.
  const oldest = sessions.keys();
  const putLast = (session: Session): void => {
    sessions.delete(session.scanRef);
    sessions.set(session.scanRef, session);
  };
  return {
    get(scanRef) {
      const session = sessions.get(scanRef);
      if (session !== undefined) putLast(session);
      return session;
    },
    put(session) {
      putLast(session);
      if (sessions.size > most) sessions.delete(oldest.next().value ?? '');
    },
  };
}
