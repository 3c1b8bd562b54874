import { shorten } from '../domain/excerpt.ts';
import type { HeaderMap, RefusedRequest } from '../domain/message.ts';

/** Largest body that is taken, in bytes. */
export const BODY_LIMIT: number = 1024 * 1024;

/** What a request has that can be told of it. */
export interface TellableRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

const TOLD_HEADERS: readonly string[] = [
  'idenfy-event-type',
  'content-type',
  'content-length',
  'content-encoding',
  'transfer-encoding',
  'user-agent',
];

/** What is kept of a request that was refused; `secret` is the part of its path that nobody else may see. */
export function createRefusedRequest(
  { method = '', url = '', headers }: TellableRequest,
  secret: string,
  answered: number | null,
  reason: string,
): RefusedRequest {
  const path = shorten(url.replaceAll(secret, '…'), 200);
  return { receivedAt: Date.now(), method: shorten(method, 20), path, headers: toldOf(headers), answered, reason };
}

function toldOf(headers: TellableRequest['headers']): HeaderMap {
  const told: Record<string, string> = {};
  for (const name of TOLD_HEADERS) {
    const value = headers[name];
    if (value !== undefined) told[name] = shorten(String(value), 200);
  }
  return told;
}

const REASONS: Readonly<Record<string, string>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: `its body has more than ${BODY_LIMIT / 1024 / 1024} MiB`,
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'its content type is no media type',
  FST_ERR_BAD_URL: 'its path cannot be decoded',
  HPE_HEADER_OVERFLOW: 'its headers are too large',
};

/** Why a request could not be read, by the code of fastify or of Node's HTTP parser; their own messages may repeat the path. */
export function reasonOf(code: string): string {
  return REASONS[code] ?? (code.startsWith('HPE_') ? `it is not valid HTTP (${code})` : `it cannot be read (${code})`);
}

/** The request that begins with this packet, on which the HTTP parser gave up. */
export function requestIn(packet: Buffer): TellableRequest {
  const [method, url] = packet.toString('latin1').split('\r\n', 1)[0]?.split(' ') ?? [];
  return { method, url, headers: {} };
}
