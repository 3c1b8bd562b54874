import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { excerptOf, quote, shorten } from './excerpt.ts';
import type { Json } from './json.ts';

describe('excerptOf', () => {
  test('a message of a usual size is left whole', () => {
    const usual = { status: { overall: 'APPROVED', tags: [] }, n: 1, none: null, text: 'ä'.repeat(1000) };
    expect(excerptOf(usual)).toEqual(usual);
  });

  test('what is too deep, too long or too much ends in …', () => {
    expect(excerptOf('a'.repeat(1001))).toBe(`${'a'.repeat(999)}…`);
    expect(excerptOf([[[[[[[[[[[[[1]]]]]]]]]]]]])).toEqual([[[[[[[[[[[['…']]]]]]]]]]]]);
    expect((excerptOf(Array.from({ length: 1000 }, () => 0)) as Json[]).at(-1)).toBe('…');
    expect(excerptOf(Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`k${at}`, at])))).toMatchObject({
      '…': '…',
    });
  });

  test('a key named __proto__ stays a key', () => {
    expect(JSON.stringify(excerptOf(JSON.parse('{"__proto__": {"a": 1}}') as Json))).toBe('{"__proto__":{"a":1}}');
  });

  test('whatever the value, its excerpt is small and can be written', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 20 }), (value) => {
        const text = JSON.stringify(excerptOf(value as Json));
        const whole = JSON.stringify(value);
        return text.length <= 500_000 && (whole.length > 1000 || text.includes('…') || text === whole);
      }),
    );
    const deep = JSON.parse('['.repeat(200_000) + ']'.repeat(200_000)) as Json;
    expect(quote(deep)).toHaveLength(24 + 3);
  });
});

test('quote and shorten keep to their limits', () => {
  expect(quote('a'.repeat(300))).toHaveLength(240);
  expect(quote({ a: 1 })).toBe('{"a":1}');
  expect(shorten('abcd', 4)).toBe('abcd');
  expect(shorten('abcde', 4)).toBe('abc…');
});
