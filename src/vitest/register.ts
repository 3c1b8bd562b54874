import type { describe as Describe, inject as Inject, test as Test } from 'vitest';
import type { Scenario } from '../domain/scenario.ts';
import { selectCases } from '../engine/selection.ts';
import { errorsOf, mistakesError } from './failure-error.ts';
import { checkScenarios } from './load.ts';
import { workerRun } from './worker-run.ts';

/** The part of vitest that a scenario file uses; handed over by the file's module, so that there is only one vitest. */
export interface VitestApi {
  readonly describe: typeof Describe;
  readonly test: typeof Test;
  readonly inject: typeof Inject;
}

/** Begins to open the inbox and to compile the contracts; whoever registers a file waits for it and tells what went wrong. */
export function prepareRun(api: Pick<VitestApi, 'inject'>): void {
  workerRun(api.inject('idenfyContracts')).catch(() => {});
}

/** Registers one `describe` a scenario and one concurrent `test` a case. Throws an error with all mistakes of the file. */
export async function registerScenarioFile(api: VitestApi, file: string): Promise<void> {
  const settings = api.inject('idenfyContracts');
  const [{ scenarios, diagnostics, rendered }, run] = await Promise.all([
    checkScenarios(file, settings.seed, settings.checked),
    workerRun(settings),
  ]);
  if (diagnostics[0] !== undefined) throw mistakesError(rendered, diagnostics[0].span);
  const finished = new Set(settings.finished);
  for (const scenario of scenarios) {
    const cases = selectCases(scenario, settings.selection).filter((one) => !finished.has(one.id));
    if (cases.length === 0) continue;
    run.scenarios.add(scenario);
    api.describe.concurrent(scenario.name, () => {
      for (const one of cases) registerCase(api, one, () => run.run(scenario, one));
    });
  }
  if (scenarios.every((scenario) => !run.scenarios.has(scenario))) api.test.skip('no case of this file is selected');
}

function registerCase(
  api: VitestApi,
  testCase: Scenario['cases'][number],
  run: () => ReturnType<Awaited<ReturnType<typeof workerRun>>['run']>,
): void {
  api.test(testCase.title, { timeout: 0 }, async (context) => {
    const result = await run();
    if (result.outcome === 'skipped') context.skip(result.reason ?? undefined);
    // vitest takes an array of errors and prints each of them.
    if (result.outcome !== 'passed') throw errorsOf(result);
  });
}

/** Registers the closing checks: one test a scenario, after one quiet period for the whole run. */
export async function registerClosing(
  api: VitestApi & { readonly beforeAll: (act: () => Promise<void>, ms: number) => void },
): Promise<void> {
  const run = await workerRun(api.inject('idenfyContracts'));
  api.describe('closing', () => {
    api.beforeAll(() => run.quiet(), 0);
    for (const scenario of run.scenarios) {
      api.test(scenario.name, () => {
        const result = run.close(scenario);
        if (result.outcome !== 'passed') throw errorsOf(result);
      });
    }
    if (run.scenarios.size === 0) api.test.skip('no scenario ran');
  });
}
