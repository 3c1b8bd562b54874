import { expect, test } from 'vitest';
import * as errors from './harness-error.ts';
import { ConfigurationError, HarnessError } from './harness-error.ts';

test('an error tells its place, what failed and what to do', () => {
  const span = { file: 'a.yaml', line: 2, column: 3 };
  const error = new ConfigurationError('the flag is wrong', { span, hint: 'write another' });
  expect(error.describe()).toBe('a.yaml:2:3: the flag is wrong\n  → write another');
  expect(new ConfigurationError('the flag is wrong').describe()).toBe('the flag is wrong');
});

test('an error keeps its name and its cause', () => {
  const cause = new Error('why');
  const error = new ConfigurationError('x', { cause });
  expect(error).toBeInstanceOf(HarnessError);
  expect([error.name, error.cause]).toEqual(['ConfigurationError', cause]);
  expect('cause' in new ConfigurationError('x')).toBe(false);
});

test('what nobody expected tells what and where it was', () => {
  expect(new errors.InternalError(new TypeError('no')).describe()).toMatch(
    /^unexpected TypeError: no\n {2}→ .*please report it \(at .*harness-error.test.ts:\d+:\d+\)$/,
  );
  expect(new errors.InternalError(7).describe()).toMatch(/^unexpected 7\n {2}→ .* report it$/);
});

test('every kind of error has a code of its own and an exit code that is documented', () => {
  const kinds = Object.values(errors).filter((kind) => kind !== HarnessError) as (typeof ConfigurationError)[];
  const made = kinds.map((Kind) => new Kind('x'));
  expect(kinds.length).toBeGreaterThanOrEqual(5);
  expect(new Set(made.map(({ code }) => code)).size).toBe(kinds.length);
  for (const { code, exitCode } of made) {
    expect(code).toMatch(/^E_[A-Z_]+$/);
    expect([2, 3]).toContain(exitCode);
  }
});
