import { once } from 'node:events';
import { createReadStream, createWriteStream, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ReportError } from '../domain/harness-error.ts';
import { EXIT, exitCodeOf } from '../domain/outcome.ts';
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
 * Makes the reports of a run from its evidence, which is read once and never held whole. Throws ReportError when a file
 * cannot be written.
 */
export async function writeReports(runDir: string, options: RunEnd): Promise<RunReport> {
  const evidence = join(runDir, REPORT_FILES.evidence);
  try {
    const results = createCaseFile(join(runDir, REPORT_FILES.results));
    const junit = createCaseFile(join(runDir, REPORT_FILES.junit));
    const tallying = createTallying();
    let separator = '\n  ';
    for await (const entry of readJournal(evidence)) {
      tallying.add(entry);
      if (entry.kind !== 'case' && entry.kind !== 'closing') continue;
      await results.write(separator + resultsCase(entry));
      await junit.write(junitCase(entry));
      separator = ',\n  ';
    }
    const tally = tallying.result();
    const exitCode = exitCodeFor(tally, options);
    await results.finish(resultsHead(tally, exitCode, options.interrupted), resultsTail());
    await junit.finish(junitHead({ counts: allCounts(tally), durationMs: tally.casesMs }), junitTail());
    writeFileSync(join(runDir, REPORT_FILES.summary), summaryMarkdown(tally));
    return { tally, exitCode };
  } catch (cause) {
    for (const name of [REPORT_FILES.results, REPORT_FILES.junit])
      rmSync(waitingFile(join(runDir, name)), { force: true });
    if (cause instanceof ReportError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ReportError(`the reports in ${runDir} could not be written: ${reason}`, {
      cause,
      hint: 'the evidence is whole; free some space or choose another --report-dir',
    });
  }
}

function exitCodeFor(tally: Tally, { interrupted, broken }: RunEnd): number {
  if (interrupted) return EXIT.interrupted;
  return exitCodeOf(allCounts(tally)) || (broken ? EXIT.environment : EXIT.ok);
}

function waitingFile(file: string): string {
  return `${file}.part`;
}

/** A report whose head counts what comes after it: the cases wait in a file of their own until the head is known. */
function createCaseFile(file: string): {
  write(text: string): Promise<void>;
  finish(head: string, tail: string): Promise<void>;
} {
  const waiting = waitingFile(file);
  const stream = createWriteStream(waiting);
  const failed = once(stream, 'error').then(([error]) => {
    throw error;
  });
  failed.catch(() => {});
  return {
    async write(text) {
      if (!stream.write(text)) await Promise.race([once(stream, 'drain'), failed]);
    },
    async finish(head, tail) {
      stream.end(tail);
      await Promise.race([once(stream, 'finish'), failed]);
      writeFileSync(file, head);
      await pipeline(createReadStream(waiting), createWriteStream(file, { flags: 'a' }));
      rmSync(waiting);
    },
  };
}
