import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createScenarioGrammar } from '../contract/scenario-grammar.ts';
import type { Diagnostic } from '../domain/diagnostic.ts';
import type { ScenarioGrammar } from '../domain/grammar.ts';
import { ConfigurationError } from '../domain/harness-error.ts';
import type { Scenario } from '../domain/scenario.ts';
import { loadScenarioFile } from '../scenario/load-scenario-file.ts';
import { renderDiagnostics } from '../scenario/render-diagnostic.ts';
import { sharedContracts } from './shared-contracts.ts';
import { shownPath } from './shown-path.ts';

/** What a scenario file turned out to be: its scenarios, or its mistakes. */
export interface ScenarioCheck {
  readonly scenarios: readonly Scenario[];
  /** Digest of the file's bytes, in hex. */
  readonly sha256: string;
  readonly diagnostics: readonly Diagnostic[];
  /** The mistakes for a person, with source lines and carets; '' when there are none. */
  readonly rendered: string;
}

let grammar: ScenarioGrammar | undefined;

/** Reads and checks one scenario file; `seed` is that of samples that name none. Throws ConfigurationError when it cannot be read. */
export async function checkScenarios(file: string, seed = 0): Promise<ScenarioCheck> {
  grammar ??= createScenarioGrammar(sharedContracts());
  const bytes = await readBytes(file);
  const loaded = await loadScenarioFile(shownPath(file), bytes, grammar, seed);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (loaded.ok) return { scenarios: loaded.scenarios, sha256, diagnostics: [], rendered: '' };
  const color = process.stderr.isTTY === true && !process.env.NO_COLOR;
  const text = bytes.length > READ_LIMIT_BYTES ? '' : new TextDecoder().decode(bytes);
  const rendered = renderDiagnostics(loaded.diagnostics, text, { color }).trimEnd();
  return { scenarios: [], sha256, diagnostics: loaded.diagnostics, rendered };
}

/** A file is read only up to the size at which it is refused anyway. */
const READ_LIMIT_BYTES = 2 * 1024 * 1024;
/** Beyond this size a message need not be exact. */
const MOST_BYTES = 1024 * 1024 * 1024;

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file);
    // Of a larger file only the size matters: zeros that nobody reads take no memory.
    return size > READ_LIMIT_BYTES ? new Uint8Array(Math.min(size, MOST_BYTES)) : await readFile(file);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigurationError(`${file} cannot be read: ${reason}`, {
      cause,
      hint: 'check the path and its permissions',
    });
  }
}
