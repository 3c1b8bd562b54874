import { randomBytes } from 'node:crypto';
import fastify, { type FastifyError, type FastifyInstance, type FastifyRequest } from 'fastify';
import { InboxError } from '../domain/harness-error.ts';
import { isJsonObject, type Json } from '../domain/json.ts';
import type { Delivery, HeaderMap } from '../domain/message.ts';
import { createMailRoom, type MailRoom } from './mail-room.ts';
import { compareSignatures, signatureOf } from './signature.ts';

/** How to open the inbox. */
export interface InboxOptions {
  /** Key of the webhook signature. */
  readonly signingKey: string;
  /** Local port; 0 or absent: any free one. */
  readonly port?: number;
  /** Public base URL in front of our port; absent: the loopback address itself. */
  readonly publicUrl?: string;
}

/** The webhook inbox: one POST path, unguessable, per run. */
export interface Inbox extends AsyncDisposable, Omit<MailRoom, 'receive' | 'refuse' | 'nextSequence'> {
  readonly callbackUrl: string;
  /** The unguessable part of the path; a secret. */
  readonly token: string;
}

interface ArrivedDelivery extends Delivery {
  readonly receipt: { digest: string; eventType: string; answered: number; acknowledged: boolean };
}

const BODY_LIMIT = 1024 * 1024;

/** Opens the inbox on loopback. Throws InboxError when the port cannot be had. */
export async function startInbox(options: InboxOptions): Promise<Inbox> {
  const token = randomBytes(18).toString('base64url');
  const room = createMailRoom();
  const app = createApp(`/${token}`, options.signingKey, room);
  const address = await listen(app, options.port ?? 0);
  const base = (options.publicUrl ?? address).replace(/\/$/, '');
  const { receive: _receive, refuse: _refuse, nextSequence: _next, ...rest } = room;
  return { ...rest, token, callbackUrl: `${base}/${token}`, [Symbol.asyncDispose]: () => app.close() };
}

async function listen(app: FastifyInstance, port: number): Promise<string> {
  try {
    return await app.listen({ host: '127.0.0.1', port });
  } catch (cause) {
    const hint = 'free the port, or set IDENFY_WEBHOOK_PORT to another one (0 takes any free port)';
    throw new InboxError(`the webhook inbox cannot listen on 127.0.0.1:${port}`, { cause, hint });
  }
}

function createApp(path: string, signingKey: string, room: MailRoom): FastifyInstance {
  const app = fastify({ logger: false, bodyLimit: BODY_LIMIT, forceCloseConnections: true, keepAliveTimeout: 60_000 });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    room.refuse();
    return reply.code(error.statusCode ?? 400).send();
  });
  const refusals = createRefusals();
  app.post(path, (request, reply) => {
    const delivery = createDelivery(request, room.nextSequence(), signingKey);
    const { receipt } = delivery;
    receipt.answered = refusals(receipt.digest, (request.query as { readonly refuse?: string }).refuse);
    reply.raw.once('finish', () => {
      receipt.acknowledged = receipt.answered < 300;
    });
    reply.code(receipt.answered).send();
    room.receive(delivery);
  });
  return app;
}

/** Decides how a delivery is answered: `?refuse=2` in its callbackUrl has each body refused twice before it is taken. */
function createRefusals(): (digest: string, refuse: string | undefined) => number {
  const refused = new Map<string, number>();
  return (digest, refuse) => {
    if (refuse === undefined) return 200;
    const times = (refused.get(digest) ?? 0) + 1;
    refused.set(digest, times);
    return times <= Number(refuse) ? 500 : 200;
  };
}

function createDelivery(request: FastifyRequest, sequence: number, signingKey: string): ArrivedDelivery {
  const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const headers = headersOf(request);
  const body = parseJson(rawBody);
  const scanRef = isJsonObject(body) && typeof body.scanRef === 'string' ? body.scanRef : undefined;
  const digest = signatureOf(rawBody, signingKey);
  const signature = compareSignatures(digest, headers['idenfy-signature']);
  const receipt = { digest, eventType: headers['idenfy-event-type'] ?? '', answered: 0, acknowledged: false };
  return { sequence, receivedAt: Date.now(), headers, rawBody, body, signature, scanRef, receipt };
}

function headersOf(request: FastifyRequest): HeaderMap {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true });

function parseJson(bytes: Uint8Array): Json | undefined {
  try {
    return JSON.parse(STRICT_UTF8.decode(bytes)) as Json;
  } catch {
    return undefined;
  }
}
