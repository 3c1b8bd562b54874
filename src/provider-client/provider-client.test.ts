import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ProviderUnreachableError } from '../domain/harness-error.ts';
import type { Exchange, ProviderRequest } from '../domain/message.ts';
import { type ProviderClientOptions, startProviderClient } from './provider-client.ts';
import { LONGEST_BODY } from './response-limit.ts';

const SECRET = 'very-secret-value';
const REQUEST: ProviderRequest = {
  method: 'POST',
  path: '/api/v2/token',
  headers: { 'content-type': 'application/json', authorization: `Basic ${SECRET}` },
  body: JSON.stringify({ clientId: 'ä', secret: SECRET }),
};

interface Listening extends AsyncDisposable {
  readonly server: Server;
  readonly origin: string;
}

/** A server on a free port of loopback. */
async function listen(listener: RequestListener = answer): Promise<Listening> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    server,
    origin: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function answer(_: IncomingMessage, response: ServerResponse): void {
  response.setHeader('content-type', 'application/json').writeHead(201).end('{"a":"ä"}');
}

/** Sends one request and gives what comes of it, an error included. */
async function send(
  origin: string,
  options: Partial<ProviderClientOptions> = {},
): Promise<Exchange | ProviderUnreachableError> {
  await using client = startProviderClient({ baseUrl: origin, connections: 1, responseTimeoutMs: 2000, ...options });
  try {
    return await client.send(REQUEST);
  } catch (error) {
    if (error instanceof ProviderUnreachableError) return error;
    throw error;
  }
}

