import { expect, test } from 'vitest';
import { isLoopback } from './loopback.ts';

test.each([
  'http://localhost:1',
  'http://127.0.0.1',
  'http://127.1.2.3:8080',
  'http://[::1]:1',
  'http://127.1',
  'http://2130706433',
])('%s stays on this machine', (url) => {
  expect(isLoopback(new URL(url).hostname)).toBe(true);
});

test.each([
  'https://ivs.idenfy.com',
  'http://127.0.0.1.example.com',
  'http://localhost.example.com',
  'http://0.0.0.0',
  'http://10.0.0.1',
  'http://[::2]',
  'http://1127.0.0.1.nip.io',
])('%s does not', (url) => {
  expect(isLoopback(new URL(url).hostname)).toBe(false);
});
