import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Sandbox } from '../../src/sandbox/start-sandbox.ts';

/** A message on its way through the proxy; an alteration changes it in place. */
export interface PassingMessage {
  /** Status of a response; of no meaning in a webhook. */
  status: number;
  headers: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: alterations reach into any JSON
  body: any;
  /** Path of the API call that the response answers. */
  readonly path: string;
  /** The text to send instead of the body. */
  raw?: string;
}

/** What the proxy does to the traffic between the harness and the sandbox. */
export interface Alteration {
  /** Changes a response of the provider. */
  readonly response?: (message: PassingMessage) => void;
  /** Changes a webhook; it is signed again unless `keepSignature`. */
  readonly webhook?: (message: PassingMessage) => void;
  readonly keepSignature?: boolean;
  /** Forwards a webhook in its own way: late, twice, never. */
  readonly forward?: (send: () => Promise<number>, message: PassingMessage) => Promise<number>;
}

/** A proxy in front of a sandbox that alters one thing. */
export interface AlteringProxy extends AsyncDisposable {
  readonly baseUrl: string;
}

/** Starts the proxy; webhooks pass through it too, because it puts itself into each callbackUrl. */
export async function startAlteringProxy(sandbox: Sandbox, alteration: Alteration): Promise<AlteringProxy> {
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.writeHead(502).end(String(error));
    });
  });
  const callbacks = new Map<string, string>();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const callback = callbacks.get(request.url ?? '');
    if (callback !== undefined) await passWebhook(request, response, body, callback);
    else await passRequest(request, response, body);
  }

  async function passRequest(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> {
    const sent = redirect(body);
    const headers = headersOf(request);
    const answer = await fetch(sandbox.baseUrl + request.url, {
      method: request.method ?? 'POST',
      headers,
      ...(body.length === 0 ? {} : { body: sent }),
    });
    const text = restore(await answer.text());
    const contentType = answer.headers.get('content-type') ?? '';
    const message: PassingMessage = {
      status: answer.status,
      headers: { 'content-type': contentType },
      body: parse(text),
      path: request.url ?? '',
    };
    alteration.response?.(message);
    response
      .writeHead(message.status, message.headers)
      .end(message.raw ?? (message.body === undefined ? text : JSON.stringify(message.body)));
  }

  async function passWebhook(
    request: IncomingMessage,
    response: ServerResponse,
    body: Buffer,
    callback: string,
  ): Promise<void> {
    const message: PassingMessage = {
      status: 0,
      headers: headersOf(request),
      body: parse(restore(body.toString())),
      path: '',
    };
    alteration.webhook?.(message);
    const raw = message.raw ?? JSON.stringify(message.body);
    if (alteration.keepSignature !== true)
      message.headers['idenfy-signature'] = createHmac('sha256', sandbox.signingKey).update(raw).digest('hex');
    const send = async (): Promise<number> =>
      (await fetch(callback, { method: 'POST', body: raw, headers: message.headers })).status;
    response.writeHead(await (alteration.forward ?? ((pass) => pass()))(send, message)).end();
  }

  /** Puts the proxy's own address into callbackUrl. */
  function redirect(body: Buffer): string {
    const json = parse(body.toString());
    if (typeof json?.callbackUrl !== 'string') return body.toString();
    const path = `/hook-${callbacks.size}`;
    callbacks.set(path, json.callbackUrl);
    return JSON.stringify({ ...json, callbackUrl: baseUrl + path });
  }

  function restore(text: string): string {
    return text.replace(new RegExp(`${baseUrl}(/hook-\\d+)`, 'g'), (_, path: string) => callbacks.get(path) ?? '');
  }

  return {
    baseUrl,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const HOP = new Set(['host', 'connection', 'content-length', 'transfer-encoding']);

function headersOf(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) =>
      HOP.has(name) || value === undefined ? [] : [[name, String(value)]],
    ),
  );
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

// biome-ignore lint/suspicious/noExplicitAny: any JSON
function parse(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
