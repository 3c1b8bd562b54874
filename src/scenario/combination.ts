import { coveringArray } from './covering-array.ts';
import type { Exclusion } from './matrix.ts';

/** One combination: for each axis the index of its value. */
export type Combination = readonly number[];

/** Which combinations become cases. */
export type Strategy =
  | { readonly kind: 'all' }
  | { readonly kind: 'strength'; readonly strength: number; readonly seed: number | null }
  | { readonly kind: 'sample'; readonly size: number; readonly seed: number };

/** Most cases one scenario may have. */
export const MOST_CASES = 200_000;

/** Number of combinations of axes with these numbers of values, exclusions not counted. */
export function productOf(sizes: readonly number[]): number {
  return sizes.reduce((product, size) => product * size, 1);
}

/** True when an exclusion leaves the combination out. */
export function isExcluded(combination: Combination, exclusions: readonly Exclusion[]): boolean {
  return exclusions.some((exclusion) => {
    for (const [axis, values] of exclusion) if (!values.has(combination[axis] ?? -1)) return false;
    return true;
  });
}

/** Every combination that is not excluded, the last axis changing fastest. The product must be at most MOST_CASES. */
export function everyCombination(sizes: readonly number[], exclusions: readonly Exclusion[]): Combination[] {
  const found: Combination[] = [];
  const current = sizes.map(() => 0);
  const total = productOf(sizes);
  for (let count = 0; count < total; count++) {
    if (!isExcluded(current, exclusions)) found.push([...current]);
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      const next = (current[axis] ?? 0) + 1;
      current[axis] = next === sizes[axis] ? 0 : next;
      if (next !== sizes[axis]) break;
    }
  }
  return found;
}

/** The combinations that a strategy picks, in the order of the product: the same on every machine. The caller has checked that they are few enough. */
export async function combine(
  sizes: readonly number[],
  exclusions: readonly Exclusion[],
  strategy: Strategy,
): Promise<readonly Combination[]> {
  switch (strategy.kind) {
    case 'all':
      return everyCombination(sizes, exclusions);
    case 'sample':
      return sample(sizes, exclusions, strategy.size, strategy.seed);
    case 'strength':
      if (strategy.strength >= sizes.length) return everyCombination(sizes, exclusions);
      return (await coveringArray(sizes, exclusions, strategy.strength, strategy.seed)).sort(compareCombinations);
  }
}

/** Draws uniformly without replacement. */
function sample(
  sizes: readonly number[],
  exclusions: readonly Exclusion[],
  size: number,
  seed: number,
): readonly Combination[] {
  const random = randomIntegers(seed);
  const drawn =
    productOf(sizes) <= MOST_CASES
      ? drawFrom(everyCombination(sizes, exclusions), size, random)
      : drawBlind(sizes, exclusions, size, random);
  return drawn.sort(compareCombinations);
}

function drawFrom(all: Combination[], size: number, random: (below: number) => number): Combination[] {
  const wanted = Math.min(size, all.length);
  for (let index = 0; index < wanted; index++) {
    const other = index + random(all.length - index);
    const picked = all[other] as Combination;
    all[other] = all[index] as Combination;
    all[index] = picked;
  }
  return all.slice(0, wanted);
}

/** For products too large to list: draws until enough different ones are found, or the exclusions leave hardly any. */
function drawBlind(
  sizes: readonly number[],
  exclusions: readonly Exclusion[],
  size: number,
  random: (below: number) => number,
): Combination[] {
  const found = new Map<string, Combination>();
  for (let tries = 0; found.size < size && tries < 20 * size + 10_000; tries++) {
    const combination = sizes.map((count) => random(count));
    if (!isExcluded(combination, exclusions)) found.set(combination.join(), combination);
  }
  return [...found.values()];
}

function compareCombinations(left: Combination, right: Combination): number {
  for (const [axis, index] of left.entries()) {
    const difference = index - (right[axis] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Integers from 0 up to a bound from a 32-bit seed: Mulberry32 (public domain), whose whole state is one integer. */
function randomIntegers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}
