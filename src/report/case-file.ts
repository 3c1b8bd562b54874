import { appendFileSync, closeSync, openSync, readSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Redact } from '../engine/redaction.ts';

/** A report whose head counts what comes after it. */
export interface CaseFile {
  /** Adds a case. */
  write(text: string): void;
  /** Puts the file together: the head, the cases, the tail. */
  finish(head: string, tail: string): void;
}

/** Cases are written in pieces of about that many characters. */
const PIECE = 64 * 1024;

/** Opens a report in a run's folder; until its head is known the cases wait in a file beside it. Throws what `node:fs` throws. */
export function openCaseFile(runDir: string, name: string, redact: Redact): CaseFile {
  const file = join(runDir, name);
  const part = `${file}.part`;
  let text = '';
  writeFileSync(part, '');
  const flush = (): void => {
    appendFileSync(part, redact(text));
    text = '';
  };
  return {
    write(more) {
      text += more;
      if (text.length >= PIECE) flush();
    },
    finish(head, tail) {
      flush();
      writeFileSync(file, redact(head));
      append(file, part);
      appendFileSync(file, tail);
      rmSync(part);
    },
  };
}

/** Appends one file to another, piece by piece. */
function append(to: string, from: string): void {
  const [source, target] = [openSync(from, 'r'), openSync(to, 'a')];
  try {
    const piece = Buffer.alloc(PIECE);
    for (let read = readSync(source, piece); read > 0; read = readSync(source, piece))
      writeSync(target, piece, 0, read);
  } finally {
    closeSync(source);
    closeSync(target);
  }
}
