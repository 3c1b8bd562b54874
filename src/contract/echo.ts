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

/** Whether a request leaves the question of a contested clause open, by the id of that clause. */
export type OpenQuestions = ReadonlyMap<string, (request: JsonObject) => boolean>;

/**
 * The contested clauses of a response that only its request can open: those about a default, which a field that was sent tells
 * nothing of, and those with `whenRequested`, about the responses to requests with a certain field.
 */
export function openQuestionsOf(schema: Schema, index: SchemaIndex): OpenQuestions {
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  const questions = new Map<string, (request: JsonObject) => boolean>();
  for (const [field, property] of Object.entries(properties)) {
    const place = index.place(property);
    if (!isJsonObject(property) || place === undefined || !isJsonObject(property['x-contested'])) continue;
    const { whenRequested } = property['x-contested'];
    const { id } = createClause(place, 'x-contested', property['x-contested']);
    if (typeof whenRequested === 'string') questions.set(id, (request) => isSet(request, whenRequested));
    else if (property['x-echo'] !== undefined) questions.set(id, (request) => !isSet(request, field));
  }
  return questions;
}

/** The observations without those of questions that the request does not open; of an unknown request, nothing is known. */
export function onlyOpen(
  observations: readonly Observation[],
  questions: OpenQuestions,
  request: Json | undefined,
): readonly Observation[] {
  if (questions.size === 0) return observations;
  return observations.filter(({ clause }) => {
    const opens = questions.get(clause);
    return opens === undefined || (request !== undefined && isJsonObject(request) && opens(request));
  });
}

function isSet(request: JsonObject, field: string): boolean {
  return (own(request, field) ?? null) !== null;
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
