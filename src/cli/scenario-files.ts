import { readdir, realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Diagnostic } from '../domain/diagnostic.ts';
import { ConfigurationError, ScenarioError } from '../domain/harness-error.ts';
import type { Scenario } from '../domain/scenario.ts';
import { formatSpan } from '../domain/span.ts';
import { checkScenarios, refusedFile, type ScenarioCheck } from '../runner/load.ts';

/** A scenario file that was read and checked. */
export interface LoadedFile extends ScenarioCheck {
  /** Absolute path. */
  readonly file: string;
}

/** The scenario files that the arguments name, each once; folders are searched. Throws ConfigurationError when there are none. */
export async function findScenarioFiles(paths: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(paths.map(filesAt));
  const files = new Map<string, string>();
  for (const file of found.flat().sort()) {
    const real = await realpath(file).catch(() => file);
    if (!files.has(real)) files.set(real, file);
  }
  if (files.size > 0) return [...files.values()];
  throw new ConfigurationError(`no scenario file in ${paths.join(', ')}`, {
    hint: 'give the path of a .yaml file, or of a folder that holds some',
  });
}

/** What is not there is told when it is read, like every other mistake of a file. */
async function filesAt(path: string): Promise<readonly string[]> {
  const root = resolve(path);
  return (await isFolder(root)) ? filesIn(root) : [root];
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    throw new ConfigurationError(`the folder ${folder} cannot be read: ${cause.message}`, {
      cause,
      hint: 'check its permissions, or name the files themselves',
    });
  });
  const found = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesIn(path);
    // Links to folders are not followed: they may lead back.
    return /\.ya?ml$/i.test(entry.name) && !(await isFolder(path)) ? [path] : [];
  });
  return (await Promise.all(found)).flat();
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (info) => info.isDirectory(),
    () => false,
  );
}

/** Reads and checks the files; `seed` is that of samples that name none. */
export async function checkScenarioFiles(files: readonly string[], seed = 0): Promise<readonly LoadedFile[]> {
  const first = new Map<string, Scenario>();
  const checks: LoadedFile[] = [];
  for (const file of files) {
    const check = await checkScenarios(file, seed);
    const twins = check.scenarios.flatMap((scenario) => twinOf(scenario, first));
    checks.push({ file, ...(twins.length === 0 ? check : refusedFile(twins, null)) });
  }
  return checks;
}

/** Evidence knows a case by its id alone: two of the same id could hide each other. */
function twinOf(scenario: Scenario, first: Map<string, Scenario>): readonly Diagnostic[] {
  const twin = first.get(scenario.id);
  if (twin === undefined) {
    first.set(scenario.id, scenario);
    return [];
  }
  const message = `The scenario at ${formatSpan(twin.span)} has the id \`${scenario.id}\` already.`;
  const hint = 'Rename the scenario or its file: the id is made of both names, without folders.';
  return [{ code: 'duplicate-id', span: scenario.span, message, hint }];
}

/** The files with their scenarios; `seed` is that of samples that name none. Throws one ScenarioError with the mistakes of all of them. */
export async function loadScenarioFiles(files: readonly string[], seed = 0): Promise<readonly LoadedFile[]> {
  const checks = await checkScenarioFiles(files, seed);
  const mistakes = checks.filter(({ rendered }) => rendered !== '').map(({ rendered }) => rendered);
  if (mistakes.length > 0) throw new ScenarioError(mistakes.join('\n\n'));
  return checks;
}
