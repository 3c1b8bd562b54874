import { isDeepStrictEqual } from 'node:util';
import type { Violation } from '../domain/contract.ts';
import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import { createClause } from './clauses.ts';
import type { Schema, SchemaPlace } from './schema-files.ts';
import { createMessage } from './violations.ts';

/** How a field of a response repeats the request. */
interface EchoRule {
  readonly field: string;
  readonly rule: string;
  /** What may stand there when the request left the field out; `any` for what no source says. */
  readonly defaults: readonly Json[] | 'any';
  readonly place: SchemaPlace;
}

/** The echo rules of a contract's top-level properties. */
export function echoRulesOf(
  schema: Schema,
  placeOf: (schema: unknown) => SchemaPlace | undefined,
): readonly EchoRule[] {
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  return Object.entries(properties).flatMap(([field, property]) => {
    const place = placeOf(property);
    if (!isJsonObject(property) || typeof property['x-echo'] !== 'string' || place === undefined) return [];
    const given = property['x-default'];
    const defaults = given === 'any' ? 'any' : Array.isArray(given) ? (given as readonly Json[]) : [null];
    return [{ field, rule: property['x-echo'], defaults, place }];
  });
}

/** The fields in which a response does not repeat its request. */
export function echoViolations(rules: readonly EchoRule[], response: Json, request: Json): readonly Violation[] {
  if (!isJsonObject(response) || !isJsonObject(request)) return [];
  return rules.flatMap((rule) => {
    const due = dueValues(rule, request);
    const actual = own(response, rule.field);
    if (due === 'any' || (actual === undefined && !isSent(request, rule.field))) return [];
    if (due.some((value) => agree(rule.rule, value, actual))) return [];
    const expected = `be ${due.map((value) => JSON.stringify(value)).join(' or ')}, as the request ${isSent(request, rule.field) ? 'says' : 'leaves it out'}`;
    return [createMessage(`/${rule.field}`, createClause(rule.place, 'x-echo', rule.rule), expected, actual)];
  });
}

function isSent(request: JsonObject, field: string): boolean {
  return (own(request, field) ?? null) !== null;
}

function dueValues({ field, rule, defaults }: EchoRule, request: JsonObject): readonly Json[] | 'any' {
  const sent = own(request, field) ?? null;
  if (sent === null) return defaults;
  return [rule === 'upper-case' && typeof sent === 'string' ? sent.toUpperCase() : sent];
}

function agree(rule: string, due: Json, actual: Json | undefined): boolean {
  if (rule === 'same-ignoring-case')
    return JSON.stringify(due).toUpperCase() === JSON.stringify(actual ?? null).toUpperCase();
  return isDeepStrictEqual(due, actual);
}

function own(object: JsonObject, field: string): Json | undefined {
  return Object.hasOwn(object, field) ? object[field] : undefined;
}
