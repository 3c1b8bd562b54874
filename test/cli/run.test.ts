import { existsSync, lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createWorkspace, runCommand, startCommand, type Workspace } from './command.test-kit.ts';

const SMALL = `scenarios:
  - name: The automatic result is what was asked for
    tags: [smoke]
    matrix: {dummyStatus: [APPROVED, DENIED]}
  - name: The manual review decides
    matrix: {manualFaceMatchResult: [FACE_MATCH], manualDocumentValidity: [DOC_VALIDATED]}
    expect:
      manualWebhook: {final: true, status: {overall: APPROVED}}
`;
const FAILING = `name: The sandbox is wrong
matrix: {dummyStatus: [APPROVED, DENIED, SUSPECTED]}
expect:
  autoWebhook:
    status:
      overall: APPROVED
`;
const FILES = ['evidence.jsonl', 'junit.xml', 'results.json', 'summary.md'];

/** Ids of the cases in a run's results, sorted. */
function casesOf(workspace: Workspace, dir = 'reports/latest'): readonly string[] {
  const { cases } = JSON.parse(workspace.read(join(dir, 'results.json')));
  return cases
    .filter(({ kind }: { kind: string }) => kind === 'case')
    .map(({ id }: { id: string }) => id)
    .sort();
}

describe.concurrent('run', () => {
  test('green: exit 0, progress on stderr, the summary on stdout, every report written', async () => {
    using workspace = createWorkspace({ 'scenarios/small.yaml': SMALL });
    const { code, stdout, stderr } = await runCommand(['run'], { cwd: workspace.dir });
    expect(stderr).toMatch(/^✓ scenarios\/small\.yaml: 3 passed \(\d+ ms\)\n$/);
    expect(stdout).toMatch(/cases +3 passed\n/);
    expect(stdout).toMatch(/traffic 3 sessions, 4 exchanges, 4 webhooks in/);
    expect(stdout).toContain('the provider keeps its contract: 3 of 3 cases passed');
    expect(code).toBe(0);
    const [run = ''] = readdirSync(join(workspace.dir, 'reports')).filter((name) => name !== 'latest');
    expect(readlinkSync(join(workspace.dir, 'reports/latest'))).toBe(run);
    expect(readdirSync(join(workspace.dir, 'reports', run)).sort()).toEqual(FILES);
    for (const file of FILES) expect(stdout).toContain(join('reports', run, file));
    expect(casesOf(workspace)).toHaveLength(3);
  });

  test('failing: exit 1, each failure with its case, its reason and its YAML line', async () => {
    using workspace = createWorkspace({ 'failing.yaml': FAILING });
    const { code, stdout, stderr } = await runCommand(['run', 'failing.yaml'], { cwd: workspace.dir });
    expect(stderr).toMatch(/^✗ failing\.yaml: 1 passed, 2 not passed/);
    expect(stdout).toMatch(
      /failed +failing\/the-sandbox-is-wrong\/DENIED and 1 more\n +.*\/status\/overall.*"DENIED".*"APPROVED".*\n +at failing\.yaml:4:3\n/,
    );
    expect(stdout).toContain('the provider broke its contract: 2 checks failed, 1 of 3 cases passed');
    expect(code).toBe(1);
    expect(workspace.read('reports/latest/junit.xml').match(/<failure /g)).toHaveLength(2);
    expect(workspace.read('reports/latest/summary.md')).toContain('failing.yaml:4:3');
  });

  test('an invalid scenario: exit 2, nothing is sent, no report folder is made', async () => {
    using workspace = createWorkspace({
      's/one.yaml': 'nmae: One\n',
      's/two.yaml': 'name: [\n',
      's/small.yaml': SMALL,
    });
    const { code, stdout, stderr } = await runCommand(['run', 's'], { cwd: workspace.dir });
    expect(stderr).toMatch(/^s\/one\.yaml:1:1: /);
    expect(stderr).toContain('\ns/two.yaml:1:7: ');
    expect({ code, stdout, reports: existsSync(join(workspace.dir, 'reports')) }).toEqual({
      code: 2,
      stdout: '',
      reports: false,
    });
  });

  test('--budget: what could not be tried is inconclusive, exit 4', async () => {
    using workspace = createWorkspace({ 'small.yaml': SMALL });
    const { code, stdout } = await runCommand(['run', 'small.yaml', '--budget', '1'], { cwd: workspace.dir });
    expect(stdout).toMatch(/inconclusive +small\/\S+ and 1 more\n +.*budget/);
    expect(stdout).toContain('nothing refuted, but 2 cases inconclusive, 1 of 3 cases passed');
    expect(code).toBe(4);
  });

  test('--bail stops after so many failures', async () => {
    const names = Array.from({ length: 400 }, (_, index) => `n${index}`).join(', ');
    using workspace = createWorkspace({
      'many.yaml': `name: Many\nmatrix: {n: [${names}]}\nsession: {clientId: "\${{ matrix.n }}-\${{ uuid }}"}\nexpect: {response: {status: 418}}\n`,
    });
    const args = ['run', 'many.yaml', '--bail', '1', '--concurrency', '1'];
    const { code, stdout, stderr } = await runCommand(args, { cwd: workspace.dir });
    expect({ code, stderr }).toMatchObject({ code: 1 });
    expect(casesOf(workspace).length).toBeLessThan(400);
    expect(stdout).toMatch(/0 of 400 cases passed, 399 not run[\s\S]*stopped after 1 failure \(--bail\)/);
  });

  test('--tag and --grep choose cases; none chosen is exit 2', async () => {
    using workspace = createWorkspace({ 'small.yaml': SMALL });
    const run = (...args: string[]): ReturnType<typeof runCommand> =>
      runCommand(['run', 'small.yaml', ...args], { cwd: workspace.dir });
    expect((await run('--tag', 'smoke')).code).toBe(0);
    expect(casesOf(workspace)).toHaveLength(2);
    expect((await run('--grep', 'denied|FACE')).code).toBe(0);
    expect(casesOf(workspace)).toHaveLength(1);
    const none = await run('--grep', 'nowhere');
    expect(none).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/select no case\n {2}→ .*--grep/),
    });
  });

  test('--shard: the parts together are all cases, each once', async () => {
    using workspace = createWorkspace({
      'm.yaml': 'name: M\nmatrix: {dummyStatus: all, manualFaceMatchResult: all}\n',
    });
    const [one, two] = await Promise.all(
      ['1/2', '2/2'].map(async (shard) => {
        const dir = `reports-${shard[0]}`;
        const { code } = await runCommand(['run', 'm.yaml', '--shard', shard, '--report-dir', dir], {
          cwd: workspace.dir,
        });
        expect(code).toBe(0);
        return casesOf(workspace, `${dir}/latest`);
      }),
    );
    expect(one?.length).toBeGreaterThan(0);
    expect(two?.length).toBeGreaterThan(0);
    expect(new Set([...(one ?? []), ...(two ?? [])]).size).toBe(55);
    expect((one?.length ?? 0) + (two?.length ?? 0)).toBe(55);
  });

  test('--json: one JSON value on stdout and nothing else, on GitHub too', async () => {
    using workspace = createWorkspace({ 'failing.yaml': FAILING });
    const args = ['run', 'failing.yaml', '--json'];
    const { code, stdout, stderr } = await runCommand(args, { cwd: workspace.dir, env: { GITHUB_ACTIONS: 'true' } });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 1, counts: { passed: 1, failed: 2 } });
    expect(stderr).toContain('::error file=failing.yaml,line=4');
  });

  test('on GitHub: one annotation a cause, and the step summary is appended to', async () => {
    using workspace = createWorkspace({
      'f.yaml': FAILING.replace(/matrix.*/, 'matrix: {dummyStatus: [DENIED], manualFaceMatchResult: all}'),
      'step.md': 'before\n',
    });
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(workspace.dir, 'step.md'), CI: 'true' };
    const { code, stdout } = await runCommand(['run', 'f.yaml'], { cwd: workspace.dir, env });
    expect(code).toBe(1);
    expect(stdout.match(/^::error file=f\.yaml,line=4,col=3,title=failed%3A f\/.* and 10 more::.*$/gm)).toHaveLength(1);
    expect(workspace.read('step.md')).toMatch(/^before\n# Contract run: the provider broke its contract/);
  });

  test('names and values of a scenario file cannot steer a terminal, a build service or a report', async () => {
    const evil = String.raw`\e[2J\u202e\u200b\n::error::x\n ##[error]y\x9b`;
    using workspace = createWorkspace({
      'evil\u202e\u001b[2J.yaml': `scenarios:
  - name: "Evil ${evil}"
    matrix: {dummyStatus: [DENIED]}
    session: {externalRef: "${evil}"}
    expect: {autoWebhook: {clientId: "${evil}"}}
  - {name: Skipped, skip: "evil ${evil}"}
`,
    });
    const env = { GITHUB_ACTIONS: 'true' };
    const { code, stdout, stderr } = await runCommand(['run', '.'], { cwd: workspace.dir, env });
    expect({ code, stderr }).toMatchObject({ code: 1 });
    const json = await runCommand(['run', '.', '--json'], { cwd: workspace.dir });
    const planned = await runCommand(['plan', '.'], { cwd: workspace.dir });
    workspace.write('evil.yaml', `nmae: "${evil}"\nname: "${evil}"\n"${evil}": 1\n`);
    const refused = await runCommand(['validate', '.'], { cwd: workspace.dir });
    expect(refused.code).toBe(2);
    const shown = [stdout, stderr, json.stdout, json.stderr, planned.stdout, refused.stderr];
    const reports = ['summary.md', 'junit.xml'].map((file) => workspace.read(join('reports/latest', file)));
    for (const text of [...shown, ...reports]) {
      expect(text).toMatch(/evil/i);
      expect(text).not.toMatch(/[[\p{Cc}\p{Cf}]--\n]/v);
      expect(text).not.toMatch(/^\s*::error::|##\[/m);
    }
    expect(stdout.match(/^::/gm)).toHaveLength(1);
  });

  test('a summary file that cannot be written does not hide the verdict', async () => {
    using workspace = createWorkspace({ 'small.yaml': SMALL });
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(workspace.dir, 'no/such/folder.md') };
    const { code, stdout, stderr } = await runCommand(['run', 'small.yaml'], { cwd: workspace.dir, env });
    expect(stdout).toContain('3 of 3 cases passed');
    expect(stderr).toContain('GITHUB_STEP_SUMMARY');
    expect(code).toBe(3);
  });

  test('no colour without a terminal, whatever is set', async () => {
    using workspace = createWorkspace({ 'failing.yaml': FAILING });
    const { stdout, stderr } = await runCommand(['run', 'failing.yaml'], {
      cwd: workspace.dir,
      env: { NO_COLOR: '1' },
    });
    expect(stdout + stderr).not.toContain('\u001b');
  });

  // Node's own recursive mkdir never returns there.
  test.runIf(existsSync('/proc/self'))('a report folder in a file system without folders: exit 3', async () => {
    using workspace = createWorkspace({ 'small.yaml': SMALL });
    const { code, stderr } = await runCommand(['run', 'small.yaml', '--report-dir', '/proc/none/reports'], {
      cwd: workspace.dir,
    });
    expect(stderr).toMatch(/^error: .*\/proc\/none.*\n {2}→ .*--report-dir/);
    expect(code).toBe(3);
  });

  test('a report folder that cannot be made: exit 3, with its path and what to do', async () => {
    using workspace = createWorkspace({ 'small.yaml': SMALL, taken: 'a file' });
    const { code, stdout, stderr } = await runCommand(['run', 'small.yaml', '--report-dir', 'taken'], {
      cwd: workspace.dir,
    });
    expect(stderr).toMatch(/^error: .*taken.*\n {2}→ .*--report-dir/);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  });
});

