import type { Counterexample, FuzzEvidence } from '../domain/fuzz.ts';
import type { CaseResult } from '../domain/result.ts';
import type { CaseSummary } from './results.ts';

/** A finding as reports tell of it: where its scenario file is, instead of what is in it. */
export interface ReportedFinding extends Omit<Counterexample, 'yaml' | 'name'> {
  /** Id of the case that found it. */
  readonly case: string;
  /** Key of that case's task. */
  readonly key: string;
  /** Relative to the run's folder, with `/`. */
  readonly file: string;
}

/** What a fuzz case did, as reports tell of it. */
export interface FuzzSummary extends Omit<FuzzEvidence, 'counterexamples' | 'flaky'> {
  readonly counterexamples: readonly ReportedFinding[];
  readonly flaky: readonly ReportedFinding[];
}

/** Folders of a run for the scenario files of findings: of those that repeat, and of the others. */
export type FindingsFolderName = 'counterexamples' | 'flaky';

/** What reports tell of a fuzz case, undefined of another; `keep` gives each scenario file its place. */
export function summarizeFuzz(
  { id, fuzz }: CaseResult,
  keep: (folder: FindingsFolderName, finding: Counterexample) => string,
): FuzzSummary | undefined {
  if (fuzz === undefined) return undefined;
  const report = (folder: FindingsFolderName): readonly ReportedFinding[] =>
    fuzz[folder].map((finding) => {
      const { yaml: _, name: __, ...rest } = finding;
      return { ...rest, case: id, key: fuzz.task.key, file: keep(folder, finding) };
    });
  return { ...fuzz, counterexamples: report('counterexamples'), flaky: report('flaky') };
}

/** The finding that each failure of a case is of: they stand in its order, the first of each with its message. */
export function findingsOfFailures({ failures, fuzz }: CaseSummary): readonly (ReportedFinding | null)[] {
  const found = fuzz?.counterexamples ?? [];
  let at = -1;
  return failures.map((failure) => {
    const next = found.findIndex(({ message }, index) => index > at && message === failure.message);
    if (next >= 0) at = next;
    return found[at] ?? null;
  });
}
