import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import type { JsonObject } from '../domain/json.ts';
import type { Environment, Operation } from '../domain/message.ts';
import type { DueWebhook } from './acceptance.ts';
import type { Provider } from './provider.ts';
import { type Refusal, refusalBody, refuse } from './refusal.ts';
import { readBody } from './request-body.ts';
import type { ExchangeEvent } from './sandbox-event.ts';

/** What the HTTP side of the sandbox needs. */
export interface AppOptions {
  readonly provider: Provider;
  readonly environmentOf: (authorization: string | undefined) => Environment | undefined;
  /** Called once the answer of the request that caused the webhook has been handed to the socket. */
  readonly onWebhook: (webhook: DueWebhook) => void;
  readonly onEvent: (event: ExchangeEvent) => void;
  /** Pause before every answer, in ms. */
  readonly latencyMs: number;
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  '/api/v2/token': 'createSession',
  '/api/v2/add-dummy-status': 'addManualStatus',
  '/api/v2/status': 'getStatus',
};

const BODY_LIMIT_BYTES = 1024 * 1024;

type Answer = Refusal | { readonly status: number; readonly body: unknown; readonly kind: 'acceptance' };

/** The sandbox's HTTP side, not yet listening. */
export function createApp(options: AppOptions): FastifyInstance {
  const app = fastify({
    logger: false,
    forceCloseConnections: true,
    bodyLimit: BODY_LIMIT_BYTES,
    clientErrorHandler: refuseUnreadable,
    frameworkErrors: (error, request, reply) => void respond(options, request, reply, refusalOf(error)),
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  for (const [path, operation] of Object.entries(OPERATIONS)) {
    app.post(path, (request, reply) => operate(options, operation, request, reply));
  }
  app.setNotFoundHandler((request, reply) => respond(options, request, reply, missing(request, reply)));
  app.setErrorHandler((error, request, reply) => respond(options, request, reply, refusalOf(error)));
  return app;
}

async function operate(options: AppOptions, operation: Operation, request: FastifyRequest, reply: FastifyReply) {
  const environment = options.environmentOf(request.headers.authorization);
  if (environment === undefined) {
    reply.header('www-authenticate', 'Basic realm="sandbox"');
    return respond(options, request, reply, refuse('UNAUTHORIZED', 'The API key or secret is wrong.', 401));
  }
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const body = readBody(request.headers['content-type'], bytes);
  if (body.kind === 'refusal') return respond(options, request, reply, body);
  const answer = options.provider.handle(operation, environment, body.value);
  await respond(options, request, reply, answer, namesOf(operation, body.value));
  if (answer.kind === 'acceptance' && answer.webhook !== undefined) options.onWebhook(answer.webhook);
  return reply;
}

async function respond(
  options: AppOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
  names: Pick<ExchangeEvent, 'clientId' | 'scanRef'> = {},
): Promise<FastifyReply> {
  if (options.latencyMs > 0) await sleep(options.latencyMs, undefined, { ref: false });
  const refused = answer.kind === 'refusal';
  const text = JSON.stringify(refused ? refusalBody(answer) : answer.body);
  reply.code(answer.status).header('content-type', 'application/json').send(text);
  options.onEvent({
    kind: 'exchange',
    method: request.method,
    path: pathOf(request),
    status: answer.status,
    identifier: refused ? answer.identifier : null,
    latencyMs: reply.elapsedTime,
    ...names,
  });
  return reply;
}

/** A known path with another method is 405, all else 404. */
function missing(request: FastifyRequest, reply: FastifyReply): Refusal {
  if (!Object.hasOwn(OPERATIONS, pathOf(request))) return refuse('BAD_VALUE', 'There is nothing at this path.', 404);
  reply.header('allow', 'POST');
  return refuse('METHOD_NOT_ALLOWED', `Method ${request.method} is not allowed here.`, 405);
}

/** What Fastify itself turned down: a body that is too large or cut short, a path that cannot be read. */
function refusalOf(error: unknown): Refusal {
  const status = Number((error as { readonly statusCode?: unknown }).statusCode ?? 500);
  if (status === 413) return refuse('BAD_VALUE', `The body is larger than ${BODY_LIMIT_BYTES} bytes.`, 413);
  if (status === 415) return refuse('BAD_VALUE', 'The Content-Type must be application/json.', 415);
  if (status >= 400 && status < 500) return refuse('BAD_VALUE', 'The request cannot be read.', status);
  return refuse('INTERNAL_ERROR', 'The sandbox failed.', 500);
}

/** Answers what is no HTTP request; there is no reply object yet, only the socket. */
function refuseUnreadable(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const overflow = error.code === 'HPE_HEADER_OVERFLOW';
  const status = overflow ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const body = JSON.stringify(refusalBody(refuse('BAD_VALUE', 'The request cannot be read.')));
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
  );
}

function namesOf(operation: Operation, body: JsonObject): Pick<ExchangeEvent, 'clientId' | 'scanRef'> {
  const field = operation === 'createSession' ? 'clientId' : 'scanRef';
  const value = body[field];
  return typeof value === 'string' ? { [field]: value } : {};
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '';
}
