import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Combination, combine, everyCombination, isExcluded } from './combination.ts';
import type { Exclusion } from './matrix.ts';

const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 5 });

/** Axis sizes with random exclusions over one to three axes. */
const matrices = sizes.chain((counts) =>
  fc.record({
    counts: fc.constant(counts),
    exclusions: fc.array(
      fc
        .uniqueArray(fc.nat({ max: counts.length - 1 }), { minLength: 1, maxLength: 3 })
        .chain((axes) =>
          fc
            .tuple(...axes.map((axis) => fc.uniqueArray(fc.nat({ max: (counts[axis] ?? 1) - 1 }), { minLength: 1 })))
            .map((values): Exclusion => new Map(axes.map((axis, index) => [axis, new Set(values[index])]))),
        ),
      { maxLength: 4 },
    ),
  }),
);

/** Every choice of `strength` axes with the values that a combination has there. */
function tuplesOf(combination: Combination, strength: number): string[] {
  const choices = (from: number, left: number): number[][] =>
    left === 0
      ? [[]]
      : combination
          .slice(from)
          .flatMap((_, offset) => choices(from + offset + 1, left - 1).map((rest) => [from + offset, ...rest]));
  return choices(0, strength).map((axes) => axes.map((axis) => `${axis}:${combination[axis]}`).join(' '));
}

describe('combine', () => {
  test('covers every feasible tuple and no exclusion, whatever the axes, exclusions, strength and seed', async () => {
    await fc.assert(
      fc.asyncProperty(
        matrices,
        fc.integer({ min: 1, max: 3 }),
        fc.option(fc.nat({ max: 0xffff_ffff }), { nil: null }),
        async ({ counts, exclusions }, wanted, seed) => {
          const strength = Math.min(wanted, counts.length);
          const picked = await combine(counts, exclusions, { kind: 'strength', strength, seed });
          const feasible = everyCombination(counts, exclusions);
          const due = new Set(feasible.flatMap((one) => tuplesOf(one, strength)));
          for (const one of picked) {
            expect(one).toHaveLength(counts.length);
            expect(isExcluded(one, exclusions)).toBe(false);
            for (const tuple of tuplesOf(one, strength)) due.delete(tuple);
          }
          expect([...due]).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('gives nothing when the exclusions leave nothing, even if only together', async () => {
    const half = (value: number): Exclusion =>
      new Map([
        [0, new Set([value])],
        [1, new Set([0, 1])],
      ]);
    expect(await combine([2, 2, 2], [half(0), half(1)], { kind: 'strength', strength: 2, seed: null })).toEqual([]);
  });

  test('pairwise over the whole vocabulary needs little more than its largest pair of axes', async () => {
    const picked = await combine([5, 11, 28], [], { kind: 'strength', strength: 2, seed: null });
    expect(picked.length).toBeGreaterThanOrEqual(308);
    expect(picked.length).toBeLessThan(330);
  });

  test('gives the same combinations every time, and others for another seed', async () => {
    const run = (seed: number | null) => combine([4, 4, 4, 4], [], { kind: 'strength', strength: 2, seed });
    expect(await run(null)).toEqual(await run(null));
    expect(await run(7)).toEqual(await run(7));
    expect(await run(7)).not.toEqual(await run(8));
  });

  test('the product leaves out what is excluded and nothing else', () => {
    const exclusion: Exclusion = new Map([
      [0, new Set([1])],
      [2, new Set([0, 1])],
    ]);
    const all = everyCombination([2, 3, 4], [exclusion]);
    expect(all).toHaveLength(24 - 6);
    expect(new Set(all.map(String)).size).toBe(18);
  });

  test('a sample has its size, no repeats and no exclusions, and is the same on every machine', async () => {
    const exclusion: Exclusion = new Map([[0, new Set([0])]]);
    const sample = await combine([5, 11, 28], [exclusion], { kind: 'sample', size: 50, seed: 7 });
    expect(sample).toHaveLength(50);
    expect(new Set(sample.map(String)).size).toBe(50);
    expect(sample.some((one) => isExcluded(one, [exclusion]))).toBe(false);
    expect((await combine([3, 3], [], { kind: 'sample', size: 4, seed: 1 })).map(String)).toEqual([
      '0,0',
      '0,1',
      '1,2',
      '2,2',
    ]);
    expect(await combine([3, 3], [], { kind: 'sample', size: 99, seed: 1 })).toHaveLength(9);
  });

  test('a sample of a product too large to list is drawn too', async () => {
    const exclusion: Exclusion = new Map([[0, new Set([0, 1, 2])]]);
    const axes = Array.from({ length: 30 }, () => 10);
    const sample = await combine(axes, [exclusion], { kind: 'sample', size: 1_000, seed: 7 });
    expect(new Set(sample.map(String)).size).toBe(1_000);
    expect(sample.some((one) => isExcluded(one, [exclusion]))).toBe(false);
  });

  test('a sample is uniform: over many seeds every combination comes up about as often', async () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 3_000; seed++) {
      for (const one of await combine([2, 3], [], { kind: 'sample', size: 2, seed })) {
        counts.set(String(one), (counts.get(String(one)) ?? 0) + 1);
      }
    }
    // 1,000 expected each, standard deviation about 26.
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(130);
  });
});
