import type { CompiledContracts } from '../contract/contracts.ts';
import type { Operation } from '../domain/message.ts';
import { exploreProbes } from './boundaries.ts';
import { probeCatalogue } from './catalogue.ts';
import { createEvidence } from './evidence.ts';
import type { Exploration, Explored } from './exploration.ts';
import { type Classified, type Probe, probeId } from './probe.ts';
import { together } from './single-out.ts';

/** Tries what the contract allows in many fields at once: one session for a value of each of them. */
export async function exploreTogether(exploration: Exploration): Promise<Explored> {
  const { contracts, task, thrift } = exploration;
  const operation = task.operation ?? 'createSession';
  const { clauses, classify } = probeCatalogue(contracts, operation);
  const evidence = createEvidence(clauses);
  const most = Math.min(MOST_ROWS, exploration.ports.budget.left());
  const rows = probesTogether(contracts, operation).slice(0, most);
  thrift?.cover(rows.flatMap(({ probe }) => Object.keys(probe.over)));
  const explored = await exploreProbes(exploration, rows, classify, (one) => {
    if (one.accepted !== null) evidence.add(one.classified, one.accepted);
  });
  return { ...explored, clauses: evidence.clauses(null) };
}

/** Beyond so many rows only country codes are left. */
export const MOST_ROWS = 40;

/** Rows of values, one for each field as long as it has some; and the body without anything that may be left out. */
export function probesTogether(contracts: CompiledContracts, operation: Operation): readonly Classified[] {
  const { all, classify } = probeCatalogue(contracts, operation);
  const columns = new Map<string, Probe[]>();
  const omissions: Probe[] = [];
  for (const { probe, side } of inTurns(all())) {
    const [[field, value] = ['', undefined], ...more] = Object.entries(probe.over);
    // Where webhooks go is what the harness decides on.
    if (side !== 'inside' || field === '' || more.length > 0 || field === 'callbackUrl') continue;
    // Without a dummyStatus there is no webhook; that is tried by itself.
    if (value === undefined) field === 'dummyStatus' || omissions.push(probe);
    else columns.set(field, [...(columns.get(field) ?? []), probe]);
  }
  const length = Math.max(0, ...[...columns.values()].map((column) => column.length));
  const rows = Array.from({ length }, (_, row) =>
    together([...columns.values()].flatMap((column) => column[row] ?? [])),
  );
  return [together(omissions), ...rows].map(classify).filter(({ side }) => side === 'inside');
}

/** The first probe of each clause, then the second of each, and so on: whatever is left out, no clause is forgotten. */
function inTurns(probes: readonly Classified[]): readonly Classified[] {
  const turns = new Map<string, number>();
  const seen = new Set<string>();
  return probes
    .filter(({ probe }) => !seen.has(probeId(probe)) && seen.add(probeId(probe)))
    .map((one) => {
      const clause = Object.keys(one.probe.over).join();
      const kind = `${clause} ${kindOf(one)}`;
      const turn = turns.get(kind) ?? 0;
      turns.set(kind, turn + 1);
      return { one, turn };
    })
    .sort((a, b) => a.turn - b.turn)
    .map(({ one }) => one);
}

/** What a value is of its field: put together, empty, short, long, or of another type. */
function kindOf({ probe }: Classified): string {
  const [value] = Object.values(probe.over);
  if (probe.parts !== undefined) return 'joined';
  return typeof value === 'string' ? `text ${Math.ceil(Math.log2(value.length + 1) / 2)}` : typeof value;
}
