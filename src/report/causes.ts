import type { Failure } from '../domain/failure.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { SourceSpan } from '../domain/span.ts';
import { findingsOfFailures, type ReportedFinding } from './findings.ts';
import type { CaseSummary } from './results.ts';

/** Why cases did not pass: all that failed for the same reason, told once. */
export interface TroubleCause {
  readonly outcome: Outcome;
  /** The message of the first of them. */
  readonly message: string;
  /** Id and sources of the clause that was broken; null when it was none. */
  readonly clause: { readonly id: string; readonly source: readonly string[] } | null;
  /** Id of the first case. */
  readonly example: string;
  /** The YAML line that asked, in the first case. */
  readonly span: SourceSpan;
  /** Of a finding of fuzzing: the one command that repeats it, and its scenario file in the run's folder. */
  readonly repeat: { readonly command: string; readonly file: string } | null;
  /** How many cases and closing checks share it. */
  readonly cases: number;
}

/** Collects causes; at most `MOST` of them, the rest is counted. */
export interface CauseCollection {
  add(result: CaseSummary): void;
  /** The commonest first. */
  causes(): readonly TroubleCause[];
}

const MOST = 200;

/** Creates a collection of nothing yet. */
export function createCauseCollection(): CauseCollection {
  const known = new Map<string, TroubleCause & { cases: number }>();
  return {
    add(result) {
      const causes = causesOf(result);
      for (const [key, cause] of causes) {
        const before = known.get(key);
        if (before !== undefined) before.cases += 1;
        else if (known.size < MOST) known.set(key, { ...cause, cases: 1 });
      }
    },
    causes: () => [...known.values()].sort((a, b) => b.cases - a.cases),
  };
}

type CauseOfOne = Omit<TroubleCause, 'cases'>;

/** The causes of one result by what tells them apart; several failures of one case may share one. */
function causesOf(result: CaseSummary): ReadonlyMap<string, CauseOfOne> {
  const { outcome, id, span, fuzz, failures } = result;
  if (failures.length === 0) {
    const message = result.error?.message ?? result.reason ?? outcome;
    const flaky = fuzz?.flaky.find((finding) => message.endsWith(finding.message));
    const cause = { outcome, message, clause: null, example: id, span, repeat: repeatOf(flaky) };
    return new Map([[`${outcome} ${general(message)}`, cause]]);
  }
  const findings = findingsOfFailures(result);
  return new Map(failures.map((failure, at) => [keyOf(failure), causeOf(failure, result, findings[at])]));
}

function causeOf(failure: Failure, { outcome, id }: CaseSummary, finding: ReportedFinding | null = null): CauseOfOne {
  const clause = failure.kind === 'contract' ? { id: failure.clause.id, source: failure.clause.source } : null;
  return {
    outcome,
    message: failure.message,
    clause,
    example: id,
    span: failure.span,
    repeat: repeatOf(finding),
  };
}

function repeatOf(finding: ReportedFinding | null = null): TroubleCause['repeat'] {
  return finding === null ? null : { command: finding.command, file: finding.file };
}

function keyOf(failure: Failure): string {
  return failure.kind === 'contract'
    ? `${failure.clause.id} ${failure.at}`
    : `${failure.kind} ${general(failure.message)}`;
}

/** The message without what differs from case to case: quoted values, ids, numbers, and the case that a closing check names. */
function general(message: string): string {
  return message
    .replace(/^case \S+: /, '')
    .replace(/"(?:[^"\\]|\\.)*"/g, '""')
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '<id>')
    .replace(/\d+/g, '0');
}
