import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startSandbox } from '../src/sandbox/start-sandbox.ts';
import { createWorkspace, ROOT, runCommand, startCommand } from './cli/command.test-kit.ts';
import { readScenarios, runScenarios, settingsFor } from './provider/run-scenarios.ts';

/** The fenced blocks of the README with this info string. */
function blocks(info: string): readonly string[] {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  return [...readme.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)]
    .filter((match) => match[1] === info)
    .map((match) => match[2] ?? '');
}

describe('the scenarios of the README', () => {
  test.each(blocks('yaml').map((text) => [/^name: (.*)$/m.exec(text)?.[1] ?? '', text]))('%s', async (_, text) => {
    await using sandbox = await startSandbox();
    const settings = settingsFor(sandbox, sandbox.baseUrl, 10_000);
    const results = await runScenarios(await readScenarios(text), settings);
    expect(results.filter((result) => result.outcome !== 'passed')).toEqual([]);
    expect(results.length).toBeGreaterThan(1);
  });
});

test('there is something to run', () => {
  expect(blocks('yaml').length).toBeGreaterThanOrEqual(3);
  expect(blocks('sh').length).toBeGreaterThanOrEqual(2);
  expect(blocks('js')).toHaveLength(1);
});

describe('the commands of the README', () => {
  const commands = blocks('sh').flatMap((block) => block.trim().split('\n'));
  test.each(commands)('%s', { timeout: 120_000 }, async (line) => {
    const [name, ...args] = line.split(/\s+/);
    expect(name).toBe('idenfy-contracts');
    using workspace = createWorkspace();
    symlinkSync(join(ROOT, 'scenarios'), join(workspace.dir, 'scenarios'));
    if (args[0] !== 'sandbox') {
      expect(await runCommand(args, { cwd: workspace.dir })).toMatchObject({ code: 0 });
      return;
    }
    await using sandbox = startCommand(args, { cwd: workspace.dir });
    await sandbox.output(/"baseUrl":"http:\/\/127\.0\.0\.1:\d+"/);
    sandbox.child.kill('SIGINT');
    expect(await sandbox.ended).toMatchObject({ code: 0 });
  });
});

test('the mistakes of the README are shown as it says', async () => {
  using workspace = createWorkspace({ 'scenarios/mine.yaml': blocks('yaml mistake')[0] ?? '' });
  const { code, stderr } = await runCommand(['validate'], { cwd: workspace.dir });
  expect(code).toBe(2);
  expect(stderr.trim()).toBe(blocks('text mistake')[0]?.trim());
});

test('the library example of the README works', async () => {
  const workspace = createWorkspace({ 'example.mjs': blocks('js')[0] ?? '' });
  onTestFinished(() => workspace[Symbol.dispose]());
  mkdirSync(join(workspace.dir, 'node_modules'));
  symlinkSync(ROOT, join(workspace.dir, 'node_modules/idenfy-contracts'));
  const { stdout } = await promisify(execFile)(process.execPath, ['example.mjs'], { cwd: workspace.dir });
  expect(stdout.trim()).toBe('201 Dummy token and verification created successfully');
});
