import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaseResult } from '../domain/result.ts';
import { junitCase, junitHead, junitTail } from './junit.ts';
import {
  createCaseResult,
  createCounterexample,
  createFailedCase,
  createFailure,
  createFuzzCase,
  HOSTILE,
  summaryOf,
  tallyOf,
} from './run.test-kit.ts';
import { allCounts } from './tally.ts';
import { parseXml, type XmlElement } from './xml.test-kit.ts';

function junitOf(results: readonly CaseResult[]): XmlElement {
  const head = junitHead({ counts: allCounts(tallyOf(results)), durationMs: 1234 });
  return parseXml(head + results.map((result) => junitCase(summaryOf(result))).join('') + junitTail());
}

const RESULTS: readonly CaseResult[] = [
  createCaseResult({ id: 'a/passed' }),
  createFailedCase('a/failed', createFailure(), createFailure({ message: 'the second', curl: "curl -d '<x>'" })),
  createCaseResult({
    id: 'a/errored',
    outcome: 'errored',
    reason: 'no',
    error: { code: 'E_INBOX', message: 'no inbox' },
  }),
  createCaseResult({ id: 'a/inconclusive', outcome: 'inconclusive', reason: 'budget' }),
  createCaseResult({ id: 'a/skipped', outcome: 'skipped', reason: 'no keys' }),
  createCaseResult({ kind: 'closing', id: 'a/closing', title: 'nothing else came' }),
];

describe('junit.xml', () => {
  const suites = junitOf(RESULTS);
  const [suite] = suites.children;

  test('counts its cases', () => {
    const counts = { tests: '6', failures: '2', errors: '1', skipped: '1', time: '1.234' };
    expect(suites.attributes).toMatchObject(counts);
    expect(suite?.attributes).toMatchObject(counts);
    const inside = (name: string) => suite?.children.filter((one) => one.children.some((child) => child.name === name));
    expect(suite?.children).toHaveLength(6);
    expect(inside('failure')).toHaveLength(2);
    expect(inside('error')).toHaveLength(1);
    expect(inside('skipped')).toHaveLength(1);
  });

  test('says of each case where it is and how it ended', () => {
    const [passed, failed, errored, inconclusive, skipped, closing] = suite?.children ?? [];
    expect(passed?.attributes).toEqual({
      classname: 'a/one',
      name: 'a/passed',
      file: 'scenarios/a.yaml',
      line: '3',
      time: '0.013',
    });
    expect(failed?.children.map(({ attributes }) => attributes.message)).toEqual([
      'webhook `/final` is false, expected true.',
      'the second',
    ]);
    expect(failed?.children[1]?.text).toBe("the second\nat scenarios/a.yaml:3:5\ncurl -d '<x>'");
    expect(errored?.children[0]).toMatchObject({ attributes: { type: 'E_INBOX', message: 'no' }, text: 'no inbox' });
    expect(inconclusive?.children[0]?.attributes).toEqual({ type: 'inconclusive', message: 'budget' });
    expect(skipped?.children[0]?.attributes).toEqual({ message: 'no keys' });
    expect(closing?.attributes.name).toBe('a/one nothing else came');
  });
});

describe('a fuzz case', () => {
  const [one, two] = ['one', 'two'].map((name) =>
    createCounterexample({ name: `${name}.yaml`, message: `${name}: broke`, command: `fuzz --only ${name}` }),
  );
  const found = one === undefined || two === undefined ? [] : [one, two];
  const textsOf = (result: CaseResult): readonly (string | undefined)[] =>
    junitOf([result]).children[0]?.children[0]?.children.map(({ text }) => text) ?? [];

  test('that failed says with each failure how to repeat the finding that it is of', () => {
    const failures = ['one: broke', 'one: broke again', 'two: broke', 'two: broke again'].map((message) =>
      createFailure({ message }),
    );
    const result = { ...createFuzzCase('createSession.pairs', { counterexamples: found }), failures };
    expect(textsOf(result)).toEqual(
      ['one', 'one', 'two', 'two'].map((name, at) =>
        [failures[at]?.message, 'at scenarios/a.yaml:3:5', `repeat: fuzz --only ${name}`].join('\n'),
      ),
    );
  });

  test('that failed twice in the same words names both findings', () => {
    const counterexamples = found.map((finding) => ({ ...finding, message: 'it broke' }));
    const texts = textsOf(createFuzzCase('createSession.pairs', { counterexamples }));
    expect(texts.map((text) => text?.split('repeat: ')[1])).toEqual(['fuzz --only one', 'fuzz --only two']);
  });

  test('whose findings are flaky says how often they came again', () => {
    const flaky = found.map((finding) => ({ ...finding, repeated: 1 }));
    expect(textsOf(createFuzzCase('createSession.pairs', { flaky }))).toEqual([
      'one: broke (1 of 3 repeats)\nrepeat: fuzz --only one\ntwo: broke (1 of 3 repeats)\nrepeat: fuzz --only two',
    ]);
  });

  test('that found nothing says nothing', () => {
    expect(textsOf(createFuzzCase('createSession.pairs'))).toEqual([]);
  });
});

describe('hostile text', () => {
  const everywhere = (text: string): readonly CaseResult[] => [
    createCaseResult({ id: text, scenario: text, title: text, span: { file: text, line: 1, column: 1 } }),
    createFailedCase(text, createFailure({ message: text, curl: text })),
    createCaseResult({ outcome: 'errored', reason: text, error: { code: text, message: text } }),
    createCaseResult({ outcome: 'skipped', reason: text }),
    createFuzzCase(text, { counterexamples: [createCounterexample({ message: text, command: text })] }),
    createFuzzCase(text, { flaky: [createCounterexample({ message: text, command: text })] }),
  ];

  test('comes through, but for what XML has no place for', () => {
    const failure = junitOf(everywhere(HOSTILE)).children[0]?.children[1]?.children[0];
    for (const part of ['<b>&amp;</b> ]]> "q" \'q\'', '😀', '-->', '\\u{d}\nnext\tline']) {
      expect(failure?.attributes.message).toContain(part);
    }
    expect(failure?.attributes.message).not.toMatch(/[[\p{Cc}\p{Cf}]--[\n\t]]/v);
  });

  test('never breaks the document', () => {
    const text = fc.string({ unit: 'binary', maxLength: 20 }).map((one) => `${one}${HOSTILE.slice(0, one.length)}`);
    const halves = fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes));
    fc.assert(fc.property(fc.oneof(text, halves), (one) => junitOf(everywhere(one)).children.length === 1));
  });
});
