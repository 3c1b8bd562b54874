import type { ContractName, Contracts, Judgement } from '../domain/contract.ts';
import { isJsonObject, type Json } from '../domain/json.ts';
import { valueAt } from '../domain/json-pointer.ts';
import { CONTRACT_NAMES } from '../domain/messages.generated.ts';
import { OPERATIONS } from '../domain/operations.generated.ts';
import { clausesOf } from './clauses.ts';
import { echoRulesOf, echoViolations, onlyOpen, openQuestionsOf } from './echo.ts';
import { readSchema, type Schema, type SchemaPlace, walkSchema } from './schema-files.ts';
import { createValidators, type Validators } from './validators.ts';
import { type SchemaIndex, violationsOf } from './violations.ts';

/** The contracts and what is underneath them. */
export interface CompiledContracts extends Contracts {
  readonly validators: Validators;
  schema(name: ContractName): Schema;
  readonly index: SchemaIndex;
}

/** Reads all contracts; each is compiled when it first judges. */
export function createContracts(): CompiledContracts {
  const schemas = new Map(CONTRACT_NAMES.map((name) => [name, readSchema(name)]));
  const index = createIndex(schemas);
  const validators = createValidators([...schemas.values()], index);
  const echoes = new Map([...schemas].map(([name, schema]) => [name, echoRulesOf(schema, index)]));
  const questions = new Map([...schemas].map(([name, schema]) => [name, openQuestionsOf(schema, index)]));
  const schemaOf = (name: ContractName): Schema => schemas.get(name) ?? {};
  return {
    operations: OPERATIONS,
    index,
    validators,
    schema: schemaOf,
    clauses: (name) =>
      (name === undefined ? [...schemas.keys()] : [name]).flatMap((one) => clausesOf(one, schemaOf(one))),
    judge(name, value, context): Judgement {
      const { errors, observations } = validators.validate(name, value);
      const broken = errors.length === 0 ? [] : violationsOf(errors, value as Json, index);
      const request = context?.request;
      const seen = onlyOpen(observations, questions.get(name) ?? new Map(), request);
      if (request === undefined) return { violations: broken, observations: seen };
      const echoed = echoViolations(echoes.get(name) ?? [], value as Json, request);
      return { violations: [...broken, ...echoed], observations: seen };
    },
    fieldValues: (operation, field) => valuesOf(propertyOf(schemaOf(OPERATIONS[operation].request), field), index),
    fieldNames: (operation) => Object.keys((schemaOf(OPERATIONS[operation].request).properties ?? {}) as object),
  };
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
