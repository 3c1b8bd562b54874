import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '../domain/json.ts';
import type { Environment } from '../domain/message.ts';
import type { Sandbox } from './start-sandbox.ts';

/** One webhook as the receiver got it. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly body: JsonObject & { readonly status: JsonObject; readonly data: JsonObject };
}

/** A webhook receiver on loopback. */
export interface Receiver extends AsyncDisposable {
  readonly url: string;
  readonly received: readonly Received[];
  /** Resolves with everything received once there are `count`; rejects after 5 s. */
  until(count: number): Promise<readonly Received[]>;
}

/** Starts a receiver; `answer` tells the HTTP status of the nth delivery (from 1), null to hang up. */
export async function startReceiver(answer: (nth: number) => number | null = () => 200): Promise<Receiver> {
  const received: Received[] = [];
  let wake: () => void = () => undefined;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    received.push({ headers: request.headers, bytes, body: JSON.parse(bytes.toString()) });
    const status = answer(received.length);
    if (status === null) request.socket.destroy();
    else response.writeHead(status).end();
    wake();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/secret-path`,
    received,
    async until(count) {
      const late = AbortSignal.timeout(5_000);
      while (received.length < count) {
        await new Promise<void>((resolve, reject) => {
          wake = resolve;
          late.onabort = () => reject(new Error(`${received.length} of ${count} webhooks came in time`));
        });
      }
      return received;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** An answer of the sandbox. */
export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Headers;
}

/** How a call differs from an ordinary one. */
export interface CallOptions {
  readonly environment?: Environment;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls the sandbox; a body that is neither text nor bytes is sent as JSON. */
export async function call(sandbox: Sandbox, path: string, body: unknown, options: CallOptions = {}): Promise<Answer> {
  const { apiKey, apiSecret } = sandbox.keys[options.environment ?? 'DEV'];
  const method = options.method ?? 'POST';
  const response = await fetch(sandbox.baseUrl + path, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')}`,
      'content-type': 'application/json',
      ...options.headers,
    },
    ...(method === 'GET' || method === 'HEAD' ? {} : { body: payload(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
}

function payload(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
}

/** The signature that is due for `bytes`. */
export function signatureOf(bytes: Buffer, key: string): string {
  return createHmac('sha256', key).update(bytes).digest('hex');
}
