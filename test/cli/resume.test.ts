import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SandboxEvent } from '../../src/sandbox/sandbox-event.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { createWorkspace, type Ended, runCommand, type Workspace } from './command.test-kit.ts';

const SMALL = `scenarios:
  - name: The automatic result is what was asked for
    tags: [smoke]
    matrix: {dummyStatus: [APPROVED, DENIED]}
  - name: The manual review decides
    tags: [smoke, manual]
    matrix: {manualFaceMatchResult: [FACE_MATCH], manualDocumentValidity: [DOC_VALIDATED]}
`;
const OTHER = 'name: Other\nmatrix: {dummyStatus: [APPROVED]}\n';

/** Ids of the cases in a run's results, sorted. */
function casesOf(workspace: Workspace): readonly string[] {
  const { cases } = JSON.parse(workspace.read('reports/latest/results.json'));
  return cases
    .filter(({ kind }: { kind: string }) => kind === 'case')
    .map(({ id }: { id: string }) => id)
    .sort();
}

/** Runs `run`. */
function run(workspace: Workspace, ...args: readonly string[]): Promise<Ended> {
  return runCommand(['run', ...args], { cwd: workspace.dir });
}

/** A folder with a run that stopped after one session: exit 4, two of three cases inconclusive. */
async function createUnfinished(...args: readonly string[]): Promise<Workspace> {
  const workspace = createWorkspace({ 'a.yaml': SMALL });
  const { code, stderr } = await run(workspace, 'a.yaml', '--budget', '1', ...args);
  expect({ code, stderr }).toMatchObject({ code: 4 });
  return workspace;
}

