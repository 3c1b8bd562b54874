import { isJsonObject, type Json } from './json.ts';

/**
 * What a text may not do to who shows it: control characters but line breaks and tabs steer a terminal, format characters (of direction, of no
 * width) hide or reorder what is beside them, lone surrogates and non-characters are refused by XML.
 */
const UNSEEN = /[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]--[\n\t]]/v;

/** Lines that begin with `::name ` or `::name::`, and `##[name]` anywhere: commands to the services that run builds and read their output. */
const COMMAND = /:(?=:[\w\-]+(?:\s|::))(?<=^\s*:)|#(?=#\w*\[)/v;

const UNSAFE = new RegExp(`${UNSEEN.source}|${COMMAND.source}`, 'gmv');

/** Text from outside as it may be shown anywhere: what cannot be seen, or would be taken for a command, is written as `\u{1b}`. */
export function visible(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** A value with all of its texts and keys made `visible`. */
export function visibleJson(value: Json): Json {
  if (typeof value === 'string') return visible(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map(visibleJson);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [visible(key), visibleJson(item)]));
}

/** A value as JSON that means the same and can be shown anywhere: it escapes as JSON does. `indent` is a number of blanks. */
export function visibleJsonText(value: unknown, indent = 0): string {
  const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value, null, indent).replace(UNSAFE, (character) => character.split('').map(escaped).join(''));
}
