import { closeSync, createReadStream, openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { ReportError } from '../domain/harness-error.ts';
import type { CaseResult } from '../domain/result.ts';
import type { InboxCounts, RunInfo } from '../domain/run-info.ts';

/** One line of `evidence.jsonl`. */
export type JournalEntry =
  | CaseResult
  | { readonly kind: 'run'; readonly run: RunInfo }
  | { readonly kind: 'inbox'; readonly inbox: InboxCounts };

/** Appends lines to the evidence while the run goes on. */
export interface JournalWriter extends Disposable {
  /** Writes one line at once, so that a crash loses none. Throws ReportError when the disk refuses. */
  append(line: string): void;
}

/** Opens the evidence of a run for appending. Throws ReportError when that cannot be done. */
export function openJournal(file: string): JournalWriter {
  const guard = <T>(what: string, act: () => T): T => {
    try {
      return act();
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const hint = 'choose a folder that can be written with --report-dir, and check the free space';
      throw new ReportError(`${what} ${file} failed: ${reason}`, { cause, hint });
    }
  };
  const fd = guard('opening', () => openSync(file, 'a'));
  return {
    append: (line) => guard('writing', () => void writeSync(fd, `${line}\n`)),
    [Symbol.dispose]: () => closeSync(fd),
  };
}

/**
 * Reads the evidence line by line, so that memory stays flat; a torn last line, left by a crash, is passed over. Throws
 * ReportError when the file cannot be read, or is damaged elsewhere.
 */
export async function* readJournal(file: string): AsyncGenerator<JournalEntry> {
  let torn = false;
  let number = 0;
  for await (const line of linesOf(file)) {
    if (torn) {
      const hint = 'the evidence was damaged; run again';
      throw new ReportError(`${file}:${number}: not a line of evidence`, { hint });
    }
    number += 1;
    const entry = parseEntry(line);
    torn = entry === null;
    if (entry !== null) yield entry;
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const input = createReadStream(file);
  try {
    yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function unreadable(file: string, cause: unknown): ReportError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ReportError(`reading ${file} failed: ${reason}`, {
    cause,
    hint: 'check that the run has evidence, or run again',
  });
}

function parseEntry(line: string): JournalEntry | null {
  try {
    const entry = JSON.parse(line) as JournalEntry | null;
    return typeof entry === 'object' && typeof entry?.kind === 'string' ? entry : null;
  } catch {
    return null;
  }
}
