import * as http from 'node:http';
import * as https from 'node:https';

/** The vendor takes an answer within 10 s (`docs`). */
const ANSWER_WITHIN_MS = 10_000;

/** An idle connection is closed before a receiver would (Node servers: 5 s), so that none is used just as it goes away. */
const IDLE_MS = 4_000;

/** What came of posting a webhook: the HTTP status, or the reason why there is none. */
export type PostResult = { readonly status: number } | { readonly error: string };

/** A webhook as it goes over the wire; retries send the same bytes. */
export interface WebhookPost {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

/** Posts webhooks over kept-alive connections. */
export interface Poster extends Disposable {
  /** Calls `done` once, unless the poster is disposed of first. */
  post(webhook: WebhookPost, done: (result: PostResult) => void): void;
}

/** Opens a poster; it waits `answerWithinMs` for each answer. */
export function startPoster(answerWithinMs: number = ANSWER_WITHIN_MS): Poster {
  const limits = { keepAlive: true, maxSockets: 64, timeout: IDLE_MS };
  const agents = { 'http:': new http.Agent(limits), 'https:': new https.Agent(limits) };
  const open = new Set<http.ClientRequest>();
  let disposed = false;

  function post({ url, headers, bytes }: WebhookPost, done: (result: PostResult) => void): void {
    const { request: start } = url.protocol === 'https:' ? https : http;
    const agent = url.protocol === 'https:' ? agents['https:'] : agents['http:'];
    const request = start(url, { method: 'POST', agent, headers: { ...headers, 'content-length': bytes.length } });
    let timer: NodeJS.Timeout | undefined;
    let settled = false;
    const settle = (result: PostResult): void => {
      if (settled || disposed) return;
      settled = true;
      done(result);
    };
    open.add(request);
    // The clock starts with the connection: waiting for a free one is not the receiver's fault.
    request.once('socket', () => {
      timer = setTimeout(() => request.destroy(new Error(`no answer within ${answerWithinMs} ms`)), answerWithinMs);
    });
    request.once('response', (response) => {
      response.on('error', () => undefined).resume();
      settle({ status: response.statusCode ?? 0 });
    });
    request.on('error', (error) => settle({ error: error.message || 'the connection failed' }));
    request.once('close', () => {
      clearTimeout(timer);
      open.delete(request);
    });
    request.end(bytes);
  }

  return {
    post,
    [Symbol.dispose]() {
      disposed = true;
      for (const request of open) request.destroy();
      agents['http:'].destroy();
      agents['https:'].destroy();
    },
  };
}
