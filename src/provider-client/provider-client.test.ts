import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ProviderUnreachableError } from '../domain/harness-error.ts';
import type { Exchange, ProviderRequest } from '../domain/message.ts';
import { type ProviderClientOptions, startProviderClient } from './provider-client.ts';

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
    expect(error.hint).toBe('the response stopped half-way; a session may have been created');
  });

  test('credentials in the base URL stay out of the message', async () => {
    const { origin } = await closedPort();
    const error = await sendInVain(origin.replace('http://', `http://user:${SECRET}@`));
    expect(error.message).toContain(`POST ${origin}/api`);
  });
});

async function closedPort(): Promise<{ readonly origin: string }> {
  await using provider = await listen();
  return { origin: provider.origin };
}

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
