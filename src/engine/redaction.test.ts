import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRedactor } from './redaction.ts';

const SECRET = 'S3cret/with+odd="chars"\\and more';

test('a secret is found however deep it is encoded', () => {
  const redact = createRedactor([{ name: 'API secret', value: SECRET }]);
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

test('authToken goes by name, and by value wherever the same text has it', () => {
  const redact = createRedactor([]);
  const body = JSON.stringify({ authToken: 'tok12345', redirectUrl: 'https://ui.example/?authToken=tok12345' });
  const line = JSON.stringify({ response: { body }, failures: [{ message: 'got tok12345' }] });
  const clean = redact(line);
  expect(clean).not.toContain('tok12345');
  expect(JSON.parse(JSON.parse(clean).response.body).authToken).toBe('[redacted]');
});

test('an Authorization header loses its credentials', () => {
  expect(createRedactor([])('{"authorization":"Basic dXNlcjpwYXNz"}')).toBe('{"authorization":"Basic [redacted]"}');
});

test('no secret survives, whatever it is and wherever it stands', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 4 }), fc.string(), fc.string(), (secret, before, after) => {
      fc.pre(!'[redacted k]'.includes(secret) && !`${before}${after}`.includes(secret));
      const clean = createRedactor([{ name: 'k', value: secret }])(JSON.stringify(before + secret + after));
      return !clean.includes(JSON.stringify(secret).slice(1, -1));
    }),
  );
});
