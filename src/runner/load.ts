import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { lstat, open, readlink, stat } from 'node:fs/promises';
import { createScenarioGrammar } from '../contract/scenario-grammar.ts';
import type { Diagnostic } from '../domain/diagnostic.ts';
import type { ScenarioGrammar } from '../domain/grammar.ts';
import type { Scenario } from '../domain/scenario.ts';
import { fuzzCases } from '../fuzz/tasks.ts';
import { loadScenarioFile } from '../scenario/load-scenario-file.ts';
import { renderDiagnostics } from '../scenario/render-diagnostic.ts';
import { sharedContracts } from './shared-contracts.ts';
import { shownPath } from './shown-path.ts';

/** What a scenario file turned out to be: its scenarios, or its mistakes. */
export interface ScenarioCheck {
  readonly scenarios: readonly Scenario[];
  /** Digest of the file's bytes, in hex; '' when there are mistakes. */
  readonly sha256: string;
  readonly diagnostics: readonly Diagnostic[];
  /** The mistakes for a person, with source lines and carets; '' when there are none. */
  readonly rendered: string;
}

let grammar: ScenarioGrammar | undefined;

/** Reads and checks one scenario file; `seed` is that of samples that name none. That it cannot be read is a mistake like others. */
export async function checkScenarios(file: string, seed = 0): Promise<ScenarioCheck> {
  grammar ??= createScenarioGrammar(sharedContracts());
  const shown = shownPath(file);
  const bytes = await readBytes(file);
  if (!(bytes instanceof Uint8Array)) {
    return refusedFile([{ code: 'unreadable-file', span: { file: shown, line: 1, column: 1 }, ...bytes }], null);
  }
  const loaded = await loadScenarioFile(shown, bytes, grammar, seed);
  if (!loaded.ok) {
    const source = bytes.length > READ_LIMIT_BYTES ? null : new TextDecoder().decode(bytes);
    return refusedFile(loaded.diagnostics, source);
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { scenarios: loaded.scenarios.map(withFuzzCases), sha256, diagnostics: [], rendered: '' };
}

/** What a scenario is to fuzz, its file says; which cases that makes, the contracts. */
function withFuzzCases(scenario: Scenario): Scenario {
  return scenario.fuzz === null ? scenario : { ...scenario, cases: fuzzCases(scenario, sharedContracts()) };
}

/** What a file with these mistakes is; `source` is null when there is no line to show. */
export function refusedFile(diagnostics: readonly Diagnostic[], source: string | null): ScenarioCheck {
  const color = process.stderr.isTTY === true && !process.env.NO_COLOR;
  const rendered = renderDiagnostics(diagnostics, source, { color }).trimEnd();
  return { scenarios: [], sha256: '', diagnostics, rendered };
}

/** A file is read only up to the size at which it is refused anyway. */
const READ_LIMIT_BYTES = 2 * 1024 * 1024;
/** Beyond this size a message need not be exact. */
const MOST_BYTES = 1024 * 1024 * 1024;

/** Why a file cannot be read, as a diagnostic tells it. */
type Unreadable = Pick<Diagnostic, 'message' | 'hint'>;

async function readBytes(file: string): Promise<Uint8Array | Unreadable> {
  try {
    const info = await stat(file);
    if (!info.isFile()) return { message: `This is ${kindOf(info)}, not a file.`, hint: 'Is this the right path?' };
    // Of a larger file only the size matters: zeros that nobody reads take no memory.
    return info.size > READ_LIMIT_BYTES ? new Uint8Array(Math.min(info.size, MOST_BYTES)) : await readStart(file);
  } catch (error) {
    return whyUnreadable(file, error as NodeJS.ErrnoException);
  }
}

/** The bytes of a file up to just beyond the limit, however few it was said to have. */
async function readStart(file: string): Promise<Uint8Array> {
  await using handle = await open(file);
  const chunks: Uint8Array[] = [];
  for await (const chunk of handle.createReadStream({ end: READ_LIMIT_BYTES, autoClose: false })) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function kindOf(info: Stats): string {
  if (info.isDirectory()) return 'a folder';
  if (info.isFIFO()) return 'a named pipe';
  return info.isSocket() ? 'a socket' : 'a device';
}

async function whyUnreadable(file: string, { code, message }: NodeJS.ErrnoException): Promise<Unreadable> {
  const mend = 'Mend the link, or remove it.';
  if (code === 'ELOOP') return { message: 'This link leads back to itself.', hint: mend };
  if (code === 'EACCES') return { message: 'The file may not be read.', hint: 'Check its permissions.' };
  if (code !== 'ENOENT') return { message: `The file cannot be read: ${message}.`, hint: 'Check the path.' };
  const isLink = (await lstat(file).catch(() => null))?.isSymbolicLink() === true;
  if (isLink) return { message: `This link leads to ${await readlink(file)}, which does not exist.`, hint: mend };
  const hint = 'Give the path of a .yaml file, or of a folder that holds some.';
  return { message: 'It does not exist.', hint };
}
