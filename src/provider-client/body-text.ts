import { isUtf8 } from 'node:buffer';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { LONGEST_BODY, ResponseLimitError } from './response-limit.ts';

/** A body as text. */
export interface BodyText {
  readonly text: string;
  /** Why the text is not what was sent, in words that complete "a body that ..."; absent when it is. */
  readonly problem?: string;
}

const DECODERS: Readonly<Record<string, typeof gunzipSync>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

/**
 * The text of a body that was sent in this content encoding, a list of codings in the order in which they were applied (RFC
 * 9110, 8.4). Bytes that cannot be decoded stay as they came. Throws ResponseLimitError when the decoded body is too large.
 */
export function readBody(bytes: Buffer, encoding: string | undefined): BodyText {
  const codings = encoding === undefined || bytes.length === 0 ? [] : encoding.toLowerCase().split(',').reverse();
  let plain = bytes;
  for (const coding of codings.map((one) => one.trim())) {
    const decode = Object.hasOwn(DECODERS, coding) ? DECODERS[coding] : undefined;
    try {
      plain = decode?.(plain, { maxOutputLength: LONGEST_BODY }) ?? plain;
    } catch (error) {
      if (isTooLarge(error)) throw new ResponseLimitError('large');
      return { ...readUtf8(bytes), problem: `is not in its content-encoding ${coding}` };
    }
  }
  return readUtf8(plain);
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

/** RFC 8259 forbids senders the byte order mark and lets parsers ignore it: it is ignored, because every source is silent. */
function readUtf8(bytes: Buffer): BodyText {
  const decoded = bytes.toString('utf8');
  const text = decoded.startsWith('\ufeff') ? decoded.slice(1) : decoded;
  return isUtf8(bytes) ? { text } : { text, problem: `is not UTF-8 at byte ${firstDifference(bytes, decoded)}` };
}

/** The offset at which the text, as UTF-8, is no longer the bytes that it was decoded from. */
function firstDifference(bytes: Buffer, decoded: string): number {
  const again = Buffer.from(decoded, 'utf8');
  return bytes.findIndex((byte, at) => byte !== again[at]);
}
