import type { describe as Describe, inject as Inject, test as Test } from 'vitest';
import type { CaseResult } from '../domain/result.ts';
import { visible } from '../domain/visible.ts';
import { checkScenarios } from '../runner/load.ts';
import { errorsOf, mistakesError } from './failure-error.ts';
import { workerRun } from './worker-run.ts';

/** The part of vitest that a scenario file uses; handed over by the file's module, so that there is only one vitest. */
export interface VitestApi {
  readonly describe: typeof Describe;
  readonly test: typeof Test;
  readonly inject: typeof Inject;
}

/** Registers one `describe` a scenario and one concurrent `test` a case. Throws an error with all mistakes of the file. */
export async function registerScenarioFile(api: VitestApi, file: string): Promise<void> {
  const { run, scenarios } = await workerRun(api.inject('idenfyContracts'));
  const checked = await checkScenarios(file);
  if (checked.diagnostics[0] !== undefined) throw mistakesError(checked.rendered, checked.diagnostics[0].span);
  for (const scenario of checked.scenarios) {
    scenarios.add(scenario);
    api.describe.concurrent(visible(scenario.name), () => {
      for (const one of scenario.cases) registerCase(api, visible(one.title), () => run.runCase(scenario, one));
    });
  }
}

function registerCase(api: VitestApi, title: string, run: () => Promise<CaseResult>): void {
  api.test(title, { timeout: 0 }, async (context) => {
    const result = await run();
    if (result.outcome === 'skipped') context.skip(visible(result.reason ?? ''));
    // vitest takes an array of errors and prints each of them.
    if (result.outcome !== 'passed') throw errorsOf(result);
  });
}

/** Registers the closing checks: one test a scenario, after one quiet period for the whole run. */
export async function registerClosing(
  api: VitestApi & { readonly beforeAll: (act: () => Promise<unknown>, ms: number) => void },
): Promise<void> {
  const { run, scenarios } = await workerRun(api.inject('idenfyContracts'));
  api.describe('closing', () => {
    api.beforeAll(() => run.quiet(), 0);
    for (const scenario of scenarios) {
      api.test(visible(scenario.name), () => {
        const result = run.close(scenario);
        if (result.outcome !== 'passed') throw errorsOf(result);
      });
    }
    if (scenarios.size === 0) api.test.skip('no scenario ran');
  });
}
