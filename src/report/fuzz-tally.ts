import type { ClauseEvidence, SideEvidence } from '../domain/fuzz.ts';
import { addSides, evidenceOf, inOrder, missingSides, type Tried, withMore } from './clause-evidence.ts';
import type { FuzzSummary, ReportedFinding } from './findings.ts';

/** What all fuzz cases of a run did together. */
export interface FuzzTally {
  readonly cases: number;
  /** Values and sequences that were tried. */
  readonly probes: number;
  readonly shrinks: number;
  /** What was tried of each clause: request by request, field by field, that of the whole body first. */
  readonly clauses: readonly ClauseEvidence[];
  /** Clauses whose both sides were tried, of those that are not contested. */
  readonly bothSides: number;
  readonly uncontested: number;
  /** Contested clauses of which a value was tried: how it was answered is observed, never judged. */
  readonly contested: number;
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
  const clauses = new Map<string, Tried>();
  const [counterexamples, flaky]: [ReportedFinding[], ReportedFinding[]] = [[], []];
  return {
    add(fuzz) {
      totals.cases += 1;
      totals.probes += fuzz.probes;
      totals.shrinks += fuzz.shrinks;
      counterexamples.push(...fuzz.counterexamples);
      flaky.push(...fuzz.flaky);
      for (const clause of fuzz.clauses) {
        const isOwn = clause.key === fuzz.task.key;
        clauses.set(clause.key, withMore(clauses.get(clause.key), clause, isOwn));
      }
    },
    result() {
      if (totals.cases === 0) return null;
      const sorted = [...clauses.values()].map(evidenceOf).sort(inOrder);
      const findings = { counterexamples: counterexamples.sort(byCase), flaky: flaky.sort(byCase) };
      return { ...totals, clauses: sorted, ...countClauses(sorted), ...findings };
    },
  };
}

/** Cases end in any order; the findings of one stay in theirs. */
function byCase(a: ReportedFinding, b: ReportedFinding): number {
  return a.case.localeCompare(b.case, 'en');
}

function countClauses(
  clauses: readonly ClauseEvidence[],
): Pick<FuzzTally, 'bothSides' | 'uncontested' | 'contested' | 'exceptions'> {
  const uncontested = clauses.filter(({ keyword }) => keyword !== 'x-contested');
  return {
    bothSides: uncontested.filter((clause) => missingSides(clause).length === 0).length,
    uncontested: uncontested.length,
    contested: clauses.filter(({ keyword, contested }) => keyword === 'x-contested' && contested.tried > 0).length,
    exceptions: uncontested.flatMap(({ key, exception }) => (exception === null ? [] : [{ key, reason: exception }])),
  };
}

/** What was tried of one field, all of its clauses together. */
export interface FieldEvidence {
  /** `createSession.firstName`, `createSession.body`. */
  readonly field: string;
  readonly clauses: number;
  readonly inside: SideEvidence;
  readonly outside: SideEvidence;
  readonly contested: SideEvidence;
  /** Whether a finding about one of its clauses repeats. */
  readonly broken: boolean;
}

/** The evidence of a tally, field by field. */
export function byField({ clauses, counterexamples }: FuzzTally): readonly FieldEvidence[] {
  const fields = new Map<string, FieldEvidence>();
  for (const { operation, field, inside, outside, contested } of clauses) {
    const name = `${operation}.${field ?? 'body'}`;
    const before = fields.get(name);
    fields.set(name, {
      field: name,
      clauses: (before?.clauses ?? 0) + 1,
      inside: before === undefined ? inside : addSides(before.inside, inside),
      outside: before === undefined ? outside : addSides(before.outside, outside),
      contested: before === undefined ? contested : addSides(before.contested, contested),
      broken: before?.broken ?? counterexamples.some(({ key }) => key.startsWith(`${name}.`)),
    });
  }
  return [...fields.values()];
}
