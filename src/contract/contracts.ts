import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { ContractName, Contracts, Judgement, Observation } from '../domain/contract.ts';
import { isJsonObject, type Json } from '../domain/json.ts';
import { valueAt } from '../domain/json-pointer.ts';
import { CONTRACT_NAMES } from '../domain/messages.generated.ts';
import { OPERATIONS } from '../domain/operations.generated.ts';
import { clausesOf } from './clauses.ts';
import { echoRulesOf, echoViolations } from './echo.ts';
import { contestedKeyword, notBeforeKeyword } from './keywords.ts';
import { readSchema, type Schema, type SchemaPlace, walkSchema } from './schema-files.ts';
import { type SchemaIndex, violationsOf } from './violations.ts';

/** The contracts and what is underneath them. */
export interface CompiledContracts extends Contracts {
  /** The compiled validator of a contract; compiled when first asked for. */
  validator(name: ContractName): ValidateFunction;
  schema(name: ContractName): Schema;
  readonly index: SchemaIndex;
}

/** Reads all contracts; each is compiled when it first judges. */
export function createContracts(): CompiledContracts {
  const schemas = new Map(CONTRACT_NAMES.map((name) => [name, readSchema(name)]));
  const index = createIndex(schemas);
  const ajv = createAjv([...schemas.values()], index);
  const echoes = new Map([...schemas].map(([name, schema]) => [name, echoRulesOf(schema, index)]));
  const schemaOf = (name: ContractName): Schema => schemas.get(name) ?? {};
  const validator = (name: ContractName): ValidateFunction => {
    const validate = ajv.getSchema(`${name}.schema.json`);
    if (validate === undefined) throw new Error(`there is no contract ${name}`);
    return validate;
  };
  return {
    operations: OPERATIONS,
    index,
    validator,
    schema: schemaOf,
    clauses: (name) =>
      (name === undefined ? [...schemas.keys()] : [name]).flatMap((one) => clausesOf(one, schemaOf(one))),
    judge(name, value, context): Judgement {
      const observations: Observation[] = [];
      const validate = validator(name);
      const valid = validate.call({ observations }, value);
      const broken = valid ? [] : violationsOf(validate.errors ?? [], value as Json, index);
      const request = context?.request;
      const echoed = request === undefined ? [] : echoViolations(echoes.get(name) ?? [], value as Json, request);
      return { violations: [...broken, ...echoed], observations };
    },
    fieldValues: (operation, field) => valuesOf(propertyOf(schemaOf(OPERATIONS[operation].request), field), index),
    fieldNames: (operation) => Object.keys((schemaOf(OPERATIONS[operation].request).properties ?? {}) as object),
  };
}

function createAjv(schemas: readonly Schema[], index: SchemaIndex): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    passContext: true,
    strictTypes: false,
    strictRequired: false,
    validateSchema: false,
  });
  formats.default(ajv, ['date', 'uri']);
  ajv.addVocabulary(['x-source', 'x-echo', 'x-default', 'x-set-when', 'x-rule', 'x-at']);
  ajv.addKeyword(contestedKeyword(ajv, index));
  ajv.addKeyword(notBeforeKeyword);
  for (const schema of schemas) ajv.addSchema(schema);
  return ajv;
}

function createIndex(schemas: ReadonlyMap<ContractName, Schema>): SchemaIndex {
  const places = new Map<unknown, SchemaPlace>();
  for (const [name, schema] of schemas) walkSchema(name, schema, (here, place) => places.set(here, place));
  return {
    place: (schema) => places.get(schema),
    deref(ref) {
      const [file = '', pointer = ''] = ref.split('#');
      const target = valueAt(schemas.get(file.replace('.schema.json', '') as ContractName), pointer);
      return isJsonObject(target) ? target : undefined;
    },
  };
}

function propertyOf(schema: Schema, field: string): Json {
  return valueAt(schema, `/properties/${field}`) ?? null;
}

/** The finite set of values of a property; undefined when it has none. */
function valuesOf(property: Json, index: SchemaIndex): readonly Json[] | undefined {
  if (!isJsonObject(property)) return undefined;
  if (Array.isArray(property.enum)) return property.enum as readonly Json[];
  if (property.type === 'boolean') return [true, false];
  if (property.type === 'null') return [null];
  if (typeof property.$ref === 'string') return valuesOf(index.deref(property.$ref) ?? null, index);
  if (!Array.isArray(property.anyOf)) return undefined;
  const parts = (property.anyOf as readonly Json[]).map((one) => valuesOf(one, index));
  return parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? []);
}
