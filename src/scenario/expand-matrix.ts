import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import { type Combination, combine, everyCombination, MOST_CASES, productOf, type Strategy } from './combination.ts';
import { isTooMuchToCover } from './covering-array.ts';
import type { Findings } from './findings.ts';
import type { Matrix } from './matrix.ts';
import type { Path } from './path.ts';

/** The values of one case and the path of the row that asked for it; null: the matrix did. */
export interface Expanded {
  readonly values: JsonObject;
  readonly path: Path | null;
}

/** Reads `combine`; a sample that names no seed takes `anySeed`. */
export function readStrategy(raw: Json | undefined, path: Path, findings: Findings, anySeed: number): Strategy {
  if (raw === 'each') return { kind: 'strength', strength: 1, seed: null };
  if (raw === 'pairwise') return { kind: 'strength', strength: 2, seed: null };
  if (raw === undefined || !isJsonObject(raw)) return { kind: 'all' };
  const { strength, sample, seed } = raw;
  if ((strength === undefined) === (sample === undefined) && !findings.isBroken(path)) {
    const message = '`combine` needs either `strength` or `sample`.';
    findings.report('bad-combine', path, message, 'Write `{strength: 3}` or `{sample: 50, seed: 7}`.', 'key');
  }
  if (typeof sample === 'number')
    return { kind: 'sample', size: sample, seed: typeof seed === 'number' ? seed : anySeed };
  if (typeof strength === 'number') return { kind: 'strength', strength, seed: typeof seed === 'number' ? seed : null };
  return { kind: 'all' };
}

/** The cases of a matrix: the combinations that the strategy picks, then the included rows. Empty when there is a mistake. */
export async function expandMatrix(
  matrix: Matrix,
  strategy: Strategy,
  path: Path,
  findings: Findings,
): Promise<readonly Expanded[]> {
  if (matrix.names.length === 0) return [{ values: {}, path: null }];
  const sizes = matrix.axes.map((axis) => axis.values.length);
  if (sizes.includes(0) || refuseTooMany(sizes, strategy, path, findings)) return [];
  const combinations = matrix.axes.length === 0 ? [] : await combine(sizes, matrix.exclude, strategy);
  if (combinations.length === 0 && matrix.axes.length > 0) {
    const message = '`exclude` leaves no combination of the axes.';
    findings.report('empty-matrix', [...path, 'exclude'], message, 'Exclude less, or use `include` alone.', 'key');
    return [];
  }
  const picked = combinations.map((combination): Expanded => ({ values: valuesOf(matrix, combination), path: null }));
  return [...picked, ...includedRows(matrix, picked, strategy, findings)];
}

function refuseTooMany(sizes: readonly number[], strategy: Strategy, path: Path, findings: Findings): boolean {
  const product = productOf(sizes);
  const hint = 'Use `combine: pairwise` or `combine: {sample: 1000, seed: 1}`, or fewer values.';
  const all = strategy.kind === 'all' || (strategy.kind === 'strength' && strategy.strength >= sizes.length);
  if (all && product > MOST_CASES) {
    findings.report(
      'too-many-cases',
      path,
      `The matrix has ${product.toLocaleString('en')} combinations; a scenario may have ${MOST_CASES.toLocaleString('en')} cases.`,
      hint,
      'key',
    );
    return true;
  }
  if (strategy.kind === 'sample' && strategy.size > MOST_CASES) {
    const at = [...path.slice(0, -1), 'combine', 'sample'];
    findings.report(
      'too-many-cases',
      at,
      `A scenario may have ${MOST_CASES.toLocaleString('en')} cases.`,
      'Draw a smaller sample.',
    );
    return true;
  }
  if (!all && strategy.kind === 'strength' && isTooMuchToCover(sizes, strategy.strength)) {
    const message = `Covering every combination of ${strategy.strength} values of these axes would take too long.`;
    findings.report(
      'too-many-cases',
      [...path.slice(0, -1), 'combine'],
      message,
      'Use a lower strength, a sample or fewer values.',
      'key',
    );
    return true;
  }
  return false;
}

function valuesOf(matrix: Matrix, combination: Combination): JsonObject {
  return Object.fromEntries(
    matrix.axes.map((axis, position) => [axis.name, axis.values[combination[position] ?? -1] ?? null]),
  );
}

/** Included rows that are not picked already. Beside a full product such a row is a mistake, beside a selection it is a coincidence. */
function includedRows(
  matrix: Matrix,
  picked: readonly Expanded[],
  strategy: Strategy,
  findings: Findings,
): readonly Expanded[] {
  if (matrix.include.length === 0) return [];
  const seen = new Map<string, 'picked' | 'included'>(picked.map((one) => [keyOf(one.values, matrix.names), 'picked']));
  return matrix.include.flatMap((row) => {
    const key = keyOf(row.values, matrix.names);
    const before = seen.get(key);
    seen.set(key, before ?? 'included');
    if (before === undefined) return [{ values: row.values, path: row.path }];
    if (before === 'included' || strategy.kind === 'all') {
      const where = before === 'included' ? 'in an earlier row' : 'among the combinations of the axes';
      findings.report('duplicate-case', row.path, `This case is ${where} already.`, 'Remove the row.');
    }
    return [];
  });
}

function keyOf(values: JsonObject, names: readonly string[]): string {
  return JSON.stringify(names.map((name) => (values[name] === undefined ? [] : [values[name]])));
}

/** Every case that the matrix allows, when they can be listed; else the cases that were picked. */
export function universeOf(matrix: Matrix, cases: readonly Expanded[], strategy: Strategy): readonly JsonObject[] {
  const picked = cases.map((one) => one.values);
  const sizes = matrix.axes.map((axis) => axis.values.length);
  if (strategy.kind === 'all' || matrix.axes.length === 0 || productOf(sizes) > MOST_CASES) return picked;
  const all = everyCombination(sizes, matrix.exclude).map((combination) => valuesOf(matrix, combination));
  return [...all, ...matrix.include.map((row) => row.values)];
}
