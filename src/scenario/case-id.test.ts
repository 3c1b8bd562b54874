import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../domain/json.ts';
import { caseTitle, scenarioId, slugOf, valuesId } from './case-id.ts';

describe('scenarioId', () => {
  test.each([
    ['scenarios/dummy-manual.yaml', 'The manual review decides', 'dummy-manual/the-manual-review-decides'],
    ['/x/y/a.b.yml', "It's 100 % clear", 'a-b/its-100-clear'],
  ])('%s, %s', (file, name, id) => {
    expect(scenarioId(file, name)).toBe(id);
  });

  test('a long name is cut at a word and told apart by a hash', () => {
    const long = 'The provider refuses a token request whose first name is longer than one hundred characters';
    expect(slugOf(`${long} A`)).toMatch(/^the-provider-refuses-a-token-request-whose-[0-9a-f]{8}$/u);
    expect(slugOf(`${long} A`)).not.toBe(slugOf(`${long} B`));
  });

  test('names in other scripts differ', () => {
    expect(slugOf('東京')).not.toBe(slugOf('大阪'));
    expect(slugOf('東京')).toMatch(/^[0-9a-f]{8}$/u);
  });
});

describe('valuesId', () => {
  test.each<[Record<string, Json>, string]>([
    [{ a: 'APPROVED', b: 'FACE_MATCH' }, 'APPROVED,FACE_MATCH'],
    [{ a: true, b: null }, 'true,null'],
    [{ a: 61, b: '' }, '61,empty'],
    [{ a: { $absent: true }, b: 'x' }, 'absent,x'],
    [{ a: 'APPROVED' }, 'a=APPROVED'],
    [{ b: 'x' }, 'b=x'],
  ])('%j', (values, id) => {
    expect(valuesId(values, ['a', 'b'])).toBe(id);
  });

  test('different values have different ids, also where they look alike', () => {
    const tricky: Json[] = [
      '1',
      1,
      'true',
      true,
      'null',
      null,
      '',
      'empty',
      'absent',
      { $absent: true },
      'a,b',
      'a b',
      '[]',
      [],
    ];
    expect(new Set(tricky.map((value) => valuesId({ a: value }, ['a']))).size).toBe(tricky.length);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.jsonValue({ maxDepth: 2 }), {
          comparator: (a, b) => JSON.stringify(a) === JSON.stringify(b),
        }),
        (values) => {
          const ids = values.map((value) => valuesId({ a: value as Json }, ['a']));
          expect(new Set(ids).size).toBe(ids.length);
          for (const id of ids) expect(id).toMatch(/^[\w.,~=+-]+$/u);
        },
      ),
      { numRuns: 200 },
    );
  });
});

test('a title names values that do not speak for themselves', () => {
  const values = { dummyStatus: 'APPROVED', sessionLength: 61, sex: 'M', address: { $absent: true } };
  const title = 'APPROVED · sessionLength=61 · sex="M" · address=absent';
  expect(caseTitle(values, Object.keys(values), 'x')).toBe(title);
  expect(caseTitle({}, [], 'The scenario')).toBe('The scenario');
});
