import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWorkspace, runCommand, type Workspace } from './command.test-kit.ts';

let workspace: Workspace;
beforeAll(() => {
  workspace = createWorkspace({
    'scenarios/one.yaml': 'name: One\ntags: [smoke]\n',
    'empty/readme.txt': 'no scenario here\n',
    'broken/one.yaml': 'nmae: One\n',
    'broken/two.yaml': 'name: Two\nmatrix: {dummyStatus: [APROVED]}\n',
  });
});
afterAll(() => workspace[Symbol.dispose]());

const COMMANDS = ['run', 'plan', 'validate', 'sandbox', 'doctor'];

describe.concurrent('help', () => {
  test.each(COMMANDS)('%s --help shows an example that begins with the command', async (command) => {
    const { code, stdout, stderr } = await runCommand([command, '--help'], { cwd: workspace.dir });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`Example:\n  $ idenfy-contracts ${command}`);
    expect(stdout).not.toMatch(/default: (false|\[)/);
  });

  test('--help lists every command and every exit code', async () => {
    const { code, stdout } = await runCommand(['--help'], { cwd: workspace.dir });
    expect(code).toBe(0);
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
    for (const exit of ['0 ', '1 ', '2 ', '3 ', '4 ', '130 ']) expect(stdout).toContain(exit);
  });

  test('--version is the version of package.json', async () => {
    const { code, stdout } = await runCommand(['--version'], { cwd: workspace.dir });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });
});