async function sendInVain(
  origin: string,
  options: Partial<ProviderClientOptions> = {},
): Promise<ProviderUnreachableError> {
  const error = await send(origin, options);
  if (!(error instanceof ProviderUnreachableError)) throw new Error('a response came');
  expect(error).toMatchObject({ code: 'E_PROVIDER_UNREACHABLE', exitCode: 3 });
  expect(error.message).toContain('POST ');
  expect(`${error.describe()}${error.stack}`).not.toContain(SECRET);
  return error;
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('an exchange', () => {
  test('has the request as it was sent and the response as it came', async () => {
    let seen: readonly [string | undefined, string | undefined, string | undefined, string] | undefined;
    await using provider = await listen(async (request, response) => {
      let body = '';
      for await (const part of request.setEncoding('utf8')) body += part;
      seen = [request.method, request.url, request.headers.authorization, body];
      answer(request, response);
    });
    const before = Date.now();
    const exchange = await send(provider.origin);
    expect(seen).toEqual(['POST', '/api/v2/token', `Basic ${SECRET}`, REQUEST.body]);
    expect(exchange).toMatchObject({ request: REQUEST, response: { status: 201, body: '{"a":"ä"}' } });
    const { sentAt, latencyMs } = exchange as Exchange;
    expect(sentAt).toBeGreaterThanOrEqual(before);
    expect(latencyMs).toBeGreaterThan(0);
  });

  test('has each header once, under a lower-case name', async () => {
    await using provider = await listen((_, response) => {
      response.setHeader('X-Many', ['a', 'b']).setHeader('Set-Cookie', ['c=1', 'd=2']).end();
    });
    expect(await send(provider.origin)).toMatchObject({
      response: { headers: { 'x-many': 'a, b', 'set-cookie': 'c=1, d=2' }, body: '' },
    });
  });

  test('is whole whatever its status', async () => {
    await using provider = await listen((_, response) => response.writeHead(503).end('<html>'));
    expect(await send(provider.origin)).toMatchObject({ response: { status: 503, body: '<html>' } });
  });

  test('does not follow a redirect, which would take the credentials along', async () => {
    await using provider = await listen((_, response) => response.writeHead(307, { location: '/elsewhere' }).end());
    expect(await send(provider.origin)).toMatchObject({ response: { status: 307 } });
  });

  test.each([
    ['', '/api/v2/token'],
    ['/', '/api/v2/token'],
    ['/tenant/one', '/tenant/one/api/v2/token'],
    ['/tenant/one/', '/tenant/one/api/v2/token'],
  ])('with a base URL that ends in %j goes to %s', async (prefix, path) => {
    await using provider = await listen((request, response) => response.end(request.url));
    expect(await send(provider.origin + prefix)).toMatchObject({ request: { path }, response: { body: path } });
  });
});

describe('no whole response', () => {
  test('nothing listens', async () => {
    const { origin } = await closedPort();
    const error = await sendInVain(origin);
    expect(error.message).toBe(
      `POST ${origin}/api/v2/token got no response: connect ECONNREFUSED ${origin.slice('http://'.length)}`,
    );
    expect(error.hint).toContain('nothing listens there');
  });

  test('the connection is reset before the response', async () => {
    await using provider = await listen((request) => request.socket.resetAndDestroy());
    expect((await sendInVain(provider.origin)).hint).toContain('a session may have been created');
  });

  test.each(['resetAndDestroy', 'destroy'] as const)(
    'the connection ends in the middle of the body (%s)',
    async (end) => {
      await using provider = await listen((_, response) => {
        response.writeHead(201, { 'content-length': '100' });
        response.write('{"scanRef":', () => response.socket?.[end]());
      });
      expect((await sendInVain(provider.origin)).hint).toContain('a session may have been created');
    },
  );

  test('what answers speaks no HTTP', async () => {
    await using provider = await listen((request) => request.socket.end('SSH-2.0-x\r\n\r\n'));
    await sendInVain(provider.origin);
  });

  test('the response does not come in time', async () => {
    await using provider = await listen(() => {});
    const error = await sendInVain(provider.origin, { responseTimeoutMs: 50 });
    expect(error.hint).toBe(
      'the provider took the request and did not answer in time; a session may have been created',
    );
  });

  test('the body stops half-way', async () => {
    await using provider = await listen((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{');
    });
    const error = await sendInVain(provider.origin, { responseTimeoutMs: 50 });
    expect(error.message).toContain('got no whole response: the response was not whole after 50 ms');
    expect(error.hint).toBe('the response stopped half-way or came too slowly; a session may have been created');
  });

  test.each(['content-length', 'transfer-encoding'])('the body drips and never ends (%s)', async (name) => {
    const closed: Promise<unknown>[] = [];
    await using provider = await listen((request, response) => {
      closed.push(new Promise((resolve) => request.socket.on('close', resolve).on('error', () => {})));
      response.writeHead(201, name === 'content-length' ? { [name]: '1000000' } : {});
      const drip = setInterval(() => response.write('x'), 5);
      response.on('close', () => clearInterval(drip));
    });
    await using client = startProviderClient({ baseUrl: provider.origin, connections: 1, responseTimeoutMs: 100 });
    for (let count = 1; count <= 2; count += 1) {
      await expect(client.send(REQUEST)).rejects.toThrow('the response was not whole after 100 ms');
      // A connection for each request, and the first one is gone.
      expect(closed).toHaveLength(count);
      await closed[count - 1];
    }
  });

  test('the headers drip and never end', async () => {
    await using provider = await listen((request) => {
      request.socket.write('HTTP/1.1 200 OK\r\nx: ');
      const drip = setInterval(() => request.socket.write('x'), 5);
      request.socket.on('close', () => clearInterval(drip));
    });
    const error = await sendInVain(provider.origin, { responseTimeoutMs: 100 });
    expect(error.message).toContain('got no whole response: nothing came within 100 ms');
  });

  test.each<[string, RequestListener]>([
    ['as sent', (_, response) => response.end(Buffer.alloc(LONGEST_BODY + 1, 'x'))],
    ['without an end', (_, response) => void endless(response)],
    [
      'as decompressed',
      (_, response) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(LONGEST_BODY + 1))),
    ],
  ])('the body is larger than 8 MiB %s', async (_, listener) => {
    await using provider = await listen(listener);
    const error = await sendInVain(provider.origin);
    expect(error.message).toContain('got no whole response: the response is larger than 8 MiB');
    expect(error.hint).toContain('a session may have been created');
  });

  test('a proxy does not answer', async () => {
    await using proxy = await listen();
    proxy.server.on(
      'connect',
      (_, socket) =>
        void socket
          .on('error', () => {})
          .once('end', () => socket.destroy())
          .resume(),
    );
    vi.stubEnv('https_proxy', proxy.origin);
    for (const name of ['no_proxy', 'NO_PROXY']) vi.stubEnv(name, '');
    const error = await sendInVain('https://provider.invalid', { connectTimeoutMs: 50 });
    expect(error.hint).toBe('the proxy does not answer: check HTTPS_PROXY');
  });

  test('credentials in the base URL stay out of the message', async () => {
    const { origin } = await closedPort();
    const error = await sendInVain(origin.replace('http://', `http://user:${SECRET}@`));
    expect(error.message).toContain(`POST ${origin}/api`);
  });
});

