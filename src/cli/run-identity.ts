import { ConfigurationError } from '../domain/harness-error.ts';
import type { Environment } from '../domain/message.ts';
import type { RunIdentity, ScenarioFileInfo } from '../domain/run-info.ts';
import type { RunSettings } from '../runner/settings.ts';
import { shownPath } from '../runner/shown-path.ts';
import type { LoadedFile } from './scenario-files.ts';
import type { SelectionFlags } from './selection.ts';
import { packageVersion } from './version.ts';

/** What makes a run with these settings and files this run. */
export function identityOf(settings: RunSettings, flags: SelectionFlags, files: readonly LoadedFile[]): RunIdentity {
  const { tag = [], grep = null, shard = null, seed = 0 } = flags;
  return {
    version: packageVersion(),
    target: settings.target,
    baseUrl: settings.baseUrl,
    environments: Object.keys(settings.keys) as Environment[],
    tags: [...new Set(tag)].sort(),
    grep,
    shard: shard === null ? null : `${shard.index}/${shard.total}`,
    seed,
    scenarioFiles: files.map(({ file, sha256 }) => ({ file: shownPath(file), sha256 })),
  };
}

/** Makes sure that an earlier run was what is asked for now: verdicts of two different runs do not add up to one. Throws ConfigurationError. */
export function checkIdentity(runDir: string, before: RunIdentity | null, now: RunIdentity): void {
  if (before?.scenarioFiles === undefined) {
    throw new ConfigurationError(`the run in ${runDir} does not say what it ran`, { hint: 'run without --resume' });
  }
  const differences = [...settingDifferences(before, now), ...fileDifferences(before.scenarioFiles, now.scenarioFiles)];
  if (differences.length === 0) return;
  throw new ConfigurationError(`the run in ${runDir} was another one:\n  ${differences.join('\n  ')}`, {
    hint: 'repeat the flags and files of that run, or run without --resume',
  });
}

function settingDifferences(before: RunIdentity, now: RunIdentity): readonly string[] {
  const rows: readonly (readonly [name: string, before: string | null, now: string | null])[] = [
    ['version', before.version, now.version],
    ['--target', before.target, now.target],
    // The embedded sandbox has another port each time.
    ...(before.target === 'live' && now.target === 'live' ? [['base URL', before.baseUrl, now.baseUrl] as const] : []),
    ['key pairs', before.environments.join(', '), now.environments.join(', ')],
    ['--tag', before.tags.join(', '), now.tags.join(', ')],
    ['--grep', before.grep, now.grep],
    ['--shard', before.shard, now.shard],
    ['--seed', String(before.seed), String(now.seed)],
  ];
  return rows
    .filter(([, old, ours]) => old !== ours)
    .map(([name, old, ours]) => `${name}: ${old || 'none'} then, ${ours || 'none'} now`);
}

const MOST_FILES = 10;

function fileDifferences(before: readonly ScenarioFileInfo[], now: readonly ScenarioFileInfo[]): readonly string[] {
  const then = new Map(before.map(({ file, sha256 }) => [file, sha256]));
  const ours = new Map(now.map(({ file, sha256 }) => [file, sha256]));
  const differences = [...new Set([...then.keys(), ...ours.keys()])].flatMap((file) => {
    if (then.get(file) === ours.get(file)) return [];
    if (!ours.has(file)) return [`${file} was run then, but is not now`];
    return [then.has(file) ? `${file} has changed since` : `${file} was not run then`];
  });
  const more = differences.length - MOST_FILES;
  return more > 0 ? [...differences.slice(0, MOST_FILES), `and ${more} more files`] : differences;
}
