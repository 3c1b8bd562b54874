import { shorten } from '../domain/excerpt.ts';
import type { Json } from '../domain/json.ts';

/** A value of the file within a message: on one line, 60 characters at most. */
export function quote(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `\`${shorten(text.replaceAll(/[\r\n\t]+/g, ' ').replaceAll('`', "'"), 60)}\``;
}
