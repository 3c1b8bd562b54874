import { Agent, type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici';
import { ProviderUnreachableError } from '../domain/harness-error.ts';
import { isLoopback } from '../domain/loopback.ts';
import type { Exchange, ProviderRequest } from '../domain/message.ts';
import { readBody } from './body-text.ts';
import { receive } from './receive.ts';
import { ResponseLimitError } from './response-limit.ts';

/** How to reach a provider. Times are in ms. */
export interface ProviderClientOptions {
  /** Origin of the provider, e.g. `https://ivs.idenfy.com`; a path in it comes before every request's path. */
  readonly baseUrl: string;
  /** Most connections open at once. */
  readonly connections: number;
  /** Longest wait for a connection. */
  readonly connectTimeoutMs?: number;
  /** Longest time from sending a request to the last byte of its response; 30,000 when absent. */
  readonly responseTimeoutMs?: number;
  /** At most this many requests a second; absent: as many as the connections carry. */
  readonly ratePerSecond?: number;
}

/** Sends requests over kept-alive connections. */
export interface ProviderClient extends AsyncDisposable {
  /** Throws ProviderUnreachableError when no whole response came. */
  send(request: ProviderRequest): Promise<Exchange>;
}

/** Opens the connection pool; connections are made when first used. HTTPS_PROXY and NO_PROXY are obeyed except on loopback. */
export function startProviderClient(options: ProviderClientOptions): ProviderClient {
  const base = new URL(options.baseUrl);
  const prefix = base.pathname.replace(/\/$/, '');
  const dispatcher = createDispatcher(base, options);
  const pace = createPace(options.ratePerSecond);
  const deadlineMs = options.responseTimeoutMs ?? 30_000;
  return {
    send: async (request) => {
      await pace();
      return exchange(dispatcher, base.origin, { ...request, path: prefix + request.path }, deadlineMs);
    },
    [Symbol.asyncDispose]: () => dispatcher.destroy(),
  };
}

function createDispatcher(base: URL, options: ProviderClientOptions): Dispatcher {
  const timeout = options.connectTimeoutMs ?? 10_000;
  const settings = {
    connections: options.connections,
    pipelining: 1,
    // Each exchange has a deadline of its own.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout },
  };
  if (isLoopback(base.hostname)) return new Agent(settings);
  // A proxy has as long to open its tunnel as a host to open a connection.
  const clientFactory = (proxy: URL, inner: object): Dispatcher =>
    new Pool(proxy, { ...inner, headersTimeout: timeout });
  return new EnvHttpProxyAgent({ ...settings, clientFactory });
}

/** Spaces requests evenly at the given rate; requests wait in the order they came. */
function createPace(ratePerSecond: number | undefined): () => Promise<void> {
  if (ratePerSecond === undefined) return async () => {};
  const gap = 1000 / ratePerSecond;
  let free = 0;
  return () => {
    const now = performance.now();
    free = Math.max(free, now);
    const wait = free - now;
    free += gap;
    return wait <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, wait));
  };
}

async function exchange(
  dispatcher: Dispatcher,
  origin: string,
  request: ProviderRequest,
  deadlineMs: number,
): Promise<Exchange> {
  const sentAt = Date.now();
  const started = performance.now();
  const { path, headers, body } = request;
  const method = request.method as Dispatcher.HttpMethod;
  try {
    const whole = await receive(dispatcher, { origin, path, method, headers, body }, deadlineMs);
    const latencyMs = performance.now() - started;
    const { text, problem } = readBody(whole.bytes, whole.headers['content-encoding']);
    const response = { status: whole.status, headers: whole.headers, body: text };
    return {
      request,
      response: problem === undefined ? response : { ...response, bodyProblem: problem },
      sentAt,
      latencyMs,
    };
  } catch (cause) {
    throw unreachable(origin, request, cause);
  }
}

const HINTS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there: check the base URL, or start the sandbox',
  ENOTFOUND: 'the host name is unknown: check IDENFY_BASE_URL and the network',
  EAI_AGAIN: 'the host name could not be looked up: check the network',
  UND_ERR_CONNECT_TIMEOUT: 'the host does not answer: check the network and any proxy',
  UND_ERR_HEADERS_TIMEOUT: 'the proxy does not answer: check HTTPS_PROXY',
  UND_ERR_SOCKET: 'the provider closed the connection before its response was whole; a session may have been created',
  ECONNRESET: 'the provider reset the connection; a session may have been created',
};

function unreachable(origin: string, request: ProviderRequest, cause: unknown): ProviderUnreachableError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  const reason = cause instanceof Error ? cause.message || code : String(cause);
  const limit = cause instanceof ResponseLimitError ? cause : undefined;
  const what = limit === undefined ? 'got no response' : 'got no whole response';
  return new ProviderUnreachableError(`${request.method} ${origin}${request.path} ${what}: ${reason}`, {
    cause,
    hint: limit?.hint ?? HINTS[code] ?? 'run `idenfy-contracts doctor` to see what is in the way',
  });
}
