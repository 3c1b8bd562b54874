import type { FuzzTask } from '../domain/fuzz.ts';
import type { SessionBudget } from '../engine/ports.ts';
import type { Classified } from './probe.ts';
import { isContested } from './tasks.ts';

/** How a search with a budget of sessions spends few of them on much. */
export interface Thrift {
  /** What of the budget a task may spend: the share of its kind, and nothing of the reserve for findings. */
  readonly within: (task: FuzzTask, budget: SessionBudget) => SessionBudget;
  /** The session that all probes about a session share, as long as nothing has failed on it. */
  readonly session: () => string;
  readonly renewSession: () => void;
  /** Remembers the fields whose values are tried together. */
  readonly cover: (fields: Iterable<string>) => void;
  /** The probes of a clause that are worth a session of their own. */
  readonly choose: (probes: readonly Classified[]) => readonly Classified[];
}

/** Sessions that a clause of a field may take whose values are not tried together with others. */
const PER_CLAUSE = 1;

/** Most sessions that are kept to make findings smaller and to repeat them. */
const MOST_RESERVED = 10;

/** The parts of a budget that kinds of tasks may take (reviews: probes about a session); the model may take what they leave. */
const SHARES = {
  together: 0.36,
  boundaries: 0.08,
  reviews: 0.08,
  properties: 0.1,
  contested: 0.08,
  model: 1,
} as const;

type Kind = keyof typeof SHARES;

function kindOf(task: FuzzTask): Kind {
  const { phase, key, operation } = task;
  if (phase === 'model' || phase === 'properties') return phase;
  if (key.endsWith('.together')) return 'together';
  if (operation !== 'createSession') return 'reviews';
  return isContested(task) ? 'contested' : 'boundaries';
}

/** Creates the thrift of one run with a budget of so many sessions. */
export function createThrift(budget: number): Thrift {
  const covered = new Set<string>();
  const spent = { together: 0, boundaries: 0, reviews: 0, properties: 0, contested: 0, model: 0 };
  const reserve = Math.min(MOST_RESERVED, Math.floor(budget / 5));
  let session = 0;
  return {
    within(task, whole) {
      const kind = kindOf(task);
      const share = covered.size === 0 && kind !== 'together' ? budget : Math.ceil(budget * SHARES[kind]);
      return {
        isOpen: whole.isOpen,
        left: () => Math.min(whole.left() - reserve, share - spent[kind]),
        take() {
          whole.take();
          spent[kind] += 1;
        },
        giveBack() {
          whole.giveBack();
          spent[kind] -= 1;
        },
      };
    },
    session: () => `thrift#${session}`,
    renewSession() {
      session += 1;
    },
    cover(fields) {
      for (const field of fields) covered.add(field);
    },
    choose(probes) {
      if (covered.size === 0) return probes;
      const costly = probes.filter((one) => one.side === 'inside' && one.probe.operation === 'createSession');
      const worth = costly.filter(({ probe }) => Object.keys(probe.over).some((field) => !covered.has(field)));
      const contested = probes.filter(({ side }) => side === 'contested');
      const left = new Set([...costly, ...contested]);
      for (const one of [...worth.slice(0, PER_CLAUSE), ...contested.slice(0, 1)]) left.delete(one);
      return probes.filter((one) => !left.has(one));
    },
  };
}

/** Runs of what is drawn, when each may cost sessions and nobody says how many. */
export const THRIFTY_RUNS: Readonly<Record<string, number>> = {
  'createSession.valid-bodies': 2,
  'createSession.names': 1,
  'addManualStatus.one-violation': 1,
  'addManualStatus.decisions': 1,
  'model.sequences': 4,
  'model.races': 1,
};
