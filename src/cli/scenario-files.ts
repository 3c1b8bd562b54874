import { readdir, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { ConfigurationError, ScenarioError } from '../domain/harness-error.ts';
import type { Scenario } from '../domain/scenario.ts';
import { checkScenarios } from '../runner/load.ts';

/** A scenario file without mistakes. */
export interface LoadedFile {
  /** Absolute path. */
  readonly file: string;
  /** Digest of its bytes, in hex. */
  readonly sha256: string;
  readonly scenarios: readonly Scenario[];
}

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

/** Reads and checks the files; `seed` is that of samples that name none. Throws one ScenarioError with the mistakes of all of them. */
export async function loadScenarioFiles(files: readonly string[], seed = 0): Promise<readonly LoadedFile[]> {
  const loaded: LoadedFile[] = [];
  const mistakes: string[] = [];
  for (const file of files) {
    const { scenarios, sha256, rendered } = await checkScenarios(file, seed);
    if (rendered === '') loaded.push({ file, sha256, scenarios });
    else mistakes.push(rendered);
  }
  if (mistakes.length > 0) throw new ScenarioError(mistakes.join('\n\n'));
  return loaded;
}
