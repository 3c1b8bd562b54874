import type { Json } from '../../domain/json.ts';
import { expandPattern } from './patterns.ts';

/** What a field's contract says of its texts. */
export interface TextShape {
  readonly pattern: string | null;
  readonly format: string | null;
  /** A template that gives a text nobody has used, 36 characters long; null when any text will do. */
  readonly fresh: string | null;
  /** Those that every source names. */
  readonly words: readonly Json[];
}

/** Length of what `${{ uuid }}` becomes. */
const UUID_LENGTH = 36;

/** A text of so many characters that keeps the pattern and the format, if there is one; as plain as possible. */
export function textOfLength(length: number, { pattern, format, fresh, words }: TextShape): string {
  const word = words.find((one) => typeof one === 'string' && one.length === length);
  if (typeof word === 'string') return word;
  if (fresh !== null && length >= UUID_LENGTH) return fresh + 'a'.repeat(length - UUID_LENGTH);
  if (format === 'uri') return urlOfLength(length);
  const plain = 'A'.repeat(length);
  if (pattern === null || new RegExp(pattern, 'u').test(plain)) return plain;
  return expandPattern(pattern, length) ?? plain;
}

const ORIGIN = 'https://a.example/';
const SHORT_ORIGIN = 'http://';

function urlOfLength(length: number): string {
  if (length >= ORIGIN.length) return ORIGIN + 'p'.repeat(length - ORIGIN.length);
  if (length > SHORT_ORIGIN.length) return SHORT_ORIGIN + 'a'.repeat(length - SHORT_ORIGIN.length);
  return 'a:bcdefg'.slice(0, length);
}

/** The ways of nearly writing a word of a vocabulary. */
export function nearMisses(word: string): readonly string[] {
  const last = word.slice(-1);
  return [
    word.toLowerCase(),
    word.slice(0, 1) + word.slice(1).toLowerCase(),
    ` ${word}`,
    `${word} `,
    `${word}\n`,
    word.slice(0, -1),
    word + last,
    word.slice(0, -1) + (last === 'X' ? 'Y' : 'X'),
    word.replaceAll('_', '-'),
    word.replaceAll('_', ' '),
    word.replace('A', '\u0410'),
  ];
}

/** Texts that are nearly an enum's longest word allows: 30 and 31 characters say whether a limit is kept. */
export function longWords(limit: number): readonly string[] {
  return ['X'.repeat(limit), 'X'.repeat(limit + 1)];
}

/** Calendar dates: leap days of every rule, the ends of months. */
export const DATES: readonly string[] = [
  '1990-12-20',
  '2024-02-29',
  '2000-02-29',
  '2023-02-28',
  '2023-01-31',
  '2023-04-30',
  '2023-12-31',
  '1900-01-01',
  '2030-01-01',
];

/** Texts that are no calendar date, or one in another form. */
export const NO_DATES: readonly string[] = [
  '2023-02-29',
  '1900-02-29',
  '2100-02-29',
  '2023-02-30',
  '2023-04-31',
  '2023-13-01',
  '2023-00-10',
  '2023-01-00',
  '2023-01-32',
  '2023-1-1',
  '23-01-01',
  '2023/01/01',
  '2023.01.01',
  '01-01-2023',
  '20230101',
  '2023-01',
  '2023-01-01T00:00:00Z',
  '2023-01-01 ',
  ' 2023-01-01',
  '+2023-01-01',
  '２０２３-01-01',
  'yesterday',
  '',
];

/** URLs that nobody can take amiss; the hosts are reserved and lead nowhere. */
export const URLS: readonly string[] = [
  'https://a.example',
  'https://a.example/',
  'https://a.example/path?query=1&other=2#part',
  'https://a.example:8443/a%20b',
  'https://sub.domain.a.example/~user/(x)',
  'https://xn--bcher-kva.example/',
];

/** URLs over plain http. */
export const HTTP_URLS: readonly string[] = ['http://a.example', 'http://a.example/path'];

/** URLs of other schemes. */
export const OTHER_URLS: readonly string[] = ['myapp://done', 'ftp://a.example/x', 'mailto:ona@a.example'];

/** Texts that are no URL. */
export const NO_URLS: readonly string[] = [
  'a.example',
  'www.a.example/path',
  '/path',
  '//a.example/path',
  'https//a.example',
  '://a.example',
  'not a url',
  'https://a b.example',
  'https://a.example/a b',
  ' https://a.example',
  'https://a.example ',
  'https://a.example/<x>',
  'https://a.example/%zz',
  '',
];
