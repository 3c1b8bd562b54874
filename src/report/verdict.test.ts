import { describe, expect, test } from 'vitest';
import type { Outcome } from '../domain/outcome.ts';
import type { CaseResult } from '../domain/result.ts';
import { createCaseResult, tallyOf } from './run.test-kit.ts';
import { group, plural, verdictLine } from './verdict.ts';

const cases = (outcome: Outcome, count: number, kind: CaseResult['kind'] = 'case'): readonly CaseResult[] =>
  Array.from({ length: count }, () => createCaseResult({ kind, outcome }));

describe('verdictLine', () => {
  test.each<[readonly CaseResult[], number, string]>([
    [cases('passed', 2), 2, 'the provider keeps its contract: 2 of 2 cases passed'],
    [
      [...cases('passed', 2), ...cases('skipped', 1)],
      3,
      'the provider keeps its contract: 2 of 3 cases passed, 1 skipped',
    ],
    [
      [...cases('passed', 2), ...cases('failed', 1)],
      3,
      'the provider broke its contract: 1 check failed, 2 of 3 cases passed',
    ],
    [
      [...cases('passed', 2), ...cases('failed', 1, 'closing')],
      2,
      'the provider broke its contract: 1 check failed, 2 of 2 cases passed',
    ],
    [
      [...cases('failed', 2), ...cases('errored', 1)],
      3,
      'the provider broke its contract: 2 checks failed, 0 of 3 cases passed',
    ],
    [
      [...cases('passed', 1), ...cases('errored', 1)],
      2,
      'the harness could not finish: 1 case errored, 1 of 2 cases passed',
    ],
    [
      [...cases('passed', 1), ...cases('inconclusive', 2)],
      3,
      'nothing refuted, but 2 cases inconclusive, 1 of 3 cases passed',
    ],
    [cases('skipped', 1200), 1200, 'every case was skipped (1,200)'],
    [[], 0, 'no case ran'],
    [cases('passed', 2), 5, 'unfinished, nothing refuted so far: 2 of 5 cases passed, 3 not run'],
    [cases('failed', 1), 2, 'the provider broke its contract: 1 check failed, 0 of 2 cases passed, 1 not run'],
  ])('%#: %s', (results, selected, verdict) => {
    expect(verdictLine(tallyOf(results, { selected }))).toBe(verdict);
  });
});

test('numbers and nouns', () => {
  expect([plural(0, 'case'), plural(1, 'case'), plural(1540, 'case'), group(1_000_000)]).toEqual([
    '0 cases',
    '1 case',
    '1,540 cases',
    '1,000,000',
  ]);
});
