import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from './json.ts';
import { equalJson, MATCHER_NAMES, matcherArgumentProblem, matchPartial } from './matcher.ts';

const context = { contract: (_: string, value: Json) => (value === 1 ? [] : ['it is not one']) };

/** [expected, fits, does not fit] */
const CASES: readonly [Json, Json | undefined, Json | undefined][] = [
  [1, 1, '1'],
  [null, null, undefined],
  [{ a: 1 }, { a: 1, b: 2 }, { b: 2 }],
  [{}, { a: 1 }, []],
  [[1, { a: 1 }], [1, { a: 1, b: 2 }], [1]],
  [[], [], [1]],
  [{ a: { $absent: true } }, {}, { a: null }],
  [{ a: { $absent: false } }, { a: null }, {}],
  [{ $regex: '^a.$' }, 'ab', 'abc'],
  [{ $any: [1, { a: 2 }] }, { a: 2, b: 1 }, 2],
  [{ $contract: 'error' }, 1, 2],
  [{ $gte: 3 }, 3, 2],
  [{ $gt: 3 }, 4, 3],
  [{ $lte: 3 }, 3, 4],
  [{ $lt: 3 }, 2, 3],
  [{ $lt: 3 }, 2, '2'],
  [{ $gte: 1, $lt: 3 }, 2, 3],
  [{ $not: 'a' }, 'b', 'a'],
  [{ $not: { $absent: true } }, null, undefined],
  [{ $length: 2 }, 'ab', 'abc'],
  [{ $length: { $gte: 2 } }, [1, 2], [1]],
  [{ $length: 0 }, '', {}],
  [{ $type: 'integer' }, 1, 1.5],
  [{ $type: 'object' }, {}, null],
  [{ $type: 'array' }, [], {}],
  [{ $type: 'null' }, null, undefined],
  [{ $type: 'string' }, '', 1],
  [{ $contains: { a: 1 } }, [2, { a: 1, b: 2 }], [2]],
  [{ $exact: { a: 1 } }, { a: 1 }, { a: 1, b: 2 }],
  [{ $exact: { $regex: 'x' } }, { $regex: 'x' }, 'x'],
];

describe('matchPartial', () => {
  test.each(CASES)('%j fits %j but not %j', (expected, good, bad) => {
    expect(matchPartial(expected, good, context)).toEqual([]);
    expect(matchPartial(expected, bad, context)).not.toEqual([]);
  });

  test('every matcher has a case here', () => {
    const text = JSON.stringify(CASES);
    expect(MATCHER_NAMES.filter((name) => !text.includes(`"${name}"`))).toEqual([]);
  });

  test('all mismatches are told, each with its place and both values', () => {
    const expected = { status: { overall: 'APPROVED', 'a/b': { $gte: 2 } }, tags: ['x'] };
    expect(matchPartial(expected, { status: { overall: 'DENIED', 'a/b': 1 }, tags: [] })).toEqual([
      {
        at: '/status/overall',
        expected: 'APPROVED',
        actual: 'DENIED',
        message: '`/status/overall` is "DENIED", expected "APPROVED".',
      },
      {
        at: '/status/a~1b',
        expected: { $gte: 2 },
        actual: 1,
        message: '`/status/a~1b` is 1, expected a number of at least 2.',
      },
      { at: '/tags', expected: ['x'], actual: [], message: '`/tags` is [], expected ["x"] (1 elements).' },
    ]);
  });

  test('a contract mismatch tells what the contract says', () => {
    expect(matchPartial({ $contract: 'error' }, 2, context)[0]?.message).toContain('it is not one');
  });

  test('every value without matchers fits itself, exactly and in part', () => {
    const value = fc.jsonValue({ maxDepth: 4 }).filter((json) => !JSON.stringify(json).includes('"$'));
    fc.assert(
      fc.property(value, (json) => {
        const copy = JSON.parse(JSON.stringify(json)) as Json;
        expect(matchPartial(copy, JSON.parse(JSON.stringify(json)) as Json)).toEqual([]);
        expect(matchPartial({ $exact: copy }, copy)).toEqual([]);
        expect(equalJson(copy, JSON.parse(JSON.stringify(json)) as Json)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

test.each<[string, Json]>([
  ['$regex', '('],
  ['$regex', 1],
  ['$any', []],
  ['$absent', 'yes'],
  ['$gte', '1'],
  ['$length', 'x'],
  ['$type', 'text'],
  ['$contract', 1],
  ['$contract', 'no-such-contract'],
])('%s refuses %j', (name, wanted) => {
  const problem = matcherArgumentProblem(name, wanted);
  expect(problem).toBeTypeOf('string');
  for (const expected of [{ [name]: wanted }, { a: { $not: { [name]: wanted } } }]) {
    expect(() => matchPartial(expected, { a: 'x' })).toThrow(`cannot be used: ${problem}`);
  }
});
