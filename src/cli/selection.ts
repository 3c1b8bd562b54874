import { ConfigurationError } from '../domain/harness-error.ts';
import { type Selection, selectCases } from '../engine/selection.ts';
import type { SelectedScenario } from '../runner/run-cases.ts';
import type { LoadedFile } from './scenario-files.ts';

/** Flags that choose cases. */
export interface SelectionFlags {
  readonly tag?: readonly string[];
  readonly grep?: string;
  readonly shard?: NonNullable<Selection['shard']>;
  readonly seed?: number;
}

/** The cases that the flags ask for. Throws ConfigurationError when there are none. */
export function selectScenarios(files: readonly LoadedFile[], flags: SelectionFlags): readonly SelectedScenario[] {
  const selection = { tags: flags.tag ?? [], grep: flags.grep ?? null, shard: flags.shard ?? null };
  const selected = files
    .flatMap(({ scenarios }) => scenarios)
    .map((scenario) => ({ scenario, cases: selectCases(scenario, selection) }))
    .filter(({ cases }) => cases.length > 0);
  if (selected.length > 0) return selected;
  throw new ConfigurationError('the flags select no case', {
    hint: 'see what there is with `idenfy-contracts plan`, then loosen --tag, --grep or --shard',
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
