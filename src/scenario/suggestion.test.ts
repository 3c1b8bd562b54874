import { expect, test } from 'vitest';
import { nearest, suggestion } from './suggestion.ts';

const KEYS = ['name', 'matrix', 'session', 'sessions', 'as', 'dummyStatus'];

test.each([
  ['nmae', 'name'],
  ['matirx', 'matrix'],
  ['Session', 'session'],
  ['sesions', 'sessions'],
  ['az', 'as'],
  ['dumyStatsu', 'dummyStatus'],
  ['x', undefined],
  ['q', undefined],
  ['frobnicate', undefined],
])('%s is nearest to %s', (name, key) => {
  expect(nearest(name, KEYS)).toBe(key);
});

test('without a near name the known ones are listed while they are few', () => {
  expect(suggestion('frobnicate', ['b', 'a'], 'else')).toBe('Known here: a, b.');
  expect(
    suggestion(
      'frobnicate',
      Array.from({ length: 50 }, (_, index) => `other${index}`),
      'else',
    ),
  ).toBe('else');
});
