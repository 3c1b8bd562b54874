import { expect, test } from 'vitest';
import { createCaseResult, createFailedCase, createFailure, HOSTILE } from '../report/run.test-kit.ts';
import { errorsOf } from './failure-error.ts';

const UNSEEN = /[[\p{Cc}\p{Cf}\p{Cs}]--[\n\t]]|##\[/v;

test('text of a provider cannot steer the terminal that vitest prints to: message, stack, diff', () => {
  const failure = createFailure({
    message: HOSTILE,
    curl: HOSTILE,
    expected: { [HOSTILE]: HOSTILE },
    actual: [HOSTILE],
  });
  for (const error of errorsOf(createFailedCase('a', failure))) {
    const shown = { ...error, message: error.message, stack: error.stack };
    expect(Object.keys(shown)).toEqual(expect.arrayContaining(['expected', 'actual']));
    expect(error.stack).toContain(error.message);
    const texts = [error.message, error.stack, ...Object.keys(Object(shown).expected), ...Object(shown).actual];
    for (const text of [...texts, Object.values(Object(shown).expected)[0]]) expect(text).not.toMatch(UNSEEN);
  }
});

test('nor can what a harness error or a skip says', () => {
  const errored = createCaseResult({ outcome: 'errored', error: { code: 'E', message: HOSTILE } });
  const inconclusive = createCaseResult({ outcome: 'inconclusive', reason: HOSTILE });
  const messages = [errored, inconclusive].flatMap(errorsOf).map(({ message }) => message);
  expect(messages).toHaveLength(2);
  for (const message of messages) expect(message).not.toMatch(UNSEEN);
});
