import type { Step } from '../../domain/scenario.ts';
import type { EarlyEnd } from '../../engine/case-run.ts';
import { type OpenCase, openCase } from '../../engine/run-case.ts';
import { count, type Exploration } from '../exploration.ts';
import type { Attempted } from '../random-search.ts';

/** Steps one after the other; those of a list within are under way at the same time. */
export type Acts = readonly (Step | readonly Step[])[];

/** What performs the steps of commands. Throws SequenceEnd when the provider breaks its word, or when it cannot go on. */
export interface Performer {
  perform(acts: Acts): Promise<void>;
}

/** Lets an act begin: at once, or when it is its turn. */
export type Turn = (act: () => Promise<unknown>) => Promise<unknown>;

/** Ends a sequence, and all others of its case. */
export class SequenceEnd extends Error {
  readonly end: EarlyEnd | null;

  constructor(end: EarlyEnd | null) {
    super('the sequence ends');
    this.end = end;
  }
}

/** Performs commands as one case and gives what came of them; `lastly` are the steps that follow when all went well. */
export async function attempt(
  exploration: Exploration,
  run: (performer: (turn?: Turn) => Performer) => Promise<void>,
  lastly: (open: OpenCase) => Acts,
): Promise<Attempted> {
  const { scenario, case: testCase, ports, watch, counts } = exploration;
  const open = openCase(scenario, testCase, ports, watch);
  const performer = performerOf(open);
  let end: EarlyEnd | null = null;
  try {
    await run(performer);
    await performer().perform(lastly(open));
  } catch (error) {
    if (!(error instanceof SequenceEnd)) throw error;
    end = error.end;
  }
  const tried = await open.close(end);
  count(counts, tried);
  return { tried, steps: open.run.steps };
}

const AT_ONCE: Turn = (act) => act();

function performerOf(open: OpenCase): (turn?: Turn) => Performer {
  let ended: SequenceEnd | null = null;
  const one = async (step: Step): Promise<void> => {
    if (ended !== null) return;
    const end = await open.perform(step);
    if (end !== null || open.run.failures.length > 0) ended ??= new SequenceEnd(end);
  };
  return (turn = AT_ONCE) => ({
    async perform(acts) {
      for (const act of acts) {
        if (ended === null) await turn(() => Promise.all([act].flat().map(one)));
        if (ended !== null) throw ended;
      }
    },
  });
}
