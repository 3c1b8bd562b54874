import { ConfigurationError } from '../domain/harness-error.ts';
import type { Case } from '../domain/scenario.ts';
import { type Selection, selectCases } from '../engine/selection.ts';
import type { SelectedScenario } from '../runner/run-cases.ts';
import { nearest } from '../scenario/suggestion.ts';
import type { LoadedFile } from './scenario-files.ts';

/** Flags that choose cases. */
export interface SelectionFlags {
  readonly tag?: readonly string[];
  readonly grep?: string;
  readonly shard?: NonNullable<Selection['shard']>;
  readonly seed?: number;
  /** Only what fuzzes; of that, only tasks whose keys begin like this. */
  readonly only?: readonly string[];
}

/** The cases that the flags ask for. Throws ConfigurationError when there are none. */
export function selectScenarios(files: readonly LoadedFile[], flags: SelectionFlags): readonly SelectedScenario[] {
  const selection = { tags: flags.tag ?? [], grep: flags.grep ?? null, shard: flags.shard ?? null };
  const selected = files
    .flatMap(({ scenarios }) => scenarios)
    .map((scenario) => ({ scenario, cases: selectCases(scenario, selection).filter(isWanted(flags.only)) }))
    .filter(({ cases }) => cases.length > 0);
  if (selected.length > 0) return selected;
  if (flags.only !== undefined) throw nothingToFuzz(files, flags.only);
  throw new ConfigurationError('the flags select no case', {
    hint: 'see what there is with `idenfy-contracts plan`, then loosen --tag, --grep or --shard',
  });
}

function isWanted(only: SelectionFlags['only']): (one: Case) => boolean {
  if (only === undefined) return () => true;
  return ({ fuzz }) =>
    fuzz !== undefined && (only.length === 0 || only.some((key) => `${fuzz.key}.`.startsWith(`${key}.`)));
}

function nothingToFuzz(files: readonly LoadedFile[], only: readonly string[]): ConfigurationError {
  const keys = files.flatMap(({ scenarios }) =>
    scenarios.flatMap(({ cases }) => cases.flatMap(({ fuzz }) => fuzz?.key ?? [])),
  );
  if (keys.length === 0) {
    return new ConfigurationError('no scenario of these files fuzzes', {
      hint: 'add one with a `fuzz:` mapping, or name no file to fuzz everything that the contracts say',
    });
  }
  const fields = [...new Set(keys.map((key) => key.split('.').slice(0, 2).join('.')))];
  const near = nearest(only[0] ?? '', [...fields, ...keys]);
  return new ConfigurationError(`--only ${only.join(' --only ')} names nothing that is fuzzed`, {
    hint: near === undefined ? `choose one of ${fields.slice(0, 8).join(', ')}, ...` : `did you mean ${near}?`,
  });
}

/** What is left when some cases, named by their ids, have run already. */
export function withoutCases(
  selected: readonly SelectedScenario[],
  finished: readonly string[],
): readonly SelectedScenario[] {
  if (finished.length === 0) return selected;
  const done = new Set(finished);
  return selected
    .map(({ scenario, cases }) => ({ scenario, cases: cases.filter(({ id }) => !done.has(id)) }))
    .filter(({ cases }) => cases.length > 0);
}
