import { isJsonObject, type Json } from '../domain/json.ts';

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
  const secured = json === undefined ? undefined : secureJson(json, found);
  const clean = text.replace(SPELT, (_, name: string, token: string) => {
    found.add(token);
    return name + MARK;
  });
  const texts = [...found].filter(isDistinct);
  for (const token of texts) tokens.add(token);
  // With escaped letters, or a token that is no text, only the parsed value tells what the token is.
  const readable = texts.length === found.size && !text.includes('\\');
  return readable || secured === undefined || found.size === 0 ? clean : JSON.stringify(secured);
}

/** Only such a token can be looked for elsewhere: a number or a word of JSON would be found where it means something else. */
function isDistinct(token: Json): token is string {
  return typeof token === 'string' && token.length >= 4 && !/^(?:[\d.]+|null|true|false)$/.test(token);
}

/** The value with MARK for every authToken; `found` collects them. */
function secureJson(value: Json, found: Set<Json>): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => secureJson(item, found));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      KEY.test(key) ? secureToken(item, found) : secureJson(item, found),
    ]),
  );
}

function secureToken(value: Json, found: Set<Json>): Json {
  if (value === null || value === '' || value === MARK) return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => secureToken(item, found));
  if (isJsonObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, secureToken(item, found)]));
  }
  found.add(value);
  return MARK;
}
