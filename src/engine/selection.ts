import { createHash } from 'node:crypto';
import type { Case, Scenario } from '../domain/scenario.ts';

/** Which cases of the scenario files are to run. */
export interface Selection {
  /** Scenarios with one of these tags; empty: all. */
  readonly tags: readonly string[];
  /** Cases whose id or title matches this regular expression; null: all. */
  readonly grep: string | null;
  /** One of several parts of the cases, index from 1; null: all. */
  readonly shard: { readonly index: number; readonly total: number } | null;
}

/** The cases of a scenario that are selected. Shards split cases by a hash of their ids, so that every machine agrees. */
export function selectCases(scenario: Scenario, selection: Selection): readonly Case[] {
  const { tags, grep, shard } = selection;
  if (tags.length > 0 && !tags.some((tag) => scenario.tags.includes(tag))) return [];
  if (grep === null && shard === null) return scenario.cases;
  const pattern = grep === null ? null : new RegExp(grep, 'u');
  return scenario.cases.filter(
    (one) =>
      (pattern === null || pattern.test(one.id) || pattern.test(`${scenario.name} ${one.title}`)) &&
      (shard === null || shardOf(scenario, one, shard.total) === shard.index),
  );
}

/** Cases that share a session stay together: their scenario is the unit. */
function shardOf(scenario: Scenario, testCase: Case, total: number): number {
  const unit = scenario.sessions === 'shared' ? scenario.id : testCase.id;
  return (createHash('sha256').update(unit).digest().readUInt32BE(0) % total) + 1;
}
