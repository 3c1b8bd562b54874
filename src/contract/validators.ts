import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { ContractName, Observation } from '../domain/contract.ts';
import { contestedKeyword, notBeforeKeyword } from './keywords.ts';
import type { Schema } from './schema-files.ts';
import type { SchemaIndex } from './violations.ts';

/** What a contract found in one value. */
export interface Findings {
  /** Empty when the value keeps the contract; otherwise every error, with the schema objects they come from. */
  readonly errors: readonly ErrorObject[];
  readonly observations: readonly Observation[];
}

/** The compiled contracts. */
export interface Validators {
  /** Compiles a contract now, so that its first value does not wait for it. */
  prepare(name: ContractName): void;
  /** Holds a value against a contract. */
  validate(name: ContractName, value: unknown): Findings;
}

/**
 * Compiles contracts when first asked for. Nearly every message keeps its contract, so a validator that stops at the first
 * error answers first: its code is half as large. Only for a message that it refuses is the thorough one compiled, which
 * collects every error.
 */
export function createValidators(schemas: readonly Schema[], index: SchemaIndex): Validators {
  const quick = createCompiler(() => createAjv(schemas, index, false));
  const thorough = createCompiler(() => createAjv(schemas, index, true));
  return {
    prepare: (name) => void quick(name),
    validate(name, value) {
      const observations: Observation[] = [];
      if (quick(name).call({ observations }, value)) return { errors: [], observations };
      observations.length = 0;
      const validate = thorough(name);
      validate.call({ observations }, value);
      return { errors: validate.errors ?? [], observations };
    },
  };
}

/** Compiles each contract once, and makes the ajv for it when the first is asked for. */
function createCompiler(create: () => Ajv2020): (name: ContractName) => ValidateFunction {
  const validators = new Map<ContractName, ValidateFunction>();
  let ajv: Ajv2020 | undefined;
  return (name) => {
    const known = validators.get(name);
    if (known !== undefined) return known;
    ajv ??= create();
    const validate = ajv.getSchema(`${name}.schema.json`);
    if (validate === undefined) throw new Error(`there is no contract ${name}`);
    validators.set(name, validate);
    return validate;
  };
}

function createAjv(schemas: readonly Schema[], index: SchemaIndex, thorough: boolean): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: thorough,
    verbose: thorough,
    passContext: true,
    strictTypes: false,
    strictRequired: false,
    validateSchema: false,
    messages: false,
    // Half the time to compile; the code runs as fast, because V8 does the same again.
    code: { optimize: false },
  });
  formats.default(ajv, ['date', 'uri']);
  ajv.addVocabulary(['x-source', 'x-echo', 'x-default', 'x-set-when', 'x-rule', 'x-at']);
  ajv.addKeyword(contestedKeyword(ajv, index));
  ajv.addKeyword(notBeforeKeyword);
  for (const schema of schemas) ajv.addSchema(schema);
  return ajv;
}
