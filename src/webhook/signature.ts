import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SignatureVerdict } from '../domain/message.ts';

/** Lower-case hex HMAC-SHA256 of the raw body bytes (`docs`, callback signing). */
export function signatureOf(rawBody: Uint8Array, signingKey: string): string {
  return createHmac('sha256', signingKey).update(rawBody).digest('hex');
}

/** Compares the `Idenfy-Signature` header with the signature that the raw bytes should have, in constant time. */
export function compareSignatures(expected: string, header: string | undefined): SignatureVerdict {
  if (header === undefined || header === '') return 'missing';
  const [due, given] = [Buffer.from(expected), Buffer.from(header)];
  return given.length === due.length && timingSafeEqual(given, due) ? 'valid' : 'invalid';
}
