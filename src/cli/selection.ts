import type { Selection } from '../engine/selection.ts';

/** Flags that choose cases. */
export interface SelectionFlags {
  readonly tag?: readonly string[];
  readonly grep?: string;
  readonly shard?: NonNullable<Selection['shard']>;
  readonly seed?: number;
}

/** The selection that the flags ask for. */
export function selectionOf(flags: SelectionFlags): Selection {
  return { tags: flags.tag ?? [], grep: flags.grep ?? null, shard: flags.shard ?? null };
}
