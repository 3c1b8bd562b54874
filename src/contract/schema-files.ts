import { readFileSync } from 'node:fs';
import type { ContractName } from '../domain/contract.ts';
import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import { escapeToken } from '../domain/json-pointer.ts';

/** A contract as it stands in its file. */
export type Schema = JsonObject;

/** Where a schema object stands. */
export interface SchemaPlace {
  readonly contract: ContractName;
  /** JSON pointer inside the contract's file. */
  readonly pointer: string;
  /** Source tags of the nearest `x-source`, this place included. */
  readonly source: readonly string[];
}

/** The contracts folder is two folders above this file, built or not. */
const FOLDER = new URL('../../contracts/', import.meta.url);

/** Reads `contracts/<name>.schema.json`. */
export function readSchema(name: ContractName): Schema {
  // ajv resolves `./x` and `x` to different keys when a schema has no base of its own.
  const text = readFileSync(new URL(`${name}.schema.json`, FOLDER), 'utf8').replaceAll('"$ref": "./', '"$ref": "');
  return JSON.parse(text) as Schema;
}

/** Calls `visit` with every object and array below `schema` that can hold keywords, and with its place. */
export function walkSchema(
  contract: ContractName,
  schema: Schema,
  visit: (schema: Schema, place: SchemaPlace) => void,
): void {
  const walk = (here: Json, pointer: string, inherited: readonly string[]): void => {
    if (Array.isArray(here)) {
      for (const [index, item] of here.entries()) walk(item, `${pointer}/${index}`, inherited);
    } else if (isJsonObject(here)) {
      const own = here['x-source'];
      const source = Array.isArray(own) ? (own as readonly string[]) : inherited;
      visit(here, { contract, pointer, source });
      for (const [key, value] of Object.entries(here)) {
        if (!ANNOTATIONS.has(key)) walk(value, `${pointer}/${escapeToken(key)}`, source);
      }
    }
  };
  walk(schema, '', []);
}

/** Keywords whose values are data, not schemas. */
const ANNOTATIONS = new Set([
  'enum',
  'const',
  'default',
  'examples',
  'x-source',
  'x-default',
  'x-echo',
  'x-rule',
  'x-at',
]);
