import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRedactor, type Secret } from './redaction.ts';

function redactor(secrets: readonly Secret[]): (text: string, tokens?: Iterable<string>) => string {
  const redact = createRedactor(secrets);
  return (text, tokens) => redact(text, tokens).toString();
}

const SECRET = 'S3cret/with+odd="chars"\\and more';

test('a secret is found however deep it is encoded', () => {
  const redact = redactor([{ name: 'API secret', value: SECRET }]);
  const base64 = Buffer.from(SECRET).toString('base64');
  const text = JSON.stringify({
    a: SECRET,
    b: JSON.stringify({ c: SECRET }),
    d: encodeURIComponent(SECRET),
    e: base64,
  });
  const clean = redact(text);
  for (const form of [SECRET, JSON.stringify(SECRET).slice(1, -1), encodeURIComponent(SECRET), base64]) {
    expect(clean).not.toContain(form);
  }
  expect(JSON.parse(clean)).toBeTypeOf('object');
});

test.each([
  ['in lower case', (secret: string) => secret.toLowerCase()],
  ['in upper case', (secret: string) => secret.toUpperCase()],
  ['in hex', (secret: string) => Buffer.from(secret).toString('hex')],
  ['in base64 after a user name', (secret: string) => Buffer.from(`x:${secret}`).toString('base64')],
  ['in base64 between other texts', (secret: string) => Buffer.from(`xy:${secret}:z`).toString('base64url')],
])('a secret is found %s', (_, spell) => {
  const secret = 'aB3>dE6?gH9~kL2';
  const spelt = spell(secret);
  const clean = redactor([{ name: 'k', value: secret }])(`before ${spelt} after`);
  expect(clean).toContain('[redacted k]');
  expect(spelt.length - clean.replace('[redacted k]', '').length + 'before  after'.length).toBeGreaterThan(
    spelt.length - 8,
  );
});

test('a secret that a message cut short is found by its beginning', () => {
  const redact = redactor([{ name: 'k', value: 'abcdefghijklmnop' }]);
  expect(redact('got "https://x/?key=abcdefghij…"')).toBe('got "https://x/?key=[redacted k]…"');
  expect(redact('abcdefghij and more')).toBe('abcdefghij and more');
});

test('the longest of two secrets that begin alike is found', () => {
  const redact = redactor([
    { name: 'short', value: 'abcd' },
    { name: 'long', value: 'abcdef' },
  ]);
  expect(redact('abcdef abcde')).toBe('[redacted long] [redacted short]e');
});

test.each([4, 5, 6, 7, 8])('a secret of %i characters is found wherever it begins', (length) => {
  const secret = 'Xy0Zw1Uv'.slice(0, length);
  const redact = redactor([{ name: 'k', value: secret }]);
  for (let before = 0; before < 9; before += 1) {
    const [head, tail] = ['a'.repeat(before), 'b'.repeat(9 - before)];
    expect(redact(`${head}${secret}${secret}${tail}${secret}`)).toBe(
      `${head}[redacted k][redacted k]${tail}[redacted k]`,
    );
    expect(redactor([])(`${head}${secret}${tail}`, [secret])).toBe(`${head}[redacted]${tail}`);
  }
});

test('tokens that come with a text go, and only with that text', () => {
  const redact = redactor([]);
  expect(redact('got tok/1 and tok%2F1', new Set(['tok/1']))).toBe('got [redacted] and [redacted]');
  expect(redact('got tok/1')).toBe('got tok/1');
});

test('an Authorization header loses its credentials', () => {
  expect(redactor([])('{"authorization":"Basic dXNlcjpwYXNz"}')).toBe('{"authorization":"Basic [redacted]"}');
});

test.each([
  'that is not Basic auth is refused',
  'Basic authentication.',
  'a Bearer token',
  'no Basic credentials, but',
])('a sentence is none: %s', (text) => {
  expect(redactor([])(text)).toBe(text);
});

test('no secret survives, whatever it is and wherever it stands', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 4 }), fc.string(), fc.string(), (secret, before, after) => {
      fc.pre(!'[redacted k]'.includes(secret) && !`${before}${after}`.includes(secret));
      const clean = redactor([{ name: 'k', value: secret }])(JSON.stringify(before + secret + after));
      return !clean.includes(JSON.stringify(secret).slice(1, -1));
    }),
  );
});
