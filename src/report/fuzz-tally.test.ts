import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClauseEvidence, FuzzEvidence } from '../domain/fuzz.ts';
import { byField, type FuzzTally } from './fuzz-tally.ts';
import { createCaseResult, createClause, createCounterexample, createFuzzCase, side, tallyOf } from './run.test-kit.ts';

/** A fuzz case by its key, and in what it differs from one that tried its clause on both sides. */
type CaseOf = readonly [key: string, changes?: Partial<FuzzEvidence>];

function fuzzOf(...cases: readonly CaseOf[]): FuzzTally {
  const { fuzz } = tallyOf(cases.map(([key, changes]) => createFuzzCase(key, changes)));
  if (fuzz === null) throw new Error('nothing was fuzzed');
  return fuzz;
}

/** A case whose evidence of its own clause is this. */
const own = (key: string, changes: Partial<ClauseEvidence>): CaseOf => [key, { clauses: [createClause(key, changes)] }];

/** A case that met the clause along the way. */
const along = (key: string, changes: Partial<ClauseEvidence>): CaseOf => [
  'createSession.pairs',
  { clauses: [createClause(key, changes)] },
];

const KEY = 'createSession.firstName.maxLength';
const NO_INSIDE = { inside: side(0, 0), exception: 'no value inside it was tried' };
const NO_OUTSIDE = { outside: side(0, 0), exception: 'no value outside it was tried' };
const NEITHER = { ...NO_INSIDE, outside: side(0, 0) };
const NEVER_ALONE = { exception: 'never alone: what breaks it breaks createSession.firstName.enum as well' };

test('a run without fuzz cases has no tally of them', () => {
  expect(tallyOf([createCaseResult()]).fuzz).toBeNull();
});

test('what was sent and received is what fuzzing counted, not what its findings hold', () => {
  const tally = tallyOf([createCaseResult(), createFuzzCase(KEY), createFuzzCase('getStatus.scanRef.type')]);
  expect(tally).toMatchObject({
    exchanges: 1 + 18 + 18,
    deliveries: 4 + 4,
    fuzz: { cases: 2, probes: 12, shrinks: 0 },
  });
});

test('clauses are by request, field and keyword, in whatever order their cases end', () => {
  const keys = [
    'createSession.body.contested1',
    'createSession.body.required',
    'createSession.address.maxLength',
    'createSession.address.type',
    'createSession.documents.maxItems',
    'createSession.documents.items.pattern',
    'createSession.firstName.pattern',
    'addManualStatus.body.required',
    'addManualStatus.scanRef.type',
    'getStatus.scanRef.type',
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(keys, { minLength: keys.length }), (shuffled) => {
      const cases = shuffled.map((key): CaseOf => [key, { counterexamples: [createCounterexample()] }]);
      const { clauses, counterexamples } = fuzzOf(...cases);
      expect(clauses.map(({ key }) => key)).toEqual(keys);
      expect(counterexamples.map(({ key }) => key)).toEqual([...keys].sort((a, b) => a.localeCompare(b, 'en')));
    }),
  );
});

test('the evidence of one clause is added up, and its first example stays', () => {
  const [clause, ...others] = fuzzOf(
    own(KEY, { inside: side(2, 1, 'first'), outside: side(0, 0) }),
    own(KEY, { inside: side(1, 0, 'second'), outside: side(1, 5, 'third') }),
  ).clauses;
  expect(others).toEqual([]);
  expect(clause).toMatchObject({ inside: side(3, 1, 'first'), outside: side(1, 5, 'third') });
});

test('fields that share a clause of one definition are told apart', () => {
  const clause = { clause: 'token-request#/$defs/name/maxLength' };
  const { clauses } = fuzzOf(own(KEY, clause), own('createSession.lastName.maxLength', clause));
  expect(clauses.map(({ field }) => field)).toEqual(['firstName', 'lastName']);
});

describe('an exception holds only if no case disproves it', () => {
  test.each<[string, readonly CaseOf[], string | null]>([
    ['one case that tried both sides', [own(KEY, {})], null],
    ['one case that missed a side', [own(KEY, NO_OUTSIDE)], NO_OUTSIDE.exception],
    ['a side missed, and tried by another of its cases', [own(KEY, NO_OUTSIDE), own(KEY, {})], null],
    ['each of two missed another side', [own(KEY, NO_OUTSIDE), own(KEY, NO_INSIDE)], null],
    ['a side missed, and tried along the way', [own(KEY, NO_OUTSIDE), along(KEY, {})], null],
    ['a side missed everywhere', [own(KEY, NO_OUTSIDE), along(KEY, { outside: side(0, 0) })], NO_OUTSIDE.exception],
    ['both missed, one tried along the way', [own(KEY, NEITHER), along(KEY, NO_OUTSIDE)], NO_OUTSIDE.exception],
    ['met along the way only', [along(KEY, { outside: side(0, 0) })], null],
    ['never broken alone', [own(KEY, NEVER_ALONE), own(KEY, NEVER_ALONE)], NEVER_ALONE.exception],
    ['never broken alone but in another of its cases', [own(KEY, NEVER_ALONE), own(KEY, {})], null],
    ['never broken alone, and met along the way', [own(KEY, NEVER_ALONE), along(KEY, {})], NEVER_ALONE.exception],
    ['missed by one, never alone in another', [own(KEY, NO_INSIDE), own(KEY, NEVER_ALONE)], NEVER_ALONE.exception],
  ])('%s', (_, cases, reason) => {
    for (const order of [cases, [...cases].reverse()]) {
      const { exceptions, clauses } = fuzzOf(...order);
      expect(clauses[0]?.exception).toBe(reason);
      expect(exceptions).toEqual(reason === null ? [] : [{ key: KEY, reason }]);
    }
  });
});

test('contested clauses are counted apart: they are never untried', () => {
  const contested = (key: string, taken: number): CaseOf =>
    own(key, { keyword: 'x-contested', inside: side(0, 0), outside: side(0, 0), contested: side(taken, 1) });
  const { bothSides, uncontested, exceptions, ...fuzz } = fuzzOf(
    own(KEY, {}),
    own('createSession.sex.enum', NO_INSIDE),
    contested('createSession.address.contested', 3),
    own('createSession.locale.contested', { keyword: 'x-contested', inside: side(0, 0), outside: side(0, 0) }),
  );
  expect({ bothSides, uncontested, contested: fuzz.contested }).toEqual({ bothSides: 1, uncontested: 2, contested: 1 });
  expect(exceptions.map(({ key }) => key)).toEqual(['createSession.sex.enum']);
});

test('field by field, with a mark where a finding repeats', () => {
  const found = { counterexamples: [createCounterexample()] };
  const fuzz = fuzzOf(
    [KEY, found],
    own('createSession.firstName.pattern', { outside: side(1, 6), contested: side(2, 3) }),
    ['createSession.firstNames.type', { flaky: found.counterexamples }],
    own('createSession.body.required', {}),
    own('createSession.first.type', {}),
    ['createSession.pairs', { ...found, clauses: [] }],
  );
  expect(byField(fuzz).map(({ field, clauses, broken }) => [field, clauses, broken])).toEqual([
    ['createSession.body', 1, false],
    ['createSession.first', 1, false],
    ['createSession.firstName', 2, true],
    ['createSession.firstNames', 1, false],
  ]);
  expect(byField(fuzz)[2]).toMatchObject({ inside: side(8, 0), outside: side(1, 8), contested: side(2, 3) });
});
