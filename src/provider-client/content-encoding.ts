import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

/** Far above any answer of the API, far below what would exhaust memory; in bytes. */
const LONGEST_BODY = 64 * 1024 * 1024;

const DECODERS: Readonly<Record<string, typeof gunzipSync>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

/** The text of a body that was sent in this content encoding; what cannot be decoded stays as it came, and will be judged as that. */
export function decodeBody(bytes: Uint8Array, encoding: string): string {
  const decode = DECODERS[encoding.trim().toLowerCase()];
  try {
    const plain = decode === undefined ? bytes : decode(bytes, { maxOutputLength: LONGEST_BODY });
    return new TextDecoder().decode(plain);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
