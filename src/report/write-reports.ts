import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ReportError } from '../domain/harness-error.ts';
import { EXIT, exitCodeOf } from '../domain/outcome.ts';
import type { Redact } from '../engine/redaction.ts';
import { openCaseFile } from './case-file.ts';
import { openFindingsFolder } from './findings-folder.ts';
import { type JournalEntry, readJournal } from './journal.ts';
import { junitCase, junitHead, junitTail } from './junit.ts';
import { resultsCase, resultsHead, resultsTail, summarize } from './results.ts';
import { summaryMarkdown } from './summary.ts';
import { allCounts, createTallying, type Tally, type TallyEntry } from './tally.ts';
import { missingCases } from './verdict.ts';

/** Names of the files in a run's folder. */
export const REPORT_FILES = {
  evidence: 'evidence.jsonl',
  results: 'results.json',
  junit: 'junit.xml',
  summary: 'summary.md',
} as const;

/** How a run ended, beyond the outcomes of its cases. */
export interface RunEnd {
  readonly interrupted: boolean;
  /** A harness error outside of any case. */
  readonly broken: boolean;
}

/** What a finished run amounts to. */
export interface RunReport {
  readonly tally: Tally;
  readonly exitCode: number;
}

/** The reports of a run, made while it goes on. */
export interface Reports {
  /** Takes account of an entry of the evidence; it is written later, with others. Throws ReportError. */
  add(entry: JournalEntry): void;
  /** Writes the rest. Throws ReportError. */
  finish(end: RunEnd): RunReport;
}

/** So many entries wait at most: memory stays flat. */
const MOST_WAITING = 1_024;

/**
 * Begins the reports of a run with what its evidence has already; all that is written goes through `redact`. Throws
 * ReportError when a file cannot be written.
 */
export async function openReports(runDir: string, redact: Redact = (text) => Buffer.from(text)): Promise<Reports> {
  const results = openCaseFile(runDir, REPORT_FILES.results, redact);
  const junit = openCaseFile(runDir, REPORT_FILES.junit, redact);
  const tallying = createTallying();
  const findings = openFindingsFolder(runDir, redact);
  let waiting: TallyEntry[] = [];
  let separator = '\n  ';
  const write = (entry: TallyEntry): void => {
    tallying.add(entry);
    if (entry.kind !== 'case' && entry.kind !== 'closing') return;
    results.write(separator + resultsCase(entry));
    junit.write(junitCase(entry));
    separator = ',\n  ';
  };
  const flush = (): void => {
    const entries = waiting;
    waiting = [];
    guard(runDir, () => entries.forEach(write));
  };
  const reports: Reports = {
    add(entry) {
      waiting.push(
        'exchanges' in entry
          ? summarize(
              entry,
              guard(runDir, () => findings.keep(entry)),
            )
          : entry,
      );
      if (waiting.length >= MOST_WAITING) flush();
    },
    finish(end) {
      flush();
      const tally = tallying.result();
      const exitCode = exitCodeFor(tally, end);
      return guard(runDir, () => {
        results.finish(resultsHead(tally, exitCode, end.interrupted), resultsTail());
        junit.finish(junitHead({ counts: allCounts(tally), durationMs: tally.casesMs }), junitTail());
        writeFileSync(join(runDir, REPORT_FILES.summary), redact(summaryMarkdown(tally)));
        return { tally, exitCode };
      });
    },
  };
  for await (const entry of readJournal(join(runDir, REPORT_FILES.evidence))) reports.add(entry);
  return reports;
}

function guard<T>(runDir: string, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ReportError(`the reports in ${runDir} could not be written: ${reason}`, {
      cause,
      hint: 'the evidence is whole; free some space or choose another --report-dir',
    });
  }
}

function exitCodeFor(tally: Tally, { interrupted, broken }: RunEnd): number {
  if (interrupted) return EXIT.interrupted;
  // Nobody knows how the cases that did not run would have ended.
  const unfinished = broken || missingCases(tally) > 0;
  return exitCodeOf(allCounts(tally)) || (unfinished ? EXIT.environment : EXIT.ok);
}
