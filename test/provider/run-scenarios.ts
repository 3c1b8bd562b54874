import { createContracts } from '../../src/contract/contracts.ts';
import { createScenarioGrammar } from '../../src/contract/scenario-grammar.ts';
import type { CaseResult } from '../../src/domain/result.ts';
import type { Scenario } from '../../src/domain/scenario.ts';
import { fuzzCases } from '../../src/fuzz/tasks.ts';
import type { RunSettings } from '../../src/runner/settings.ts';
import { startRun } from '../../src/runner/start-run.ts';
import type { Sandbox } from '../../src/sandbox/start-sandbox.ts';
import { loadScenarioFile } from '../../src/scenario/load-scenario-file.ts';
import { type Alteration, startAlteringProxy } from './altering-proxy.ts';

const grammar = createScenarioGrammar();
const contracts = createContracts();

/** Settings of a run against a sandbox, or against a proxy in front of it. */
export function settingsFor(sandbox: Sandbox, baseUrl: string, webhookDeadlineMs: number, quietMs = 40): RunSettings {
  return {
    target: 'live',
    baseUrl,
    keys: sandbox.keys,
    signingKey: sandbox.signingKey,
    webhookPort: 0,
    webhookPublicUrl: null,
    webhookDeadlineMs,
    quietMs,
    concurrency: 16,
    ratePerSecond: null,
    budget: null,
    fuzz: { seed: 0, runs: null, maxTimeMs: null, path: null, replayPath: null },
  };
}

const read = new Map<string, Promise<readonly Scenario[]>>();

/** The scenarios of a file's text, read once. Throws when it has a mistake. */
export function readScenarios(text: string): Promise<readonly Scenario[]> {
  const scenarios = read.get(text) ?? loadScenarios(text);
  read.set(text, scenarios);
  return scenarios;
}

async function loadScenarios(text: string): Promise<readonly Scenario[]> {
  const loaded = await loadScenarioFile('test.yaml', Buffer.from(text), grammar);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics, null, 1));
  return loaded.scenarios.map((one) => (one.fuzz === null ? one : { ...one, cases: fuzzCases(one, contracts) }));
}

/** Runs every case of some scenarios through the engine, over real sockets, with its closing checks. */
export async function runScenarios(
  scenarios: readonly Scenario[],
  settings: RunSettings,
): Promise<readonly CaseResult[]> {
  await using run = await startRun(settings, contracts);
  const results = await Promise.all(
    scenarios.flatMap((scenario) => scenario.cases.map((one) => run.runCase(scenario, one))),
  );
  await run.quiet();
  return [...results, ...scenarios.map((scenario) => run.close(scenario))];
}

/** Runs scenarios against a sandbox behind a proxy that alters one thing. */
export async function runAltered(
  sandbox: Sandbox,
  scenarios: readonly Scenario[],
  alteration: Alteration,
  webhookDeadlineMs: number,
  quietMs?: number,
): Promise<readonly CaseResult[]> {
  await using proxy = await startAlteringProxy(sandbox, alteration);
  return await runScenarios(scenarios, settingsFor(sandbox, proxy.baseUrl, webhookDeadlineMs, quietMs));
}

/** Every failure message of some results. */
export function messagesOf(results: readonly CaseResult[]): readonly string[] {
  return results.flatMap(({ failures }) => failures.map(({ message }) => message));
}
