import { createScenarioGrammar } from '../../src/contract/scenario-grammar.ts';
import type { CaseResult } from '../../src/domain/result.ts';
import type { Sandbox } from '../../src/sandbox/start-sandbox.ts';
import { loadScenarioFile } from '../../src/scenario/load-scenario-file.ts';
import type { RunSettings } from '../../src/vitest/settings.ts';
import { startWorkerRun } from '../../src/vitest/worker-run.ts';

const grammar = createScenarioGrammar();

/** Settings of a run against a sandbox, or against a proxy in front of it; deadlines are short because nothing is far. */
export function settingsFor(sandbox: Sandbox, baseUrl: string = sandbox.baseUrl): RunSettings {
  return {
    target: 'live',
    baseUrl,
    keys: sandbox.keys,
    signingKey: sandbox.signingKey,
    webhookPort: 0,
    webhookPublicUrl: null,
    webhookDeadlineMs: 400,
    quietMs: 60,
    concurrency: 16,
    ratePerSecond: null,
    budget: null,
    selection: { tags: [], grep: null, shard: null },
    seed: 0,
    runDir: null,
    checked: false,
    finished: [],
  };
}

/** Runs every case of a scenario file's text through the engine, over real sockets, with its closing checks. */
export async function runScenarios(text: string, settings: RunSettings): Promise<readonly CaseResult[]> {
  const loaded = await loadScenarioFile('test.yaml', Buffer.from(text), grammar);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics, null, 1));
  await using run = await startWorkerRun(settings);
  const results = await Promise.all(
    loaded.scenarios.flatMap((scenario) => scenario.cases.map((one) => run.run(scenario, one))),
  );
  await run.quiet();
  return [...results, ...loaded.scenarios.map((scenario) => run.close(scenario))];
}

/** Every failure message of some results. */
export function messagesOf(results: readonly CaseResult[]): readonly string[] {
  return results.flatMap((result) => [
    ...result.failures.map((failure) => failure.message),
    ...(result.error === null ? [] : [result.error.message]),
  ]);
}
