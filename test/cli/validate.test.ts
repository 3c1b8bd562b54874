import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWorkspace, runCommand, type Workspace } from './command.test-kit.ts';

let workspace: Workspace;
beforeAll(() => {
  workspace = createWorkspace({
    'good/one.yaml': 'name: One\nmatrix: {dummyStatus: all}\n',
    'good/deep/two.yml': 'scenarios:\n  - name: Two\n  - name: Three\n',
    'broken/one.yaml': 'name: One\nmatrix: {dummyStatus: [APROVED, DENYED]}\n',
    'broken/two.yaml': 'name: [\n',
    'broken/three.yaml': Buffer.from([0x6e, 0x61, 0xff, 0xfe]),
  });
});
afterAll(() => workspace[Symbol.dispose]());

describe.concurrent('validate', () => {
  test('valid files are counted', async () => {
    const ended = await runCommand(['validate', 'good'], { cwd: workspace.dir });
    expect(ended).toEqual({ code: 0, stdout: '2 files, 3 scenarios, 7 cases: all valid\n', stderr: '' });
  });

  test('every mistake of every file is shown on stderr with its line and a caret', async () => {
    const { code, stdout, stderr } = await runCommand(['validate', 'broken', 'good'], { cwd: workspace.dir });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    for (const place of ['broken/one.yaml:2:24', 'broken/one.yaml:2:33', 'broken/two.yaml:', 'broken/three.yaml:'])
      expect(stderr).toContain(place);
    expect(stderr).toMatch(/matrix: {dummyStatus: \[APROVED, DENYED\]}\n.*\^/);
    expect(stderr).toMatch(/\n4 mistakes in 3 of 5 files\.\n$/);
  });

  test('--json gives the mistakes as data', async () => {
    const { code, stdout, stderr } = await runCommand(['validate', 'broken', '--json'], { cwd: workspace.dir });
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ valid: false, files: 3 });
    expect(result.diagnostics).toHaveLength(4);
    expect(result.diagnostics[0]).toMatchObject({
      code: expect.stringMatching(/^[a-z-]+$/),
      span: { file: 'broken/one.yaml', line: 2, column: 24 },
      message: expect.stringContaining('APROVED'),
      hint: expect.stringContaining('APPROVED'),
    });
  });

  test('--json lists files that cannot be read too', async () => {
    using folder = createWorkspace({ 'broken.yaml': 'nmae: One\n' });
    const args = ['validate', '--json', 'nowhere.yaml', 'broken.yaml'];
    const { code, stdout, stderr } = await runCommand(args, { cwd: folder.dir });
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    expect(JSON.parse(stdout).diagnostics).toMatchObject([
      { code: 'unknown-key', span: { file: 'broken.yaml' } },
      { code: 'unreadable-file', span: { file: 'nowhere.yaml', line: 1 }, hint: expect.stringContaining('path') },
    ]);
  });

  test('--json of valid files', async () => {
    const { code, stdout } = await runCommand(['validate', 'good', '--json'], { cwd: workspace.dir });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ valid: true, files: 2, diagnostics: [] });
  });
});

test('a file of 50 MB is refused by its true size, and a folder with the name of a file is a folder', async () => {
  using workspace = createWorkspace({ 's/big.yaml': new Uint8Array(50 * 1024 * 1024), 's/folder.yaml/x.txt': '' });
  const { code, stderr } = await runCommand(['validate', 's'], { cwd: workspace.dir });
  expect(stderr).toMatch(/^s\/big\.yaml:1:1: error\[file-too-large\]: The file has 50\.0 MiB/);
  expect(code).toBe(2);
});
