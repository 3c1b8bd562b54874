import { expect, test } from 'vitest';
import { exitCodeOf, OUTCOMES, type Outcome, type OutcomeCounts } from './outcome.ts';

const counts = (...outcomes: readonly Outcome[]): OutcomeCounts => {
  const all = { passed: 0, failed: 0, errored: 0, inconclusive: 0, skipped: 0 };
  for (const outcome of outcomes) all[outcome] += 1;
  return all;
};

test.each<[readonly Outcome[], number]>([
  [[], 0],
  [['passed'], 0],
  [['passed', 'skipped'], 0],
  [['passed', 'inconclusive'], 4],
  [['inconclusive', 'errored'], 3],
  [['errored', 'failed', 'inconclusive', 'passed'], 1],
])('%j ends with exit code %d', (outcomes, code) => {
  expect(exitCodeOf(counts(...outcomes))).toBe(code);
});

test('every outcome has its place in reports', () => {
  expect(OUTCOMES.toSorted()).toEqual(Object.keys(counts()).toSorted());
});
