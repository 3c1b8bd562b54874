import type { Classified, Probe } from './probe.ts';

/** How a search with a budget of sessions spends few of them on much. */
export interface Thrift {
  /** Sessions that are kept to make findings smaller and to repeat them. */
  readonly reserve: number;
  /** The session that all probes about a session share, as long as nothing has failed on it. */
  readonly session: () => string;
  readonly renewSession: () => void;
  /** Remembers that a probe is tried together with others. */
  readonly cover: (probe: Probe) => void;
  /** The probes of a clause that are worth a session of their own. */
  readonly choose: (probes: readonly Classified[]) => readonly Classified[];
}

/** Sessions that one clause may take for what was not tried together with others. */
const PER_CLAUSE = 3;

const MOST_RESERVED = 10;

/** Creates the thrift of one run with a budget of so many sessions. */
export function createThrift(budget: number): Thrift {
  const covered = new Set<string>();
  let session = 0;
  return {
    reserve: Math.min(MOST_RESERVED, Math.floor(budget / 5)),
    session: () => `thrift#${session}`,
    renewSession() {
      session += 1;
    },
    cover: (probe) => void covered.add(keyOf(probe)),
    choose(probes) {
      const uncovered = probes.filter(({ side, probe }) => side === 'inside' && !covered.has(keyOf(probe)));
      const worth = new Set(uncovered.filter(isAboutSessions).slice(0, PER_CLAUSE));
      const contested = probes.find(({ side }) => side === 'contested');
      return probes.filter(
        (one) =>
          one.side === 'outside' ||
          worth.has(one) ||
          one === contested ||
          (one.side === 'inside' && !isAboutSessions(one)),
      );
    },
  };
}

/** Probes of the other requests share a session. */
function isAboutSessions({ probe }: Classified): boolean {
  return probe.operation === 'createSession';
}

function keyOf({ over, whole }: Probe): string {
  return JSON.stringify([Object.entries(over).map(([field, value]) => [field, value ?? '(absent)']), whole ?? null]);
}

/** Runs of what is drawn, when each may cost sessions and nobody says how many. */
export const THRIFTY_RUNS: Readonly<Record<string, number>> = {
  'createSession.valid-bodies': 3,
  'createSession.names': 2,
  'addManualStatus.one-violation': 1,
  'addManualStatus.decisions': 2,
  'model.sequences': 10,
  'model.races': 1,
};
