import type { Session } from './session.ts';

/** Sessions that are kept; beyond it the oldest go, so that memory stays flat. */
const MOST_SESSIONS = 50_000;

/** The sessions of a provider by scanRef. */
export interface SessionStore {
  get(scanRef: string): Session | undefined;
  put(session: Session): void;
}

/** An empty store that keeps the `most` newest sessions. */
export function createSessionStore(most: number = MOST_SESSIONS): SessionStore {
  const sessions = new Map<string, Session>();
  return {
    get: (scanRef) => sessions.get(scanRef),
    put(session) {
      sessions.set(session.scanRef, session);
      if (sessions.size <= most) return;
      // A Map keeps the order of insertion: its first key is the oldest session.
      for (const oldest of sessions.keys()) {
        sessions.delete(oldest);
        break;
      }
    },
  };
}
