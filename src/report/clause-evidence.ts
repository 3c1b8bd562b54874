import type { ClauseEvidence, SideEvidence } from '../domain/fuzz.ts';

/** What was tried of a clause in all cases together. */
export interface Tried {
  readonly sum: ClauseEvidence;
  /** What the cases of this clause alone have to say: those that met it along the way know of no exception. */
  readonly own: readonly ClauseEvidence[];
}

/** The same with what one more case tried, which was about this clause alone or met it along the way. */
export function withMore(before: Tried | undefined, more: ClauseEvidence, isOwn: boolean): Tried {
  const own = [...(before?.own ?? []), ...(isOwn ? [more] : [])];
  if (before === undefined) return { sum: more, own };
  const { inside, outside, contested } = before.sum;
  const sides = {
    inside: addSides(inside, more.inside),
    outside: addSides(outside, more.outside),
    contested: addSides(contested, more.contested),
  };
  return { sum: { ...before.sum, ...sides }, own };
}

/** All of it as one: a side that one case tried is tried, and a clause that one case broke alone can be broken alone. */
export function evidenceOf({ sum, own }: Tried): ClauseEvidence {
  const missing = missingSides(sum);
  const holds = own.find((one) => missingSides(one).every((side) => missing.includes(side)))?.exception ?? null;
  if (own.length === 0 || own.some(({ exception }) => exception === null)) return { ...sum, exception: null };
  return {
    ...sum,
    exception: holds ?? (missing.length === 0 ? null : `no value ${missing.join(' or ')} it was tried`),
  };
}

/** Sides of a clause of which nothing was tried. */
export function missingSides(clause: ClauseEvidence): readonly ('inside' | 'outside')[] {
  return (['inside', 'outside'] as const).filter((side) => clause[side].tried === 0);
}

/** The numbers of both together, and the first example. */
export function addSides(one: SideEvidence, other: SideEvidence): SideEvidence {
  const example = one.example ?? other.example;
  return {
    tried: one.tried + other.tried,
    accepted: one.accepted + other.accepted,
    refused: one.refused + other.refused,
    ...(example === undefined ? {} : { example }),
  };
}

const OPERATIONS = ['createSession', 'addManualStatus', 'getStatus'];

/** Orders evidence: cases end in any order, a person looks for a request, then for a field. */
export function inOrder(a: ClauseEvidence, b: ClauseEvidence): number {
  return (
    OPERATIONS.indexOf(a.operation) - OPERATIONS.indexOf(b.operation) ||
    (a.field ?? '').localeCompare(b.field ?? '', 'en') ||
    a.keyword.localeCompare(b.keyword, 'en') ||
    a.key.localeCompare(b.key, 'en')
  );
}
