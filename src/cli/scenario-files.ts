import { readdir, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { ConfigurationError, ScenarioError } from '../domain/harness-error.ts';
import type { Scenario } from '../domain/scenario.ts';
import { loadScenarios } from '../runner/load.ts';

/** The scenario files that the arguments name; folders are searched. Throws ConfigurationError when there are none. */
export async function findScenarioFiles(paths: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(paths.map(filesAt));
  const files = [...new Set(found.flat())].sort();
  if (files.length > 0) return files;
  throw new ConfigurationError(`no scenario file in ${paths.join(', ')}`, {
    hint: 'give the path of a .yaml file, or of a folder that holds some',
  });
}

async function filesAt(path: string): Promise<readonly string[]> {
  const root = resolve(path);
  const info = await stat(root).catch((cause: unknown) => {
    throw new ConfigurationError(`${path} does not exist`, {
      cause,
      hint: 'give the path of a .yaml file, or of a folder that holds some',
    });
  });
  if (!info.isDirectory()) return [root];
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter(
      (entry) =>
        !entry.isDirectory() &&
        /\.ya?ml$/i.test(entry.name) &&
        !relative(root, entry.parentPath).includes('node_modules'),
    )
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The scenarios of the files; `seed` is that of samples that name none. Throws one ScenarioError with the mistakes of all of them. */
export async function loadScenarioFiles(files: readonly string[], seed = 0): Promise<readonly Scenario[]> {
  const loaded: Scenario[] = [];
  const mistakes: string[] = [];
  for (const file of files) {
    try {
      loaded.push(...(await loadScenarios(file, seed)));
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      mistakes.push(error.message);
    }
  }
  if (mistakes.length > 0) throw new ScenarioError(mistakes.join('\n\n'));
  return loaded;
}
