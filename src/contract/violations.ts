import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Violation } from '../domain/contract.ts';
import type { Json } from '../domain/json.ts';
import { pointerTokens, valueAt } from '../domain/json-pointer.ts';
import { createClause } from './clauses.ts';
import { type Deref, describeKeyword, shorten } from './describe.ts';
import type { Schema, SchemaPlace } from './schema-files.ts';

/** Where every schema object of every contract stands; ajv gives the objects back with its errors. */
export interface SchemaIndex {
  place(schema: unknown): SchemaPlace | undefined;
  readonly deref: Deref;
}

/** Keywords whose branches report errors of their own; the one that stands for them all is enough. */
const BRANCHING: Readonly<Record<string, readonly string[]>> = { anyOf: ['anyOf'], if: ['then', 'else'], not: ['not'] };

/** One violation for each clause that is broken, without the noise of the branches that did not fit. */
export function violationsOf(errors: readonly ErrorObject[], value: Json, index: SchemaIndex): readonly Violation[] {
  const summaries = errors.filter((error) => BRANCHING[error.keyword] !== undefined);
  return errors
    .filter((error) => !summaries.some((summary) => summary !== error && isBranchOf(error, summary, index)))
    .map((error) => createViolation(error, value, index));
}

/** True when `error` is about a branch of `summary`: it stands below it, or below what a branch refers to. */
function isBranchOf(error: ErrorObject, summary: ErrorObject, index: SchemaIndex): boolean {
  if (!error.instancePath.startsWith(summary.instancePath)) return false;
  const [here, above] = [index.place(error.parentSchema), index.place(summary.parentSchema)];
  if (here === undefined || above === undefined) return false;
  const keywords = BRANCHING[summary.keyword] ?? [];
  const branches = keywords.flatMap((keyword) => refsOf((summary.parentSchema as Schema)[keyword]));
  return (
    (here.contract === above.contract &&
      keywords.some((keyword) => `${here.pointer}/`.startsWith(`${above.pointer}/${keyword}/`))) ||
    branches.some((ref) => index.deref(ref) === error.parentSchema)
  );
}

function refsOf(branch: Json | undefined): readonly string[] {
  const found: string[] = [];
  JSON.stringify(branch ?? null, (key, value: unknown) => {
    if (key === '$ref' && typeof value === 'string') found.push(value);
    return value;
  });
  return found;
}

function createViolation(error: ErrorObject, value: Json, index: SchemaIndex): Violation {
  const schema = error.parentSchema as Schema;
  const place = index.place(schema) ?? { contract: 'error', pointer: error.schemaPath, source: [] };
  const missing = error.keyword === 'required' ? `/${String(error.params.missingProperty)}` : '';
  const about = typeof schema['x-at'] === 'string' ? schema['x-at'] : '';
  const at = error.instancePath + missing + about;
  const asked = error.keyword === 'if' ? (schema['x-rule'] ?? null) : (schema[error.keyword] ?? null);
  const expected = describeKeyword(error.keyword, asked, schema, index.deref);
  return createMessage(at, createClause(place, error.keyword, asked), expected, valueAt(value, at));
}

/** A violation with its sentence: the field, what is due, what is there. */
export function createMessage(
  at: string,
  clause: Violation['clause'],
  expected: string,
  actual: Json | undefined,
): Violation {
  const got = actual === undefined ? 'it is missing' : `got ${shorten(JSON.stringify(actual), 240)}`;
  return { clause, at, expected, actual, message: `${fieldName(at)}: must ${expected}; ${got}` };
}

/** `/body/status/overall` as a person says it: `status.overall`; headers keep their word. */
function fieldName(at: string): string {
  const tokens = [...pointerTokens(at)];
  if (tokens[0] === 'body') tokens.shift();
  if (tokens[0] === 'headers' && tokens[1] !== undefined) return `header ${tokens[1]}`;
  return tokens.length === 0 ? 'body' : tokens.join('.');
}
