import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from './json.ts';
import { escapeToken, pointerTokens, valueAt } from './json-pointer.ts';

/** The examples of RFC 6901, section 5. */
const DOCUMENT = JSON.parse(
  '{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"k\\"l":6," ":7,"m~n":8}',
) as Json;

test.each<[string, Json]>([
  ['', DOCUMENT],
  ['/foo', ['bar', 'baz']],
  ['/foo/0', 'bar'],
  ['/', 0],
  ['/a~1b', 1],
  ['/c%d', 2],
  ['/e^f', 3],
  ['/g|h', 4],
  ['/k"l', 6],
  ['/ ', 7],
  ['/m~0n', 8],
])('%j leads to %j', (pointer, value) => {
  expect(valueAt(DOCUMENT, pointer)).toEqual(value);
});

test.each([
  '/bar',
  '/foo/2',
  '/foo/bar',
  '/foo/length',
  '/foo/0/0',
  '/__proto__',
  '/constructor',
  '/toString',
  '/a~1b/x',
])('%j leads nowhere', (pointer) => {
  expect(valueAt(DOCUMENT, pointer)).toBeUndefined();
});

test('what escapeToken writes, pointerTokens reads', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (tokens) => {
      expect(pointerTokens(tokens.map((token) => `/${escapeToken(token)}`).join(''))).toEqual(tokens);
    }),
  );
});
