import { escapeToken } from '../domain/json-pointer.ts';

/** Keys and list indices that lead to a value. */
export type Path = readonly (string | number)[];

/** JSON pointer (RFC 6901) of a path. */
export function pointerOf(path: Path): string {
  return path.map((key) => `/${escapeToken(String(key))}`).join('');
}
