import { closeSync, createReadStream, openSync, writeSync } from 'node:fs';
import type { Observation } from '../domain/contract.ts';
import { ReportError } from '../domain/harness-error.ts';
import type { CaseResult } from '../domain/result.ts';
import type { InboxCounts, RunInfo } from '../domain/run-info.ts';
import type { Redact } from '../engine/redaction.ts';

/** One line of `evidence.jsonl`. */
export type JournalEntry =
  | CaseResult
  | { readonly kind: 'run'; readonly run: RunInfo }
  | { readonly kind: 'inbox'; readonly inbox: InboxCounts };

/** Appends to the evidence while the run goes on. */
export interface JournalWriter extends Disposable {
  /**
   * Writes an entry as one line at once, so that a crash loses none; `tokens` are redacted in it. Gives the line. Throws
   * ReportError when the disk refuses.
   */
  append(entry: JournalEntry, tokens?: Iterable<string>): Buffer;
}

/** Opens the evidence of a run for appending; every line goes through `redact`. Throws ReportError when that cannot be done. */
export function openJournal(file: string, redact: Redact = (text) => Buffer.from(text)): JournalWriter {
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
  const shorten = createShortening();
  return {
    append(entry, tokens) {
      const line = redact(`${JSON.stringify(shorten(entry))}\n`, tokens);
      guard('writing', () => writeSync(fd, line));
      return line;
    },
    [Symbol.dispose]: () => closeSync(fd),
  };
}

/**
 * Reads the evidence line by line, so that memory stays flat; a torn last line, left by a crash, is passed over. Throws
 * ReportError when the file cannot be read, or is damaged elsewhere.
 */
export async function* readJournal(file: string): AsyncGenerator<JournalEntry> {
  const complete = createCompletion();
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
    if (entry !== null) yield complete(entry);
  }
}

/** Most observations repeat those of earlier cases: what a clause asks is written once, with its first observation. */
function createShortening(): (entry: JournalEntry) => unknown {
  const known = new Set<string>();
  return (entry) => {
    if (!('observations' in entry) || entry.observations.length === 0) return entry;
    const observations = entry.observations.map((one) => {
      if (!known.has(one.clause)) return known.add(one.clause) && one;
      return { clause: one.clause, readings: one.readings };
    });
    return { ...entry, observations };
  };
}

/** The reverse of the shortening. */
function createCompletion(): (entry: JournalEntry) => JournalEntry {
  const first = new Map<string, Observation>();
  const complete = (observation: Observation): Observation => {
    const asked = first.get(observation.clause);
    if (asked === undefined || observation.question !== undefined) {
      first.set(observation.clause, observation);
      return observation;
    }
    const others = [...asked.readings, ...asked.refuted].filter((one) => !observation.readings.includes(one));
    return { ...observation, question: asked.question, refuted: others };
  };
  return (entry) =>
    'observations' in entry ? Object.assign(entry, { observations: entry.observations.map(complete) }) : entry;
}

/** Several times as fast as node:readline, which matters: it is all of a run's evidence. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let from = 0;
      for (let end = bytes.indexOf('\n'); end >= 0; end = bytes.indexOf('\n', from)) {
        yield bytes.toString('utf8', from, end);
        from = end + 1;
      }
      rest = bytes.subarray(from);
    }
  } catch (cause) {
    throw unreadable(file, cause);
  }
  if (rest.length > 0) yield rest.toString();
}

const CHUNK_BYTES = 256 * 1024;

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
