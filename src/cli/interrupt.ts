/** Tells of SIGINT and SIGTERM; disposing of it gives the signals their usual effect back. */
export interface Interrupt extends Disposable {
  readonly signal: AbortSignal;
}

/** Turns the first SIGINT or SIGTERM into an abort signal and says so; the second ends the process at once. */
export function watchInterrupt(out: NodeJS.WritableStream): Interrupt {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(130);
    out.write('\nstopping after the cases under way; Ctrl-C again stops at once\n');
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