async function endless(response: ServerResponse): Promise<void> {
  const part = Buffer.alloc(65_536, 'x');
  while (!response.destroyed) if (!response.write(part)) await new Promise(setImmediate);
}

async function closedPort(): Promise<{ readonly origin: string }> {
  await using provider = await listen();
  return { origin: provider.origin };
}

describe('the body of a response', () => {
  const TEXT = '{"a":"ä€😀"}';
  const answering =
    (body: Buffer, headers: Record<string, string> = {}): RequestListener =>
    (_, response) =>
      response.writeHead(200, headers).end(body);

  test('may be as large as 8 MiB, and come in parts', async () => {
    await using provider = await listen((_, response) => {
      for (let part = 0; part < 64; part += 1) response.write(Buffer.alloc(LONGEST_BODY / 64, 65 + (part % 26)));
      response.end();
    });
    const { response } = (await send(provider.origin)) as Exchange;
    expect(response.body.length).toBe(LONGEST_BODY);
    expect([...response.body.matchAll(/(.)\1*/g)].map(([run]) => run.length)).toEqual(
      Array(64).fill(LONGEST_BODY / 64),
    );
  });

  test('is joined from single bytes, in the middle of characters', async () => {
    await using provider = await listen(async (_, response) => {
      for (const byte of Buffer.from(TEXT)) {
        response.write(Buffer.of(byte));
        await new Promise(setImmediate);
      }
      response.end();
    });
    expect(await send(provider.origin)).toMatchObject({ response: { body: TEXT } });
  });

  test.each([
    ['identity', Buffer.from(TEXT)],
    ['gzip', gzipSync(TEXT)],
    ['X-GZIP', gzipSync(TEXT)],
    ['deflate', deflateSync(TEXT)],
    ['br', brotliCompressSync(TEXT)],
    ['gzip, identity', gzipSync(TEXT)],
    ['identity ,\tGzip', gzipSync(TEXT)],
    ['deflate, br, gzip', gzipSync(brotliCompressSync(deflateSync(TEXT)))],
    ['', Buffer.from(TEXT)],
    ['unheard-of', Buffer.from(TEXT)],
  ])('is decoded from the content-encoding %j', async (encoding, body) => {
    await using provider = await listen(answering(body, { 'content-encoding': encoding }));
    const { response } = (await send(provider.origin)) as Exchange;
    expect(response).toMatchObject({ body: TEXT });
    expect(response).not.toHaveProperty('bodyProblem');
  });

  test('may be empty whatever its content-encoding', async () => {
    await using provider = await listen(answering(Buffer.alloc(0), { 'content-encoding': 'gzip' }));
    const { response } = (await send(provider.origin)) as Exchange;
    expect(response).toMatchObject({ body: '' });
    expect(response).not.toHaveProperty('bodyProblem');
  });

  test.each([
    ['plain text', Buffer.from(TEXT), TEXT],
    ['half of it', gzipSync(TEXT).subarray(0, 12), expect.any(String)],
  ])('that is not in its content-encoding stays as it came: %s', async (_, body, text) => {
    await using provider = await listen(answering(body, { 'content-encoding': 'br, gzip' }));
    expect(await send(provider.origin)).toMatchObject({
      response: { body: text, bodyProblem: 'is not in its content-encoding gzip' },
    });
  });

  test.each([
    ['a byte that never occurs', Buffer.from([0x22, 0x61, 0xff, 0x22]), '"a\ufffd"', 2],
    ['Latin-1', Buffer.from('{"a":"ä"}', 'latin1'), '{"a":"\ufffd"}', 6],
    ['a character cut off', Buffer.from('"€').subarray(0, 3), '"\ufffd', 1],
    ['a surrogate', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), '"\ufffd\ufffd\ufffd"', 1],
    ['a byte behind a byte order mark', Buffer.from([0xef, 0xbb, 0xbf, 0x22, 0xff, 0x22]), '"\ufffd"', 4],
  ])('that is not UTF-8 is told with the place: %s', async (_, body, text, at) => {
    await using provider = await listen(answering(body));
    expect(await send(provider.origin)).toMatchObject({
      response: { body: text, bodyProblem: `is not UTF-8 at byte ${at}` },
    });
  });

  test('may hold U+FFFD, and begin with a byte order mark, which is ignored', async () => {
    await using provider = await listen(answering(Buffer.from('\ufeff"\ufffd\ufeff"')));
    const { response } = (await send(provider.origin)) as Exchange;
    expect(response.body).toBe('"\ufffd\ufeff"');
    expect(response).not.toHaveProperty('bodyProblem');
  });

  test('of an interim response is none', async () => {
    await using provider = await listen((_, response) => {
      response.writeEarlyHints({ link: '</a>; rel=preload' });
      response.writeHead(201, { a: 'b' }).end('{}');
    });
    const { response } = (await send(provider.origin)) as Exchange;
    expect(response).toMatchObject({ status: 201, body: '{}', headers: { a: 'b' } });
    expect(response.headers).not.toHaveProperty('link');
  });
});

