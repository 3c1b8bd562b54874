import type { CompiledContracts } from '../contract/contracts.ts';
import type { Schema } from '../contract/schema-files.ts';
import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import type { Operation } from '../domain/message.ts';
import { DEFAULT_MANUAL, DEFAULT_SESSION } from '../scenario/default-body.ts';
import { withRefs } from './request-clauses.ts';
import { wordsOfPattern } from './values/patterns.ts';
import type { TextShape } from './values/texts.ts';

/** The body that a probe alters: the one that scenarios begin with. */
export const DEFAULT_BODIES: Readonly<Record<Operation, JsonObject>> = {
  createSession: DEFAULT_SESSION,
  addManualStatus: { scanRef: '${{ session.scanRef }}', ...DEFAULT_MANUAL },
  getStatus: { scanRef: '${{ session.scanRef }}' },
};

/** What the contract says of one field of a request, gathered from all the schemas that speak of it. */
export interface RequestField extends TextShape {
  readonly types: ReadonlySet<string>;
  readonly minLength: number;
  /** Infinity when nothing bounds it. */
  readonly maxLength: number;
  readonly minimum: number;
  readonly maximum: number;
  /** The words of its enums, in the order of the vocabulary. */
  readonly words: readonly Json[];
  /** True when the words may be in any case. */
  readonly anyCase: boolean;
  readonly isList: boolean;
  /** Its value in the default body. */
  readonly usual: Json | undefined;
  /** True when it has to name something that exists: no other text will do. */
  readonly isReference: boolean;
}

const gathered = new WeakMap<CompiledContracts, Map<string, RequestField>>();

/** Gathers what the contract says of a field, once. */
export function requestField(contracts: CompiledContracts, operation: Operation, field: string): RequestField {
  const known = gathered.get(contracts) ?? new Map<string, RequestField>();
  gathered.set(contracts, known);
  const key = `${operation}.${field}`;
  const one = known.get(key) ?? gatherField(contracts, operation, field);
  known.set(key, one);
  return one;
}

function gatherField(contracts: CompiledContracts, operation: Operation, field: string): RequestField {
  const { properties } = contracts.schema(contracts.operations[operation].request);
  const property = isJsonObject(properties) ? (properties[field] ?? null) : null;
  const schemas = branchesOf(contracts, property);
  const speaking = [...schemas, ...schemas.flatMap((schema) => namedIn(contracts, schema))];
  const patterns = textsOf(schemas, 'pattern');
  const listed = patterns.flatMap((pattern) => wordsOfPattern(pattern) ?? []);
  const words = speaking.flatMap((schema) => (Array.isArray(schema.enum) ? (schema.enum as readonly Json[]) : []));
  const types = new Set(schemas.flatMap(({ type }) => [type ?? []].flat() as readonly string[]));
  const usual = DEFAULT_BODIES[operation][field];
  const template = typeof usual === 'string' && usual.includes('${{');
  return {
    types,
    pattern: patterns[0] ?? null,
    format: textsOf(schemas, 'format')[0] ?? null,
    minLength: Math.max(0, ...numbersOf(schemas, 'minLength')),
    maxLength: Math.min(Number.POSITIVE_INFINITY, ...numbersOf(schemas, 'maxLength')),
    minimum: Math.max(-1e9, ...numbersOf(schemas, 'minimum')),
    maximum: Math.min(1e9, ...numbersOf(schemas, 'maximum')),
    words: [...new Set([...words, ...listed])],
    anyCase: listed.length > 0,
    isList: types.has('array') && !types.has('string'),
    usual,
    isReference: template && usual.includes('session.'),
    fresh: template && !usual.includes('session.') ? '${{ uuid }}' : null,
  };
}

/** A schema with those that it refers to and its branches. */
function branchesOf(contracts: CompiledContracts, schema: Json): readonly Schema[] {
  return withRefs(contracts, schema).flatMap((one) => {
    const branches = Array.isArray(one.anyOf) ? (one.anyOf as readonly Json[]) : [];
    return [one, ...branches.flatMap((inner) => branchesOf(contracts, inner))];
  });
}

/** The schemas of a list's items, and those of the readings of a contested clause: they name words, too. */
function namedIn(contracts: CompiledContracts, schema: Schema): readonly Schema[] {
  const contested = schema['x-contested'];
  const readings = isJsonObject(contested) && Array.isArray(contested.readings) ? (contested.readings as Json[]) : [];
  const inner = [schema.items ?? null, ...readings.map((one) => (isJsonObject(one) ? (one.schema ?? null) : null))];
  return inner.flatMap((one) => branchesOf(contracts, one));
}

function textsOf(schemas: readonly Schema[], keyword: string): readonly string[] {
  return schemas.flatMap((schema) => (typeof schema[keyword] === 'string' ? [schema[keyword]] : []));
}

function numbersOf(schemas: readonly Schema[], keyword: string): readonly number[] {
  return schemas.flatMap((schema) => (typeof schema[keyword] === 'number' ? [schema[keyword]] : []));
}