describe.concurrent('--resume', () => {
  test('--resume tries again what was inconclusive, and nothing is counted twice', async () => {
    using workspace = createWorkspace({ 'small.yaml': SMALL });
    const first = await runCommand(['run', 'small.yaml', '--budget', '1'], { cwd: workspace.dir });
    const { code, stdout } = await runCommand(['run', 'small.yaml', '--resume'], { cwd: workspace.dir });
    expect({ first: first.code, code }).toEqual({ first: 4, code: 0 });
    expect(stdout).toContain('3 of 3 cases passed');
    expect(new Set(casesOf(workspace)).size).toBe(3);
    expect(casesOf(workspace)).toHaveLength(3);
  });

  test('--resume of a run whose evidence is gone: exit 3', async () => {
    using workspace = createWorkspace({
      'a.yaml': SMALL,
      'reports/latest': 'some-run\n',
      'reports/some-run/summary.md': '',
    });
    const { code, stderr } = await runCommand(['run', 'a.yaml', '--resume'], { cwd: workspace.dir });
    expect(stderr).toMatch(/^error: .*reports\/some-run\/evidence\.jsonl.*\n {2}→ .*run again/);
    expect(code).toBe(3);
  });

  test('--resume without a run: exit 2', async () => {
    using workspace = createWorkspace({ 'a.yaml': SMALL });
    const { code, stderr } = await runCommand(['run', 'a.yaml', '--resume'], { cwd: workspace.dir });
    expect(stderr).toMatch(/no run to resume in reports\n {2}→ run without --resume/);
    expect(code).toBe(2);
  });

  test('pace, deadlines and the order of tags make no other run', async () => {
    using workspace = await createUnfinished('--tag', 'smoke', '--tag', 'manual', '--concurrency', '1');
    const args = ['--tag', 'manual', '--tag', 'smoke', '--tag', 'smoke', '--webhook-timeout', '4s', '--rate', '900/s'];
    const { code, stderr } = await run(workspace, './a.yaml', '--resume', ...args);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(casesOf(workspace)).toHaveLength(3);
  });

  test.each<[string, string[], string]>([
    ['a tag', ['--tag', 'smoke'], '--tag: none then, smoke now'],
    ['a pattern', ['--grep', 'APPROVED'], '--grep: none then, APPROVED now'],
    ['a shard', ['--shard', '1/1'], '--shard: none then, 1/1 now'],
    ['a seed', ['--seed', '7'], '--seed: 0 then, 7 now'],
    ['another file as well', ['b.yaml'], 'b.yaml was not run then'],
  ])('of a run without %s: exit 2, the difference is named, the evidence stays', async (_, args, difference) => {
    using workspace = await createUnfinished();
    workspace.write('b.yaml', OTHER);
    const before = workspace.read('reports/latest/evidence.jsonl');
    const { code, stdout, stderr } = await run(workspace, 'a.yaml', '--resume', ...args);
    expect(stderr).toMatch(/^error: the run in reports\/\S+ was another one:\n/);
    expect(stderr.split('\n').slice(1)).toEqual([
      `  ${difference}`,
      '  → repeat the flags and files of that run, or run without --resume',
      '',
    ]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(workspace.read('reports/latest/evidence.jsonl')).toBe(before);
  });

  test('of a run with a tag, by a command without it', async () => {
    using workspace = await createUnfinished('--tag', 'smoke');
    const { code, stderr } = await run(workspace, 'a.yaml', '--resume');
    expect(stderr).toContain('\n  --tag: smoke then, none now\n');
    expect(code).toBe(2);
  });

  test('after a scenario file was edited, or is not named any more', async () => {
    using workspace = createWorkspace({ 'a.yaml': SMALL, 'b.yaml': OTHER });
    expect((await run(workspace, 'a.yaml', 'b.yaml', '--budget', '1')).code).toBe(4);
    workspace.write('a.yaml', SMALL.replace('DENIED', 'SUSPECTED'));
    const { code, stderr } = await run(workspace, 'a.yaml', '--resume');
    expect(stderr).toContain(':\n  a.yaml has changed since\n  b.yaml was run then, but is not now\n  →');
    expect(code).toBe(2);
  });

  test('of another version, by its evidence', async () => {
    using workspace = await createUnfinished();
    const evidence = workspace.read('reports/latest/evidence.jsonl');
    writeEvidence(workspace, evidence.replace(/"version":"[^"]+"/, '"version":"0.0.1"'));
    const { code, stderr } = await run(workspace, 'a.yaml', '--resume');
    expect(stderr).toMatch(/\n {2}version: 0\.0\.1 then, \d+\.\d+\.\d+\S* now\n/);
    expect(code).toBe(2);
  });

  test.each([
    ['has lost its beginning', (text: string) => text.slice(text.indexOf('\n') + 1)],
    ['is from before runs said what they ran', (text: string) => text.replace(/,"scenarioFiles":\[.*?\]/, '')],
  ])('of evidence that %s: exit 2', async (_, damage) => {
    using workspace = await createUnfinished();
    writeEvidence(workspace, damage(workspace.read('reports/latest/evidence.jsonl')));
    const { code, stderr } = await run(workspace, 'a.yaml', '--resume');
    expect(stderr).toMatch(/^error: the run in .* does not say what it ran\n {2}→ run without --resume\n$/);
    expect(code).toBe(2);
  });

  test('evidence of a case that the run does not have, or has already, is not counted', async () => {
    using workspace = createWorkspace({ 'a.yaml': SMALL });
    expect((await run(workspace, 'a.yaml')).code).toBe(0);
    const evidence = workspace.read('reports/latest/evidence.jsonl');
    const passed = evidence.split('\n').filter((line) => line.includes('"kind":"case"') && line.includes('DENIED"'));
    expect(passed).toHaveLength(1);
    const stranger = passed[0]?.replace(/"id":"[^"]+"/, '"id":"a/never/seen"');
    writeEvidence(workspace, `${evidence}${passed[0]}\n${stranger}\n`);
    const { code, stdout } = await run(workspace, 'a.yaml', '--resume');
    expect(stdout).toContain('3 of 3 cases passed');
    expect(code).toBe(0);
    expect(casesOf(workspace).filter((id) => id.includes('never'))).toEqual([]);
  });

  test('of another target, or of another provider', async () => {
    await using one = await startSandbox();
    const asked: string[] = [];
    const onEvent = (event: SandboxEvent): unknown => event.kind === 'exchange' && asked.push(event.path);
    await using two = await startSandbox({ keys: one.keys, onEvent });
    using workspace = await createUnfinished();
    const { apiKey, apiSecret } = one.keys.DEV;
    const live = (baseUrl: string, ...args: string[]): Promise<Ended> =>
      runCommand(['run', 'a.yaml', '--target', 'live', '--base-url', baseUrl, ...args], {
        cwd: workspace.dir,
        env: { IDENFY_API_KEY: apiKey, IDENFY_API_SECRET: apiSecret },
      });
    const first = await live(one.baseUrl, '--resume');
    expect(first.stderr).toMatch(/\n {2}--target: sandbox then, live now\n/);
    expect((await live(one.baseUrl, '--budget', '1')).code).toBe(4);
    const second = await live(two.baseUrl, '--resume');
    expect(second.stderr).toContain(`\n  base URL: ${one.baseUrl} then, ${two.baseUrl} now\n`);
    expect([first.code, second.code]).toEqual([2, 2]);
    expect(asked.filter((path) => path.includes('token'))).toEqual([]);
    expect((await live(one.baseUrl, '--resume')).code).toBe(0);
    expect(casesOf(workspace)).toHaveLength(3);
  });
});

function writeEvidence(workspace: Workspace, text: string): void {
  writeFileSync(join(workspace.dir, 'reports/latest/evidence.jsonl'), text);
}