describe('the rate', () => {
  test('keeps the order in which requests were given, and spaces them', async () => {
    const paths: (string | undefined)[] = [];
    await using provider = await listen((request, response) => {
      paths.push(request.url);
      answer(request, response);
    });
    await using client = startProviderClient({ baseUrl: provider.origin, connections: 8, ratePerSecond: 100 });
    const given = Array.from({ length: 12 }, (_, at) => `/${at}`);
    const started = performance.now();
    await Promise.all(given.map((path) => client.send({ ...REQUEST, path })));
    expect(paths).toEqual(given);
    expect(performance.now() - started).toBeGreaterThanOrEqual(11 * 10 - 15);
  });

  test('is not made up for after a pause', async () => {
    await using provider = await listen();
    await using client = startProviderClient({ baseUrl: provider.origin, connections: 8, ratePerSecond: 20 });
    await client.send(REQUEST);
    await new Promise((resolve) => setTimeout(resolve, 120));
    const started = performance.now();
    await Promise.all([client.send(REQUEST), client.send(REQUEST)]);
    expect(performance.now() - started).toBeGreaterThanOrEqual(45);
  });

  test('without one, requests run side by side', async () => {
    let waiting = 0;
    const responses: ServerResponse[] = [];
    await using provider = await listen((_, response) => {
      waiting = responses.push(response);
      if (waiting === 4) for (const one of responses) one.end();
    });
    await using client = startProviderClient({ baseUrl: provider.origin, connections: 4 });
    await Promise.all([1, 2, 3, 4].map(() => client.send(REQUEST)));
    expect(waiting).toBe(4);
  });
});

describe('a proxy', () => {
  test('is used for a provider elsewhere, never for one on loopback', async () => {
    const asked: (string | undefined)[] = [];
    await using proxy = await listen();
    proxy.server.on('connect', (request, socket) => {
      asked.push(request.url);
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    for (const name of ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY']) vi.stubEnv(name, proxy.origin);
    for (const name of ['no_proxy', 'NO_PROXY']) vi.stubEnv(name, '');
    await sendInVain('https://provider.invalid');
    expect(asked).toEqual(['provider.invalid:443']);
    await using provider = await listen();
    expect(await send(provider.origin)).toMatchObject({ response: { status: 201 } });
    expect(asked).toHaveLength(1);
  });
});

test('after disposal nothing is sent any more', async () => {
  await using provider = await listen();
  const client = startProviderClient({ baseUrl: provider.origin, connections: 1 });
  await client.send(REQUEST);
  await client[Symbol.asyncDispose]();
  await expect(client.send(REQUEST)).rejects.toBeInstanceOf(ProviderUnreachableError);
});
