import { once } from 'node:events';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { type Sandbox, type SandboxOptions, startSandbox } from './start-sandbox.ts';

/** A sandbox that gets ready in a thread of its own; disposing of it stops the thread. */
export interface SandboxThread extends AsyncDisposable {
  /** Resolves when it listens. */
  readonly started: Promise<Pick<Sandbox, 'baseUrl' | 'keys' | 'signingKey'>>;
}

/** Starts the sandbox beside this thread, so that whoever tests it does not share a processor with it. `onEvent` cannot cross. */
export function startSandboxThread(options: Omit<SandboxOptions, 'onEvent'>): SandboxThread {
  const worker = new Worker(new URL(import.meta.url), { workerData: { sandbox: options } });
  const started = once(worker, 'message').then(([sandbox]) => sandbox);
  started.catch(() => {});
  return {
    started,
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}

/** The thread's side of this file. */
async function serve(options: SandboxOptions): Promise<void> {
  const { baseUrl, keys, signingKey } = await startSandbox(options);
  parentPort?.postMessage({ baseUrl, keys, signingKey });
}

if (workerData?.sandbox !== undefined) await serve(workerData.sandbox);
