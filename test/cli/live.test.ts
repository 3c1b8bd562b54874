import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { startAlteringProxy } from '../provider/altering-proxy.ts';
import { createWorkspace, type Ended, runCommand, startCommand, type Workspace } from './command.test-kit.ts';

const SMALL = `scenarios:
  - name: The automatic result is what was asked for
    matrix: {dummyStatus: [APPROVED, DENIED]}
  - name: The manual review decides
    matrix: {manualFaceMatchResult: [FACE_MATCH], manualDocumentValidity: [DOC_VALIDATED]}
`;
const KEYS = { IDENFY_API_KEY: 'key-of-the-live-run', IDENFY_API_SECRET: 'secret-of-the-live-run' };

let workspace: Workspace;
beforeAll(() => {
  workspace = createWorkspace({ 'scenarios/small.yaml': SMALL });
});
afterAll(() => workspace[Symbol.dispose]());

/** Runs the small scenario against a live target. */
function runLive(args: readonly string[], env: Record<string, string>): Promise<Ended> {
  return runCommand(['run', '--target', 'live', ...args], { cwd: workspace.dir, env });
}

describe.concurrent('a live target that is not described rightly: exit 2, nothing is sent', () => {
  test.each<[string, string[], Record<string, string>, RegExp]>([
    ['no keys', [], {}, /needs IDENFY_API_KEY and IDENFY_API_SECRET\n {2}→ set both/],
    ['no secret', [], { IDENFY_API_KEY: 'k' }, /IDENFY_API_SECRET is not set.*\n {2}→ set IDENFY_API_SECRET/],
    ['no key', [], { IDENFY_API_SECRET: 's' }, /IDENFY_API_KEY is not set.*\n {2}→ set IDENFY_API_KEY/],
    ['half a TEST pair', [], { ...KEYS, IDENFY_TEST_API_KEY: 'k' }, /IDENFY_TEST_API_SECRET is not set/],
    ['plain http', ['--base-url', 'http://ivs.example'], KEYS, /base URL http:\/\/ivs\.example is not https\n {2}→ /],
    ['not a URL', ['--base-url', 'ivs.example'], KEYS, /base URL "ivs\.example" is not a URL\n {2}→ /],
    ['a file', ['--base-url', 'file:///etc/passwd'], KEYS, /is not https/],
    [
      'credentials in the URL',
      ['--base-url', 'https://me:hidden@ivs.example'],
      KEYS,
      /must not hold credentials\n {2}→ /,
    ],
    ['credentials in the variable', [], { ...KEYS, IDENFY_BASE_URL: 'https://me:hidden@ivs.example' }, /must not hold/],
    ['credentials in a URL that is none', ['--base-url', 'https://me:hidden@'], KEYS, /the base URL is not a URL/],
    [
      'no way in for webhooks',
      ['--base-url', 'https://ivs.example'],
      KEYS,
      /cannot send webhooks.*\n {2}→ set IDENFY_WEBHOOK_PUBLIC_URL/,
    ],
    [
      'a port that is none',
      ['--base-url', 'http://127.0.0.1:1'],
      { ...KEYS, IDENFY_WEBHOOK_PORT: '80a' },
      /IDENFY_WEBHOOK_PORT is "80a"/,
    ],
    [
      'a port too far',
      ['--base-url', 'http://127.0.0.1:1'],
      { ...KEYS, IDENFY_WEBHOOK_PORT: '65536' },
      /not a port\n {2}→ give a number/,
    ],
    [
      'a public URL without https',
      ['--base-url', 'http://127.0.0.1:1'],
      { ...KEYS, IDENFY_WEBHOOK_PUBLIC_URL: 'http://me.example' },
      /IDENFY_WEBHOOK_PUBLIC_URL is not an https URL/,
    ],
  ])('%s', async (_, args, env, message) => {
    const { code, stdout, stderr } = await runLive(args, env);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('hidden');
    for (const value of Object.values(KEYS)) expect(stderr).not.toContain(value);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

describe.concurrent('a live target', () => {
  test('a sandbox in another process: green, by a port and keys of our own', async () => {
    const env = { ...KEYS, IDENFY_WEBHOOK_KEY: 'signing-key-of-the-live-run' };
    await using provider = startCommand(['sandbox', '--json'], { cwd: workspace.dir, env });
    const [, baseUrl = ''] = await provider.output(/"baseUrl":"([^"]+)"/);
    const { code, stdout } = await runLive(['--report-dir', 'green'], { ...env, IDENFY_BASE_URL: baseUrl });
    expect(stdout).toContain('the provider keeps its contract: 3 of 3 cases passed');
    expect(code).toBe(0);
    expect(JSON.parse(workspace.read('green/latest/results.json')).run).toMatchObject({ target: 'live', baseUrl });
    provider.child.kill('SIGINT');
    expect(await provider.ended).toMatchObject({ code: 0, stderr: '' });
  });

  test('no key, secret, signing key, token or credential of a run is in any of its outputs', async () => {
    const signingKey = 'signing-key-of-the-live-run';
    await using sandbox: Sandbox = await startSandbox({ signingKey });
    const tokens: string[] = [];
    await using proxy = await startAlteringProxy(sandbox, {
      response: ({ body }) => {
        if (typeof body?.authToken === 'string') tokens.push(body.authToken);
      },
    });
    const { DEV, TEST, PROD, DEMO } = sandbox.keys;
    const env = {
      IDENFY_BASE_URL: proxy.baseUrl,
      IDENFY_API_KEY: DEV.apiKey,
      IDENFY_API_SECRET: DEV.apiSecret,
      IDENFY_TEST_API_KEY: TEST?.apiKey ?? '',
      IDENFY_TEST_API_SECRET: TEST?.apiSecret ?? '',
      IDENFY_WEBHOOK_KEY: signingKey,
      GITHUB_ACTIONS: 'true',
    };
    using own = createWorkspace({ 'small.yaml': SMALL, 'failing.yaml': FAILING });
    const run = (...args: string[]): Promise<Ended> =>
      runCommand(['run', '--target', 'live', ...args], { cwd: own.dir, env });
    const ended = [await run('small.yaml'), await run('failing.yaml'), await run('failing.yaml', '--json')];
    expect(ended.map(({ code }) => code)).toEqual([0, 1, 1]);

    const pairs = [DEV, TEST, PROD, DEMO].filter((pair) => pair !== undefined);
    const credentials = pairs.flatMap(({ apiKey, apiSecret }) => [apiKey, apiSecret, base64(`${apiKey}:${apiSecret}`)]);
    const outputs = new Map(own.readAll('reports'));
    for (const [index, { stdout, stderr }] of ended.entries()) outputs.set(`terminal ${index}`, stdout + stderr);
    expect(outputs.size).toBe(3 * 4 + 3);
    expect(tokens).toHaveLength(3 + 3 + 3);
    const found = [...outputs].flatMap(([name, text]) =>
      [signingKey, ...tokens, ...credentials]
        .filter((secret) => text.includes(secret))
        .map((secret) => `${name}: ${secret}`),
    );
    expect(found).toEqual([]);
    for (const [name, text] of outputs) expect(text, name).not.toMatch(/Basic [A-Za-z0-9+/=]{8,}/);
    // The tokens and credentials were there to be seen: their places are, with a mark in them.
    expect([...outputs.values()].join()).toMatch(/authToken\\?":\\?"\[redacted/);
  });

  test('nothing listens: exit 3, with the address and what to do', async () => {
    const baseUrl = await unusedAddress();
    const { code, stdout, stderr } = await runLive(['--base-url', baseUrl], KEYS);
    expect(stderr).toContain(baseUrl);
    expect(stderr).toMatch(/^error: .* got no response.*\n {2}→ nothing listens there/);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  });

  test('a wrong secret: exit 3, and it says which variables to check', async () => {
    await using provider: Sandbox = await startSandbox();
    const env = { IDENFY_API_KEY: provider.keys.DEV.apiKey, IDENFY_API_SECRET: 'wrong-secret-of-mine' };
    const { code, stdout, stderr } = await runLive(['--base-url', provider.baseUrl], env);
    expect(stderr).toMatch(/^error: .*refuses the credentials.*\n {2}→ check IDENFY_API_KEY and IDENFY_API_SECRET/);
    expect(stderr).not.toContain('wrong-secret-of-mine');
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  });

  test('a webhook port that is taken: exit 3, with the port', async () => {
    await using provider: Sandbox = await startSandbox();
    const { apiKey, apiSecret } = provider.keys.DEV;
    const env = { IDENFY_API_KEY: apiKey, IDENFY_API_SECRET: apiSecret, IDENFY_WEBHOOK_PORT: String(provider.port) };
    const { code, stderr } = await runLive(['--base-url', provider.baseUrl, '--report-dir', 'port'], env);
    expect(stderr).toMatch(new RegExp(`^error: .*${provider.port}.*\n {2}→ .*IDENFY_WEBHOOK_PORT`, 'm'));
    expect(code).toBe(3);
  });
});

const FAILING = `name: The sandbox is wrong
matrix: {dummyStatus: [APPROVED, DENIED, SUSPECTED], manualFaceMatchResult: [FACE_MATCH]}
expect:
  autoWebhook: {status: {overall: APPROVED}}
  manualWebhook: {final: false}
`;

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** An address on loopback that nobody listens on. */
async function unusedAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
