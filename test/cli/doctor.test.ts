import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { runCommand } from './command.test-kit.ts';

let provider: Sandbox;
beforeAll(async () => {
  provider = await startSandbox();
});
afterAll(() => provider[Symbol.asyncDispose]());

describe.concurrent('doctor', () => {
  test('green on the embedded sandbox', async () => {
    const { code, stdout, stderr } = await runCommand(['doctor'], { cwd: '/' });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^✓ Node\.js: v\d+.*\n✓ contracts: \d+ contracts with \d+ clauses compile\n✓ sandbox target: http:\/\/127.*\n$/,
    );
  });

  test('green on a live target, without a trace of its keys', async () => {
    const { apiKey, apiSecret } = provider.keys.DEV;
    const env = { IDENFY_API_KEY: apiKey, IDENFY_API_SECRET: apiSecret, IDENFY_BASE_URL: provider.baseUrl };
    const { code, stdout } = await runCommand(['doctor', '--target', 'live'], { cwd: '/', env });
    expect(stdout).toContain(`✓ live target: ${provider.baseUrl} answers and takes the credentials`);
    expect(stdout).not.toContain(apiKey);
    expect(stdout).not.toContain(apiSecret);
    expect(code).toBe(0);
  });

  test.each<[string, (at: string) => Record<string, string>, RegExp]>([
    [
      'a wrong secret',
      (at) => ({ IDENFY_API_KEY: provider.keys.DEV.apiKey, IDENFY_API_SECRET: 'wrong-one', IDENFY_BASE_URL: at }),
      /✗ live target: http.* refuses the credentials.*\n {2}→ check IDENFY_API_KEY/,
    ],
    [
      'nothing listens',
      () => ({ IDENFY_API_KEY: 'k', IDENFY_API_SECRET: 's', IDENFY_BASE_URL: 'http://127.0.0.1:9' }),
      /✗ live target: .*127\.0\.0\.1:9.* got no response.*\n {2}→ nothing listens there/,
    ],
    ['no keys', () => ({}), /✗ live target: .*needs IDENFY_API_KEY.*\n {2}→ set both/],
  ])('red: %s; exit 3', async (_, env, message) => {
    const { code, stdout } = await runCommand(['doctor', '--target', 'live'], { cwd: '/', env: env(provider.baseUrl) });
    expect(stdout).toMatch(message);
    expect(stdout).toContain('✓ contracts');
    expect(stdout).not.toContain('wrong-one');
    expect(code).toBe(3);
  });

  test('--json', async () => {
    const { code, stdout } = await runCommand(['doctor', '--json'], { cwd: '/' });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      checks: [{ name: 'Node.js', ok: true }, { ok: true }, { ok: true }],
    });
  });
});
