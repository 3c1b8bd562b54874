import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const CONTRACTS = fileURLToPath(new URL('../contracts/', import.meta.url));
const LINTER = fileURLToPath(new URL('../node_modules/@redocly/cli/bin/cli.js', import.meta.url));

/** The linter's recommended rules on `folder/openapi.yaml`; it talks to nobody. */
function lint(folder: string): Promise<{ readonly code: number; readonly output: string }> {
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    NO_COLOR: '1',
    REDOCLY_TELEMETRY: 'off',
    REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
  };
  const args = [LINTER, 'lint', 'openapi.yaml', '--extends=recommended', '--format=json'];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder, env }, (error, stdout) => {
      resolve({ code: error === null ? 0 : Number(error.code), output: stdout });
    });
  });
}

let copy = '';

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'openapi-'));
  await cp(CONTRACTS, copy, { recursive: true });
});

afterAll(() => rm(copy, { recursive: true, force: true }));

test('openapi.yaml is clean under the recommended rules, with no warning', async () => {
  const { code, output } = await lint(copy);
  expect(JSON.parse(output)).toMatchObject({ totals: { errors: 0, warnings: 0, ignored: 0 } });
  expect(code).toBe(0);
});

test.each([
  ['openapi.yaml', '    summary: Create a session', '    x: 1', 'operation-summary'],
  ['openapi.yaml', './token-request.schema.json', './token-requests.schema.json', 'no-unresolved-refs'],
  ['openapi.yaml', '  - keyPair: []', '  - keyPairs: []', 'security-defined'],
  ['openapi.yaml', 'in: header', 'in: head', 'struct'],
  ['token-request.schema.json', '"type": "object"', '"type": "objekt"', 'struct'],
])('%s without %j is not', async (name, before, after, rule) => {
  const file = join(copy, name);
  const text = await readFile(file, 'utf8');
  expect(text).toContain(before);
  await writeFile(file, text.replace(before, after));
  const { output } = await lint(copy);
  await writeFile(file, text);
  const { problems } = JSON.parse(output) as { problems: readonly { ruleId: string }[] };
  expect(problems.map(({ ruleId }) => ruleId)).toContain(rule);
});
