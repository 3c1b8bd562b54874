import type { Json } from '../domain/json.ts';

/** What stands where an authToken stood. */
export const MARK = '[redacted]';

/** A key whose value is an authToken, however it is spelt. */
const KEY = /^auth[_-]?token$/i;
/** The same within a text, in JSON or in a query, with its value. */
const SPELT = /(auth[_-]?token(?:"\s*:\s*"|=|%3D))([^"&\s\\,;<>]+)/gi;
/** A text without this holds no authToken; a key may be written with escaped letters. */
const SUSPECT = /auth[_-]?token|\\u/i;

/** The text without authTokens, for evidence; `tokens` collects what has to be replaced in everything that repeats it. */
export function secureText(text: string, json: Json | undefined, tokens: Set<string>): string {
  if (!SUSPECT.test(text)) return text;
  const found = new Set<Json>();
  if (json !== undefined) collectTokens(json, found);
  const clean = text.replace(SPELT, (_, name: string, token: string) => {
    found.add(token);
    return name + MARK;
  });
  const texts = [...found].filter(isDistinct);
  for (const token of texts) tokens.add(token);
  // With escaped letters, or a token that is no text, only the parsed value tells what the token is.
  const readable = texts.length === found.size && !text.includes('\\');
  return readable || json === undefined || found.size === 0 ? clean : JSON.stringify(json, maskTokens);
}

/** Only such a token can be looked for elsewhere: a number or a word of JSON would be found where it means something else. */
function isDistinct(token: Json): token is string {
  return typeof token === 'string' && token.length >= 4 && !/^(?:[\d.]+|null|true|false)$/.test(token);
}

function isTokenKey(key: string): boolean {
  return key.length >= 'authtoken'.length && KEY.test(key);
}

function collectTokens(value: Json, found: Set<Json>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries<Json>(value)) {
    if (isTokenKey(key)) JSON.stringify(item, (_, leaf: Json) => (isToken(leaf) ? found.add(leaf) && leaf : leaf));
    else collectTokens(item, found);
  }
}

/** For `JSON.stringify`: MARK in the place of every token. */
function maskTokens(key: string, value: Json): Json {
  if (!isTokenKey(key)) return value;
  return JSON.parse(JSON.stringify(value, (_, leaf: Json) => (isToken(leaf) ? MARK : leaf))) as Json;
}

function isToken(leaf: Json): boolean {
  return typeof leaf !== 'object' && leaf !== '' && leaf !== MARK;
}
