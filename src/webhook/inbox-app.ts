import type { Socket } from 'node:net';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type ArrivedDelivery, createDelivery } from './delivery.ts';
import type { MailRoom } from './mail-room.ts';
import type { PlannedRefusals } from './planned-refusals.ts';
import { BODY_LIMIT, createRefusedRequest, reasonOf, requestIn, type TellableRequest } from './refused-request.ts';

/** A reset that our answer runs into comes within a round trip; one that comes later says nothing of the answer, in ms. */
const LOST_WITHIN_MS = 1_000;

/** Creates the web app that takes webhooks at `/<token>`, and at `/<token>/<segment>` those that are refused on purpose. */
export function createInboxApp(
  token: string,
  signingKey: string,
  room: MailRoom,
  planned: PlannedRefusals,
): FastifyInstance {
  const lastOn = new WeakMap<Socket, ArrivedDelivery>();
  const unparsed = new WeakMap<Socket, ParserFailure>();
  let sequence = 0;

  const app = fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
    keepAliveTimeout: 60_000,
    clientErrorHandler: fail,
    frameworkErrors: refuseUnreadable,
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setErrorHandler(refuseUnreadable);
  app.setNotFoundHandler(refuseUnknown);
  app.post(`/${token}`, (request, reply) => take(request, reply, 200));
  app.post<{ Params: { segment: string } }>(`/${token}/:segment`, (request, reply) => {
    const { segment } = request.params;
    if (!planned.isPlanned(segment)) return refuseUnknown(request, reply);
    take(request, reply, planned.take(segment, bytesOf(request)) ? 500 : 200);
  });
  return app;

  /** Answers first: the provider goes on while we read. */
  function take(request: FastifyRequest, reply: FastifyReply, status: number): void {
    reply.code(status).send();
    sequence += 1;
    const delivery = createDelivery(sequence, request.raw.headers, bytesOf(request), signingKey, status);
    const { socket } = request.raw;
    if (socket.destroyed) delivery.receipt.acknowledged = false;
    else lastOn.set(socket, delivery);
    room.receive(delivery);
  }

  function refuseUnreadable(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
    const { raw } = request;
    const failure = unparsed.get(raw.socket);
    const status = error.statusCode ?? 400;
    if (failure === undefined && raw.destroyed) refuse(raw, null, 'the connection broke off');
    else if (failure?.told !== true) refuse(raw, status, reasonOf(failure?.code ?? error.code));
    reply.code(status).send();
  }

  function refuseUnknown({ raw }: FastifyRequest, reply: FastifyReply): void {
    const isOurs = raw.url?.split('?', 1)[0] === `/${secretIn(raw.url)}`;
    refuse(raw, isOurs ? 405 : 404, isOurs ? 'only POST is taken' : 'its path is not the one of our callbackUrl');
    if (isOurs) reply.header('allow', 'POST');
    reply.code(isOurs ? 405 : 404).send();
  }

  /** An error of the connection, or of the HTTP parser: fastify sees no request, or one that breaks off later. */
  function fail({ code = '', rawPacket }: { code?: string; rawPacket?: unknown }, socket: Socket): void {
    const last = lastOn.get(socket);
    const isReset = code === 'ECONNRESET' || code === 'EPIPE';
    if (isReset && last !== undefined && Date.now() - last.receivedAt < LOST_WITHIN_MS)
      last.receipt.acknowledged = false;
    if (code.startsWith('HPE_') && code !== 'HPE_INVALID_EOF_STATE') {
      const request = Buffer.isBuffer(rawPacket) ? requestIn(rawPacket) : { url: '', headers: {} };
      const told = secretIn(request.url) !== undefined;
      if (told) refuse(request, statusOf(code), reasonOf(code));
      unparsed.set(socket, { code, told });
      if (socket.writable)
        socket.write(`HTTP/1.1 ${statusOf(code)} \r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    }
    socket.destroy();
  }

  function refuse(request: TellableRequest, answered: number | null, reason: string): void {
    const secret = secretIn(request.url);
    if (secret === undefined) room.passBy();
    else room.refuse(createRefusedRequest(request, secret, answered, reason));
  }

  /** The part of a path that only the provider was told; undefined when the request is somebody else's. */
  function secretIn(url = ''): string | undefined {
    if (!url.includes(token)) return undefined;
    const segment = url.split('?', 1)[0]?.split(`${token}/`)[1] ?? '';
    return planned.isPlanned(segment) ? `${token}/${segment}` : token;
  }
}

/** What the HTTP parser could not read; `told`: its packet said that it was for us. */
interface ParserFailure {
  readonly code: string;
  readonly told: boolean;
}

const NO_BYTES = Buffer.alloc(0);

function bytesOf({ body }: FastifyRequest): Buffer {
  return Buffer.isBuffer(body) ? body : NO_BYTES;
}

function statusOf(code: string): number {
  return code === 'HPE_HEADER_OVERFLOW' ? 431 : 400;
}
