import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import type { ProviderRequest } from '../domain/message.ts';
import { curlOf } from './curl.ts';

const REQUEST: ProviderRequest = {
  method: 'POST',
  path: '/api/v2/token',
  headers: { 'content-type': 'application/json', authorization: 'Basic c2VjcmV0' },
  body: '{"clientId":"x"}',
};

/** The arguments that a shell passes to curl. */
function argumentsOf(line: string): readonly string[] {
  const script = `curl() { printf '%s\\0' "$@"; }; ${line}`;
  const env = { IDENFY_BASE_URL: 'https://provider.example', IDENFY_API_KEY: 'key', IDENFY_API_SECRET: 'secret' };
  return execFileSync('sh', ['-c', script], { env, encoding: 'utf8' }).split('\0').slice(0, -1);
}

describe('curlOf', () => {
  test('repeats the request, with shell variables for what is secret', () => {
    expect(curlOf(REQUEST)).toBe(
      `curl -i -X POST -u "$IDENFY_API_KEY:$IDENFY_API_SECRET" -H 'content-type: application/json' --data-raw '{"clientId":"x"}' "$IDENFY_BASE_URL"'/api/v2/token'`,
    );
  });

  test('holds no credentials, and no base URL', () => {
    expect(curlOf(REQUEST)).not.toContain('c2VjcmV0');
    expect(curlOf({ ...REQUEST, headers: {} })).not.toContain('IDENFY_API');
  });

  test.each([
    "it's",
    "'; rm -rf x; '",
    '$HOME `id` $(id) "q" \\ !',
    'two\nlines',
    '*?[a-z]~',
    '-X',
    '',
    '@file',
    'ä😀',
  ])('a shell passes %j on as it is', (text) => {
    const line = curlOf({ method: 'PUT', path: `/x?${text}`, headers: { 'x-a': text }, body: text });
    expect(argumentsOf(line)).toEqual([
      ...['-i', '-X', 'PUT', '-H', `x-a: ${text}`, '--data-raw', text],
      `https://provider.example/x?${text}`,
    ]);
  });

  test('a request without a body sends none', () => {
    expect(curlOf({ ...REQUEST, method: 'GET', body: null })).not.toContain('--data');
  });
});
