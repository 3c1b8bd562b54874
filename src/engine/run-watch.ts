import type { Json } from '../domain/json.ts';
import type { Case, Scenario } from '../domain/scenario.ts';
import type { CaseRun } from './case-run.ts';
import type { Session } from './session.ts';

/** A session that is watched until the run ends, and the case it belongs to. */
export interface WatchedSession {
  readonly session: Session;
  readonly scenario: Scenario;
  readonly case: Case;
}

/** A session that several cases share, and the case that has it now. */
export interface SharedSession {
  session: Session | null;
  /** The body that answered its creation, for captures. */
  body: Json;
  /** Why it could not be created. */
  broken: string | null;
  /** Resolves when the case that has it is done with it. */
  turn: Promise<void>;
}

/** What the cases of one run have in common: every session, watched for webhooks that nothing caused. */
export interface RunWatch {
  readonly sessions: Map<string, WatchedSession>;
  readonly shared: Map<string, SharedSession>;
}

/** Creates the watch of a run that has no session yet. */
export function createRunWatch(): RunWatch {
  return { sessions: new Map(), shared: new Map() };
}

/** Takes a session under watch for the rest of the run. */
export function watchSession(run: CaseRun, session: Session): void {
  run.watch.sessions.set(session.scanRef, { session, scenario: run.scenario, case: run.case });
}

/** Waits until no other case uses the shared session; the returned function passes it on. */
export async function takeTurn(watch: RunWatch, key: string): Promise<{ shared: SharedSession; done: () => void }> {
  const shared = watch.shared.get(key) ?? { session: null, body: null, broken: null, turn: Promise.resolve() };
  watch.shared.set(key, shared);
  const before = shared.turn;
  let done: () => void = () => {};
  shared.turn = new Promise((resolve) => {
    done = resolve;
  });
  await before;
  return { shared, done };
}
