import { ConfigurationError } from '../domain/harness-error.ts';
import { isLoopback } from '../domain/loopback.ts';
import type { Environment } from '../domain/message.ts';
import type { KeyPair } from '../engine/ports.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../sandbox/start-sandbox.ts';
import type { FuzzSettings, RunSettings } from './settings.ts';

/** What flags may say of a run; everything else comes from the environment and from defaults. */
export interface TargetOptions {
  readonly target?: 'sandbox' | 'live';
  readonly baseUrl?: string;
  readonly concurrency?: number;
  readonly ratePerSecond?: number;
  readonly budget?: number;
  readonly webhookDeadlineMs?: number;
  readonly quietMs?: number;
  readonly fuzz?: Partial<FuzzSettings>;
}

/** A target that is ready to be tested; disposing of it stops the embedded sandbox, if there is one. */
export interface PreparedTarget extends AsyncDisposable {
  readonly settings: RunSettings;
}

/** Environment variables by name. */
export type Env = Readonly<Record<string, string | undefined>>;

const LIVE_BASE_URL = 'https://ivs.idenfy.com';
const ENVIRONMENTS: readonly Environment[] = ['DEV', 'TEST', 'PROD', 'DEMO'];

/** Starts the embedded sandbox in this process, or checks what is needed for the live target. Throws ConfigurationError. */
export async function prepareTarget(options: TargetOptions, env: Env): Promise<PreparedTarget> {
  if (options.target === 'live') return { settings: liveSettings(options, env), [Symbol.asyncDispose]: async () => {} };
  const sandbox = await startSandbox(EMBEDDED);
  return {
    settings: sandboxSettings(sandbox, options, env),
    [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose](),
  };
}

/** The embedded sandbox retries at once: nobody else is waiting for its webhooks. */
export const EMBEDDED: SandboxOptions = { retryDelaysMs: [10, 40, 200, 1000] };

/** Settings of a run against an embedded sandbox. Throws ConfigurationError. */
export function sandboxSettings(
  { baseUrl, keys, signingKey }: Pick<Sandbox, 'baseUrl' | 'keys' | 'signingKey'>,
  options: TargetOptions,
  env: Env,
): RunSettings {
  return { ...createSettings('sandbox', baseUrl, keys, signingKey, options, env), webhookPublicUrl: null };
}

/** Settings of a run against a live provider. Throws ConfigurationError. */
export function liveSettings(options: TargetOptions, env: Env): RunSettings {
  const baseUrl = checkBaseUrl(options.baseUrl ?? (env.IDENFY_BASE_URL || LIVE_BASE_URL));
  const keys = readKeys(env);
  const dev = keys.DEV;
  if (dev === undefined) {
    throw new ConfigurationError('the live target needs IDENFY_API_KEY and IDENFY_API_SECRET', {
      hint: "set both to a DEV environment's key pair (dashboard, Settings, API keys), or leave out --target live to use the sandbox",
    });
  }
  const origin = baseUrl.href.replace(/\/$/, '');
  const settings = createSettings('live', origin, keys, env.IDENFY_WEBHOOK_KEY || dev.apiSecret, options, env);
  if (isLoopback(baseUrl.hostname) || settings.webhookPublicUrl !== null) return settings;
  throw new ConfigurationError(
    `the provider at ${baseUrl.host} cannot send webhooks to this machine's loopback address`,
    { hint: 'set IDENFY_WEBHOOK_PUBLIC_URL to an https address that leads to IDENFY_WEBHOOK_PORT on this machine' },
  );
}

function createSettings(
  target: RunSettings['target'],
  baseUrl: string,
  keys: RunSettings['keys'],
  signingKey: string,
  options: TargetOptions,
  env: Env,
): RunSettings {
  const near = isLoopback(new URL(baseUrl).hostname);
  return {
    target,
    baseUrl,
    keys,
    signingKey,
    webhookPort: readPort(env.IDENFY_WEBHOOK_PORT),
    webhookPublicUrl: readPublicUrl(env.IDENFY_WEBHOOK_PUBLIC_URL),
    webhookDeadlineMs: options.webhookDeadlineMs ?? (near ? 5_000 : 60_000),
    quietMs: options.quietMs ?? (target === 'sandbox' ? 100 : near ? 250 : 10_000),
    concurrency: options.concurrency ?? (near ? 32 : 4),
    ratePerSecond: options.ratePerSecond ?? null,
    budget: options.budget ?? null,
    fuzz: { seed: 0, runs: null, maxTimeMs: null, path: null, replayPath: null, ...options.fuzz },
  };
}

/** Key pairs by environment, `IDENFY_API_KEY` being the DEV one. Throws ConfigurationError when half a pair is missing. */
export function readKeys(env: Env): Partial<Record<Environment, KeyPair>> {
  const keys: Partial<Record<Environment, KeyPair>> = {};
  for (const environment of ENVIRONMENTS) {
    const prefix = environment === 'DEV' ? 'IDENFY_API' : `IDENFY_${environment}_API`;
    const [apiKey, apiSecret] = [env[`${prefix}_KEY`], env[`${prefix}_SECRET`]];
    if (!apiKey && !apiSecret) continue;
    if (!apiKey || !apiSecret) {
      const missing = apiKey ? `${prefix}_SECRET` : `${prefix}_KEY`;
      throw new ConfigurationError(`${missing} is not set, but its other half is`, { hint: `set ${missing} as well` });
    }
    keys[environment] = { apiKey, apiSecret };
  }
  return keys;
}

function checkBaseUrl(text: string): URL {
  const hint = `give an origin such as ${LIVE_BASE_URL}; plain http is only for loopback addresses`;
  const url = parseUrl(text);
  if (url === null)
    throw new ConfigurationError(`the base URL${text.includes('@') ? '' : ` ${JSON.stringify(text)}`} is not a URL`, {
      hint,
    });
  if (!isSafe(url)) throw new ConfigurationError(`the base URL ${url.protocol}//${url.host} is not https`, { hint });
  if (url.username !== '' || url.password !== '') {
    throw new ConfigurationError('the base URL must not hold credentials', {
      hint: 'use IDENFY_API_KEY and IDENFY_API_SECRET',
    });
  }
  return url;
}

function readPublicUrl(text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  const url = parseUrl(text);
  if (url !== null && isSafe(url)) return text;
  throw new ConfigurationError('IDENFY_WEBHOOK_PUBLIC_URL is not an https URL', {
    hint: 'the vendor sends webhooks to https addresses only',
  });
}

function readPort(text: string | undefined): number {
  if (text === undefined || text === '') return 0;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new ConfigurationError(`IDENFY_WEBHOOK_PORT is ${JSON.stringify(text)}, not a port`, {
    hint: 'give a number from 0 to 65535',
  });
}

/** Plain http is for this machine only. */
function isSafe(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
