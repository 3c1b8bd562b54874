import type fc from 'fast-check';
import type { Turn } from './performer.ts';

/** Sequences that race: their next acts begin together. */
export interface Rounds {
  /** Lets an act begin when every sequence has come to its next one. */
  readonly turn: Turn;
  /** To be called by a sequence that has come to its end: the others no longer wait for it. */
  leave(): void;
}

/** What has begun is on its way before the next begins: so the order that is drawn is the order in which requests leave. */
async function thenLetGo(release: () => Promise<void>): Promise<void> {
  await release();
  await new Promise((resolve) => setImmediate(resolve));
}

/**
 * Begins the acts of several sequences round by round, the order within a round drawn by the scheduler. So what is under way at
 * the same time depends on the sequences and not on how fast a machine is, and a race that was found can be run again.
 */
export function createRounds(scheduler: fc.Scheduler, sequences: number): Rounds {
  let active = sequences;
  let waiting: (() => void)[] = [];
  const beginWhenComplete = (): void => {
    if (waiting.length < active || waiting.length === 0) return;
    const round = waiting;
    waiting = [];
    for (const begin of round) void scheduler.schedule(Promise.resolve()).then(begin);
    void scheduler.waitAll(thenLetGo);
  };
  return {
    async turn(act) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        beginWhenComplete();
      });
      await act();
    },
    leave() {
      active -= 1;
      beginWhenComplete();
    },
  };
}
