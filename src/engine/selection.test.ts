import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Scenario } from '../domain/scenario.ts';
import { createScenario } from './ports.test-kit.ts';
import { type Selection, selectCases } from './selection.ts';

const ALL: Selection = { tags: [], grep: null, shard: null };
const scenarioOf = (count: number, changes: Partial<Scenario> = {}): Scenario =>
  createScenario(
    Array.from({ length: count }, () => []),
    changes,
  );
const idsOf = (scenario: Scenario, changes: Partial<Selection>): readonly string[] =>
  selectCases(scenario, { ...ALL, ...changes }).map(({ id }) => id);

describe('selectCases', () => {
  test('takes all without a wish', () => {
    expect(idsOf(scenarioOf(3), {})).toEqual(['s/0', 's/1', 's/2']);
  });

  test('takes a scenario with one of the tags', () => {
    const scenario = scenarioOf(1, { tags: ['smoke', 'nightly'] });
    expect(idsOf(scenario, { tags: ['nightly', 'other'] })).toHaveLength(1);
    expect(idsOf(scenario, { tags: ['night'] })).toEqual([]);
  });

  test.each([
    ['^s/1$', ['s/1']],
    ['[02]$', ['s/0', 's/2']],
    ['^Scenario case 2', ['s/2']],
    ['nothing', []],
  ])('takes cases whose id or title matches %s', (grep, ids) => {
    expect(idsOf(scenarioOf(3), { grep })).toEqual(ids);
  });
});

describe('shards', () => {
  const arbitrary = fc.record({
    scenarios: fc.array(fc.record({ id: fc.string({ minLength: 1 }), count: fc.nat(30), shared: fc.boolean() }), {
      maxLength: 5,
    }),
    total: fc.integer({ min: 1, max: 9 }),
  });

  test('together have every case once, in its order', () => {
    fc.assert(
      fc.property(arbitrary, ({ scenarios, total }) => {
        for (const { id, count, shared } of scenarios) {
          const scenario = scenarioOf(count, { id, sessions: shared ? 'shared' : 'per-case' });
          const parts = Array.from({ length: total }, (_, at) => idsOf(scenario, { shard: { index: at + 1, total } }));
          const all = scenario.cases.map((one) => one.id);
          expect(parts.flat().toSorted()).toEqual(all.toSorted());
          for (const part of parts) expect(part).toEqual(all.filter((one) => part.includes(one)));
          if (shared) expect(parts.filter((part) => part.length > 0).length).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test('are of about the same size, and the same on every machine', () => {
    const scenario = scenarioOf(1000);
    const parts = [1, 2, 3, 4].map((index) => idsOf(scenario, { shard: { index, total: 4 } }));
    for (const part of parts) expect(part.length).toBeGreaterThan(200);
    expect(idsOf(scenarioOf(8), { shard: { index: 1, total: 2 } })).toEqual(
      idsOf(scenarioOf(8), { shard: { index: 1, total: 2 } }),
    );
  });

  test('are taken of what the other wishes leave', () => {
    const parts = [1, 2].map((index) => idsOf(scenarioOf(20), { grep: '[0-4]$', shard: { index, total: 2 } }));
    expect(parts.flat().toSorted()).toEqual(idsOf(scenarioOf(20), { grep: '[0-4]$' }).toSorted());
  });
});
