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

/** Reads the evidence line by line, so that memory stays flat; a torn last line, left by a crash, is passed over. */
export async function* readJournal(file: string): AsyncGenerator<JournalEntry> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
  let torn: string | null = null;
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (torn !== null)
      throw new ReportError(`${file}:${number - 1}: not a line of JSON`, {
        hint: 'the evidence was damaged; run again',
      });
    const entry = parseEntry(line);
    if (entry === null) torn = line;
    else yield entry;
  }
}

function parseEntry(line: string): JournalEntry | null {
  try {
    return JSON.parse(line) as JournalEntry;
  } catch {
    return null;
  }
}
