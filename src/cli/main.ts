#!/usr/bin/env node
import { HarnessError, ScenarioError } from '../domain/harness-error.ts';
import { EXIT } from '../domain/outcome.ts';
import { visible } from '../domain/visible.ts';
import { createProgram } from './program.ts';

try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** Tells a person what went wrong and says which exit code it deserves. */
function report(error: unknown): number {
  if (error instanceof HarnessError) {
    // The diagnostics of a scenario file each begin with their place and `error` already, may have colours, and are fit to be shown.
    const text = error instanceof ScenarioError ? error.describe() : `error: ${visible(error.describe())}`;
    process.stderr.write(`${text}\n`);
    return error.exitCode;
  }
  if (isCommanderError(error)) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`internal error: ${visible(trace)}\n`);
  return EXIT.environment;
}

/** commander has printed its own message by the time it throws. */
function isCommanderError(error: unknown): error is Error & { readonly exitCode: number } {
  return error instanceof Error && 'exitCode' in error && typeof error.exitCode === 'number';
}
