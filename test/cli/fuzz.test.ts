import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { startAlteringProxy } from '../provider/altering-proxy.ts';
import { refusing } from '../provider/planted-bugs.ts';
import { createWorkspace, type Ended, runCommand, startCommand, type Workspace } from './command.test-kit.ts';

const sandbox = await startSandbox();
// biome-ignore lint/suspicious/noExplicitAny: results.json is looked at from outside
const resultsOf = (workspace: Workspace): any => JSON.parse(workspace.read('reports/latest/results.json'));

/** A provider by whom names may have 99 characters at most. */
const proxy = await startAlteringProxy(
  sandbox,
  refusing(({ firstName }) => firstName?.length === 100),
);

afterAll(async () => {
  await proxy[Symbol.asyncDispose]();
  await sandbox[Symbol.asyncDispose]();
});

const { apiKey, apiSecret } = sandbox.keys.DEV;
const KEYS = { IDENFY_API_KEY: apiKey, IDENFY_API_SECRET: apiSecret, IDENFY_WEBHOOK_KEY: sandbox.signingKey };
const LIVE = ['--target', 'live', '--base-url', proxy.baseUrl];

function fuzz(workspace: Workspace, args: readonly string[]): Promise<Ended> {
  return runCommand(['fuzz', ...args], { cwd: workspace.dir, env: KEYS });
}

describe.concurrent('fuzz', () => {
  test('green: a table of what was tried, the seed in the results', async () => {
    using workspace = createWorkspace();
    const { code, stdout } = await fuzz(workspace, ['--only', 'createSession.sex', '--only', 'model', '--runs', '5']);
    expect(stdout).toMatch(/clauses +inside\/taken +outside\/refused +contested \+\/- +field\n/);
    expect(stdout).toMatch(/\n +1 +(\d+)\/\1 +(\d+)\/\2 +createSession\.sex\n/);
    expect(stdout).toMatch(/fuzz +1 of 1 clause tried on both sides; 0 contested; \d+ values and sequences/);
    expect(code).toBe(0);
    const { fuzz: tally, run, cases } = resultsOf(workspace);
    expect(run.seed).toBeGreaterThanOrEqual(0);
    expect(tally.clauses).toMatchObject([
      { key: 'createSession.sex.anyOf', inside: { refused: 0 }, outside: { accepted: 0 } },
    ]);
    expect(cases.filter(({ kind }: { kind: string }) => kind === 'case')).toHaveLength(3);
  });

  test('a finding: exit 1, its repeat command finds it again, its file is a scenario that replay runs', async () => {
    using workspace = createWorkspace();
    const { code, stdout } = await fuzz(workspace, ['--only', 'createSession.firstName', ...LIVE]);
    expect(code).toBe(1);
    const command = /repeat idenfy-contracts (.*)\n/.exec(stdout)?.[1] ?? '';
    const file = /file {3}(\S+)\n/.exec(stdout)?.[1] ?? '';
    expect(stdout).toMatch(
      /createSession with firstName "A+…" \(100 characters\), which the contract allows: response: HTTP 400/,
    );
    const again = await runCommand(command.split(' '), { cwd: workspace.dir, env: KEYS });
    expect(again.stdout).toContain('createSession with firstName');
    expect(again.code).toBe(1);
    const replayed = await runCommand(['replay', file, ...LIVE], { cwd: workspace.dir, env: KEYS });
    expect(replayed.stdout).toMatch(/HTTP 400 where 200 or 201 is documented/);
    expect(replayed.code).toBe(1);
    const mended = await runCommand(['replay', file], { cwd: workspace.dir });
    expect(mended.code).toBe(0);
  });

  test('the budget: what is outside costs nothing, and when it is used up the rest is inconclusive', async () => {
    using workspace = createWorkspace();
    const { code } = await fuzz(workspace, ['--only', 'createSession.country', '--budget', '20']);
    expect(code).toBe(4);
    const { cases, totals, fuzz: tally } = resultsOf(workspace);
    // Four are kept for findings.
    expect(totals.sessions).toBe(16);
    const words = cases.find(({ title }: { title: string }) => title === 'createSession.country.anyOf');
    expect(words).toMatchObject({ outcome: 'inconclusive', reason: 'the budget of sessions is used up' });
    expect(tally.clauses[0]).toMatchObject({ key: words.title, inside: { refused: 0 }, outside: { accepted: 0 } });
    expect(tally.clauses[0].inside.accepted).toBeLessThanOrEqual(20);
    expect(tally.clauses[0].outside.refused).toBeGreaterThan(200);
  });

  test('--max-time: random search goes on until then, and ends green', async () => {
    using workspace = createWorkspace();
    const { code } = await fuzz(workspace, ['--only', 'createSession.one-violation', '--max-time', '1s']);
    expect(code).toBe(0);
    expect(resultsOf(workspace).fuzz.probes).toBeGreaterThan(0);
  });

  test('--max-time: what is enumerated and was not tried is inconclusive', async () => {
    using workspace = createWorkspace();
    const { code } = await fuzz(workspace, ['--only', 'createSession.country', '--max-time', '1ms']);
    expect(code).toBe(4);
    const reasons = resultsOf(workspace).cases.map(({ reason }: { reason: string }) => reason);
    expect(reasons).toContain('the time that --max-time gives is over');
  });

  test('the same seed draws the same', async () => {
    const draws = ['a', 'b'].map(async () => {
      using workspace = createWorkspace();
      await fuzz(workspace, ['--only', 'createSession.valid-bodies', '--seed', '7', '--runs', '25']);
      return resultsOf(workspace).fuzz.clauses.map(({ key, inside }: { key: string; inside: { example: string } }) => [
        key,
        inside,
      ]);
    });
    const [first, second] = await Promise.all(draws);
    expect(first).toEqual(second);
  });

  test('Ctrl-C: exit 130, what was found is kept', async () => {
    using workspace = createWorkspace();
    const args = ['fuzz', '--only', 'createSession.firstName', '--only', 'model', '--max-time', '1h', ...LIVE];
    await using running = startCommand(args, { cwd: workspace.dir, env: KEYS });
    const found = join(workspace.dir, 'reports/latest/counterexamples');
    await expect.poll(() => existsSync(found) && readdirSync(found), { timeout: 20_000 }).toBeTruthy();
    running.child.kill('SIGINT');
    const { code, stdout } = await running.ended;
    expect(code).toBe(130);
    expect(stdout).toContain('(100 characters)');
    expect(running.isAlive()).toBe(false);
  });
});

describe.concurrent('wrong use of fuzz: exit 2, what and what to do', () => {
  test.each([
    [
      ['--only', 'createSession.fistName'],
      /--only createSession\.fistName names nothing.*\n {2}→ did you mean createSession\.firstName\?/,
    ],
    [['--path', '1:2'], /--path leads to a value only.*\n {2}→ give --only, --seed and --path together/],
    [['--runs', '0'], /--runs.*expected a whole number from 1/],
    [['--seed', '4294967296'], /--seed.*below 4294967296/],
    [['--max-time', 'soon'], /--max-time.*expected/],
    [['--budget', 'x'], /--budget.*expected a whole number/],
    [['nowhere.yaml'], /nowhere\.yaml.*does not exist/is],
    [['plain.yaml'], /no scenario of these files fuzzes.*\n {2}→ add one with a `fuzz:` mapping/],
    [['--base-url', 'http://127.0.0.1:1'], /--base-url is the address of a live target/],
  ])('%s', async (args, message) => {
    using workspace = createWorkspace({ 'plain.yaml': 'name: Plain\n' });
    const { code, stdout, stderr } = await fuzz(workspace, args);
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});
