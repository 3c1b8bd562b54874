import type { Diagnostic } from '../domain/diagnostic.ts';

/** Largest scenario file in bytes; a hand-written one has some kilobytes. */
const LARGEST_FILE = 1024 * 1024;

/** Decodes a scenario file; a file that is too large, not UTF-8 or binary gives one diagnostic and is not looked at further. */
export function decodeSource(
  file: string,
  bytes: Uint8Array,
): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly diagnostic: Diagnostic } {
  const refuse = (code: string, at: number, message: string, hint: string): { ok: false; diagnostic: Diagnostic } => ({
    ok: false,
    diagnostic: { code, span: { file, ...positionOfByte(bytes, at) }, message, hint },
  });
  if (bytes.length > LARGEST_FILE) {
    const size = (bytes.length / LARGEST_FILE).toFixed(1);
    const hint = 'Split it into several files, or let a matrix write the cases; is this the right file?';
    return refuse('file-too-large', 0, `The file has ${size} MiB; a scenario file may have 1 MiB at most.`, hint);
  }
  const invalid = firstInvalidByte(bytes);
  if (invalid >= 0) {
    const byte = `0x${(bytes[invalid] ?? 0).toString(16).padStart(2, '0').toUpperCase()}`;
    const hint = 'Save the file as UTF-8 (without UTF-16 or a Windows code page).';
    return refuse('not-utf8', invalid, `The byte ${byte} is not part of any UTF-8 character.`, hint);
  }
  const nul = bytes.indexOf(0);
  if (nul >= 0) return refuse('binary', nul, 'The file holds a NUL byte, so it is no text.', 'Is this the right file?');
  return { ok: true, text: new TextDecoder().decode(bytes) };
}

/** Offset of the first byte at which UTF-8 decoding fails; -1 when all of it is UTF-8. */
function firstInvalidByte(bytes: Uint8Array): number {
  if (decodes(bytes, false)) return -1;
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (decodes(bytes.subarray(0, middle), true)) good = middle;
    else bad = middle;
  }
  // What decodes so far may end within the character that goes wrong: back to where that one begins.
  while (good > 0 && !decodes(bytes.subarray(0, good), false)) good--;
  return good;
}

/** True when the bytes are UTF-8; with `partial` a character that is cut off at their end is let pass. */
function decodes(bytes: Uint8Array, partial: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: partial });
    return true;
  } catch {
    return false;
  }
}

function positionOfByte(bytes: Uint8Array, at: number): { readonly line: number; readonly column: number } {
  const before = new TextDecoder().decode(bytes.subarray(0, at), { stream: true });
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: before.length - lastBreak };
}
