import { isJsonObject, type Json } from '../domain/json.ts';
import type { DeliveryReceipt, RefusedRequest } from '../domain/message.ts';
import type { Case, Scenario } from '../domain/scenario.ts';
import type { CaseRun } from './case-run.ts';
import { fulfilment, type Session } from './session.ts';

/** A session that is watched until the run ends, and the case it belongs to. */
export interface WatchedSession {
  readonly session: Session;
  readonly scenario: Scenario;
  readonly case: Case;
}

/** A session that was asked for and cannot be followed. */
export interface UnopenedSession extends Omit<WatchedSession, 'session'> {
  /** False when the answer was lost, an error of the provider or unusable: it may have created the session all the same. */
  readonly refused: boolean;
}

/** A session that several cases share, and the case that has it now. */
export interface SharedSession {
  session: Session | null;
  /** The body that answered its creation, for captures. */
  body: Json;
  /** The authTokens of the case that created it. */
  tokens: ReadonlySet<string>;
  /** Why it could not be created. */
  broken: string | null;
  /** Resolves when the case that has it is done with it. */
  turn: Promise<void>;
}

/** What the cases of one run have in common: every session, watched for webhooks that nothing caused. */
export interface RunWatch {
  readonly sessions: Map<string, WatchedSession>;
  readonly shared: Map<string, SharedSession>;
  /** By clientId. */
  readonly unopened: Map<string, UnopenedSession>;
  /** Every authToken that a session was given. */
  readonly authTokens: Set<string>;
  /** Deliveries for no known session, and requests that were refused, of which a failure has told. */
  readonly told: Set<DeliveryReceipt | RefusedRequest>;
  /** The scanRefs of fuzz cases among the sessions, the oldest first. */
  readonly fuzzed: Set<string>;
}

/** Creates the watch of a run that has no session yet. */
export function createRunWatch(): RunWatch {
  return {
    sessions: new Map(),
    shared: new Map(),
    unopened: new Map(),
    authTokens: new Set(),
    told: new Set(),
    fuzzed: new Set(),
  };
}

/** Takes a session under watch for the rest of the run. */
export function watchSession(run: CaseRun, session: Session): void {
  run.watch.sessions.set(session.scanRef, { session, scenario: run.scenario, case: run.case });
  if (run.case.fuzz === undefined) return;
  run.watch.fuzzed.add(session.scanRef);
  forgetOldest(run);
}

/** Fuzz cases open sessions without end: of so many, and of as many refused ones, the last are watched. */
const MOST_FUZZED = 4_000;
const MOST_TOKENS = 20_000;

/** Forgets the oldest sessions of fuzz cases to which all that was due has come; what still comes for them names no session. */
function forgetOldest({ watch, ports }: CaseRun): void {
  for (const scanRef of watch.fuzzed) {
    if (watch.fuzzed.size <= MOST_FUZZED) break;
    watch.fuzzed.delete(scanRef);
    if (watch.sessions.get(scanRef)?.session.causes.some((cause) => fulfilment(cause)?.acknowledged !== true)) continue;
    watch.sessions.delete(scanRef);
    ports.inbox.forget(scanRef);
  }
  for (const token of watch.authTokens) {
    if (watch.authTokens.size <= MOST_TOKENS) break;
    watch.authTokens.delete(token);
  }
}

/** Remembers whose session could not be opened, should a webhook come for it. */
export function watchUnopened(run: CaseRun, asked: Json | undefined, refused: boolean): void {
  const clientId = isJsonObject(asked) ? asked.clientId : undefined;
  if (typeof clientId !== 'string') return;
  run.watch.unopened.set(clientId, { scenario: run.scenario, case: run.case, refused });
  if (run.case.fuzz === undefined || run.watch.unopened.size <= MOST_FUZZED) return;
  for (const [oldest, owner] of run.watch.unopened) {
    if (owner.case.fuzz === undefined) continue;
    run.watch.unopened.delete(oldest);
    break;
  }
}

/** Waits until no other case uses the shared session; the returned function passes it on. */
export async function takeTurn(watch: RunWatch, key: string): Promise<{ shared: SharedSession; done: () => void }> {
  const shared = watch.shared.get(key) ?? {
    session: null,
    body: null,
    tokens: new Set<string>(),
    broken: null,
    turn: Promise.resolve(),
  };
  watch.shared.set(key, shared);
  const before = shared.turn;
  let done: () => void = () => {};
  shared.turn = new Promise((resolve) => {
    done = resolve;
  });
  await before;
  return { shared, done };
}
