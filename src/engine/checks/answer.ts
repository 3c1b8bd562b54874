import { isJsonObject, type Json } from '../../domain/json.ts';
import type { Exchange } from '../../domain/message.ts';

/** A response, and what its body stands for. */
export interface Answer {
  readonly exchange: Exchange;
  /** The JSON of the response body; undefined when it is none. */
  readonly body: Json | undefined;
  /** The JSON of the request body; undefined when it was raw or none. */
  readonly asked: Json | undefined;
}

/** The identifier of an error body and the beginning of its message, for a message of ours; '' when it has none. */
export function identifierOf(body: Json | undefined): string {
  if (!isJsonObject(body) || typeof body.identifier !== 'string') return '';
  return ` (${body.identifier}${typeof body.message === 'string' ? `: ${body.message.slice(0, 160)}` : ''})`;
}
