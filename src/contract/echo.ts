import type { Observation, Violation } from '../domain/contract.ts';
import { quote } from '../domain/excerpt.ts';
import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import { equalJson } from '../domain/matcher.ts';
import { createClause } from './clauses.ts';
import { describeKeyword } from './describe.ts';
import type { Schema, SchemaPlace } from './schema-files.ts';
import { createMessage, type SchemaIndex } from './violations.ts';

/** How a field of a response depends on the request; gives the violation, or undefined when there is none. */
type EchoRule = (request: JsonObject, response: JsonObject) => Violation | undefined;

/** The echo rules of a contract's top-level properties: `x-echo` with `x-default`, and `x-set-when`. */
export function echoRulesOf(schema: Schema, index: SchemaIndex): readonly EchoRule[] {
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  return Object.entries(properties).flatMap(([field, property]) => {
    const place = index.place(property);
    if (!isJsonObject(property) || place === undefined) return [];
    const { 'x-echo': echo, 'x-set-when': setter } = property;
    return [
      ...(typeof echo === 'string' ? [echoRule(field, echo, property['x-default'], place)] : []),
      ...(typeof setter === 'string' ? [setWhenRule(field, setter, place, index)] : []),
    ];
  });
}

/** The fields in which a response does not answer its request. */
export function echoViolations(rules: readonly EchoRule[], response: Json, request: Json): readonly Violation[] {
  if (!isJsonObject(response) || !isJsonObject(request)) return [];
  return rules.flatMap((rule) => rule(request, response) ?? []);
}

/** The fields whose contested clause is about their default, by the id of that clause. */
export function defaultFieldsOf(schema: Schema, index: SchemaIndex): ReadonlyMap<string, string> {
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  const fields = new Map<string, string>();
  for (const [field, property] of Object.entries(properties)) {
    const place = index.place(property);
    if (!isJsonObject(property) || place === undefined || property['x-echo'] === undefined) continue;
    const contested = property['x-contested'];
    if (contested !== undefined) fields.set(createClause(place, 'x-contested', contested).id, field);
  }
  return fields;
}

/** The observations without those of a default where the request sent the value itself: an echo tells nothing of it. */
export function withoutEchoed(
  observations: readonly Observation[],
  fields: ReadonlyMap<string, string>,
  request: Json,
): readonly Observation[] {
  if (fields.size === 0 || !isJsonObject(request)) return observations;
  return observations.filter(({ clause }) => {
    const field = fields.get(clause);
    return field === undefined || (own(request, field) ?? null) === null;
  });
}

/** The field repeats the request; `defaults` may stand there when the request left it out, `any` is for what no source says. */
function echoRule(field: string, rule: string, defaults: Json | undefined, place: SchemaPlace): EchoRule {
  return (request, response) => {
    const sent = own(request, field) ?? null;
    const actual = own(response, field);
    // No source says that a null which was sent gives way to the default.
    if (actual === null && own(request, field) === null) return undefined;
    if (sent === null && (defaults === 'any' || actual === undefined)) return undefined;
    const due = sent === null ? defaultsOf(defaults) : [rule === 'upper-case' ? upperCase(sent) : sent];
    if (due.some((value) => agree(rule, value, actual))) return undefined;
    const words = due.map((value) => quote(value)).join(' or ');
    const expected = `be ${words}, as the request ${sent === null ? 'leaves it out' : 'says'}`;
    return createMessage(`/${field}`, createClause(place, 'x-echo', rule), expected, actual);
  };
}

/** The field is set because a switch of the request asked for it. */
function setWhenRule(field: string, setter: string, place: SchemaPlace, index: SchemaIndex): EchoRule {
  return (request, response) => {
    const actual = own(response, field);
    if (own(request, setter) !== true || (actual ?? null) !== null) return undefined;
    const expected = describeKeyword('x-set-when', setter, {}, index.deref);
    return createMessage(`/${field}`, createClause(place, 'x-set-when', setter), expected, actual);
  };
}

function defaultsOf(defaults: Json | undefined): readonly Json[] {
  return Array.isArray(defaults) ? (defaults as readonly Json[]) : [null];
}

/** A text, or the texts of a list, in upper case. */
function upperCase(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => (typeof item === 'string' ? item.toUpperCase() : item));
  return typeof value === 'string' ? value.toUpperCase() : value;
}

function agree(rule: string, due: Json, actual: Json | undefined): boolean {
  if (rule !== 'same-ignoring-case') return equalJson(due, actual);
  return actual !== undefined && equalJson(upperCase(due), upperCase(actual));
}

function own(object: JsonObject, field: string): Json | undefined {
  return Object.hasOwn(object, field) ? object[field] : undefined;
}
