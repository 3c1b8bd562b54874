import type { CompiledContracts } from '../contract/contracts.ts';
import type { Operation } from '../domain/message.ts';
import { exploreProbes } from './boundaries.ts';
import { probeCatalogue } from './catalogue.ts';
import type { Exploration, Explored } from './exploration.ts';
import type { Classified } from './probe.ts';

/** Breaks two clauses at once, every two of a request: two fields, each by the plainest value that breaks it. */
export async function explorePairs(exploration: Exploration): Promise<Explored> {
  const { contracts, task } = exploration;
  if (task.operation === null) throw new Error(`the task ${task.key} names no request`);
  const { classify } = probeCatalogue(contracts, task.operation);
  const explored = await exploreProbes(exploration, pairsOf(contracts, task.operation), classify, () => {});
  return { ...explored, clauses: [] };
}

/** A probe for every two clauses of different fields. */
export function pairsOf(contracts: CompiledContracts, operation: Operation): readonly Classified[] {
  const { clauses, classify, probes } = probeCatalogue(contracts, operation);
  const breakers = clauses
    .filter(({ field }) => field !== null)
    .flatMap((clause) => probes(clause).find(({ side }) => side === 'outside') ?? []);
  return breakers
    .flatMap((first, index) =>
      breakers
        .slice(index + 1)
        .filter((second) => Object.keys(second.probe.over).join() !== Object.keys(first.probe.over).join())
        .map((second) => classify({ ...first.probe, over: { ...first.probe.over, ...second.probe.over } })),
    )
    .filter(({ side }) => side === 'outside');
}
