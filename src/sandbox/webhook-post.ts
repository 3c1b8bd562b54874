import * as http from 'node:http';
import * as https from 'node:https';

/** The vendor takes an answer within 10 s (`docs`). */
const ANSWER_WITHIN_MS = 10_000;

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
  const agents = {
    'http:': new http.Agent({ keepAlive: true, maxSockets: 64 }),
    'https:': new https.Agent({ keepAlive: true, maxSockets: 64 }),
  };
  const open = new Set<http.ClientRequest>();
  let disposed = false;

  function send(
    { url, headers, bytes }: WebhookPost,
    settle: (result: PostResult, request: http.ClientRequest) => void,
  ) {
    const { request: start } = url.protocol === 'https:' ? https : http;
    const agent = url.protocol === 'https:' ? agents['https:'] : agents['http:'];
    const request = start(url, { method: 'POST', agent, headers: { ...headers, 'content-length': bytes.length } });
    open.add(request);
    let timer: NodeJS.Timeout | undefined;
    // The clock starts with the connection: waiting for a free one is not the receiver's fault.
    request.once('socket', () => {
      timer = setTimeout(() => request.destroy(new Error(`no answer within ${answerWithinMs} ms`)), answerWithinMs);
    });
    request.once('response', (response) => {
      response.resume();
      response.on('error', () => undefined);
      settle({ status: response.statusCode ?? 0 }, request);
    });
    request.on('error', (error) => settle({ error: error.message || 'connection failed' }, request));
    request.once('close', () => {
      clearTimeout(timer);
      open.delete(request);
    });
    request.end(bytes);
  }

  function post(webhook: WebhookPost, done: (result: PostResult) => void, again = true): void {
    let settled = false;
    send(webhook, (result, request) => {
      if (settled || disposed) return;
      settled = true;
      // The receiver closed an idle connection just as it was used again: nothing arrived, so this was no attempt.
      const stale = 'error' in result && request.reusedSocket && /ECONNRESET|EPIPE|hang up/.test(result.error);
      if (stale && again) post(webhook, done, false);
      else done(result);
    });
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
