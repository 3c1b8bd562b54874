import type { Json } from '../domain/json.ts';

/** A value of the file within a message: on one line, 60 characters at most. */
export function quote(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const plain = text.replaceAll(/[\r\n\t]+/g, ' ').replaceAll('`', "'");
  return `\`${plain.length > 60 ? `${plain.slice(0, 59)}…` : plain}\``;
}
