import type { CaseResult } from '../domain/result.ts';
import { MARK } from './auth-token.ts';

/** A result with all that must not be seen, and the authTokens in it. */
export interface Unredacted {
  readonly result: CaseResult;
  readonly tokens: ReadonlySet<string>;
}

/** The text in UTF-8, with a mark for every secret and for every one of the tokens that are given with it. */
export type Redact = (text: string, tokens?: Iterable<string>) => Buffer;

/** A secret and the name that stands in its place. */
export interface Secret {
  readonly name: string;
  readonly value: string;
}

/** One spelling of a secret, and what stands in its place. */
interface Spelling {
  readonly bytes: Buffer;
  readonly mark: Buffer;
}

function createSpelling(text: string, mark: string): Spelling {
  return { bytes: Buffer.from(text), mark: Buffer.from(mark) };
}

const AUTHORIZATION = /(\b(?:Basic|Bearer)\s+)[A-Za-z0-9+/=_.-]{4,}/g;
/** Fewer characters of a secret than that may be anything. */
const SHORTEST = 4;
/** A message may have cut a secret short; so many characters of it before the cut are recognised. */
const SHORTEST_CUT = 8;

/**
 * Creates the one redactor through which all evidence goes. It works by value: each secret as it is, in other cases, in
 * base64 (inside a longer text as well), hex, URL and JSON encoding, or cut short by `…`; and by name: `Authorization`.
 */
export function createRedactor(secrets: readonly Secret[]): Redact {
  const index = createIndex();
  for (const { name, value } of secrets) {
    if (value.length < SHORTEST) continue;
    for (const text of spellingsOf(value)) index.add(createSpelling(text, `[redacted ${name}]`));
  }
  return (text, tokens = []) => {
    const given = [...tokens].flatMap(encodingsOf).map((token) => createSpelling(token, MARK));
    for (const spelling of given) index.add(spelling);
    const clean = replaceAll(Buffer.from(text.replace(AUTHORIZATION, `$1${MARK}`)), index);
    for (const spelling of given) index.remove(spelling);
    return clean;
  };
}

/** Spellings by the hash of their first three bytes; `begins` tells fast that nothing begins with a hash. */
interface Index {
  readonly begins: Uint8Array;
  at(hash: number): readonly Spelling[];
  add(spelling: Spelling): void;
  remove(spelling: Spelling): void;
}

function createIndex(): Index {
  const begins = new Uint8Array(HASHES);
  const spellings = new Map<number, readonly Spelling[]>();
  const at = (hash: number): readonly Spelling[] => spellings.get(hash) ?? [];
  const put = (hash: number, list: readonly Spelling[]): void => {
    spellings.set(hash, list);
    begins[hash] = list.length === 0 ? 0 : 1;
  };
  return {
    begins,
    at,
    add: (spelling) => put(hashOf(spelling.bytes), [...at(hashOf(spelling.bytes)), spelling]),
    remove: (spelling) =>
      put(
        hashOf(spelling.bytes),
        at(hashOf(spelling.bytes)).filter((one) => one !== spelling),
      ),
  };
}

const HASHES = 1 << 15;

/** The hash of the last three bytes, from that of the three before; older ones are shifted out. */
function rollHash(hash: number, byte: number): number {
  return ((hash << 5) ^ byte) & (HASHES - 1);
}

function hashOf(bytes: Buffer): number {
  return bytes.subarray(0, 3).reduce(rollHash, 0);
}

/** One pass over the bytes, because it is done for every case and there are many spellings. */
function replaceAll(bytes: Buffer, { begins, at }: Index): Buffer {
  const pieces: Buffer[] = [];
  let from = 0;
  let hash = 0;
  for (let next = 0; next < bytes.length; next += 1) {
    hash = rollHash(hash, bytes[next] ?? 0);
    if (begins[hash] === 0 || next < from + 2) continue;
    const found = longestAt(bytes, next - 2, at(hash));
    if (found === null) continue;
    pieces.push(bytes.subarray(from, next - 2), found.mark);
    from = next - 2 + found.length;
    next = from - 1;
  }
  return pieces.length === 0 ? bytes : Buffer.concat([...pieces, bytes.subarray(from)]);
}

const CUT = Buffer.from('…');

function longestAt(
  bytes: Buffer,
  at: number,
  spellings: readonly Spelling[],
): { readonly mark: Buffer; readonly length: number } | null {
  let longest: { readonly mark: Buffer; readonly length: number } | null = null;
  for (const { bytes: secret, mark } of spellings) {
    let length = 0;
    while (length < secret.length && bytes[at + length] === secret[length]) length += 1;
    const isCut = length >= SHORTEST_CUT && bytes.subarray(at + length, at + length + CUT.length).equals(CUT);
    if ((length === secret.length || isCut) && length > (longest?.length ?? 0)) longest = { mark, length };
  }
  return longest;
}

/** How a text may stand in JSON, in JSON inside JSON, and in a URL. */
function encodingsOf(value: string): readonly string[] {
  const escaped = JSON.stringify(value).slice(1, -1);
  const all = [value, escaped, JSON.stringify(escaped).slice(1, -1), encodeURIComponent(value.toWellFormed())];
  return [...new Set(all)];
}

function spellingsOf(value: string): ReadonlySet<string> {
  const bytes = Buffer.from(value);
  const hex = bytes.toString('hex');
  const inBase64 = [0, 1, 2].map((offset) => base64Inside(bytes, offset));
  const cased = value.length < SHORTEST_CUT ? [] : [value.toLowerCase(), value.toUpperCase()];
  return new Set([
    ...[value, ...cased].flatMap(encodingsOf),
    ...inBase64.flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')]),
    ...[bytes.toString('base64'), hex, hex.toUpperCase()],
  ]);
}

/** The characters that stand for these bytes alone when base64 encodes them after `offset` (0 to 2) bytes of something else. */
function base64Inside(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
}
