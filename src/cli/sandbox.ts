import { once } from 'node:events';
import { visible, visibleJsonText } from '../domain/visible.ts';
import { readKeys } from '../runner/target.ts';
import type { SandboxEvent } from '../sandbox/sandbox-event.ts';
import { type SandboxOptions, startSandbox } from '../sandbox/start-sandbox.ts';

/** Flags of `sandbox`. */
export interface SandboxFlags {
  readonly port?: number;
  readonly webhookUrl?: string;
  readonly signingKey?: string;
  readonly legacyEvents?: boolean;
  readonly responseLatency?: number;
  readonly webhookLatency?: number;
  readonly retryDelay?: readonly number[];
  readonly json?: boolean;
}

/** Runs the embedded provider until SIGINT or SIGTERM; prints its base URL and key pairs, then one line an event. */
export async function sandbox(flags: SandboxFlags): Promise<void> {
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  const stop = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await using running = await startSandbox({
    ...sandboxOptions(flags),
    onEvent: (event) => print(flags.json ? visibleJsonText(event) : visible(eventLine(event))),
  });
  const { baseUrl, keys, signingKey } = running;
  if (flags.json) print(JSON.stringify({ kind: 'started', baseUrl, keys, signingKey }));
  else for (const line of welcome(running)) print(line);
  await stop;
}

function sandboxOptions(flags: SandboxFlags): SandboxOptions {
  const signingKey = flags.signingKey ?? process.env.IDENFY_WEBHOOK_KEY;
  return {
    port: flags.port ?? 0,
    keys: readKeys(process.env),
    legacyEvents: flags.legacyEvents === true,
    ...(flags.webhookUrl === undefined ? {} : { webhookUrl: flags.webhookUrl }),
    ...(signingKey ? { signingKey } : {}),
    ...(flags.responseLatency === undefined ? {} : { responseLatencyMs: flags.responseLatency }),
    ...(flags.webhookLatency === undefined ? {} : { webhookLatencyMs: flags.webhookLatency }),
    ...(flags.retryDelay === undefined ? {} : { retryDelaysMs: flags.retryDelay }),
  };
}

/** The key pairs are made-up ones of this process, or the caller's own: printing them is what the command is for. */
function welcome({ baseUrl, keys, signingKey }: Awaited<ReturnType<typeof startSandbox>>): readonly string[] {
  const pairs = Object.entries(keys).map(
    ([name, { apiKey, apiSecret }]) => `  ${name.padEnd(5)} ${apiKey} ${apiSecret}`,
  );
  return [
    `sandbox at ${baseUrl}, Ctrl-C stops it`,
    '  environment, API key, API secret:',
    ...pairs,
    `  webhooks are signed with ${signingKey}`,
    '',
  ];
}

function eventLine(event: SandboxEvent): string {
  if (event.kind === 'delivery') {
    const result = event.error ?? `HTTP ${event.status}`;
    return `webhook  ${event.eventType} ${event.scanRef} -> ${event.url} attempt ${event.attempt}: ${result}`;
  }
  const identifier = event.identifier === null ? '' : ` ${event.identifier}`;
  return `request  ${event.method} ${event.path} -> HTTP ${event.status}${identifier} (${event.latencyMs.toFixed(1)} ms)`;
}
