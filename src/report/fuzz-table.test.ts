import { afterEach, describe, expect, test, vi } from 'vitest';
import { fuzzTable, type TableOutput } from './fuzz-table.ts';
import { createCaseResult, createClause, createCounterexample, createFuzzCase, side, tallyOf } from './run.test-kit.ts';

const LONGEST = 'addManualStatus.manualDocumentValidity.maxLength';
const RESULTS = [
  createFuzzCase('createSession.firstName.maxLength', {
    clauses: [createClause('createSession.firstName.maxLength', { outside: side(1, 1), contested: side(96, 18) })],
    counterexamples: [createCounterexample()],
  }),
  createFuzzCase('createSession.body.required'),
  createFuzzCase(LONGEST, {
    clauses: [createClause(LONGEST, { outside: side(0, 0), exception: 'no value outside it was tried' })],
  }),
  createFuzzCase('addManualStatus.manualDocumentValidity.enum', {
    clauses: [createClause('addManualStatus.manualDocumentValidity.enum', { inside: side(12_345, 0) })],
  }),
];

afterEach(() => {
  vi.unstubAllEnvs();
});

function table(out: TableOutput = {}, results = RESULTS): string {
  return fuzzTable(tallyOf(results), out);
}

test('one row for each field, numbers first, a mark where a finding repeats', () => {
  expect(table()).toBe(`clauses   inside/taken  outside/refused  contested +/-   field
      1            4/4              2/2                  createSession.body
      1            4/4              2/1          96/18 ✗ createSession.firstName
      2  12,349/12,349              2/2                  addManualStatus.manualDocumentValidity

exceptions:
  addManualStatus.manualDocumentValidity.maxLength: no value outside it was tried
`);
});

test('fits 100 columns with the longest field', () => {
  for (const line of table().split('\n')) expect(line.length).toBeLessThanOrEqual(100);
});

test('nothing when no clause was tried', () => {
  expect(table({}, [createCaseResult()])).toBe('');
  expect(table({}, [createFuzzCase('model.races', { clauses: [] })])).toBe('');
});

describe('at the edge', () => {
  const widest = (out: TableOutput): number =>
    Math.max(
      ...table(out)
        .split('\n')
        .map((line) => line.length),
    );

  test.each([
    ['of a terminal it is cut', { isTTY: true, columns: 60 }, 60],
    ['of a wide terminal it is whole', { isTTY: true, columns: 500 }, widest({})],
    ['of no terminal it is whole', { isTTY: false, columns: 60 }, widest({})],
    ['of a terminal that does not tell its width it is whole', { isTTY: true }, widest({})],
  ])('%s', (_, out, columns) => {
    vi.stubEnv('NO_COLOR', '1');
    expect(widest(out)).toBe(columns);
  });
});

describe('colours', () => {
  test.each([
    ['a terminal', true, '', ['createSession.firstName']],
    ['NO_COLOR', true, '1', []],
    ['no terminal', false, '', []],
  ])('%s', (_, isTTY, noColor, coloured) => {
    vi.stubEnv('NO_COLOR', noColor);
    // Else Node looks at the process's own output as well, which is no terminal in a test.
    vi.stubEnv('FORCE_COLOR', '1');
    const lines = table({ isTTY }).split('\n');
    expect(lines.filter((line) => line.includes('\u001b[')).map((line) => /\w+\.\w+/.exec(line)?.[0])).toEqual(
      coloured,
    );
  });
});
