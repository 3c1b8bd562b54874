import { randomBytes, randomUUID } from 'node:crypto';
import type { CompiledContracts } from '../contract/contracts.ts';
import type { ContractName, Contracts } from '../domain/contract.ts';
import type { CaseResult } from '../domain/result.ts';
import type { InboxCounts } from '../domain/run-info.ts';
import type { Case, Scenario } from '../domain/scenario.ts';
import { awaitQuiet, closeScenario } from '../engine/closing.ts';
import { createBudget, type Ports } from '../engine/ports.ts';
import { createRedactor, type Redact, type Secret, type Unredacted } from '../engine/redaction.ts';
import { runCase } from '../engine/run-case.ts';
import { createRunWatch, type RunWatch } from '../engine/run-watch.ts';
import { describeDelivery } from '../engine/session.ts';
import type { FuzzRun, runFuzzCase as RunFuzzCase } from '../fuzz/run-fuzz-case.ts';
import { createThrift } from '../fuzz/thrift.ts';
import { type ProviderClient, startProviderClient } from '../provider-client/provider-client.ts';
import { type JournalWriter, openJournal } from '../report/journal.ts';
import { type Inbox, startInbox } from '../webhook/inbox.ts';
import type { RunSettings } from './settings.ts';
import { sharedContracts } from './shared-contracts.ts';

/** A run under way: adapters wired into ports once, shared by all of its cases. */
export interface Run extends AsyncDisposable {
  /** Takes every secret of the run out of a text. */
  readonly redact: Redact;
  /** Keeps every result from now on in this file. Throws ReportError. */
  keepEvidence(file: string): void;
  /** Runs one case; the result is redacted. `signal` ends the exploring of a fuzz case early. */
  runCase(scenario: Scenario, testCase: Case, signal?: AbortSignal): Promise<CaseResult>;
  /** Waits for the end of all deliveries, and says what came; call once, after the last case. */
  quiet(): Promise<InboxCounts>;
  /** The closing check of one scenario; the result is redacted. */
  close(scenario: Scenario): CaseResult;
}

/** The contracts of messages; compiled before the first case, so that no case waits for it. */
const JUDGED: readonly ContractName[] = [
  'token-request',
  'token-response',
  'add-dummy-status-response',
  'error',
  'webhook-delivery',
];

/** Opens the inbox and the connections of a run; `contracts` may be shared between runs. Throws InboxError. */
export async function startRun(settings: RunSettings, contracts: CompiledContracts = sharedContracts()): Promise<Run> {
  const inbox = await startInbox({
    signingKey: settings.signingKey,
    port: settings.webhookPort,
    ...(settings.webhookPublicUrl === null ? {} : { publicUrl: settings.webhookPublicUrl }),
  });
  const provider = startProviderClient({
    baseUrl: settings.baseUrl,
    connections: settings.concurrency,
    ...(settings.ratePerSecond === null ? {} : { ratePerSecond: settings.ratePerSecond }),
  });
  for (const name of JUDGED) contracts.validators.prepare(name);
  const ports = createPorts(settings, inbox, provider, contracts);
  const watch = createRunWatch();
  const redact = createRedactor([...secretsOf(settings), { name: 'inbox path', value: inbox.token }]);
  const fuzz = createFuzzRun(settings, contracts, ports, watch);
  let journal: JournalWriter | null = null;
  const keep = (unredacted: Unredacted): CaseResult => recordResult(unredacted, redact, journal);
  return {
    redact,
    keepEvidence(file) {
      journal = openJournal(file, redact);
    },
    runCase: async (scenario, testCase, signal = NEVER) =>
      keep(
        testCase.fuzz === undefined
          ? await runCase(scenario, testCase, ports, watch)
          : await runFuzzCase(scenario, testCase, testCase.fuzz, { ...fuzz, signal }),
      ),
    quiet: () => quietDown(watch, ports, inbox, settings.quietMs, journal),
    close: (scenario) => keep(closeScenario(scenario, ports, watch)),
    async [Symbol.asyncDispose]() {
      await Promise.all([provider[Symbol.asyncDispose](), inbox[Symbol.asyncDispose]()]);
      journal?.[Symbol.dispose]();
    },
  };
}

const NEVER = new AbortController().signal;

function createFuzzRun(
  { fuzz, concurrency, target, baseUrl, budget }: RunSettings,
  contracts: CompiledContracts,
  ports: Ports,
  watch: RunWatch,
): Omit<FuzzRun, 'signal'> {
  const { maxTimeMs, ...options } = fuzz;
  const deadline = maxTimeMs === null ? null : ports.now() + maxTimeMs;
  const targetFlags = target === 'live' ? ` --target live --base-url ${baseUrl}` : '';
  const thrift = budget === null ? null : createThrift(budget);
  return { contracts, ports, watch, options: { ...options, deadline }, concurrency, targetFlags, thrift };
}

/** Loaded when the first fuzz case runs: most runs need it, but none before its other cases. */
async function runFuzzCase(...args: Parameters<typeof RunFuzzCase>): Promise<Unredacted> {
  const { runFuzzCase } = await import('../fuzz/run-fuzz-case.ts');
  return runFuzzCase(...args);
}

function createPorts(settings: RunSettings, inbox: Inbox, provider: ProviderClient, contracts: Contracts): Ports {
  const { keys, webhookDeadlineMs } = settings;
  const prefix = `ic-${randomBytes(6).toString('hex')}`;
  let clients = 0;
  return {
    provider,
    inbox,
    contracts,
    keys,
    env: process.env,
    now: Date.now,
    uuid: randomUUID,
    clientId: () => `${prefix}-${++clients}`,
    webhookDeadlineMs,
    budget: createBudget(settings.budget ?? Number.POSITIVE_INFINITY),
  };
}

/** Everything that must never be seen in evidence: keys, secrets, the signing key, and variables that look like one. */
function secretsOf(settings: RunSettings): readonly Secret[] {
  const pairs = Object.entries(settings.keys).flatMap(([environment, { apiKey, apiSecret }]) => [
    { name: `${environment} API key`, value: apiKey },
    { name: `${environment} API secret`, value: apiSecret },
    { name: `${environment} credentials`, value: `${apiKey}:${apiSecret}` },
  ]);
  const variables = Object.entries(process.env)
    .filter(([name, value]) => /^IDENFY_.*(KEY|SECRET|TOKEN|PASSWORD)/.test(name) && value !== undefined)
    .map(([name, value]) => ({ name, value: value ?? '' }));
  return [...pairs, { name: 'webhook key', value: settings.signingKey }, ...variables];
}

/** Redacts a result once, as the line that evidence keeps; only results that somebody will read are parsed again. */
function recordResult({ result, tokens }: Unredacted, redact: Redact, journal: JournalWriter | null): CaseResult {
  if (journal === null && result.outcome === 'passed') return result;
  const line = journal?.append(result, tokens) ?? redact(JSON.stringify(result), tokens);
  return result.outcome === 'passed' ? result : (JSON.parse(line.toString()) as CaseResult);
}

async function quietDown(
  watch: RunWatch,
  ports: Ports,
  inbox: Inbox,
  quietMs: number,
  journal: JournalWriter | null,
): Promise<InboxCounts> {
  await awaitQuiet(watch, ports, quietMs);
  const unmatched = inbox.unmatched();
  const counts: InboxCounts = {
    ...inbox.counts(),
    refusedRequests: inbox.refused(),
    unmatched: unmatched.length,
    unmatchedSamples: unmatched.slice(0, 20).map(describeDelivery),
  };
  journal?.append({ kind: 'inbox', inbox: counts });
  return counts;
}
