import type { ClauseEvidence, Counterexample, FuzzEvidence, SideEvidence } from '../domain/fuzz.ts';

/** A finding as reports tell of it: where its scenario file is, instead of what is in it. */
export interface ReportedFinding extends Omit<Counterexample, 'yaml' | 'name'> {
  /** Id of the case that found it. */
  readonly case: string;
  /** Relative to the run's folder, with `/`. */
  readonly file: string;
}

/** What a fuzz case did, as reports tell of it. */
export interface FuzzSummary extends Omit<FuzzEvidence, 'counterexamples' | 'flaky'> {
  readonly counterexamples: readonly ReportedFinding[];
  readonly flaky: readonly ReportedFinding[];
}

/** What all fuzz cases of a run did together. */
export interface FuzzTally {
  readonly cases: number;
  /** Values and sequences that were tried. */
  readonly probes: number;
  readonly shrinks: number;
  /** What was tried of each clause, by request, field and keyword. */
  readonly clauses: readonly ClauseEvidence[];
  /** Clauses whose both sides were tried, of those that are not contested. */
  readonly bothSides: number;
  readonly uncontested: number;
  /** Clauses of which one side was not tried, or never by itself, and why. */
  readonly exceptions: readonly { readonly key: string; readonly reason: string }[];
  readonly counterexamples: readonly ReportedFinding[];
  readonly flaky: readonly ReportedFinding[];
}

/** Adds up what fuzz cases did. */
export interface FuzzTallying {
  add(fuzz: FuzzSummary): void;
  /** Null when no case fuzzed. */
  result(): FuzzTally | null;
}

/** Creates a tally of no fuzz case. */
export function createFuzzTallying(): FuzzTallying {
  const totals = { cases: 0, probes: 0, shrinks: 0 };
  const clauses = new Map<string, ClauseEvidence>();
  const [counterexamples, flaky]: [ReportedFinding[], ReportedFinding[]] = [[], []];
  return {
    add(fuzz) {
      totals.cases += 1;
      totals.probes += fuzz.probes;
      totals.shrinks += fuzz.shrinks;
      counterexamples.push(...fuzz.counterexamples);
      flaky.push(...fuzz.flaky);
      for (const clause of fuzz.clauses) clauses.set(clause.key, merged(clauses.get(clause.key), clause));
    },
    result() {
      if (totals.cases === 0) return null;
      const sorted = [...clauses.values()].sort(inOrder);
      const uncontested = sorted.filter(({ keyword }) => keyword !== 'x-contested');
      const bothSides = uncontested.filter(({ inside, outside }) => inside.tried > 0 && outside.tried > 0).length;
      const exceptions = uncontested.flatMap(({ key, exception }) =>
        exception === null ? [] : [{ key, reason: exception }],
      );
      return {
        ...totals,
        clauses: sorted,
        bothSides,
        uncontested: uncontested.length,
        exceptions,
        counterexamples,
        flaky,
      };
    },
  };
}

/** Both together; a side that one of them tried is tried, and what one of them broke alone can be broken alone. */
function merged(before: ClauseEvidence | undefined, more: ClauseEvidence): ClauseEvidence {
  if (before === undefined) return more;
  const [inside, outside, contested] = (['inside', 'outside', 'contested'] as const).map((side) =>
    sum(before[side], more[side]),
  ) as [SideEvidence, SideEvidence, SideEvidence];
  // Evidence from along the way has no exception of its own.
  const enumerated = before.exception === null ? more : before;
  const missing = inside.tried === 0 || outside.tried === 0;
  const alone = enumerated.exception?.startsWith('never alone') === true;
  return { ...before, inside, outside, contested, exception: missing || alone ? enumerated.exception : null };
}

function sum(one: SideEvidence, other: SideEvidence): SideEvidence {
  const example = one.example ?? other.example;
  return {
    tried: one.tried + other.tried,
    accepted: one.accepted + other.accepted,
    refused: one.refused + other.refused,
    ...(example === undefined ? {} : { example }),
  };
}

const OPERATIONS = ['createSession', 'addManualStatus', 'getStatus'];

/** Cases end in any order; a person looks for a request, then for a field. */
function inOrder(a: ClauseEvidence, b: ClauseEvidence): number {
  return (
    OPERATIONS.indexOf(a.operation) - OPERATIONS.indexOf(b.operation) ||
    (a.field ?? '').localeCompare(b.field ?? '', 'en') ||
    a.keyword.localeCompare(b.keyword, 'en')
  );
}

/** What was tried of one field, all of its clauses together. */
export interface FieldEvidence {
  /** `createSession.firstName`, `createSession.body`. */
  readonly field: string;
  readonly clauses: number;
  readonly inside: SideEvidence;
  readonly outside: SideEvidence;
  readonly contested: SideEvidence;
}

/** The evidence of a tally, field by field. */
export function byField({ clauses }: FuzzTally): readonly FieldEvidence[] {
  const fields = new Map<string, FieldEvidence>();
  for (const { operation, field, inside, outside, contested } of clauses) {
    const name = `${operation}.${field ?? 'body'}`;
    const before = fields.get(name);
    fields.set(name, {
      field: name,
      clauses: (before?.clauses ?? 0) + 1,
      inside: before === undefined ? inside : sum(before.inside, inside),
      outside: before === undefined ? outside : sum(before.outside, outside),
      contested: before === undefined ? contested : sum(before.contested, contested),
    });
  }
  return [...fields.values()];
}
