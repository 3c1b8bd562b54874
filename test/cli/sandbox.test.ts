import { describe, expect, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { runCommand, startCommand } from './command.test-kit.ts';

const CWD = '/';

describe.concurrent('sandbox', () => {
  test('--json: the first line is all that a client needs, then one line an event; SIGINT ends it with exit 0', async () => {
    await using command = startCommand(
      ['sandbox', '--port', '0', '--json', '--webhook-url', 'http://127.0.0.1:9/hook'],
      { cwd: CWD },
    );
    const { baseUrl, keys, signingKey } = JSON.parse((await command.output(/{"kind":"started".*}(?=\n)/))[0]);
    expect(signingKey).toBe(keys.DEV.apiSecret);
    const response = await createSession(baseUrl, keys.DEV);
    expect(response.status).toBe(201);
    await command.output(/"kind":"delivery"/);
    command.child.kill('SIGINT');
    const { code, stdout, stderr } = await command.ended;
    expect({ code, stderr, alive: command.isAlive() }).toEqual({ code: 0, stderr: '', alive: false });
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ kind }) => kind).slice(0, 3)).toEqual(['started', 'exchange', 'delivery']);
    expect(lines[1]).toMatchObject({ method: 'POST', path: '/api/v2/token', status: 201 });
  });

  test('for a person: the address, the key pairs, and one line an event; SIGTERM ends it too', async () => {
    await using command = startCommand(['sandbox'], { cwd: CWD });
    const [, baseUrl = ''] = await command.output(/sandbox at (http:\/\/127\.0\.0\.1:\d+), Ctrl-C stops it/);
    const [, apiKey = '', apiSecret = ''] = await command.output(/DEV +(\S+) (\S+)\n/);
    expect((await createSession(baseUrl, { apiKey, apiSecret })).status).toBe(201);
    expect((await createSession(baseUrl, { apiKey, apiSecret: 'wrong' })).status).toBe(401);
    await command.output(/request {2}POST \/api\/v2\/token -> HTTP 201 \([\d.]+ ms\)/);
    await command.output(/request {2}POST \/api\/v2\/token -> HTTP 401 UNAUTHORIZED/);
    command.child.kill('SIGTERM');
    expect(await command.ended).toMatchObject({ code: 0, stderr: '' });
  });

  test('a port that is taken: exit 2, with the port and what to do', async () => {
    await using other = await startSandbox();
    const { code, stdout, stderr } = await runCommand(['sandbox', '--port', String(other.port)], { cwd: CWD });
    expect(stderr).toMatch(new RegExp(`^error: .*port ${other.port}: the port is taken\\.\n {2}→ `));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test.each<[string, string[], Record<string, string>, RegExp]>([
    ['a webhook URL on another machine', ['--webhook-url', 'https://hook.example'], {}, /webhook URL.*\n {2}→ /],
    ['half a key pair', [], { IDENFY_API_KEY: 'k' }, /IDENFY_API_SECRET is not set/],
    ['a latency without a unit', ['--webhook-latency', '5'], {}, /'--webhook-latency <duration>' argument '5'/],
    ['a retry delay that is none', ['--retry-delay', 'soon'], {}, /'--retry-delay <duration>' argument 'soon'/],
  ])('%s: exit 2', async (_, args, env, message) => {
    const { code, stdout, stderr } = await runCommand(['sandbox', ...args], { cwd: CWD, env });
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('its legacy events and retries can be asked for', async () => {
    const args = [
      'sandbox',
      '--json',
      '--legacy-events',
      '--retry-delay',
      '1ms',
      '--retry-delay',
      '1ms',
      '--webhook-url',
      'http://127.0.0.1:9/hook',
    ];
    await using command = startCommand(args, { cwd: CWD });
    const { baseUrl, keys } = JSON.parse((await command.output(/{"kind":"started".*}(?=\n)/))[0]);
    await createSession(baseUrl, keys.DEV);
    await command.output(/"eventType":"IDENTIFICATION".*"attempt":3/);
  });
});

function createSession(
  baseUrl: string,
  pair: { readonly apiKey: string; readonly apiSecret: string },
): Promise<Response> {
  return fetch(`${baseUrl}/api/v2/token`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from(`${pair.apiKey}:${pair.apiSecret}`).toString('base64')}`,
    },
    body: JSON.stringify({ clientId: 'client-1', firstName: 'John', lastName: 'Smith', dummyStatus: 'APPROVED' }),
  });
}
