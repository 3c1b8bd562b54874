import { once } from 'node:events';
import { createWriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ReportError } from '../domain/harness-error.ts';
import { EXIT, exitCodeOf } from '../domain/outcome.ts';
import type { CaseResult } from '../domain/result.ts';
import { readJournal } from './journal.ts';
import { junitCase, junitHead, junitTail } from './junit.ts';
import { resultsCase, resultsHead, resultsTail } from './results.ts';
import { summaryMarkdown } from './summary.ts';
import { allCounts, createTallying, type Tally } from './tally.ts';

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

/**
 * Makes the reports of a run from its evidence, reading it twice so that memory stays flat: first the totals, then the
 * cases. Throws ReportError when a file cannot be written.
 */
export async function writeReports(runDir: string, options: RunEnd): Promise<RunReport> {
  const evidence = join(runDir, REPORT_FILES.evidence);
  const tallying = createTallying();
  for await (const entry of readJournal(evidence)) tallying.add(entry);
  const tally = tallying.result();
  const counts = allCounts(tally);
  const exitCode = options.interrupted
    ? EXIT.interrupted
    : exitCodeOf(counts) || (options.broken ? EXIT.environment : EXIT.ok);
  try {
    await writeCases(runDir, evidence, tally, exitCode, options.interrupted);
    writeFileSync(join(runDir, REPORT_FILES.summary), summaryMarkdown(tally));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ReportError(`the reports in ${runDir} could not be written: ${reason}`, {
      cause,
      hint: 'the evidence is whole; free some space or choose another --report-dir',
    });
  }
  return { tally, exitCode };
}

async function writeCases(
  runDir: string,
  evidence: string,
  tally: Tally,
  exitCode: number,
  interrupted: boolean,
): Promise<void> {
  const results = createSink(join(runDir, REPORT_FILES.results));
  const junit = createSink(join(runDir, REPORT_FILES.junit));
  await results.write(resultsHead(tally, exitCode, interrupted));
  await junit.write(junitHead({ counts: allCounts(tally), durationMs: tally.casesMs }));
  let separator = '\n  ';
  for await (const entry of readJournal(evidence)) {
    if (entry.kind !== 'case' && entry.kind !== 'closing') continue;
    await results.write(separator + resultsCase(entry satisfies CaseResult));
    await junit.write(junitCase(entry));
    separator = ',\n  ';
  }
  await Promise.all([results.end(resultsTail()), junit.end(junitTail())]);
}

/** A file that is written piece by piece, no faster than the disk takes it. */
function createSink(file: string): { write(text: string): Promise<void>; end(text: string): Promise<void> } {
  const stream = createWriteStream(file);
  const failed = once(stream, 'error').then(([error]) => {
    throw error;
  });
  failed.catch(() => {});
  return {
    async write(text) {
      if (!stream.write(text)) await Promise.race([once(stream, 'drain'), failed]);
    },
    async end(text) {
      stream.end(text);
      await Promise.race([once(stream, 'finish'), failed]);
    },
  };
}