describe.concurrent('interrupted', () => {
  const SLOW = `name: Slow\nmatrix: {n: [${Array.from({ length: 60 }, (_, n) => n).join(', ')}]}\nsteps:\n  - createSession: {with: {clientId: "n\${{ matrix.n }}-\${{ uuid }}", dummyStatus: ACTIVE}}\n  - expectNoWebhook: {for: 250ms}\n`;

  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s: exit 130, a partial report, no process left; --resume does the rest',
    async (signal) => {
      using workspace = createWorkspace({ 'a.yaml': SMALL, 'slow.yaml': SLOW });
      const args = ['run', 'a.yaml', 'slow.yaml', '--concurrency', '2'];
      await using command = startCommand(args, { cwd: workspace.dir });
      await command.output(/✓ a\.yaml/);
      command.child.kill(signal);
      const { code, stdout, stderr } = await command.ended;
      expect({ code, alive: command.isAlive() }).toEqual({ code: 130, alive: false });
      expect(stderr).toMatch(/stopping after .*again/);
      expect(stdout).toMatch(/interrupted/);
      const results = JSON.parse(workspace.read('reports/latest/results.json'));
      expect(results).toMatchObject({ interrupted: true, exitCode: 130 });
      const before = casesOf(workspace);
      expect(before.length).toBeGreaterThanOrEqual(3);
      expect(before.length).toBeLessThan(63);

      const resumed = await runCommand([...args.slice(0, 3), '--resume'], { cwd: workspace.dir });
      expect(resumed.code).toBe(0);
      const after = casesOf(workspace);
      expect(after).toHaveLength(63);
      expect(new Set(after).size).toBe(63);
      expect(lstatSync(join(workspace.dir, 'reports/latest')).isSymbolicLink()).toBe(true);
      expect(readdirSync(join(workspace.dir, 'reports'))).toHaveLength(2);
    },
  );

  test('a terminal sends Ctrl-C to every process of the group: the same', async () => {
    using workspace = createWorkspace({ 'a.yaml': SMALL, 'slow.yaml': SLOW });
    await using command = startCommand(['run', 'a.yaml', 'slow.yaml', '--concurrency', '2'], { cwd: workspace.dir });
    await command.output(/✓ a\.yaml/);
    process.kill(-(command.child.pid ?? 0), 'SIGINT');
    const { code, stderr } = await command.ended;
    expect({ code, stderr }).toMatchObject({ code: 130 });
    expect(stderr).not.toMatch(/error/i);
    expect(JSON.parse(workspace.read('reports/latest/results.json')).interrupted).toBe(true);
  });

  test('when the main process is killed, its worker does not stay behind; --resume does the rest', async ({
    expect,
  }) => {
    using workspace = createWorkspace({ 'a.yaml': SMALL, 'slow.yaml': SLOW });
    const args = ['run', 'a.yaml', 'slow.yaml', '--concurrency', '2'];
    await using command = startCommand(args, { cwd: workspace.dir });
    await command.output(/✓ a\.yaml/);
    command.child.kill('SIGKILL');
    expect((await command.ended).code).toBe(null);
    await expect.poll(() => command.isAlive(), { timeout: 10_000 }).toBe(false);
    const [run = ''] = readdirSync(join(workspace.dir, 'reports'));
    expect(workspace.read(`reports/${run}/evidence.jsonl`).split('\n').length).toBeGreaterThan(3);
    expect(await runCommand([...args.slice(0, 3), '--resume'], { cwd: workspace.dir })).toMatchObject({ code: 0 });
    expect(casesOf(workspace)).toHaveLength(63);
    expect(readdirSync(join(workspace.dir, 'reports')).sort()).toEqual([run, 'latest']);
  });
});
