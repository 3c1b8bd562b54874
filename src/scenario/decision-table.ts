import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import { equalJson, isMatcher, matchPartial } from '../domain/matcher.ts';
import type { SourceSpan } from '../domain/span.ts';
import { isAbsent, templateReferences } from '../domain/template.ts';
import { type ContestedPlan, type ExpectationPlan, planContested, planExpectation } from './expectation.ts';
import type { Findings } from './findings.ts';
import { checkMatchers } from './matcher-check.ts';
import { type Matrix, reportUnknownValue } from './matrix.ts';
import type { Path } from './path.ts';
import { suggestion } from './suggestion.ts';
import type { YamlFile } from './yaml-file.ts';

/** What a row says of a response. */
interface ResponsePlan {
  readonly expect: ExpectationPlan | null;
  readonly contested: ContestedPlan | null;
}

/** What a row says of a webhook; `body` null: none is due. */
export interface WebhookPlan {
  readonly body: JsonObject | null;
  readonly span: SourceSpan;
}

/** One row of a decision table. */
export interface Row {
  readonly response: ResponsePlan | null;
  readonly manualResponse: ResponsePlan | null;
  readonly autoWebhook: WebhookPlan | null;
  readonly manualWebhook: WebhookPlan | null;
  readonly span: SourceSpan;
  readonly path: Path;
  readonly raw: JsonObject;
  /** True when the row fits a case with these values. */
  readonly fits: (values: JsonObject) => boolean;
  /** True when its `when` has mistakes that were reported. */
  readonly faulty: boolean;
}

/** Reads `expect`: one row or a list of rows. */
export function readDecisionTable(
  raw: Json | undefined,
  path: Path,
  yaml: YamlFile,
  matrix: Matrix,
  findings: Findings,
): readonly Row[] {
  if (Array.isArray(raw)) return raw.map((row, index) => readRow(row, [...path, index], yaml, matrix, findings));
  return raw === undefined ? [] : [readRow(raw, path, yaml, matrix, findings)];
}

function readRow(raw: Json, path: Path, yaml: YamlFile, matrix: Matrix, findings: Findings): Row {
  const row = isJsonObject(raw) ? raw : {};
  const before = findings.diagnostics.length;
  const when = isJsonObject(row.when) ? row.when : {};
  const conditions = Object.entries(when).map(([name, wanted]) =>
    readCondition(name, wanted, [...path, 'when', name], matrix, findings),
  );
  return {
    response: readResponse(row.response, [...path, 'response'], yaml, findings),
    manualResponse: readResponse(row.manualResponse, [...path, 'manualResponse'], yaml, findings),
    autoWebhook: readWebhook(row.autoWebhook, [...path, 'autoWebhook'], yaml),
    manualWebhook: readWebhook(row.manualWebhook, [...path, 'manualWebhook'], yaml),
    span: yaml.spanOf(path, 'key'),
    path,
    raw: row,
    fits: (values) => conditions.every((condition) => condition(values)),
    faulty: findings.diagnostics.length > before || findings.isBroken(path),
  };
}

function readCondition(
  name: string,
  wanted: Json,
  path: Path,
  matrix: Matrix,
  findings: Findings,
): (values: JsonObject) => boolean {
  if (!matrix.names.includes(name)) {
    const hint = suggestion(name, matrix.names, 'Name an axis of the matrix; this scenario has none.');
    findings.report('unknown-axis', path, `The matrix has no axis \`${name}\`.`, hint, 'key');
    return () => false;
  }
  if (!isUsable(wanted, path, findings)) return () => false;
  const alternatives = Array.isArray(wanted) ? (wanted as readonly Json[]) : [wanted];
  const known = valuesOf(matrix, name);
  for (const [index, one] of alternatives.entries()) {
    if (isMatcher(one) || known.some((value) => equalJson(value, one))) continue;
    reportUnknownValue(
      name,
      one,
      known,
      Array.isArray(wanted) ? [...path, index] : path,
      'the row never fits it',
      findings,
    );
  }
  const plain = new Set<Json>(alternatives.filter((one) => typeof one !== 'object' || one === null));
  const others = alternatives.filter((one) => typeof one === 'object' && one !== null);
  return (values) => {
    const value = values[name];
    return (value !== undefined && plain.has(value)) || others.some((one) => fitsOne(one, value));
  };
}

/** Conditions are tried while the file is checked, so that a matcher in them has to be right at once. */
function isUsable(wanted: Json, path: Path, findings: Findings): boolean {
  const before = findings.diagnostics.length;
  checkMatchers(wanted, path, findings);
  if (templateReferences(wanted).length > 0) {
    const message = 'A condition cannot hold a template: rows are chosen before a case runs.';
    findings.report('bad-template', path, message, 'Write the value itself.');
  }
  return findings.diagnostics.length === before;
}

function fitsOne(wanted: Json, value: Json | undefined): boolean {
  if (!isMatcher(wanted)) return equalJson(wanted, value);
  return matchPartial(wanted, value === undefined || isAbsent(value) ? undefined : value).length === 0;
}

/** Every value that some case has for a name. */
function valuesOf(matrix: Matrix, name: string): readonly Json[] {
  const listed = matrix.axes.find((axis) => axis.name === name)?.values ?? [];
  return [...listed, ...matrix.include.flatMap((row) => (row.values[name] === undefined ? [] : [row.values[name]]))];
}

function readResponse(raw: Json | undefined, path: Path, yaml: YamlFile, findings: Findings): ResponsePlan | null {
  if (!isJsonObject(raw)) return null;
  const { contested, ...rest } = raw;
  if (contested !== undefined && Object.keys(rest).length > 0) {
    const hint = 'Put what every reading shares into each reading.';
    findings.report(
      'contested-and-more',
      [...path, 'contested'],
      '`contested` cannot stand beside other expectations.',
      hint,
      'key',
    );
  }
  return {
    expect: contested === undefined ? planExpectation(raw, path, yaml) : null,
    contested: planContested(contested, [...path, 'contested'], yaml),
  };
}

function readWebhook(raw: Json | undefined, path: Path, yaml: YamlFile): WebhookPlan | null {
  if (raw === undefined) return null;
  return { body: isJsonObject(raw) ? raw : null, span: yaml.spanOf(path, 'key') };
}

/** Reports cases that no row fits, and rows that are the first fit of no case. `universe` is every case the matrix allows. */
export function checkDecisionTable(
  rows: readonly Row[],
  universe: Iterable<JsonObject>,
  path: Path,
  findings: Findings,
): void {
  if (rows.length === 0) return;
  const first = new Set<number>();
  const gaps: JsonObject[] = [];
  for (const values of universe) {
    const index = rows.findIndex((row) => row.fits(values));
    if (index < 0) gaps.push(values);
    else first.add(index);
  }
  for (const [index, row] of rows.entries()) {
    if (first.has(index) || row.faulty) continue;
    const hint = 'Move the row above the one that covers it, narrow that one, or remove this row.';
    findings.report('dead-row', row.path, 'This row can never be the first that fits, so it is never used.', hint);
  }
  const gap = gaps[0];
  if (gap === undefined || rows.some((row) => row.faulty)) return;
  const example = Object.entries(gap)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
    .join(', ');
  const count = gaps.length === 1 ? 'One combination fits' : `${gaps.length} combinations fit`;
  findings.report(
    'gap',
    path,
    `${count} no row of \`expect\`, for example {${example}}.`,
    'Add a row for it, or a last row without `when`.',
    'key',
  );
}
