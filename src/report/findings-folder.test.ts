import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openFindingsFolder } from './findings-folder.ts';
import { createCaseResult, createCounterexample, createFuzzCase, createRunDir, HOSTILE } from './run.test-kit.ts';

const plain = (text: string): Buffer => Buffer.from(text);

/** The files below a run's folder once findings of these names were kept, each by a case of its own or all by one. */
function filesOf(names: readonly string[], apart = true): { readonly told: readonly string[]; readonly files: object } {
  using run = createRunDir([]);
  const folder = openFindingsFolder(run.runDir, plain);
  const found = names.map((name, at) => createCounterexample({ name, yaml: `name: ${at}\n` }));
  const cases = apart
    ? found.map((one, at) => createFuzzCase(`createSession.f${at}.type`, { counterexamples: [one] }))
    : [createFuzzCase('createSession.f.type', { counterexamples: found })];
  const told = cases.flatMap((one) => folder.keep(one)?.counterexamples.map(({ file }) => file) ?? []);
  const above = readdirSync(join(run.runDir, '..'), { recursive: true, encoding: 'utf8' });
  const inRun = above.map((file) => file.replace(/^run-[^/]*\/?/, '')).filter((file) => /[/.]/.test(file));
  const files = Object.fromEntries(
    inRun
      .filter((file) => file !== 'evidence.jsonl')
      .map((file) => [file, readFileSync(join(run.runDir, file), 'utf8')]),
  );
  return { told, files };
}

test('a finding is a file at once, and its text is told nowhere else', () => {
  using run = createRunDir([]);
  const counterexamples = [createCounterexample()];
  const flaky = [createCounterexample({ name: 'other.yaml', yaml: 'name: other\n', repeated: 1 })];
  const result = createFuzzCase('createSession.firstName.maxLength', { counterexamples, flaky });
  const kept = openFindingsFolder(run.runDir, plain).keep(result);
  expect(kept?.counterexamples).toMatchObject([
    { file: 'counterexamples/createSession.firstName.maxLength.yaml', key: 'createSession.firstName.maxLength' },
  ]);
  expect(kept?.flaky).toMatchObject([{ file: 'flaky/other.yaml', repeated: 1, repeats: 3 }]);
  expect(JSON.stringify(kept)).not.toContain('name: ');
  expect(readFileSync(join(run.runDir, 'flaky/other.yaml'), 'utf8')).toBe('name: other\n');
});

test('folders are made only when there is something to keep', () => {
  using run = createRunDir([]);
  const folder = openFindingsFolder(run.runDir, plain);
  expect(folder.keep(createCaseResult())).toBeUndefined();
  expect(folder.keep(createFuzzCase('createSession.sex.type'))).toMatchObject({ counterexamples: [], flaky: [] });
  expect(readdirSync(run.runDir)).toEqual(['evidence.jsonl']);
});

test('what is secret is not written', () => {
  using run = createRunDir([]);
  const counterexamples = [createCounterexample({ name: 'a.yaml', yaml: 'key: s3cret\n' })];
  const folder = openFindingsFolder(run.runDir, (text) => Buffer.from(text.replaceAll('s3cret', '<redacted>')));
  folder.keep(createFuzzCase('createSession.sex.type', { counterexamples }));
  expect(readFileSync(join(run.runDir, 'counterexamples/a.yaml'), 'utf8')).toBe('key: <redacted>\n');
});

describe('findings of the same name keep a file each', () => {
  const three = {
    'counterexamples/a.yaml': 'name: 0\n',
    'counterexamples/a-2.yaml': 'name: 1\n',
    'counterexamples/a-3.yaml': 'name: 2\n',
  };

  test.each([
    ['of several cases', true],
    ['of one case', false],
  ])('%s', (_, apart) => {
    const { told, files } = filesOf(['a.yaml', 'a.yaml', 'a.yaml'], apart);
    expect(files).toEqual(three);
    expect(told).toEqual(Object.keys(three));
  });

  test('where the file system takes a and A for the same', () => {
    expect(filesOf(['a.yaml', 'A.yaml']).told).toEqual(['counterexamples/a.yaml', 'counterexamples/A-2.yaml']);
  });
});

describe('no name leads out of the folder', () => {
  test.each([
    '../../../outside.yaml',
    '..',
    '.',
    '',
    '.yaml',
    '/etc/passwd',
    'a/b/c.yaml',
    'a\\b.yaml',
    'nul\u0000.yaml',
    'x'.repeat(5_000),
    HOSTILE,
  ])('%j', (name) => {
    const { told, files } = filesOf([name, name]);
    expect(Object.keys(files).sort()).toEqual([...told].sort());
    expect(new Set(told).size).toBe(2);
    for (const file of told) expect(file).toMatch(/^counterexamples\/[\w-][\w.-]*\.yaml$/);
  });

  test('whatever it is', () => {
    const names = fc.array(fc.string({ unit: 'binary' }), { maxLength: 4 });
    fc.assert(
      fc.property(names, (some) => {
        const { told, files } = filesOf(some);
        expect(Object.keys(files).sort()).toEqual([...told].sort());
        expect(Object.values(files).sort()).toEqual(some.map((_, at) => `name: ${at}\n`).sort());
      }),
    );
  });
});
