import { describe, expect, test } from 'vitest';
import { parseDuration } from './duration.ts';

describe('parseDuration', () => {
  test.each([
    ['500ms', 500],
    ['5s', 5_000],
    ['1.5s', 1_500],
    ['1m', 60_000],
    ['2h', 7_200_000],
    ['0ms', 0],
  ])('%s is %d ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test.each(['', '5', 's', '-1s', '5 s', '5S', '1e3ms', '5sec', '1m30s'])('%j is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});

test('a duration that no timer can hold is none', () => {
  expect(parseDuration('596h')).toBe(596 * 3_600_000);
  expect(parseDuration('597h')).toBeUndefined();
});
