import { ConfigurationError } from '../domain/harness-error.ts';
import type { Case, Scenario } from '../domain/scenario.ts';
import { type Selection, selectCases } from '../engine/selection.ts';
import type { LoadedFile } from './scenario-files.ts';

/** Flags that choose cases. */
export interface SelectionFlags {
  readonly tag?: readonly string[];
  readonly grep?: string;
  readonly shard?: NonNullable<Selection['shard']>;
  readonly seed?: number;
}

/** A scenario with its selected cases; there is at least one. */
export interface SelectedScenario {
  readonly scenario: Scenario;
  readonly cases: readonly Case[];
}

/** The selection that the flags ask for. */
export function selectionOf(flags: SelectionFlags): Selection {
  return { tags: flags.tag ?? [], grep: flags.grep ?? null, shard: flags.shard ?? null };
}

/** The scenarios of which the selection takes cases. Throws ConfigurationError when it takes none. */
export function selectScenarios(files: readonly LoadedFile[], selection: Selection): readonly SelectedScenario[] {
  const selected = files
    .flatMap(({ scenarios }) => scenarios)
    .map((scenario) => ({ scenario, cases: selectCases(scenario, selection) }))
    .filter(({ cases }) => cases.length > 0);
  if (selected.length > 0) return selected;
  throw new ConfigurationError('the flags select no case', {
    hint: 'see what there is with `idenfy-contracts plan`, then loosen --tag, --grep or --shard',
  });
}
