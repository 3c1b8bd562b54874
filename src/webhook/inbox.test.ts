import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type Inbox, startInbox } from './inbox.ts';
import { signatureOf } from './signature.ts';

const KEY = 'signing-key';

async function openInbox(): Promise<Inbox> {
  const inbox = await startInbox({ signingKey: KEY });
  onTestFinished(() => inbox[Symbol.asyncDispose]());
  return inbox;
}

function post(inbox: Inbox, body: string | Buffer, headers: Record<string, string> = {}): Promise<Response> {
  const signature = signatureOf(Buffer.from(body), KEY);
  return fetch(inbox.callbackUrl, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', 'idenfy-signature': signature, ...headers },
  });
}

test('a delivery is kept as raw bytes, verified and sorted by scanRef', async () => {
  const inbox = await openInbox();
  const body = '{ "scanRef":"a",\n "name":"J\u00f6rg" }';
  expect((await post(inbox, body, { 'idenfy-event-type': 'IDENTIFICATION_AUTO_FINISHED' })).status).toBe(200);
  const [delivery] = inbox.mailbox('a').deliveries;
  expect(Buffer.from(delivery?.rawBody ?? []).toString()).toBe(body);
  expect(delivery).toMatchObject({
    signature: 'valid',
    scanRef: 'a',
    receipt: { eventType: 'IDENTIFICATION_AUTO_FINISHED' },
  });
  expect(inbox.unmatched()).toEqual([]);
});

test('a delivery that comes before its session is asked for is not lost, and wakes who waits', async () => {
  const inbox = await openInbox();
  const waiting = inbox.mailbox('later').arrival(0, 10_000);
  await post(inbox, '{"scanRef":"early"}');
  expect(inbox.mailbox('early').deliveries).toHaveLength(1);
  await post(inbox, '{"scanRef":"later"}');
  expect(await waiting).toBe(true);
  expect(await inbox.mailbox('later').arrival(1, 1)).toBe(false);
});

test('garbage is counted, never fatal', async () => {
  const inbox = await openInbox();
  await post(inbox, 'not json');
  await post(inbox, '{"scanRef":7}');
  await post(inbox, Buffer.from([0x7b, 0xff, 0x7d]));
  await post(inbox, '{"scanRef":"nobody"}', { 'idenfy-signature': 'bad' });
  await post(inbox, '', { 'content-type': ';;;' });
  expect((await post(inbox, 'x'.repeat(1024 * 1024 + 1))).status).toBe(413);
  expect((await fetch(new URL('/elsewhere', inbox.callbackUrl), { method: 'POST', body: '{}' })).status).toBe(404);
  expect(inbox.counts()).toMatchObject({ badSignatures: 1 });
  expect(inbox.counts().refused).toBeGreaterThanOrEqual(1);
  expect(inbox.unmatched().length).toBeGreaterThanOrEqual(4);
  expect((await post(inbox, '{"scanRef":"still-alive"}')).status).toBe(200);
});

test('a request that breaks off half-way leaves the inbox working', async () => {
  const inbox = await openInbox();
  const { port, pathname } = new URL(inbox.callbackUrl);
  const socket = connect(Number(port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write(`POST ${pathname} HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"scanRef"`);
  socket.destroy();
  await once(socket, 'close');
  expect((await post(inbox, '{"scanRef":"next"}')).status).toBe(200);
});

test('the path is unguessable and differs from run to run', async () => {
  const [one, two] = [await openInbox(), await openInbox()];
  expect(new URL(one.callbackUrl).pathname).toMatch(/^\/[\w-]{24}$/);
  expect(new URL(one.callbackUrl).pathname).not.toBe(new URL(two.callbackUrl).pathname);
});

test('a port that is taken is a harness error that names it', async () => {
  const inbox = await openInbox();
  const port = Number(new URL(inbox.callbackUrl).port);
  await expect(startInbox({ signingKey: KEY, port })).rejects.toMatchObject({
    code: 'E_INBOX',
    message: expect.stringContaining(String(port)),
  });
});

test('a sender that never stops does not keep the inbox from being quiet', async () => {
  const inbox = await openInbox();
  let over = false;
  const flood = (async () => {
    while (!over) await post(inbox, '{"scanRef":"flood"}');
  })();
  await inbox.quiet(50);
  over = true;
  await flood;
  expect(inbox.counts().received).toBeGreaterThan(1);
});
