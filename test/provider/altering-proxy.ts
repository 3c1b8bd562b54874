import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import {
  Agent,
  type ClientRequest,
  createServer,
  type IncomingMessage,
  request as openRequest,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Sandbox } from '../../src/sandbox/start-sandbox.ts';

/** A message on its way through the proxy; an alteration changes it in place. */
export interface PassingMessage {
  /** HTTP status of a response; of no meaning elsewhere. */
  status: number;
  /** Names as they are sent. */
  headers: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: alterations reach into any JSON
  body: any;
  /** Path of the API call; '' in a webhook. */
  readonly path: string;
  /** The request that a response answers, as the harness sent it; undefined elsewhere. */
  // biome-ignore lint/suspicious/noExplicitAny: any JSON
  readonly asked: any;
  /** What to send instead of the body's JSON; several pieces are sent as chunks. */
  raw?: string | Buffer | readonly string[];
  /** The method of a webhook, when it is not POST. */
  method?: string;
  /** What a webhook's URL has behind the callbackUrl. */
  suffix?: string;
  /** Breaks the connection half-way through the body of a webhook. */
  broken?: true;
}

/** Sends the webhook on and gives the status that the harness answered; `copy` sends something else than the webhook itself. */
export type Send = (copy?: (webhook: PassingMessage) => void) => Promise<number>;

/** What the proxy does to the traffic between the harness and the sandbox. */
export interface Alteration {
  /** Changes a request before the sandbox sees it. */
  readonly request?: (message: PassingMessage) => void | Promise<void>;
  /** Changes a response of the provider. */
  readonly response?: (message: PassingMessage) => void | Promise<void>;
  /** Changes a webhook; it is signed again over its new bytes. */
  readonly webhook?: (message: PassingMessage) => void | Promise<void>;
  /** The signature to send, from the right one for the bytes sent and the one the sandbox made; null: none. */
  readonly signature?: (due: string, original: string) => string | null;
  /** Forwards a webhook in its own way: late, twice, never. */
  readonly deliver?: (send: Send, message: PassingMessage) => Promise<number>;
}

/** A proxy in front of a sandbox that alters one thing. */
export interface AlteringProxy extends AsyncDisposable {
  readonly baseUrl: string;
}

/** Starts the proxy; webhooks pass through it too, because it puts itself into each callbackUrl. */
export async function startAlteringProxy(sandbox: Sandbox, alteration: Alteration): Promise<AlteringProxy> {
  const callbacks = new Map<string, string>();
  const agent = new Agent({ keepAlive: true });
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(502).end(String(error));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const message = await read(request);
    const callback = callbacks.get(message.path);
    if (callback !== undefined) response.writeHead(await passWebhook(message, callback)).end();
    else await passRequest(request.method ?? 'POST', message, response);
  }

  async function passRequest(method: string, message: PassingMessage, response: ServerResponse): Promise<void> {
    const asked = structuredClone(message.body);
    if (String(message.body?.callbackUrl).startsWith('http://127.0.0.1:'))
      message.body.callbackUrl = redirect(message.body.callbackUrl);
    await alteration.request?.(message);
    const received = await send(agent, sandbox.baseUrl + message.path, method, message);
    if (received === null) throw new Error('requests to the sandbox are never broken');
    const answer = await read(received, message.path, asked, restore);
    await alteration.response?.(answer);
    response.writeHead(answer.status, answer.headers);
    for (const piece of piecesOf(answer)) response.write(piece);
    response.end();
  }

  async function passWebhook(original: PassingMessage, callback: string): Promise<number> {
    const forward: Send = async (copy) => {
      const message = structuredClone(original);
      const signed = message.headers['idenfy-signature'] ?? '';
      await alteration.webhook?.(message);
      copy?.(message);
      const due = createHmac('sha256', sandbox.signingKey)
        .update(Buffer.concat(piecesOf(message)))
        .digest('hex');
      const signature = (alteration.signature ?? String)(due, signed);
      delete message.headers['idenfy-signature'];
      if (signature !== null) message.headers['Idenfy-Signature'] = signature;
      const url = callback + (message.suffix ?? '');
      const answer = await send(agent, url, message.method ?? 'POST', message);
      answer?.resume();
      return answer?.statusCode ?? 0;
    };
    return (alteration.deliver ?? ((pass) => pass()))(forward, structuredClone(original));
  }

  /** The proxy's own address for a callbackUrl. */
  function redirect(callbackUrl: string): string {
    const path = `/hook-${callbacks.size}`;
    callbacks.set(path, callbackUrl);
    return baseUrl + path;
  }

  function restore(text: string): string {
    return text.replace(new RegExp(`${baseUrl}(/hook-\\d+)`, 'g'), (_, path: string) => callbacks.get(path) ?? '');
  }

  return {
    baseUrl,
    async [Symbol.asyncDispose]() {
      agent.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Headers that belong to one connection, or that the body sent decides. */
const HOP = new Set(['host', 'connection', 'keep-alive', 'date', 'content-length', 'transfer-encoding']);

async function read(
  from: IncomingMessage,
  path: string = from.url ?? '',
  asked?: unknown,
  restore: (text: string) => string = String,
): Promise<PassingMessage> {
  const chunks: Buffer[] = [];
  for await (const chunk of from) chunks.push(chunk as Buffer);
  const text = restore(Buffer.concat(chunks).toString());
  const headers = Object.fromEntries(
    Object.entries(from.headers).flatMap(([name, value]) => (HOP.has(name) ? [] : [[name, String(value)]])),
  );
  const body = parse(text);
  return { status: from.statusCode ?? 0, headers, body, path, asked, ...(body === undefined ? { raw: text } : {}) };
}

async function send(
  agent: Agent,
  url: string,
  method: string,
  message: PassingMessage,
): Promise<IncomingMessage | null> {
  const request = openRequest(url, { method, agent, headers: message.headers });
  const pieces = piecesOf(message);
  if (message.broken) return breakOff(request, Buffer.concat(pieces));
  if (pieces.length === 1 && pieces[0]?.length !== 0) request.setHeader('content-length', pieces[0]?.length ?? 0);
  for (const piece of pieces) if (piece.length > 0) request.write(piece);
  request.end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return response;
}

async function breakOff(request: ClientRequest, bytes: Buffer): Promise<null> {
  const closed = new Promise((resolve) => request.once('close', resolve));
  request.on('error', () => undefined);
  request.setHeader('content-length', bytes.length);
  request.write(bytes.subarray(0, bytes.length / 2), () => request.destroy());
  await closed;
  return null;
}

function piecesOf({ raw, body }: PassingMessage): readonly Buffer[] {
  const content = raw ?? JSON.stringify(body) ?? '';
  return (Array.isArray(content) ? content : [content]).map((piece: string | Buffer) => Buffer.from(piece as string));
}

// biome-ignore lint/suspicious/noExplicitAny: any JSON
function parse(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
