import { isUtf8 } from 'node:buffer';
import { isJsonObject, type JsonObject } from '../domain/json.ts';
import { type Refusal, refuse } from './refusal.ts';

/** A body that was read; wrapped, because an object from outside may look like a refusal. */
export interface ReadBody {
  readonly kind: 'body';
  readonly value: JsonObject;
}

/** Reads the bytes of a request as a JSON object, or says why not: 415, ENCODING_ERROR or JSON_ERROR. */
export function readBody(contentType: string | undefined, bytes: Uint8Array): ReadBody | Refusal {
  if (!/^application\/json\s*(;|$)/i.test(contentType ?? '')) {
    return refuse('BAD_VALUE', 'The Content-Type must be application/json.', 415);
  }
  if (!isUtf8(bytes)) return refuse('ENCODING_ERROR', 'The body is not valid UTF-8.');
  const value = parseJson(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  return isJsonObject(value) ? { kind: 'body', value } : refuse('JSON_ERROR', 'The body is not a JSON object.');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