describe.concurrent('usage mistakes end with exit code 2, name the flag, and send nothing', () => {
  test.each<[string, string[], RegExp]>([
    ['no command', [], /Usage: idenfy-contracts/],
    ['an unknown command', ['rnu'], /unknown command 'rnu'\n\(Did you mean run\?\)/],
    ['an unknown flag', ['run', '--tags', 'x'], /unknown option '--tags'\n\(Did you mean --tag\?\)/],
    ['--target', ['run', '--target', 'prod'], /'--target <target>' argument 'prod' is invalid.*sandbox, live/],
    ['--tag without a tag', ['run', '--tag'], /'--tag <tag>' argument missing/],
    ['--grep', ['run', '--grep', '('], /'--grep <regexp>' argument '\(' is invalid/],
    ['--seed', ['run', '--seed', '-1'], /'--seed <n>' argument '-1' is invalid\. expected a whole number/],
    ['--concurrency', ['run', '--concurrency', '0'], /'--concurrency <n>' argument '0' .*whole number from 1/],
    ['--rate', ['run', '--rate', '5'], /'--rate <rate>' argument '5' .*such as 5\/s/],
    ['--rate of nothing', ['run', '--rate', '0/s'], /such as 5\/s/],
    ['--budget', ['run', '--budget', '1.5'], /'--budget <n>' argument '1\.5' .*whole number/],
    ['--bail', ['run', '--bail', 'no'], /'--bail <n>' argument 'no' .*whole number/],
    ['--shard', ['run', '--shard', '3/2'], /'--shard <i\/n>' argument '3\/2' .*for example 2\/4/],
    ['--shard of nothing', ['run', '--shard', '0/0'], /for example 2\/4/],
    ['--webhook-timeout', ['run', '--webhook-timeout', '5'], /'--webhook-timeout <duration>' argument '5' is invalid/],
    ['--base-url without a live target', ['run', '--base-url', 'http://127.0.0.1:1'], /--base-url .*--target live/s],
    ['sandbox --port', ['sandbox', '--port', '70000'], /'--port <n>' argument '70000' .*65535/],
    ['sandbox with an argument', ['sandbox', 'scenarios'], /too many arguments/],
  ])('%s', async (_, args, message) => {
    const { code, stdout, stderr } = await runCommand(args, { cwd: workspace.dir });
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

describe.concurrent.each(['run', 'plan', 'validate'])('what %s is told to read', (command) => {
  test.each<[string, string[], RegExp]>([
    [
      'a file that is not there',
      ['nowhere.yaml'],
      /^nowhere\.yaml:1:1: error\[unreadable-file\]: It does not exist\.\n {2}= help: Give the path/,
    ],
    ['a folder without scenarios', ['empty'], /no scenario file in empty\n {2}→ give the path/],
  ])('%s', async (_, args, message) => {
    const { code, stdout, stderr } = await runCommand([command, ...args], { cwd: workspace.dir });
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('an empty folder', async () => {
    using folder = createWorkspace();
    const { code, stderr } = await runCommand([command, '.'], { cwd: folder.dir });
    expect(stderr).toMatch(/no scenario file in \.\n {2}→ /);
    expect(code).toBe(2);
  });

  test('no scenarios folder at all, and none named', async () => {
    using folder = createWorkspace();
    const { code, stderr } = await runCommand([command], { cwd: folder.dir });
    expect(stderr).toMatch(/^scenarios:1:1: .* It does not exist\.\n/);
    expect(code).toBe(2);
  });

  test('broken files: every mistake of every file, with its place', async () => {
    const { code, stderr } = await runCommand([command, 'broken', 'scenarios'], { cwd: workspace.dir });
    expect(stderr).toContain('broken/one.yaml:1:1');
    expect(stderr).toContain('Did you mean');
    expect(stderr).toContain('broken/two.yaml:2:24');
    expect(code).toBe(2);
  });

  test('what is no file, or cannot be read, hides no mistake and does not hang', async () => {
    using folder = createWorkspace({ 's/broken.yaml': 'nmae: One\n', 's/good.yaml': 'name: Good\n' });
    const at = (name: string): string => join(folder.dir, 's', name);
    execFileSync('mkfifo', [at('pipe.yaml')]);
    symlinkSync('/dev/zero', at('zero.yaml'));
    symlinkSync('gone.yaml', at('dangling.yaml'));
    symlinkSync('loop.yaml', at('loop.yaml'));
    await using server = createServer().listen(at('socket.yaml'));
    await once(server, 'listening');
    const { code, stdout, stderr } = await runCommand([command, 's', 'nowhere.yaml', 'gone'], { cwd: folder.dir });
    expect(stderr.match(/^\S+:1:1: .*$/gm)).toEqual([
      'gone:1:1: error[unreadable-file]: It does not exist.',
      'nowhere.yaml:1:1: error[unreadable-file]: It does not exist.',
      expect.stringContaining('s/broken.yaml:1:1: error[unknown-key]: '),
      's/dangling.yaml:1:1: error[unreadable-file]: This link leads to gone.yaml, which does not exist.',
      's/loop.yaml:1:1: error[unreadable-file]: This link leads back to itself.',
      's/pipe.yaml:1:1: error[unreadable-file]: This is a named pipe, not a file.',
      's/socket.yaml:1:1: error[unreadable-file]: This is a socket, not a file.',
      's/zero.yaml:1:1: error[unreadable-file]: This is a device, not a file.',
    ]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('two scenarios of one id, in files of one name', async () => {
    using folder = createWorkspace({ 'a/one.yaml': 'name: One\n', 'b/one.yaml': 'name: One!\n' });
    const { code, stdout, stderr } = await runCommand([command, 'a', 'b'], { cwd: folder.dir });
    expect(stderr).toMatch(
      /^b\/one\.yaml:1:7: error\[duplicate-id\]: The scenario at a\/one\.yaml:1:7 has the id `one\/one` already\.\n/,
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

describe.concurrent('a folder is searched', () => {
  const validate = async (dir: string, ...paths: string[]): Promise<string> => {
    const { code, stdout, stderr } = await runCommand(['validate', ...paths], { cwd: dir });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return stdout;
  };

  test('but for node_modules, and for no folder of a similar name', async () => {
    using folder = createWorkspace({
      's/node_modules_backup/a.yaml': 'name: A\n',
      's/node_modules/x/b.yaml': 'nmae: B\n',
      's/deep/node_modules/c.yaml': 'nmae: C\n',
      'node_modules/s/d.yaml': 'name: D\n',
    });
    expect(await validate(folder.dir, 's', 'node_modules/s')).toBe('2 files, 2 scenarios, 2 cases: all valid\n');
  });

  test('each file once, whatever leads to it; links to folders are not followed', async () => {
    using folder = createWorkspace({ 's/a.yaml': 'name: A\n', 's/deep/b.yaml': 'name: B\n' });
    symlinkSync('..', join(folder.dir, 's/deep/up'));
    symlinkSync('..', join(folder.dir, 's/deep/up.yaml'));
    symlinkSync('s', join(folder.dir, 'same'));
    symlinkSync('a.yaml', join(folder.dir, 's/alias.yaml'));
    const paths = ['s', './s/', 's/a.yaml', 's/deep', 'same', join(folder.dir, 's/deep/../a.yaml')];
    expect(await validate(folder.dir, ...paths)).toBe('2 files, 2 scenarios, 2 cases: all valid\n');
    const { stdout } = await runCommand(['plan', '--json', ...paths], { cwd: folder.dir });
    expect(JSON.parse(stdout).scenarios.map(({ file }: { file: string }) => file)).toEqual([
      's/a.yaml',
      's/deep/b.yaml',
    ]);
    const ended = await runCommand(['run', ...paths], { cwd: folder.dir });
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('2 of 2 cases passed') });
  });
});
