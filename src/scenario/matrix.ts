import type { ScenarioGrammar } from '../domain/grammar.ts';
import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import { equalJson } from '../domain/matcher.ts';
import type { Operation } from '../domain/message.ts';
import type { Findings } from './findings.ts';
import type { Path } from './path.ts';
import { quote } from './quote.ts';
import { suggestion } from './suggestion.ts';

/** One dimension of a matrix. */
interface Axis {
  readonly name: string;
  readonly values: readonly Json[];
  readonly path: Path;
}

/** A row of `include`: values by axis name. */
interface IncludedRow {
  readonly values: JsonObject;
  readonly path: Path;
}

/** A row of `exclude`: for each axis it names, the indices of the values that are left out together. */
export type Exclusion = ReadonlyMap<number, ReadonlySet<number>>;

/** The checked matrix of a scenario. */
export interface Matrix {
  readonly axes: readonly Axis[];
  readonly include: readonly IncludedRow[];
  readonly exclude: readonly Exclusion[];
  /** Axes first, then names that only `include` gives, in order of appearance. */
  readonly names: readonly string[];
}

/** The matrix of a scenario that has none: one case without values. */
export const NO_MATRIX: Matrix = { axes: [], include: [], exclude: [], names: [] };

const MANUAL_FIELDS = ['manualFaceMatchResult', 'manualDocumentValidity'];

/** The operation whose request body an axis of this name goes into; undefined when it is a free name. */
export function operationOf(grammar: ScenarioGrammar, name: string): Exclude<Operation, 'getStatus'> | undefined {
  if (MANUAL_FIELDS.includes(name)) return 'addManualStatus';
  return grammar.fieldNames('createSession').includes(name) ? 'createSession' : undefined;
}

/** Reads a `matrix` mapping; mistakes go to `findings` and what they spoil is left out. */
export function readMatrix(raw: JsonObject, path: Path, grammar: ScenarioGrammar, findings: Findings): Matrix {
  const axes = Object.entries(raw)
    .filter(([name]) => name !== 'include' && name !== 'exclude')
    .map(([name, value]) => readAxis(name, value, [...path, name], grammar, findings));
  const include = rowsOf(raw.include).map((values, index) => ({ values, path: [...path, 'include', index] }));
  const names = new Set(axes.map((axis) => axis.name));
  for (const row of include) for (const name of Object.keys(row.values)) names.add(name);
  const matrix: Matrix = { axes, include, exclude: [], names: [...names] };
  if (names.size === 0) {
    findings.report(
      'empty-matrix',
      path,
      'The matrix has no axis.',
      'Add an axis, such as `dummyStatus: all`, or remove `matrix`.',
      'key',
    );
  }
  const exclude = rowsOf(raw.exclude).map((row, index) =>
    readExclusion(row, [...path, 'exclude', index], matrix, findings),
  );
  return { ...matrix, exclude: exclude.filter((one) => one !== undefined) };
}

function rowsOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.map((row) => (isJsonObject(row) ? row : {})) : [];
}

function readAxis(name: string, value: Json, path: Path, grammar: ScenarioGrammar, findings: Findings): Axis {
  if (typeof value === 'string') return { name, values: readAll(name, value, path, grammar, findings), path };
  const values = Array.isArray(value) ? (value as readonly Json[]) : [];
  if (values.length === 0) {
    findings.report(
      'empty-axis',
      path,
      `The axis \`${name}\` has no values, so there is no case.`,
      'Add a value, or remove the axis.',
      'key',
    );
  }
  return { name, values: withoutRepeats(name, values, path, findings), path };
}

/** A value that is repeated is reported and left out. */
function withoutRepeats(name: string, values: readonly Json[], path: Path, findings: Findings): readonly Json[] {
  const seen = new Set<string>();
  return values.filter((one, index) => {
    const text = JSON.stringify(one);
    const repeated = seen.has(text);
    if (repeated) {
      const message = `The axis \`${name}\` has the value ${quote(one)} twice.`;
      findings.report('duplicate-value', [...path, index], message, 'Remove one of them.');
    }
    seen.add(text);
    return !repeated;
  });
}

function readAll(
  name: string,
  word: string,
  path: Path,
  grammar: ScenarioGrammar,
  findings: Findings,
): readonly Json[] {
  const operation = operationOf(grammar, name);
  const values = operation === undefined ? undefined : grammar.fieldValues(operation, name);
  if (word !== 'all') {
    findings.report(
      'axis-type',
      path,
      `The axis \`${name}\` must be a list or the word \`all\`.`,
      `Write \`${name}: [${word}]\` for this one value.`,
    );
  } else if (values === undefined) {
    const reason =
      operation === undefined
        ? 'no request has a field of this name'
        : 'its contract allows more values than can be listed';
    const fields = [...grammar.fieldNames('createSession'), ...MANUAL_FIELDS];
    const hint = operation === undefined ? suggestion(name, fields, 'List the values.') : 'List the values.';
    findings.report('axis-all', path, `\`all\` cannot be used for \`${name}\`: ${reason}.`, hint);
  }
  return values ?? [];
}

function readExclusion(row: JsonObject, path: Path, matrix: Matrix, findings: Findings): Exclusion | undefined {
  const exclusion = new Map<number, ReadonlySet<number>>();
  let usable = true;
  for (const [name, wanted] of Object.entries(row)) {
    const position = matrix.axes.findIndex((axis) => axis.name === name);
    const axis = matrix.axes[position];
    if (axis === undefined) {
      const hint = suggestion(
        name,
        matrix.axes.map((one) => one.name),
        'Name an axis that has a list of values.',
      );
      findings.report('unknown-axis', [...path, name], `There is no axis \`${name}\` to exclude from.`, hint, 'key');
      usable = false;
      continue;
    }
    const found = findValues(wanted, axis.values, axis.name, [...path, name], findings);
    if (found.size === 0) usable = false;
    exclusion.set(position, found);
  }
  return usable && exclusion.size > 0 ? exclusion : undefined;
}

/** Indices of the values that a condition (one value or a list of them) names; values that are not on the axis are reported. */
function findValues(
  wanted: Json,
  values: readonly Json[],
  name: string,
  path: Path,
  findings: Findings,
): ReadonlySet<number> {
  const found = new Set<number>();
  const alternatives = Array.isArray(wanted) ? (wanted as readonly Json[]).entries() : [[-1, wanted] as const];
  for (const [position, one] of alternatives) {
    const index = values.findIndex((value) => equalJson(value, one));
    if (index >= 0) found.add(index);
    else
      reportUnknownValue(name, one, values, position < 0 ? path : [...path, position], 'nothing is excluded', findings);
  }
  return found;
}

/** Reports a value that an axis does not have; `consequence` says what that leads to. */
export function reportUnknownValue(
  name: string,
  value: Json,
  known: readonly Json[],
  path: Path,
  consequence: string,
  findings: Findings,
): void {
  const texts = known.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
  const asked = typeof value === 'string' ? value : JSON.stringify(value);
  const hint = suggestion(asked, texts, `Use a value that \`${name}\` has.`);
  const message = `No case has ${quote(value)} for \`${name}\`, so ${consequence}.`;
  findings.report('unknown-value', path, message, hint);
}
