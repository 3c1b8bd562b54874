import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createScenarioGrammar } from '../src/contract/scenario-grammar.ts';
import { loadScenarioFile } from '../src/scenario/load-scenario-file.ts';
import { renderDiagnostics } from '../src/scenario/render-diagnostic.ts';

const GRAMMAR = createScenarioGrammar();
const FOLDER = new URL('./golden/', import.meta.url).pathname;
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.slice(0, -'.yaml'.length));

/** What a person reads about a broken file. */
async function render(file: string, bytes: Uint8Array): Promise<string> {
  const loaded = await loadScenarioFile(file, bytes, GRAMMAR);
  return loaded.ok
    ? 'valid\n'
    : renderDiagnostics(loaded.diagnostics, new TextDecoder().decode(bytes), { color: false });
}

describe('broken scenario files', () => {
  test('there are at least 40 pairs, and none without its broken file', () => {
    expect(names.length).toBeGreaterThanOrEqual(40);
    const texts = readdirSync(FOLDER).filter((file) => file.endsWith('.txt'));
    expect(texts.map((file) => file.replace('.txt', '')).sort()).toEqual([...names].sort());
  });

  test.each(names)('%s', async (name) => {
    const message = await render(`test/golden/${name}.yaml`, readFileSync(join(FOLDER, `${name}.yaml`)));
    const golden = join(FOLDER, `${name}.txt`);
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(golden, message);
    expect(message).not.toBe('valid\n');
    expect(message).toBe(readFileSync(golden, 'utf8'));
  });
});

describe('files that are not looked into', () => {
  test('a file of 50 MB is refused by its size, at once', async () => {
    const bytes = new Uint8Array(50 * 1024 * 1024).fill(0x20);
    expect(await render('big.yaml', bytes)).toContain('big.yaml:1:1: error[file-too-large]: The file has 50.0 MiB');
  });

  test.each([
    ['a Latin-1 character', [0x6e, 0x61, 0x6d, 0x65, 0x3a, 0x20, 0xe9, 0x0a], '1:7', '0xE9'],
    ['UTF-16', [0xff, 0xfe, 0x6e, 0x00], '1:1', '0xFF'],
    ['a character that is cut off', [0x61, 0x0a, 0x62, 0xe2, 0x82], '2:2', '0xE2'],
    ['a bad byte behind a good character', [0xc3, 0xa9, 0x0a, 0xc3, 0xa9, 0xc3, 0x28], '2:2', '0xC3'],
  ])('%s is not UTF-8 and is found', async (_, bytes, place, byte) => {
    const message = await render('x.yaml', Uint8Array.from(bytes));
    expect(message).toContain(`x.yaml:${place}: error[not-utf8]: The byte ${byte} `);
  });

  test('a NUL byte is found', async () => {
    expect(await render('x.yaml', new TextEncoder().encode('name: x\n\0'))).toContain('x.yaml:2:1: error[binary]');
  });

  test('nesting beyond every stack is refused', async () => {
    const deep = new TextEncoder().encode(`name: x\nsession: ${'[{a: '.repeat(50_000)}`);
    expect(await render('x.yaml', deep)).toContain('error[too-deep]');
  });
});
