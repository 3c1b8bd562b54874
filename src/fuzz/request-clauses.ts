import type { CompiledContracts } from '../contract/contracts.ts';
import type { Schema } from '../contract/schema-files.ts';
import { isJsonObject, type Json } from '../domain/json.ts';
import type { Operation } from '../domain/message.ts';

/** One clause of a request contract, at the field that it constrains. */
export interface RequestClause {
  /** Id of the clause; several fields may share a definition, and then its clauses. */
  readonly id: string;
  /** `createSession.firstName.maxLength`: unique. */
  readonly key: string;
  readonly operation: Operation;
  /** null: the body as a whole. */
  readonly field: string | null;
  /** The schema that holds the keyword. */
  readonly schema: Schema;
  readonly keyword: string;
  readonly value: Json;
  readonly source: readonly string[];
  /** True when it is about the items of the field's list. */
  readonly ofItems: boolean;
}

/** Keywords that a value can break; the others describe, or hold schemas. */
const CLAUSES: ReadonlySet<string> = new Set([
  'type',
  'enum',
  'const',
  'pattern',
  'format',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'uniqueItems',
  'required',
  'anyOf',
  'x-contested',
]);

/** Every clause of an operation's request contract, that of the whole body first, then field by field. */
export function requestClauses(contracts: CompiledContracts, operation: Operation): readonly RequestClause[] {
  const schema = contracts.schema(contracts.operations[operation].request);
  const body = [schema, ...schemasIn(schema.allOf)];
  return [
    ...body.flatMap((one, index) => clausesAt(contracts, operation, null, one, index)),
    ...Object.entries(isJsonObject(schema.properties) ? schema.properties : {}).flatMap(([field, property]) =>
      withRefs(contracts, property).flatMap((one) => clausesAt(contracts, operation, field, one, 0)),
    ),
  ];
}

function clausesAt(
  contracts: CompiledContracts,
  operation: Operation,
  field: string | null,
  schema: Schema,
  index: number,
): readonly RequestClause[] {
  const place = contracts.index.place(schema);
  if (place === undefined) return [];
  const make = (keyword: string, value: Json, ofItems: boolean): RequestClause => ({
    id: `${place.contract}#${place.pointer}/${keyword}`,
    key: `${operation}.${field ?? 'body'}.${ofItems ? 'items.' : ''}${keyword.replace('x-', '')}${index === 0 ? '' : index}`,
    operation,
    field,
    schema,
    keyword,
    value,
    source: place.source,
    ofItems,
  });
  const own = Object.entries(schema)
    .filter(([keyword]) => CLAUSES.has(keyword))
    .map(([keyword, value]) => make(keyword, value, false));
  const items = withRefs(contracts, schema.items ?? null).flatMap((item) =>
    clausesAt(contracts, operation, field, item, 0).map((clause) => ({
      ...clause,
      key: `${operation}.${field ?? 'body'}.items.${clause.keyword}`,
      ofItems: true,
    })),
  );
  return field === null ? own : [...own, ...items];
}

/** A schema and the definition that it refers to. */
export function withRefs(contracts: CompiledContracts, schema: Json): readonly Schema[] {
  if (!isJsonObject(schema)) return [];
  const referred = typeof schema.$ref === 'string' ? contracts.index.deref(schema.$ref) : undefined;
  return referred === undefined ? [schema] : [schema, ...withRefs(contracts, referred)];
}

function schemasIn(list: Json | undefined): readonly Schema[] {
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}
