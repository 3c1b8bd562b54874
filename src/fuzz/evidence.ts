import type { ClauseEvidence, SideEvidence } from '../domain/fuzz.ts';
import { type Classified, describeProbe, type Side } from './probe.ts';
import type { RequestClause } from './request-clauses.ts';

/** Collects what was tried of each clause. */
export interface EvidenceCollection {
  /** Notes a probe and whether the provider took it. */
  add(classified: Classified, accepted: boolean): void;
  /** Of the one clause that was asked about, or of all that were tried along the way. */
  clauses(asked: RequestClause | null): readonly ClauseEvidence[];
}

type Growing = { -readonly [Key in keyof SideEvidence]: SideEvidence[Key] };

interface Tried {
  readonly sides: Readonly<Record<Side, Growing>>;
  /** Clauses that broke each time this one did. */
  companions: ReadonlySet<string> | null;
}

/** Creates a collection in which nothing was tried. */
export function createEvidence(clauses: readonly RequestClause[]): EvidenceCollection {
  const tried = new Map<string, Tried>();
  const of = (key: string): Tried => {
    const known = tried.get(key) ?? { sides: { inside: none(), outside: none(), contested: none() }, companions: null };
    tried.set(key, known);
    return known;
  };
  return {
    add(classified, accepted) {
      for (const key of keysOf(classified, clauses)) {
        const one = of(key);
        note(one.sides[classified.side], classified, accepted);
        if (classified.side === 'outside') one.companions = companionsOf(one, classified.broken);
      }
    },
    clauses(asked) {
      if (asked !== null) return [evidenceOf(asked, of(asked.key))];
      const along = clauses.filter(({ key }) => tried.has(key)).map((clause) => evidenceOf(clause, of(clause.key)));
      // What was not tried along the way is no exception: a case of its own tries it.
      return along.map((one) => ({ ...one, exception: null }));
    },
  };
}

function none(): Growing {
  return { tried: 0, accepted: 0, refused: 0 };
}

/** A probe that keeps its contract speaks of the clauses of the field that it alters; another of those that it breaks or leaves open. */
function keysOf({ side, broken, open, probe }: Classified, clauses: readonly RequestClause[]): readonly string[] {
  if (side === 'outside') return broken;
  if (side === 'contested') {
    const ids = new Set(open.map(({ clause }) => clause));
    return clauses.filter(({ id, operation }) => operation === probe.operation && ids.has(id)).map(({ key }) => key);
  }
  const fields = probe.whole === undefined ? Object.keys(probe.over) : [];
  return clauses
    .filter(({ field, keyword }) => keyword !== 'x-contested' && (field === null || fields.includes(field)))
    .map(({ key }) => key);
}

function note(side: Growing, { probe }: Classified, accepted: boolean): void {
  side.tried += 1;
  if (accepted) side.accepted += 1;
  else side.refused += 1;
  side.example ??= describeProbe(probe);
}

function companionsOf({ companions }: Tried, broken: readonly string[]): ReadonlySet<string> {
  return companions === null ? new Set(broken) : new Set(broken.filter((key) => companions.has(key)));
}

function evidenceOf(clause: RequestClause, { sides, companions }: Tried): ClauseEvidence {
  const { id, key, operation, field, keyword, source } = clause;
  const exception = keyword === 'x-contested' ? null : exceptionOf(key, sides, companions);
  return { clause: id, key, operation, field, keyword, source, ...sides, exception };
}

function exceptionOf(key: string, { inside, outside }: Tried['sides'], companions: Tried['companions']): string | null {
  if (inside.tried === 0) return 'no value inside it was tried';
  if (outside.tried === 0) return 'no value outside it was tried';
  const others = [...(companions ?? [])].filter((one) => one !== key);
  return others.length === 0 ? null : `never alone: what breaks it breaks ${others.join(' and ')} as well`;
}
