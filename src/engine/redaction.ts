import type { CaseResult } from '../domain/result.ts';
import { MARK } from './auth-token.ts';
import { encodingsOf, spellingsOf } from './spellings.ts';

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
  readonly text: string;
  readonly bytes: Buffer;
  readonly mark: Buffer;
}

function createSpelling(text: string, mark: string): Spelling {
  return { text, bytes: Buffer.from(text), mark: Buffer.from(mark) };
}

/** What follows the scheme, unless it is a word of a sentence. */
const AUTHORIZATION = /(\b(?:Basic|Bearer)\s+)(?![A-Z]?[a-z]*[.,]?(?![\w+/=.-]))[A-Za-z0-9+/=_.-]{4,}/g;
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
  const spellings = secrets
    .filter(({ value }) => value.length >= SHORTEST)
    .flatMap(({ name, value }) => [...spellingsOf(value)].map((text) => createSpelling(text, `[redacted ${name}]`)));
  const short = spellings.filter((spelling) => !isIndexable(spelling));
  for (const spelling of spellings) if (isIndexable(spelling)) index.add(spelling);
  return (text, tokens = []) => {
    const given = [...tokens].flatMap(encodingsOf).map((token) => createSpelling(token, MARK));
    const indexed = given.filter(isIndexable);
    for (const spelling of indexed) index.add(spelling);
    const clean = replaceAll(Buffer.from(text.replace(AUTHORIZATION, `$1${MARK}`)), index);
    for (const spelling of indexed) index.remove(spelling);
    const others = [...short, ...given.filter((spelling) => !isIndexable(spelling))];
    return others.length === 0 ? clean : replaceEach(clean, others);
  };
}

/** For the few spellings that are too short for the index. */
function replaceEach(bytes: Buffer, spellings: readonly Spelling[]): Buffer {
  const clean = spellings.reduce((text, one) => text.replaceAll(one.text, one.mark.toString()), bytes.toString());
  return Buffer.from(clean);
}

/** Where spellings are looked up: by the hash of three bytes of theirs. */
interface Index {
  /** Not 0 for the hashes that there are, to tell fast that nothing is here. */
  readonly begins: Uint8Array;
  at(hash: number): readonly Spelling[];
  add(spelling: Spelling): void;
  remove(spelling: Spelling): void;
}

/** Only every so manyth byte of a text is looked at, so each spelling is known by the hashes at as many of its first bytes. */
const STRIDE = 4;
const HASHED_BYTES = 3;
const HASHES = 1 << 15;

/** A shorter spelling could stand between the bytes that are looked at. */
function isIndexable({ bytes }: Spelling): boolean {
  return bytes.length >= STRIDE + HASHED_BYTES - 1;
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
    add(spelling) {
      for (const hash of hashesOf(spelling.bytes)) put(hash, [...at(hash), spelling]);
    },
    remove(spelling) {
      for (const hash of hashesOf(spelling.bytes))
        put(
          hash,
          at(hash).filter((one) => one !== spelling),
        );
    },
  };
}

function hashesOf(bytes: Buffer): ReadonlySet<number> {
  return new Set(Array.from({ length: STRIDE }, (_, offset) => hashAt(bytes, offset)));
}

function hashAt(bytes: Buffer, at: number): number {
  return (((bytes[at] ?? 0) << 10) ^ ((bytes[at + 1] ?? 0) << 5) ^ (bytes[at + 2] ?? 0)) & (HASHES - 1);
}

/** One pass over the bytes, because it is done for every case and there are many spellings. */
function replaceAll(bytes: Buffer, { begins, at }: Index): Buffer {
  const pieces: Buffer[] = [];
  let from = 0;
  for (let next = 0; next < bytes.length; next += STRIDE) {
    const hash = hashAt(bytes, next);
    if (begins[hash] === 0) continue;
    const found = firstAround(bytes, from, next, at(hash));
    if (found === null) continue;
    pieces.push(bytes.subarray(from, found.start), found.mark);
    from = found.end;
    next = from - STRIDE;
  }
  return pieces.length === 0 ? bytes : Buffer.concat([...pieces, bytes.subarray(from)]);
}

/** A secret that was found, from its first byte to the one behind its last. */
interface Found {
  readonly start: number;
  readonly end: number;
  readonly mark: Buffer;
}

/** The secret that begins at `next` or at one of the bytes that were not looked at before it; the first, and then the longest. */
function firstAround(bytes: Buffer, from: number, next: number, spellings: readonly Spelling[]): Found | null {
  for (let start = Math.max(from, next - STRIDE + 1); start <= next; start += 1) {
    const found = longestAt(bytes, start, spellings);
    if (found !== null) return { start, end: start + found.length, mark: found.mark };
  }
  return null;
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
