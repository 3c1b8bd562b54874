import { createVitest, type Reporter } from 'vitest/node';
import { scenarios } from './plugin.ts';
import type { RunSettings } from './settings.ts';

/** What to run, and who watches. */
export interface ScenarioRun {
  /** Absolute paths. */
  readonly files: readonly string[];
  readonly settings: RunSettings;
  /** Checks the files, while vitest starts its worker. No case runs before it has resolved, and none when it rejects. */
  readonly check: () => Promise<void>;
  /** Stop after this many failures; 0: never. */
  readonly bail: number;
  readonly progress: Reporter;
  /** Ends the run after the cases under way. */
  readonly interrupt: AbortSignal;
}

/** Runs scenario files through vitest's Node API; gives harness errors outside of any case, described. Throws what `check` throws. */
export async function runScenarioFiles(run: ScenarioRun): Promise<readonly string[]> {
  const { files, settings, check, bail, progress, interrupt } = run;
  let checked: Promise<void> | undefined;
  const ownListeners = listenersOfSignals();
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
    {
      logLevel: 'silent',
      resolve: { preserveSymlinks: true },
      plugins: [scenarios({ include: files.map(escapeGlob), settings, ready: async () => checked })],
    },
  );
  // vitest would end the process at the first signal, before there are any reports.
  for (const [signal, listeners] of listenersOfSignals()) {
    for (const listener of listeners) if (!ownListeners.get(signal)?.includes(listener)) process.off(signal, listener);
  }
  const cancel = (): void => void vitest.cancelCurrentRun('keyboard-input');
  interrupt.addEventListener('abort', cancel, { once: true });
  try {
    if (interrupt.aborted) return [];
    const running = vitest.start();
    checked = check();
    await checked.catch(cancel);
    const { testModules, unhandledErrors } = await running;
    await checked;
    return interrupt.aborted
      ? []
      : describeErrors([...testModules.flatMap((module) => module.errors()), ...unhandledErrors]);
  } finally {
    interrupt.removeEventListener('abort', cancel);
    await vitest.close();
  }
}

type SignalListeners = ReadonlyMap<NodeJS.Signals, readonly NodeJS.SignalsListener[]>;

function listenersOfSignals(): SignalListeners {
  return new Map((['SIGINT', 'SIGTERM'] as const).map((signal) => [signal, process.listeners(signal)]));
}

/** Paths are literal; vitest takes globs. */
function escapeGlob(path: string): string {
  return path.replace(/[*?[\]{}()!+@\\]/g, '\\$&');
}

/** Each error once with its hint; vitest has made plain objects of those that come from the worker. */
function describeErrors(errors: readonly unknown[]): readonly string[] {
  return [...new Set(errors.map(describeError))];
}

function describeError(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return String(error);
  const hint = 'hint' in error && typeof error.hint === 'string' ? `\n  → ${error.hint}` : '';
  return `${error.message}${hint}`;
}
