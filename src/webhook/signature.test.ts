import { expect, test } from 'vitest';
import { compareSignatures, signatureOf } from './signature.ts';

// RFC 4231, test case 2: key "Jefe", data "what do ya want for nothing?".
const VECTOR = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';

test('the signature is the lower-case hex HMAC-SHA256 of the raw bytes', () => {
  expect(signatureOf(Buffer.from('what do ya want for nothing?'), 'Jefe')).toBe(VECTOR);
});

test.each([
  ['the right one', VECTOR, 'valid'],
  ['one digit off', `${VECTOR.slice(0, -1)}4`, 'invalid'],
  ['upper case', VECTOR.toUpperCase(), 'invalid'],
  ['truncated', VECTOR.slice(0, 32), 'invalid'],
  ['longer', `${VECTOR}00`, 'invalid'],
  ['empty', '', 'missing'],
  ['absent', undefined, 'missing'],
])('a header that is %s', (_, header, verdict) => {
  expect(compareSignatures(VECTOR, header)).toBe(verdict);
});
