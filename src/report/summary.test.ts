import { describe, expect, test } from 'vitest';
import type { Observation } from '../domain/contract.ts';
import {
  createCaseResult,
  createClause,
  createCounterexample,
  createFailedCase,
  createFailure,
  createFuzzCase,
  HOSTILE,
  side,
  tallyOf,
} from './run.test-kit.ts';
import { summaryMarkdown } from './summary.ts';

const MEBIBYTE = 1024 * 1024;

test('a short run is told whole', () => {
  const observation: Observation = { clause: 'c', question: 'How many digits?', readings: ['7'], refuted: ['8'] };
  const results = [
    createCaseResult({ observations: [observation] }),
    createCaseResult({ observations: [observation] }),
    createFailedCase('a/failed', createFailure(), createFailure({ message: 'second' })),
    createCaseResult({ outcome: 'skipped', reason: 'no TEST keys' }),
    createCaseResult({ kind: 'closing', id: 'a/closing' }),
  ];
  const summary = summaryMarkdown(tallyOf(results));
  expect(summary).toContain('# Contract run: the provider broke its contract: 1 check failed, 2 of 4 cases passed');
  expect(summary).toContain('Target **sandbox** at `http://127.0.0.1:1`');
  expect(summary).toContain('| passed | 2 | 1 |');
  expect(summary).toContain('- **failed** `a/failed` (`scenarios/a.yaml:3:5`)\n  - webhook');
  expect(summary).toContain('- **failed** `a/failed` (`scenarios/a.yaml:3:5`)\n  - second');
  expect(summary).toContain('| ✗ One | scenarios/a.yaml | 4 | 2 | 1 | 1 |');
  expect(summary).toContain('- 1 skipped: no TEST keys');
  expect(summary).toContain('| How many digits? | 7 (2) |');
});

describe('a run that fuzzed', () => {
  const found = createCounterexample({ name: 'a.yaml', message: 'it broke', command: "fuzz --path '1|2'" });
  const clause = { contested: side(3, 4), outside: side(0, 0), exception: 'no value outside it was tried' };
  const results = [
    createFuzzCase('createSession.sex.type', { counterexamples: [found] }),
    createFuzzCase('createSession.sex.enum', { flaky: [{ ...found, message: 'it broke once', repeated: 1 }] }),
    createFuzzCase('createSession.locale.type', { clauses: [createClause('createSession.locale.type', clause)] }),
  ];

  test('tells what was tried of each field, its findings, and what was not tried', () => {
    const [, section] = summaryMarkdown(tallyOf(results)).split('\n## Fuzz: ');
    expect(section).toBe(`what was tried of each clause

2 of 3 clauses tried on both sides, 1 exception; 0 contested; 18 values and sequences.

| field | clauses | inside: tried / accepted | outside: tried / refused | contested: accepted / refused |
| --- | ---: | ---: | ---: | ---: |
| \`createSession.locale\` | 1 | 4 / 4 |  | 3 / 4 |
| ✗ \`createSession.sex\` | 2 | 8 / 8 | 4 / 4 |  |

### Findings

- \`createSession.sex.type\`: it broke
  - repeat: \`fuzz --path '1|2'\`
  - scenario file: \`counterexamples/a.yaml\`

### Flaky: findings that did not come again each time

- \`createSession.sex.enum\`: it broke once
  - repeat: \`fuzz --path '1|2'\`
  - scenario file: \`flaky/a.yaml\`
  - 1 of 3 repeats failed

### Exceptions: not tried on both sides, or never alone

- \`createSession.locale.type\`: no value outside it was tried
`);
  });

  test('another run does not mention it', () => {
    expect(summaryMarkdown(tallyOf([createCaseResult()]))).not.toContain('Fuzz');
  });
});

