import { exploreProbes } from './boundaries.ts';
import { probeCatalogue } from './catalogue.ts';
import type { Exploration, Explored } from './exploration.ts';
import type { Classified } from './probe.ts';

/** Breaks two clauses at once: two fields, each by the plainest value that breaks it, and values that break two by themselves. */
export async function explorePairs(exploration: Exploration): Promise<Explored> {
  const { contracts, task } = exploration;
  if (task.operation === null) throw new Error(`the task ${task.key} names no request`);
  const { clauses, classify, probes } = probeCatalogue(contracts, task.operation);
  const breakers = clauses
    .filter(({ field }) => field !== null)
    .flatMap((clause) => probes(clause).find(({ side }) => side === 'outside') ?? []);
  const pairs: Classified[] = [];
  for (const [index, first] of breakers.entries()) {
    for (const second of breakers.slice(index + 1)) {
      const over = { ...first.probe.over, ...second.probe.over };
      if (Object.keys(over).length < 2) continue;
      const pair = classify({ ...first.probe, over });
      if (pair.side === 'outside') pairs.push(pair);
    }
  }
  const explored = await exploreProbes(exploration, pairs, classify, () => {});
  return { ...explored, clauses: [] };
}
