import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ReportError } from '../domain/harness-error.ts';
import { type JournalEntry, openJournal, readJournal } from './journal.ts';
import { createCaseResult, createRunDir, HOSTILE, INBOX, RUN } from './run.test-kit.ts';

const ENTRIES: readonly JournalEntry[] = [
  { kind: 'run', run: RUN },
  createCaseResult({ title: HOSTILE }),
  { kind: 'inbox', inbox: INBOX },
];

async function read(file: string): Promise<readonly JournalEntry[]> {
  const entries: JournalEntry[] = [];
  for await (const entry of readJournal(file)) entries.push(entry);
  return entries;
}

test('what is appended is read again, each line at once', async () => {
  using run = createRunDir([]);
  const file = join(run.runDir, 'new.jsonl');
  using journal = openJournal(file);
  for (const entry of ENTRIES) {
    journal.append(entry);
    expect(readFileSync(file, 'utf8').endsWith('\n')).toBe(true);
  }
  expect(await read(file)).toEqual(JSON.parse(JSON.stringify(ENTRIES)));
});

test.each([
  ['half a line', '{"kind":"case","id":"a/on'],
  ['half a character', '{"kind":"case","id":"\ud83d'],
  ['a line of nothing', '\n'],
  ['no object', '17\n'],
  ['null', 'null\n'],
])('%s at the end, left by a crash, is passed over', async (_, torn) => {
  using run = createRunDir([...ENTRIES, torn]);
  expect(await read(join(run.runDir, 'evidence.jsonl'))).toHaveLength(3);
});

test.each(['{"kind":"case"', '', '17', 'null'])('%j in the middle is damage, and is not passed over', async (torn) => {
  using run = createRunDir([...ENTRIES, `${torn}\n`, ...ENTRIES]);
  const file = join(run.runDir, 'evidence.jsonl');
  await expect(read(file)).rejects.toThrow(`${file}:4: not a line of evidence`);
  await expect(read(file)).rejects.toBeInstanceOf(ReportError);
});

test('an empty file has no entries', async () => {
  using run = createRunDir([]);
  expect(await read(join(run.runDir, 'evidence.jsonl'))).toEqual([]);
});

test('what cannot be opened is told with its name and what to do', async () => {
  using run = createRunDir([]);
  const missing = join(run.runDir, 'none', 'evidence.jsonl');
  expect(() => openJournal(missing)).toThrow(ReportError);
  expect(() => openJournal(missing)).toThrow(`opening ${missing} failed`);
  await expect(read(missing)).rejects.toThrow(`reading ${missing} failed`);
  await expect(read(missing)).rejects.toMatchObject({ code: 'E_REPORT', hint: expect.stringContaining('run') });
});

test('lines of another run can follow after a resume', async () => {
  using run = createRunDir(ENTRIES);
  const file = join(run.runDir, 'evidence.jsonl');
  appendFileSync(file, `${JSON.stringify(createCaseResult())}\n`);
  expect(await read(file)).toHaveLength(4);
});

test('what a contested clause asks is written once, and read with every observation of it', async () => {
  using run = createRunDir([]);
  const file = join(run.runDir, 'new.jsonl');
  const asked = { clause: 'c', question: 'Which?', readings: ['a'], refuted: ['b', 'c'] };
  const results = [asked, asked, { ...asked, readings: ['b', 'c'], refuted: ['a'] }].map((one) =>
    createCaseResult({ observations: [one, { ...one, clause: 'd' }] }),
  );
  using journal = openJournal(file);
  for (const result of results) journal.append(result);
  expect(readFileSync(file, 'utf8').match(/Which/g)).toHaveLength(2);
  expect(await read(file)).toEqual(results);
});

test('every line goes through the redactor, with the tokens of its entry', () => {
  using run = createRunDir([]);
  const file = join(run.runDir, 'new.jsonl');
  using journal = openJournal(file, (text, tokens = []) => Buffer.from(`${[...tokens]}${text.length}`));
  expect(journal.append(createCaseResult(), ['t']).toString()).toMatch(/^t\d+$/);
  expect(readFileSync(file, 'utf8')).toMatch(/^t\d+$/);
});
