import { isJsonObject, type Json } from './json.ts';

/** Most values of one message that a failure repeats. */
const MOST_VALUES = 200;
/** Most characters of one text, in UTF-16 units. */
const LONGEST_TEXT = 1000;
/** Deeper than any message of the API, and far from where JSON.stringify gives up. */
const DEEPEST = 12;

/**
 * What a failure repeats of a value: the whole of it when it has a usual size, else its beginning with `…` where something
 * was left out. A provider may answer with millions of values or levels; a failure has to stay readable, and to survive JSON.
 */
export function excerptOf(value: Json): Json {
  let left = MOST_VALUES;
  const cut = (here: Json, depth: number): Json => {
    left -= 1;
    if (typeof here === 'string') return shorten(here, LONGEST_TEXT);
    if (typeof here !== 'object' || here === null) return here;
    if (depth === DEEPEST) return '…';
    if (isJsonObject(here)) return cutObject(here, depth);
    const items = (here as readonly Json[]).slice(0, Math.max(0, left)).map((item) => cut(item, depth + 1));
    return items.length < here.length ? [...items, '…'] : items;
  };
  const cutObject = (here: { readonly [key: string]: Json }, depth: number): Json => {
    const entries: [string, Json][] = [];
    for (const key of Object.keys(here)) {
      if (left <= 0) return Object.fromEntries([...entries, ['…', '…']]);
      entries.push([shorten(key, LONGEST_TEXT), cut(here[key] ?? null, depth + 1)]);
    }
    return Object.fromEntries(entries);
  };
  return cut(value, 0);
}

/** A value as JSON in at most `most` characters. */
export function quote(value: Json, most = 240): string {
  return shorten(JSON.stringify(excerptOf(value)), most);
}

/** A text cut to `most` characters, with `…` for the rest. */
export function shorten(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
