import { expect, test } from 'vitest';
import { secureText } from './auth-token.ts';

const TOKEN = 'tok-12345/abc';

test.each([
  ['its documented spelling', `{"authToken":"${TOKEN}"}`],
  ['another one', `{"auth_token": "${TOKEN}"}`],
  ['lower case', `{"authtoken":"${TOKEN}"}`],
  ['a list', `{"authToken":["${TOKEN}"]}`],
  ['an object', `{"authToken":{"value":"${TOKEN}"}}`],
  ['a nested object', `{"data":[{"authToken":"${TOKEN}"}]}`],
  ['a key that is there twice', `{"authToken":"${TOKEN}","authToken":"other"}`],
  ['a query', `{"redirectUrl":"https://ui.example/?authToken=${TOKEN}&x=1"}`],
  ['an encoded query', `{"redirectUrl":"https://ui.example/?authToken%3D${TOKEN}"}`],
  ['a body that is not JSON', `<a href="?authToken=${TOKEN}">`],
])('an authToken is collected from %s', (_, text) => {
  const tokens = new Set<string>();
  secureText(text, parse(text), tokens);
  expect(tokens).toContain(TOKEN);
});

test.each([
  ['escaped letters in the key', String.raw`{"auth\u0054oken":"tok-12345"}`, 'tok-12345'],
  ['escaped letters in the value', String.raw`{"authToken":"t\u006fk-12345"}`, 'k-12345'],
  ['escaped slashes', String.raw`{"authToken":"tok\/12345"}`, '12345'],
  ['a number', '{"authToken":123456789}', '123456789'],
  ['a text of digits', '{"authToken":"123456789"}', '123456789'],
])('a body whose authToken has %s is written anew without it', (_, text, part) => {
  const secured = secureText(text, parse(text), new Set());
  expect(secured).not.toContain(part);
  expect(JSON.parse(secured)).toEqual({ authToken: '[redacted]' });
});

test('a body without one stays as it is', () => {
  const tokens = new Set<string>();
  for (const text of ['{"a": 1}', String.raw`{"a":"\u00e4"}`, '{"authToken":null}', '{"authToken":""}']) {
    expect(secureText(text, parse(text), tokens)).toBe(text);
  }
  expect(tokens.size).toBe(0);
});

test('a token that may be any number is replaced where it stands, and nowhere else', () => {
  const tokens = new Set<string>();
  expect(secureText('<a href="?authToken=12345">', undefined, tokens)).toBe('<a href="?authToken=[redacted]">');
  expect(tokens.size).toBe(0);
});

function parse(text: string): ReturnType<typeof JSON.parse> {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
