import type { Failure } from '../domain/failure.ts';
import { OUTCOMES, type Outcome } from '../domain/outcome.ts';
import { formatSpan } from '../domain/span.ts';
import { visible } from '../domain/visible.ts';
import { findingsOfFailures, type ReportedFinding } from './findings.ts';
import type { CaseSummary } from './results.ts';

/** Counts that a JUnit `<testsuites>` element states before its first case. */
export interface JunitTotals {
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly durationMs: number;
}

/** The opening of a JUnit file. */
export function junitHead({ counts, durationMs }: JunitTotals): string {
  const tests = OUTCOMES.reduce((sum, outcome) => sum + counts[outcome], 0);
  const failures = counts.failed + counts.inconclusive;
  const numbers = `tests="${tests}" failures="${failures}" errors="${counts.errored}" skipped="${counts.skipped}"`;
  const time = `time="${seconds(durationMs)}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="idenfy-contracts" ${numbers} ${time}>\n<testsuite name="scenarios" ${numbers} ${time}>\n`;
}

/** One `<testcase>`: failure -> `<failure>`, harness error -> `<error>`, inconclusive -> `<failure type="inconclusive">`. */
export function junitCase(result: CaseSummary): string {
  const { line, file } = result.span;
  const name = attribute(result.kind === 'case' ? result.id : `${result.scenario} ${result.title}`);
  const open = `<testcase classname="${attribute(result.scenario)}" name="${name}" file="${attribute(file)}" line="${line}" time="${seconds(result.durationMs)}"`;
  const inside = verdictOf(result);
  return inside === '' ? `${open}/>\n` : `${open}>${inside}</testcase>\n`;
}

/** The end of a JUnit file. */
export function junitTail(): string {
  return '</testsuite>\n</testsuites>\n';
}

function verdictOf(result: CaseSummary): string {
  switch (result.outcome) {
    case 'passed':
      return '';
    case 'skipped':
      return `<skipped message="${attribute(result.reason ?? '')}"/>`;
    case 'errored':
      return `<error type="${attribute(result.error?.code ?? 'error')}" message="${attribute(result.reason ?? '')}">${text(result.error?.message ?? '')}</error>`;
    case 'inconclusive':
      return `<failure type="inconclusive" message="${attribute(result.reason ?? '')}">${text(flakyOf(result))}</failure>`;
    case 'failed': {
      const findings = findingsOfFailures(result);
      return result.failures.map((failure, at) => failureOf(failure, findings[at] ?? null)).join('');
    }
  }
}

function failureOf(failure: Failure, finding: ReportedFinding | null): string {
  const again = finding === null ? [] : [`repeat: ${finding.command}`];
  const curl = failure.curl === undefined ? [] : [failure.curl];
  const detail = [failure.message, `at ${formatSpan(failure.span)}`, ...again, ...curl].join('\n');
  return `<failure type="${failure.kind}" message="${attribute(failure.message)}">${text(detail)}</failure>`;
}

function flakyOf({ fuzz }: CaseSummary): string {
  const told = (fuzz?.flaky ?? []).map(
    ({ message, repeated, repeats, command }) => `${message} (${repeated} of ${repeats} repeats)\nrepeat: ${command}`,
  );
  return told.join('\n');
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** XML 1.0 has no place for control characters and lone surrogates, escaped or not: `visible` leaves none. */
function text(value: string): string {
  return visible(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function attribute(value: string): string {
  return text(value).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}
