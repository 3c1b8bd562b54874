import { expect, test } from 'vitest';
import { githubAnnotations } from './annotations.ts';
import {
  createCaseResult,
  createCounterexample,
  createFailedCase,
  createFailure,
  createFuzzCase,
  HOSTILE,
  tallyOf,
} from './run.test-kit.ts';

test('a failure stands beside its YAML line', () => {
  const failed = createFailedCase('a/one/x: y, z', createFailure({ message: 'two\nlines, 100%: bad' }));
  expect(githubAnnotations(tallyOf([createCaseResult(), failed]))).toEqual([
    '::error file=scenarios/a.yaml,line=3,col=5,title=failed%3A a/one/x%3A y%2C z::two%0Alines, 100%25: bad',
  ]);
});

test('a case without failures tells its reason', () => {
  const result = createCaseResult({ outcome: 'inconclusive', reason: 'the budget is used up' });
  expect(githubAnnotations(tallyOf([result]))).toEqual([
    '::error file=scenarios/a.yaml,line=3,col=5,title=inconclusive%3A a/one/APPROVED::the budget is used up',
  ]);
});

test('a finding of fuzzing says how to repeat it', () => {
  const found = createCounterexample({ message: 'it broke', command: 'fuzz --only 100%' });
  const flaky = createCounterexample({ message: 'it broke once', command: 'fuzz --only x', repeated: 1 });
  const results = [
    createFuzzCase('createSession.sex.type', { counterexamples: [found] }),
    createFuzzCase('createSession.sex.enum', { flaky: [flaky] }),
  ];
  expect(githubAnnotations(tallyOf(results)).map((line) => line.replace(/^.*?::.*?::/, ''))).toEqual([
    'it broke%0Arepeat: fuzz --only 100%25',
    'flaky: it broke once%0Arepeat: fuzz --only x',
  ]);
});

test('a case that ended early for another reason does not seem to be repeated by what it found along the way', () => {
  const result = createFuzzCase('createSession.sex.enum', { flaky: [createCounterexample({ repeated: 1 })] });
  const [line] = githubAnnotations(tallyOf([{ ...result, reason: 'the budget is used up' }]));
  expect(line).toMatch(/::the budget is used up$/);
});

test('there are at most 10, each one line, whatever the text', () => {
  const span = { file: HOSTILE, line: 1, column: 1 };
  const results = Array.from({ length: 30 }, (_, at) =>
    createFailedCase(`${at} ${HOSTILE}`, createFailure({ message: `${'ab'.repeat(at)} ${HOSTILE}`, span })),
  );
  const lines = githubAnnotations(tallyOf(results));
  expect(lines).toHaveLength(10);
  for (const line of lines) {
    expect(line).toMatch(/^::error file=[^:,\r\n]*,line=1,col=1,title=[^:,\r\n]*::[^\r\n]*$/u);
    expect(line).toContain('%250A ');
    expect(line).not.toMatch(/[[\p{Cc}\p{Cf}]--\t]|##\[/v);
  }
});
