import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { RefusedRequest } from '../domain/message.ts';
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
  expect(inbox.counts()).toEqual({ received: 4, badSignatures: 1, refused: 0, elsewhere: 0 });
  expect(inbox.unmatched()).toHaveLength(4);
  expect((await post(inbox, '{"scanRef":"still-alive"}')).status).toBe(200);
});

/** Writes bytes to the inbox's port; the socket is closed when the test ends. */
async function write(inbox: Inbox, bytes: string): Promise<Socket> {
  const socket = connect(Number(new URL(inbox.callbackUrl).port), '127.0.0.1');
  socket.on('error', () => undefined).resume();
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  socket.write(bytes);
  return socket;
}

/** The head of the answer to these bytes. */
async function answerTo(inbox: Inbox, bytes: string): Promise<string> {
  const socket = await write(inbox, bytes);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  return answer.toString();
}

const REST = 'HTTP/1.1\r\nhost: x\r\nidenfy-event-type: E\r\n';

describe('a request to our callbackUrl that is no webhook is refused, and kept', () => {
  const headers = { 'idenfy-event-type': 'E' };
  test.each<[string, (path: string) => string, Partial<RefusedRequest>, RegExp]>([
    [
      'of another method',
      (path) => `PUT ${path} ${REST}content-length: 2\r\n\r\n{}`,
      { method: 'PUT', path: '/…', answered: 405, headers: { ...headers, 'content-length': '2' } },
      /only POST/,
    ],
    [
      'of a method without a body',
      (path) => `GET ${path}?a=1 ${REST}\r\n`,
      { path: '/…?a=1', answered: 405 },
      /only POST/,
    ],
    [
      'to a path with more behind it',
      (path) => `POST ${path}/more ${REST}content-length: 2\r\n\r\n{}`,
      { method: 'POST', path: '/…/more', answered: 404 },
      /path/,
    ],
    [
      'to a path with something before it',
      (path) => `GET /hooks${path} ${REST}\r\n`,
      { path: '/hooks/…', answered: 404 },
      /path/,
    ],
    [
      'to a path that cannot be decoded',
      (path) => `POST ${path}%zz ${REST}\r\n`,
      { answered: 400 },
      /path cannot be decoded/,
    ],
    [
      'of 2 MB',
      (path) => `POST ${path} ${REST}content-length: 2000000\r\n\r\n{`,
      { answered: 413, headers: { ...headers, 'content-length': '2000000' } },
      /more than 1 MiB/,
    ],
    [
      'of more than 1 MiB in chunks',
      (path) => `POST ${path} ${REST}transfer-encoding: chunked\r\n\r\n100001\r\n${' '.repeat(0x100001)}\r\n0\r\n\r\n`,
      { answered: 413, headers: { ...headers, 'transfer-encoding': 'chunked' } },
      /more than 1 MiB/,
    ],
    [
      'of a content type that is none',
      (path) => `POST ${path} ${REST}content-type: ;;;\r\ncontent-length: 2\r\n\r\n{}`,
      { answered: 415, headers: { ...headers, 'content-type': ';;;', 'content-length': '2' } },
      /content type/,
    ],
    [
      'with chunks that are none',
      (path) => `POST ${path} ${REST}transfer-encoding: chunked\r\n\r\nzz\r\n{}`,
      { answered: 400, headers: {} },
      /not valid HTTP \(HPE_INVALID_CHUNK_SIZE\)/,
    ],
    [
      'of no method',
      (path) => `FOO ${path} ${REST}\r\n`,
      { method: 'FOO', path: '/…', answered: 400 },
      /not valid HTTP/,
    ],
    [
      'with headers too large',
      (path) => `POST ${path} ${REST}a: ${'b'.repeat(20_000)}\r\n\r\n`,
      { answered: 431 },
      /headers are too large/,
    ],
  ])('%s', async (_, bytes, refused, reason) => {
    const inbox = await openInbox();
    const answer = await answerTo(inbox, bytes(`/${inbox.token}`));
    expect(inbox.refused()).toEqual([expect.objectContaining({ ...refused, reason: expect.stringMatching(reason) })]);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${refused.answered} `));
    expect(answer.includes('allow: POST')).toBe(refused.answered === 405);
    expect(JSON.stringify(inbox.refused())).not.toContain(inbox.token);
    expect(inbox.counts()).toEqual({ received: 0, badSignatures: 0, refused: 1, elsewhere: 0 });
    expect((await post(inbox, '{"scanRef":"next"}')).status).toBe(200);
  });

  test('that breaks off half-way', async () => {
    const inbox = await openInbox();
    const socket = await write(inbox, `POST /${inbox.token} ${REST}content-length: 100\r\n\r\n{"scanRef"`);
    // A whole request on the next connection shows that the first one has been read.
    await post(inbox, '{"scanRef":"next"}');
    socket.destroy();
    while (inbox.counts().refused === 0) await new Promise(setImmediate);
    expect(inbox.refused()).toMatchObject([
      {
        method: 'POST',
        path: '/…',
        answered: null,
        reason: 'the connection broke off',
        headers: { 'content-length': '100' },
      },
    ]);
  });

  test('the first 50; the rest is counted', async () => {
    const inbox = await openInbox();
    for (let count = 0; count < 52; count += 1) await fetch(inbox.callbackUrl);
    expect(inbox.refused()).toHaveLength(50);
    expect(inbox.counts().refused).toBe(52);
  });
});

test('requests to other paths are only counted', async () => {
  const inbox = await openInbox();
  expect((await fetch(new URL('/elsewhere', inbox.callbackUrl), { method: 'POST', body: '{}' })).status).toBe(404);
  expect((await fetch(new URL('/', inbox.callbackUrl))).status).toBe(404);
  expect(await answerTo(inbox, 'FOO / HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /);
  expect(inbox.refused()).toEqual([]);
  expect(inbox.counts()).toEqual({ received: 0, badSignatures: 0, refused: 0, elsewhere: 2 });
});

describe('a webhook that is refused on purpose', () => {
  const send = async (url: string, body: string): Promise<number> =>
    (await fetch(url, { method: 'POST', body })).status;

  test('is refused as often as was planned, and then taken', async () => {
    const inbox = await openInbox();
    const url = inbox.refusingUrl(2);
    const statuses = [];
    for (const body of ['{"scanRef":"a"}', '{"scanRef":"a"}', '{"scanRef":"b"}', '{"scanRef":"a"}', '{"scanRef":"a"}'])
      statuses.push(await send(url, body));
    expect(statuses).toEqual([500, 500, 500, 200, 200]);
    const receipts = inbox
      .mailbox('a')
      .deliveries.map(({ receipt: { answered, acknowledged } }) => [answered, acknowledged]);
    expect(receipts).toEqual([
      [500, false],
      [500, false],
      [200, true],
      [200, true],
    ]);
    expect(inbox.refused()).toEqual([]);
  });

  test('has a URL that nobody can guess, that differs from session to session, and that is ours', async () => {
    const inbox = await openInbox();
    const [one, two] = [inbox.refusingUrl(1), inbox.refusingUrl(1)];
    expect(one).toMatch(new RegExp(`^${inbox.callbackUrl}/[\\w-]{12}$`));
    expect(one).not.toBe(two);
    for (const url of [one, two, inbox.callbackUrl, `${inbox.callbackUrl}?a=1`]) expect(inbox.receives(url)).toBe(true);
    for (const url of [`${inbox.callbackUrl}/`, `${inbox.callbackUrl}/a`, `${one}a`, 'https://example.com', ''])
      expect(inbox.receives(url)).toBe(false);
  });

  test('is nothing that a provider can ask for', async () => {
    const inbox = await openInbox();
    expect(await send(`${inbox.callbackUrl}?refuse=1`, '{"scanRef":"a"}')).toBe(200);
    expect(await send(`${inbox.callbackUrl}/${'a'.repeat(12)}`, '{"scanRef":"a"}')).toBe(404);
    expect(inbox.refused()).toMatchObject([{ path: `/…/${'a'.repeat(12)}` }]);
    expect((await fetch(inbox.refusingUrl(1))).status).toBe(405);
    expect(inbox.refused()[1]).toMatchObject({ path: '/…', answered: 405 });
  });
});

describe('our answer', () => {
  const WEBHOOK = `${REST}content-length: 15\r\n\r\n{"scanRef":"a"}`;

  test('was lost when the connection was reset at it', async () => {
    const inbox = await openInbox();
    const box = inbox.mailbox('a');
    const socket = await write(inbox, `POST /${inbox.token} ${WEBHOOK}`);
    await box.arrival(0, 5_000);
    socket.resetAndDestroy();
    await post(inbox, '{"scanRef":"a"}');
    expect(box.deliveries.map(({ receipt }) => receipt.acknowledged)).toEqual([false, true]);
  });

  test('has arrived when another request follows, whatever the connection does then', async () => {
    const inbox = await openInbox();
    const box = inbox.mailbox('a');
    const socket = await write(inbox, `POST /${inbox.token} ${WEBHOOK}`);
    await box.arrival(0, 5_000);
    socket.write(`POST /${inbox.token} ${WEBHOOK}`);
    await box.arrival(1, 5_000);
    socket.resetAndDestroy();
    await post(inbox, '{"scanRef":"a"}');
    expect(box.deliveries.map(({ receipt }) => receipt.acknowledged)).toEqual([true, false, true]);
  });

  test('has arrived when the connection is closed in order', async () => {
    const inbox = await openInbox();
    const box = inbox.mailbox('a');
    const socket = await write(inbox, `POST /${inbox.token} ${WEBHOOK}`);
    await box.arrival(0, 5_000);
    socket.end();
    await once(socket, 'close');
    expect(box.deliveries.map(({ receipt }) => receipt.acknowledged)).toEqual([true]);
  });
});

test('a mailbox wakes all who wait, and starts anew when it is released', async () => {
  const inbox = await openInbox();
  const box = inbox.mailbox('a');
  const waiting = Promise.all([box.arrival(0, 10_000), box.arrival(0, 10_000), box.arrival(1, 10_000)]);
  await post(inbox, '{"scanRef":"a"}');
  await post(inbox, '{"scanRef":"a"}');
  expect(await waiting).toEqual([true, true, true]);
  box.release();
  expect(box.deliveries).toEqual([]);
  const again = box.arrival(0, 10_000);
  await post(inbox, '{"scanRef":"a"}');
  expect(await again).toBe(true);
});

test('a mailbox that is released while somebody waits wakes him all the same', async () => {
  const inbox = await openInbox();
  const box = inbox.mailbox('a');
  const waiting = box.arrival(0, 5_000);
  box.release();
  await post(inbox, '{"scanRef":"a"}');
  expect(await Promise.race([waiting, box.arrival(1, 1_000)])).toBe(true);
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
