import type { Clause, ContractName } from '../domain/contract.ts';
import { isJsonObject, type Json } from '../domain/json.ts';
import { type Schema, type SchemaPlace, walkSchema } from './schema-files.ts';

/** Keywords that only describe, or only hold other schemas. */
const NO_CLAUSE = new Set([
  '$schema',
  '$id',
  '$ref',
  '$defs',
  '$comment',
  'title',
  'description',
  'examples',
  'default',
  'properties',
  'items',
  'allOf',
  'anyOf',
  'if',
  'then',
  'else',
  'not',
  'x-contested',
  'x-source',
  'x-default',
  'x-rule',
  'x-at',
]);

/** Keywords that hold schemas of a condition; what stands in them is part of the rule above. */
const INSIDE_RULE = /\/(?:if|then|else|not|anyOf|x-contested)(?:\/|$)/;

/** Every clause of a contract: a keyword at a place, with where it comes from. A rule (`x-rule`) is one clause. */
export function clausesOf(contract: ContractName, schema: Schema): readonly Clause[] {
  const clauses: Clause[] = [];
  walkSchema(contract, schema, (here, place) => {
    // A contested clause may hold under a condition only; it is observed under its own id.
    if (here['x-contested'] !== undefined) clauses.push(createClause(place, 'x-contested', here['x-contested']));
    if (INSIDE_RULE.test(place.pointer)) return;
    if (here['x-rule'] !== undefined) clauses.push(createClause(place, 'if', here['x-rule']));
    if (Array.isArray(here.anyOf)) clauses.push(createClause(place, 'anyOf', here.anyOf as Json));
    for (const [keyword, value] of Object.entries(here)) {
      if (!NO_CLAUSE.has(keyword) && !isPropertyMap(place.pointer) && !holdsSchema(keyword, value))
        clauses.push(createClause(place, keyword, value));
    }
  });
  return clauses;
}

/** The clause of a keyword at a place. */
export function createClause(place: SchemaPlace, keyword: string, value: Json): Clause {
  const pointer = `${place.pointer}/${keyword}`;
  return {
    id: `${place.contract}#${pointer}`,
    contract: place.contract,
    pointer,
    keyword,
    value,
    source: place.source,
  };
}

function holdsSchema(keyword: string, value: Json): boolean {
  return keyword === 'additionalProperties' && isJsonObject(value);
}

/** Below `properties` and `$defs` the keys are names, not keywords. */
function isPropertyMap(pointer: string): boolean {
  return /\/(?:properties|\$defs)$/.test(pointer);
}
