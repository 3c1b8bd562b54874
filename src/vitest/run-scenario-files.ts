import { createVitest, type Reporter, type TestModule, type Vitest } from 'vitest/node';
import { scenarios } from './plugin.ts';
import type { RunSettings } from './settings.ts';

/** What to run, and who watches. */
export interface ScenarioRun {
  /** Absolute paths. */
  readonly files: readonly string[];
  readonly settings: RunSettings;
  /** Stop after this many failures; 0: never. */
  readonly bail: number;
  readonly progress: Reporter;
}

/** How a run of vitest ended. */
export interface ScenarioRunEnd {
  readonly interrupted: boolean;
  /** Harness errors outside of any case, described. */
  readonly errors: readonly string[];
}

/** Runs scenario files through vitest's Node API; SIGINT and SIGTERM end the run after the cases under way. */
export async function runScenarioFiles({ files, settings, bail, progress }: ScenarioRun): Promise<ScenarioRunEnd> {
  const vitest = await createVitest(
    'test',
    {
      root: process.cwd(),
      config: false,
      watch: false,
      bail,
      reporters: [progress],
      passWithNoTests: true,
      includeTaskLocation: false,
    },
    { logLevel: 'silent', plugins: [scenarios({ include: files.map(escapeGlob), settings })] },
  );
  const interrupt = watchSignals(vitest);
  try {
    const { testModules, unhandledErrors } = await vitest.start();
    const errors = [...testModules.flatMap(moduleErrors), ...unhandledErrors.map(describeError)];
    return { interrupted: interrupt.happened(), errors };
  } finally {
    interrupt.stop();
    await vitest.close();
  }
}

/** Paths are literal; vitest takes globs. */
function escapeGlob(path: string): string {
  return path.replace(/[*?[\]{}()!+@\\]/g, '\\$&');
}

function moduleErrors(module: TestModule): readonly string[] {
  return module.errors().map((error) => error.message);
}

function describeError(error: unknown): string {
  return error instanceof Error || (typeof error === 'object' && error !== null && 'message' in error)
    ? String((error as { readonly message: unknown }).message)
    : String(error);
}

function watchSignals(vitest: Vitest): { happened(): boolean; stop(): void } {
  let interrupted = false;
  const onSignal = (): void => {
    if (interrupted) process.exit(130);
    interrupted = true;
    void vitest.cancelCurrentRun('keyboard-input');
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    happened: () => interrupted,
    stop: () => {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
