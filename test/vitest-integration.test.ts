import { mkdirSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createWorkspace, type Ended, ROOT, runCommand, startCommand, type Workspace } from './cli/command.test-kit.ts';

const VITEST = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const CONFIG = `import { scenarios } from 'idenfy-contracts/vitest';
import { defineConfig } from 'vitest/config';
export default defineConfig({ plugins: [scenarios()] });
`;
const GREEN = 'name: Automatic\nmatrix: {dummyStatus: [APPROVED, DENIED, ACTIVE]}\n';
const FAILING = `name: Wrong
matrix: {dummyStatus: [APPROVED, DENIED]}
expect:
  autoWebhook: {status: {overall: APPROVED}}
`;

/** A project elsewhere that has installed the package. */
function createProject(scenarios: Readonly<Record<string, string>>): Workspace {
  const files = Object.entries(scenarios).map(([name, text]) => [`scenarios/${name}`, text]);
  const manifest = JSON.stringify({ type: 'module', private: true });
  const project = createWorkspace({
    ...Object.fromEntries(files),
    'package.json': manifest,
    'vitest.config.js': CONFIG,
  });
  mkdirSync(join(project.dir, 'node_modules'));
  symlinkSync(ROOT, join(project.dir, 'node_modules/idenfy-contracts'), 'dir');
  symlinkSync(dirname(VITEST), join(project.dir, 'node_modules/vitest'), 'dir');
  return project;
}

function vitest(project: Workspace, ...args: readonly string[]): Promise<Ended> {
  return runCommand(args, { cwd: project.dir, bin: VITEST, env: { NO_COLOR: '1' } });
}

