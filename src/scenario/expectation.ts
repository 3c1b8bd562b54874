import { ScenarioError } from '../domain/harness-error.ts';
import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import type { ContestedExpectation, ResponseExpectation } from '../domain/scenario.ts';
import type { SourceSpan } from '../domain/span.ts';
import { isAbsent } from '../domain/template.ts';
import type { Fill } from './matrix-scope.ts';
import type { Path } from './path.ts';
import { quote } from './quote.ts';
import type { YamlFile } from './yaml-file.ts';

/** An expectation as written, before a case fills in its values. */
export interface ExpectationPlan {
  readonly raw: JsonObject;
  readonly span: SourceSpan;
}

/** A contested expectation as written. */
export interface ContestedPlan {
  readonly question: string;
  readonly readings: readonly (ExpectationPlan & { readonly name: string })[];
  readonly span: SourceSpan;
}

/** Reads an expectation mapping; null when there is none. */
export function planExpectation(raw: Json | undefined, path: Path, yaml: YamlFile): ExpectationPlan | null {
  return isJsonObject(raw) ? { raw, span: yaml.spanOf(path, 'key') } : null;
}

/** Reads a `contested` mapping; null when there is none. */
export function planContested(raw: Json | undefined, path: Path, yaml: YamlFile): ContestedPlan | null {
  if (!isJsonObject(raw) || !isJsonObject(raw.readings)) return null;
  const readings = Object.entries(raw.readings).flatMap(([name, reading]) => {
    const plan = planExpectation(reading, [...path, 'readings', name], yaml);
    return plan === null ? [] : [{ name, ...plan }];
  });
  return { question: String(raw.question), readings, span: yaml.spanOf(path, 'key') };
}

/** The expectation of one case. Throws ScenarioError when a template put a value of the wrong kind into it. */
export function fillExpectation(plan: ExpectationPlan | null, fill: Fill): ResponseExpectation | null {
  if (plan === null) return null;
  const { headers, body } = plan.raw;
  const status = given(plan.raw.status, fill);
  const error = given(plan.raw.error, fill);
  return {
    ...(status === undefined ? {} : { status: listOf(status, isStatus, 'an HTTP status', plan.span) }),
    ...(error === undefined ? {} : { error: listOf(error, isText, 'an error identifier', plan.span) }),
    ...(isJsonObject(headers) ? { headers: lowerCaseNames(fill(headers)) } : {}),
    ...(body === undefined ? {} : { body: fill(body) }),
    span: plan.span,
  };
}

/** The contested expectation of one case. Throws as `fillExpectation` does. */
export function fillContested(plan: ContestedPlan | null, fill: Fill): ContestedExpectation | null {
  if (plan === null) return null;
  const readings = plan.readings.flatMap(({ name, ...reading }) => {
    const expect = fillExpectation(reading, fill);
    return expect === null ? [] : [{ name, expect }];
  });
  return { question: plan.question, readings, span: plan.span };
}

/** True when an expectation allows only an error response, or a reading of a contested one is an error. */
export function expectsError(expect: ResponseExpectation | null, contested: ContestedExpectation | null): boolean {
  if (contested?.readings.some((reading) => isError(reading.expect)) === true) return true;
  return expect !== null && isError(expect);
}

function isError(expect: ResponseExpectation): boolean {
  return expect.error !== undefined || expect.status?.every((status) => status >= 400) === true;
}

/** Header fields with lower-case names. */
export function lowerCaseNames(headers: Json): JsonObject {
  if (!isJsonObject(headers)) return {};
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** What a case states; undefined when it has no value for the axis that the template names. */
function given(value: Json | undefined, fill: Fill): Json | undefined {
  const filled = value === undefined ? undefined : fill(value);
  return filled === undefined || isAbsent(filled) ? undefined : filled;
}

function listOf<T extends Json>(
  value: Json,
  fits: (one: Json) => one is T,
  what: string,
  span: SourceSpan,
): readonly T[] {
  const list = Array.isArray(value) ? (value as readonly Json[]) : [value];
  return list.map((one) => {
    if (fits(one)) return one;
    throw new ScenarioError(`The template gives ${quote(one)} where ${what} is needed.`, {
      span,
      hint: 'Mend the values of the axis it refers to.',
    });
  });
}

function isStatus(value: Json): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 100 && value <= 599;
}

function isText(value: Json): value is string {
  return typeof value === 'string' && !value.startsWith('${{');
}
