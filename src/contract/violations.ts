import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Violation } from '../domain/contract.ts';
import { excerptOf, quote } from '../domain/excerpt.ts';
import type { Json } from '../domain/json.ts';
import { pointerTokens, valueAt } from '../domain/json-pointer.ts';
import { createClause } from './clauses.ts';
import { type Deref, describeKeyword } from './describe.ts';
import type { Schema, SchemaPlace } from './schema-files.ts';

/** Where every schema object of every contract stands; ajv gives the objects back with its errors. */
export interface SchemaIndex {
  place(schema: unknown): SchemaPlace | undefined;
  readonly deref: Deref;
}

/** Keywords whose branches report errors of their own; the one that stands for them all is enough. */
const BRANCHING: Readonly<Record<string, readonly string[]>> = { anyOf: ['anyOf'], if: ['then', 'else'], not: ['not'] };

/** Most violations of one clause that are told one by one; no contract requires more fields of one object than that. */
const TOLD = 40;

/** One violation for each place that breaks a clause, without the noise of the branches that did not fit. */
export function violationsOf(errors: readonly ErrorObject[], value: Json, index: SchemaIndex): readonly Violation[] {
  const { told, untold } = firstOfEach(errors);
  const summaries = told.filter((error) => BRANCHING[error.keyword] !== undefined);
  return told
    .filter((error) => !summaries.some((summary) => summary !== error && isBranchOf(error, summary, index)))
    .map((error) => {
      const violation = createViolation(error, value, index);
      const more = untold.get(error);
      return more === undefined
        ? violation
        : { ...violation, message: `${violation.message}; and ${more} more like this` };
    });
}

/** The first errors of each clause; `untold` counts, for the last of them, how many followed. */
function firstOfEach(errors: readonly ErrorObject[]): {
  told: ErrorObject[];
  untold: ReadonlyMap<ErrorObject, number>;
} {
  const told: ErrorObject[] = [];
  const untold = new Map<ErrorObject, number>();
  const seen = new Map<unknown, Map<string, { count: number; last: ErrorObject }>>();
  for (const error of errors) {
    const ofSchema = seen.get(error.parentSchema) ?? new Map<string, { count: number; last: ErrorObject }>();
    seen.set(error.parentSchema, ofSchema);
    const clause = ofSchema.get(error.keyword) ?? { count: 0, last: error };
    ofSchema.set(error.keyword, clause);
    clause.count += 1;
    if (clause.count > TOLD) {
      untold.set(clause.last, clause.count - TOLD);
    } else {
      clause.last = error;
      told.push(error);
    }
  }
  return { told, untold };
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
  // The redactor knows whole tokens only; an excerpt of one would pass it.
  const shown = actual !== undefined && at.startsWith('/authToken') ? describeSecret(actual) : actual;
  const got = shown === undefined ? 'it is missing' : `got ${quote(shown)}`;
  const message = `${fieldName(at)}: must ${expected}; ${got}`;
  return { clause, at, expected, actual: shown === undefined ? undefined : excerptOf(shown), message };
}

/** What may be told of a secret: its kind and length. */
function describeSecret(secret: Json): Json {
  return typeof secret === 'string'
    ? `[redacted text of ${secret.length} characters]`
    : secret === null
      ? null
      : `[redacted ${typeof secret}]`;
}

/** `/body/status/overall` as a person says it: `status.overall`; headers keep their word. */
function fieldName(at: string): string {
  const tokens = [...pointerTokens(at)];
  if (tokens[0] === 'body') tokens.shift();
  if (tokens[0] === 'headers' && tokens[1] !== undefined) return `header ${tokens[1]}`;
  return tokens.length === 0 ? 'body' : tokens.join('.');
}
