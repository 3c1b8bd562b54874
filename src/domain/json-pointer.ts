import { isJsonObject, type Json } from './json.ts';

/** The value at a JSON pointer (RFC 6901); undefined when there is none. */
export function valueAt(value: Json | undefined, pointer: string): Json | undefined {
  return valueAtPath(value, pointerTokens(pointer));
}

/** The value below `value` under these keys and indices; undefined when there is none. */
export function valueAtPath(value: Json | undefined, path: readonly string[]): Json | undefined {
  let here: Json | undefined = value;
  for (const token of path) {
    if (Array.isArray(here)) here = here[Number(token)] as Json | undefined;
    else if (isJsonObject(here) && Object.hasOwn(here, token)) here = here[token];
    else return undefined;
  }
  return here;
}

/** The unescaped tokens of a JSON pointer. */
export function pointerTokens(pointer: string): readonly string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** One token, escaped for a JSON pointer. */
export function escapeToken(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1');
}
