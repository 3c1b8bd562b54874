import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type CompiledContracts, createContracts } from '../contract/contracts.ts';
import type { ContractName, Contracts } from '../domain/contract.ts';
import type { CaseResult } from '../domain/result.ts';
import type { InboxCounts } from '../domain/run-info.ts';
import type { Scenario } from '../domain/scenario.ts';
import { awaitQuiet, closeScenario } from '../engine/closing.ts';
import type { Ports } from '../engine/ports.ts';
import { createRedactor, type Redact, type Secret, type Unredacted } from '../engine/redaction.ts';
import { runCase } from '../engine/run-case.ts';
import { createRunWatch, type RunWatch } from '../engine/run-watch.ts';
import { describeDelivery } from '../engine/session.ts';
import { type ProviderClient, startProviderClient } from '../provider-client/provider-client.ts';
import { type JournalWriter, openJournal } from '../report/journal.ts';
import { REPORT_FILES } from '../report/write-reports.ts';
import { type Inbox, startInbox } from '../webhook/inbox.ts';
import type { RunSettings } from './settings.ts';

/** The run as the worker has it: adapters wired into ports once, shared by all scenario files. */
export interface WorkerRun extends AsyncDisposable {
  readonly settings: RunSettings;
  readonly ports: Ports;
  readonly scenarios: Set<Scenario>;
  /** Runs one case and writes its evidence; the result is redacted. */
  run(scenario: Scenario, testCase: Scenario['cases'][number]): Promise<CaseResult>;
  /** Waits for the end of all deliveries; call once, after the last case. */
  quiet(): Promise<void>;
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

let current: Promise<WorkerRun> | undefined;

/** The one run of this worker; started when first asked for. */
export function workerRun(settings: RunSettings): Promise<WorkerRun> {
  if (current === undefined) leaveSignalsToTheMainProcess();
  current ??= startWorkerRun(settings);
  return current;
}

/** Opens the inbox and the connections of a run; `contracts` may be shared between runs. Throws InboxError and ReportError. */
export async function startWorkerRun(
  settings: RunSettings,
  contracts: CompiledContracts = createContracts(),
): Promise<WorkerRun> {
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
  const evidence = settings.runDir === null ? null : join(settings.runDir, REPORT_FILES.evidence);
  let opened: JournalWriter | null = null;
  // Not before the first result: the folder is made when the scenario files have been checked.
  const journal = (): JournalWriter | null => (opened ??= evidence === null ? null : openJournal(evidence, redact));
  const scenarios = new Set<Scenario>();
  return {
    settings,
    ports,
    scenarios,
    run: async (scenario, testCase) => recordResult(await runCase(scenario, testCase, ports, watch), redact, journal()),
    quiet: () => quietDown(watch, ports, inbox, settings.quietMs, journal()),
    close: (scenario) => recordResult(closeScenario(scenario, ports, watch), redact, journal()),
    async [Symbol.asyncDispose]() {
      await Promise.all([provider[Symbol.asyncDispose](), inbox[Symbol.asyncDispose]()]);
      opened?.[Symbol.dispose]();
    },
  };
}

/** Ctrl-C in a terminal reaches every process: the main one lets the cases under way end, then ends this one. */
function leaveSignalsToTheMainProcess(): void {
  if (process.send === undefined) return;
  process.on('SIGINT', () => {});
  // When the main process is gone; vitest has replaced `process.exit` in its workers by one that throws.
  process.once('disconnect', () => process.kill(process.pid));
}

function createPorts(settings: RunSettings, inbox: Inbox, provider: ProviderClient, contracts: Contracts): Ports {
  const { keys, webhookDeadlineMs } = settings;
  const prefix = `ic-${randomBytes(6).toString('hex')}`;
  let clients = 0;
  let left = settings.budget ?? Number.POSITIVE_INFINITY;
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
    takeSession: () => left-- > 0,
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
): Promise<void> {
  await awaitQuiet(watch, ports, quietMs);
  const unmatched = inbox.unmatched();
  const counts: InboxCounts = {
    ...inbox.counts(),
    unmatched: unmatched.length,
    unmatchedSamples: unmatched.slice(0, 20).map(describeDelivery),
  };
  journal?.append({ kind: 'inbox', inbox: counts });
}
