import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { ConfigurationError } from '../domain/harness-error.ts';
import type { Environment } from '../domain/message.ts';
import { createApp } from './app.ts';
import { isDeliverable, startDeliverer } from './deliverer.ts';
import { completeKeys, createKeyRing, type KeyPair, type KeyPairs } from './key-ring.ts';
import { createProvider, type ProviderIds } from './provider.ts';
import type { SandboxEvent } from './sandbox-event.ts';

export type { SandboxEvent };

/** How the sandbox is set up; everything has a default. */
export interface SandboxOptions {
  /** Port to listen on; 0 or none: a free one. */
  readonly port?: number;
  /** Address to listen on; 127.0.0.1 unless told otherwise. */
  readonly host?: string;
  /** Key pairs by environment; the missing ones are made up. */
  readonly keys?: Partial<Record<Environment, KeyPair>>;
  /** The webhook URL as set in the dashboard, on loopback; a session's callbackUrl overrides it. */
  readonly webhookUrl?: string;
  /** Key of the webhook signatures; the DEV secret unless told otherwise. */
  readonly signingKey?: string;
  /** Sends the legacy event type IDENTIFICATION for every outcome. */
  readonly legacyEvents?: boolean;
  /** Pause before every answer, in ms. */
  readonly responseLatencyMs?: number;
  /** From an answer to the first attempt to deliver its webhook, in ms. */
  readonly webhookLatencyMs?: number;
  /** Pause before each retry of a webhook, in ms; as many retries as there are pauses. */
  readonly retryDelaysMs?: readonly number[];
  /** Told of every answer and every delivery attempt. */
  readonly onEvent?: (event: SandboxEvent) => void;
}

/** A running sandbox; disposing of it stops it, drops webhooks that are still due and closes every connection. */
export interface Sandbox extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly port: number;
  readonly keys: KeyPairs;
  readonly signingKey: string;
}

// The waits that the vendor advises its own clients (`docs`); its schedule for webhooks is not published.
const RETRY_DELAYS_MS: readonly number[] = [1_000, 2_000, 4_000];

/** Starts the embedded provider. Throws ConfigurationError when it cannot listen or `webhookUrl` cannot be used. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const keys = completeKeys(options.keys);
  const signingKey = options.signingKey ?? keys.DEV.apiSecret;
  const onEvent = options.onEvent ?? (() => undefined);
  const { webhookUrl, legacyEvents = false, host = '127.0.0.1' } = options;
  if (webhookUrl !== undefined) checkWebhookUrl(webhookUrl);
  const deliverer = startDeliverer({
    signingKey,
    latencyMs: options.webhookLatencyMs ?? 0,
    retryDelaysMs: options.retryDelaysMs ?? RETRY_DELAYS_MS,
    onEvent,
  });
  const app = createApp({
    provider: createProvider({ ids: IDS, now: Date.now, legacyEvents, ...(webhookUrl && { webhookUrl }) }),
    environmentOf: createKeyRing(keys),
    onWebhook: (webhook) => deliverer.enqueue(webhook),
    onEvent,
    latencyMs: options.responseLatencyMs ?? 0,
  });
  const port = await listen(app, host, options.port ?? 0);
  return {
    baseUrl: `http://${reachableName(host)}:${port}`,
    port,
    keys,
    signingKey,
    async [Symbol.asyncDispose]() {
      deliverer[Symbol.dispose]();
      await app.close();
    },
  };
}

const IDS: ProviderIds = {
  uuid: randomUUID,
  authToken: () => randomBytes(30).toString('base64url'),
  digits: () => String(randomInt(100_000_000)).padStart(8, '0'),
};

function checkWebhookUrl(text: string): void {
  if (URL.canParse(text) && isDeliverable(new URL(text))) return;
  throw new ConfigurationError("The sandbox's webhook URL is not an http or https URL on loopback.", {
    hint: 'Give one such as http://127.0.0.1:3000/webhook: the sandbox sends nothing to another machine.',
  });
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<number> {
  try {
    await app.listen({ host, port });
  } catch (cause) {
    await app.close();
    const taken = (cause as NodeJS.ErrnoException).code === 'EADDRINUSE';
    const reason = taken ? 'the port is taken' : (cause as Error).message;
    throw new ConfigurationError(`The sandbox cannot listen on ${host}, port ${port}: ${reason}.`, {
      cause,
      hint: 'Choose another port, or none for a free one.',
    });
  }
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

/** A name that reaches a server listening on `host`: an unspecified address is reached over loopback. */
function reachableName(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
