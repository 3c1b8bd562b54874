import type { Scenario } from '../domain/scenario.ts';
import type { RunSettings } from '../runner/settings.ts';
import { type Run, startRun } from '../runner/start-run.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Settings of the run, from the plugin. */
    idenfyContracts: RunSettings;
  }
}

/** The run of vitest's one worker, and the scenarios whose cases it has registered. */
export interface WorkerRun {
  readonly run: Run;
  readonly scenarios: Set<Scenario>;
}

let current: Promise<WorkerRun> | undefined;

/** The one run of this worker; started when first asked for. Throws InboxError. */
export function workerRun(settings: RunSettings): Promise<WorkerRun> {
  current ??= start(settings);
  return current;
}

async function start(settings: RunSettings): Promise<WorkerRun> {
  // The inbox would keep the worker alive after the main process is gone; vitest has replaced `process.exit` by one that throws.
  process.once('disconnect', () => process.kill(process.pid));
  return { run: await startRun(settings), scenarios: new Set() };
}
