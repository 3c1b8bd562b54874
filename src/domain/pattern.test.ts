import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConfigurationError } from './harness-error.ts';
import { matchesPattern } from './pattern.ts';

describe('a regular expression', () => {
  test.each([
    ['^a.$', 'ab', true],
    ['^a.$', 'abc', false],
    ['^(?<year>\\d{4})-(\\d{2})$', '2026-11', true],
    ['^(?<year>\\d{4})-(\\d{2})$', '2026-1', false],
    ['^\\p{Lu}+$', 'ÄÖ', true],
    ['x', 'y'.repeat(1_000_000), false],
    ['^(y|z)+$', 'y'.repeat(5000), true],
  ])('%s says of %.20s: %s', (source, text, matches) => {
    expect(matchesPattern(source, text)).toBe(matches);
  });

  test('says with a time limit what it says without one', () => {
    const source = fc.stringMatching(/^(\(?[ab.]\)?[*+?|]?){1,5}$/).filter(isPattern);
    fc.assert(
      fc.property(source, fc.stringMatching(/^[abc]{0,8}$/), (one, text) => {
        expect(matchesPattern(one, text)).toBe(new RegExp(one, 'u').test(text));
      }),
    );
  });

  test.each([
    ['^(a+)+$', 40],
    ['^(?:a|a)*$', 40],
    ['^(a|a?)+$', 40],
    ['(a*)*(b*)*c\\1', 2000],
  ])('%s is stopped when it backtracks for too long, and not tried again', (source, length) => {
    const text = `${'a'.repeat(length)}!`;
    const [first, second] = [1, 2].map(() => {
      const started = performance.now();
      expect(() => matchesPattern(source, text)).toThrow(ConfigurationError);
      return performance.now() - started;
    });
    expect(second).toBeLessThan((first ?? 0) / 2);
    expect(() => matchesPattern(source, text)).toThrow(/takes longer than 1000 ms on a text of \d+ characters/);
  });

  test('that cannot be read throws as it does elsewhere', () => {
    expect(() => matchesPattern('(', 'a')).toThrow(SyntaxError);
  });
});

function isPattern(source: string): boolean {
  try {
    new RegExp(source, 'u');
    return true;
  } catch {
    return false;
  }
}