describe('at most 1 MiB', () => {
  /** Two letters tell the causes apart: numbers and quoted values do not. */
  const long = (at: number) =>
    createFailure({ message: `${String.fromCodePoint(0x4e00 + (at % 300))}${'€'.repeat(2000)}` });

  test('with 100,000 failures', () => {
    const results = function* () {
      for (let at = 0; at < 100_000; at += 1) yield createFailedCase(`a/${at}`, long(at), long(at + 1));
    };
    const summary = summaryMarkdown(tallyOf(results()));
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(MEBIBYTE);
    expect(summary).toContain('and 150 more causes in results.json');
    expect(summary).toContain('## Scenarios');
  });

  test('with 5,000 findings', () => {
    const finding = createCounterexample({ message: '€'.repeat(5_000), command: 'x'.repeat(1_000) });
    const result = createFuzzCase('createSession.pairs', {
      counterexamples: Array.from({ length: 5_000 }, () => finding),
      flaky: Array.from({ length: 5_000 }, () => finding),
    });
    const summary = summaryMarkdown(tallyOf([result]));
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(MEBIBYTE);
    expect(summary.match(/_and 4900 more in results\.json\._/g)).toHaveLength(2);
  });

  test('with 20,000 scenarios of long names', () => {
    const results = Array.from({ length: 20_000 }, (_, at) =>
      createCaseResult({ scenario: `s${at}`, scenarioName: `${at} ${'€'.repeat(100)}` }),
    );
    const summary = summaryMarkdown(tallyOf(results));
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(MEBIBYTE);
    expect(summary).toContain('the summary may have at most 1 MiB');
    expect(summary).toContain('20,000 of 20,000 cases passed');
  });
});

describe('text of a provider never becomes markup', () => {
  const shown = (message: string): string => {
    const summary = summaryMarkdown(tallyOf([createFailedCase('a', createFailure({ message }))]));
    return /\(`scenarios\/a\.yaml:3:5`\)\n(.*)\n\n## Scenarios/s.exec(summary)?.[1] ?? '';
  };

  test.each([
    ['<script>alert(1)</script>', String.raw`\<script\>alert(1)\</script\>`],
    ['[a](https://example.com)', String.raw`\[a\](https\://example.com)`],
    ['![a](x)', String.raw`!\[a\](x)`],
    ['**bold** __x__ ~~gone~~', String.raw`\*\*bold\*\* \_\_x\_\_ \~\~gone\~\~`],
    ['`code`', String.raw`\`code\``],
    ['a | b', String.raw`a \| b`],
    ['https://example.com www.example.com', String.raw`https\://example.com www\.example.com`],
    ['@someone a@example.com', String.raw`\@someone a\@example.com`],
    ['$x^2$', String.raw`\$x^2\$`],
    ['&lt;b&gt;', String.raw`\&lt;b\&gt;`],
    ['- item', String.raw`\- item`],
    ['+ item', String.raw`\+ item`],
    ['1. item', String.raw`1\. item`],
    ['1) item', String.raw`1\) item`],
    ['---', String.raw`\---`],
    ['===', String.raw`\===`],
    ['# head', String.raw`\# head`],
    ['one\r\n\r\n# head\u2028x', String.raw`one \# head x`],
    [String.raw`\<b>`, String.raw`\\\<b\>`],
  ])('%j', (message, text) => {
    expect(shown(message)).toBe(`  - ${text}`);
  });

  test('anywhere in the summary', () => {
    const evil = '`</code><img src=x>|\n# head';
    const observation: Observation = { clause: evil, question: evil, readings: [evil], refuted: [] };
    const result = createCaseResult({
      id: evil,
      scenarioName: evil,
      span: { file: evil, line: 1, column: 1 },
      observations: [observation],
    });
    const failed = createFailedCase(evil, createFailure({ message: evil }));
    const key = `createSession.${evil}.type`;
    const finding = createCounterexample({ name: evil, message: evil, command: evil });
    const clauses = [createClause(key, { exception: evil })];
    const fuzz = createFuzzCase(key, { clauses, counterexamples: [finding], flaky: [finding] });
    const summary = summaryMarkdown(
      tallyOf([result, failed, fuzz, { ...result, outcome: 'skipped', reason: evil }], { baseUrl: evil }),
    );
    expect(/^\| .*createSession.*$/m.exec(summary)?.[0].match(/(?<!\\)\|/g)).toHaveLength(6);
    const outsideCode = summary.replace(/(?<!\\)`[^`\n]*`/g, '');
    expect(outsideCode).not.toMatch(/(?<!\\)<(?:img|\/code)/);
    expect(summary).not.toMatch(/^# head/m);
    for (const row of summary.split('\n').filter((line) => line.startsWith('| ✓'))) {
      expect(row.match(/(?<!\\)\|/g)).toHaveLength(7);
    }
  });

  test('whatever it holds, it stays on its line', () => {
    expect(shown(HOSTILE).split('\n')).toHaveLength(1);
    expect(shown(HOSTILE)).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});