describe.concurrent('vitest in a project of its own', () => {
  test('runs scenario files: one test a case, a closing check a scenario', async () => {
    using project = createProject({ 'green.yaml': GREEN, 'deep/other.yml': GREEN.replace('Automatic', 'Other') });
    const { code, stdout } = await vitest(project, 'run', '--reporter=verbose');
    for (const status of ['APPROVED', 'DENIED', 'ACTIVE'])
      expect(stdout).toMatch(new RegExp(`✓ scenarios/green\\.yaml > Automatic > ${status}`));
    expect(stdout).toMatch(/✓ .*closing\.js > closing > Automatic/);
    expect(stdout).toMatch(/Tests +8 passed \(8\)/);
    expect(code).toBe(0);
  });

  test('-t filters cases', async () => {
    using project = createProject({ 'green.yaml': GREEN });
    const { code, stdout } = await vitest(project, 'run', '-t', 'Automatic DENIED');
    expect(stdout).toMatch(/Tests +1 passed \| 3 skipped \(4\)/);
    expect(code).toBe(0);
  });

  test('a failing expectation: exit 1, the reason, a diff, and the YAML line with a caret', async () => {
    using project = createProject({ 'failing.yaml': FAILING });
    const { code, stderr } = await vitest(project, 'run');
    expect(stderr).toContain('FAIL  scenarios/failing.yaml > Wrong > DENIED');
    expect(stderr).toContain('ContractFailure: webhook `/status/overall` is "DENIED", expected "APPROVED".');
    expect(stderr).toMatch(/Expected: "APPROVED"\nReceived: "DENIED"/);
    expect(stderr).toMatch(
      /❯ expect scenarios\/failing\.yaml:4:3\n(?: +\d\| .*\n)* +4\| {3}autoWebhook: .*\n +\| {3}\^\n/,
    );
    expect(code).toBe(1);
  });

  test('names and values of a scenario file cannot steer what vitest prints to', async () => {
    const evil = String.raw`\e[2J\u202e\u200b\n::error::x\n ##[error]y`;
    const failing = `name: "Evil ${evil}"\nmatrix: {dummyStatus: [DENIED]}\nexpect:\n  autoWebhook: {clientId: "${evil}"}\n`;
    const skipped = `name: "Skipped ${evil}"\nskip: "evil ${evil}"\n`;
    using project = createProject({ 'failing.yaml': failing, 'skipped.yaml': skipped });
    const { code, stdout, stderr } = await vitest(project, 'run', '--reporter=verbose');
    expect(stdout).toMatch(/Evil [\s\S]*Skipped /);
    expect(stderr).toContain('expected "');
    // The source line that vitest shows beside the failure is the file's own.
    const text = (stdout + stderr).replaceAll(/^ +\d+\|.*$/gm, '');
    expect(text).not.toMatch(/[[\p{Cc}\p{Cf}]--\n]/v);
    expect(text).not.toMatch(/^\s*::error::|##\[/m);
    expect(code).toBe(1);
  });

  test('the junit and github-actions reporters show the YAML path and line', async () => {
    using project = createProject({ 'failing.yaml': FAILING });
    const args = ['run', '--reporter=junit', '--outputFile.junit=junit.xml', '--reporter=github-actions'];
    const { code, stdout, stderr } = await vitest(project, ...args);
    expect(project.read('junit.xml')).toMatch(
      /<testcase classname="scenarios\/failing\.yaml" name="Wrong &gt; DENIED"[\s\S]*❯ expect scenarios\/failing\.yaml:4:3/,
    );
    expect(stdout + stderr).toMatch(/^::error file=.*scenarios\/failing\.yaml,.*line=4,column=3::ContractFailure: /m);
    expect(code).toBe(1);
  });

  test('a broken scenario file shows its mistakes and the line of the first; the other files run', async () => {
    using project = createProject({ 'broken.yaml': 'name: One\nexpext: {}\n', 'green.yaml': GREEN });
    const { code, stdout, stderr } = await vitest(project, 'run');
    expect(stderr).toMatch(/ScenarioError: scenarios\/broken\.yaml:2:1: error\[unknown-key\].*`expext`/);
    expect(stderr).toContain('Did you mean `expect`?');
    expect(stderr).toMatch(/❯ expect scenarios\/broken\.yaml:2:1\n/);
    expect(stderr).not.toContain('load.js');
    expect(stdout).toMatch(/Tests +4 passed \(4\)/);
    expect(code).toBe(1);
  });

  test('watch mode runs a scenario file again when it is edited', async ({ expect }) => {
    using project = createProject({ 'green.yaml': GREEN });
    await using watching = startCommand(['watch'], { cwd: project.dir, bin: VITEST, env: { NO_COLOR: '1' } });
    await watching.output(/Tests +4 passed[\s\S]*Waiting for file changes/);
    project.write('scenarios/green.yaml', GREEN.replace('ACTIVE]', 'ACTIVE, EXPIRED]'));
    await watching.output(/RERUN .*green\.yaml[\s\S]*Tests +4 passed[\s\S]*Waiting for file changes/);
    project.write('scenarios/green.yaml', FAILING);
    await watching.output(/Received: "DENIED"/);
    watching.child.kill('SIGTERM');
    await watching.ended;
    await expect.poll(() => watching.isAlive(), { timeout: 10_000 }).toBe(false);
  });
});

const USE = `import { startSandbox } from 'idenfy-contracts';
import { scenarios } from 'idenfy-contracts/vitest';
const schema = import.meta.resolve('idenfy-contracts/contracts/scenario.schema.json');
const sandbox = await startSandbox();
console.log(typeof scenarios, schema, sandbox.baseUrl);
await sandbox[Symbol.asyncDispose]();
`;

describe.concurrent('the installed package', () => {
  test('its library and its plugin can be imported, its contracts can be found', async () => {
    using project = createProject({});
    project.write('use.js', USE);
    const ended = await runCommand([], { cwd: project.dir, bin: join(project.dir, 'use.js') });
    expect(ended).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^function file:.*scenario\.schema\.json http:\/\/127/),
    });
  });

  test('its bin works through the link that npm makes', async () => {
    using project = createProject({ 'green.yaml': GREEN });
    mkdirSync(join(project.dir, 'node_modules/.bin'));
    const link = join(project.dir, 'node_modules/.bin/idenfy-contracts');
    symlinkSync('../idenfy-contracts/dist/cli/main.js', link);
    expect(await runCommand(['--version'], { cwd: project.dir, bin: link })).toMatchObject({ code: 0 });
    const { code, stdout } = await runCommand(['run'], { cwd: project.dir, bin: link });
    expect(stdout).toContain('3 of 3 cases passed');
    expect(code).toBe(0);
  });
});
