import type { SchemaViolation } from '../domain/diagnostic.ts';
import type { ScenarioGrammar } from '../domain/grammar.ts';
import { isJsonObject } from '../domain/json.ts';
import { OPERATIONS } from '../domain/operations.generated.ts';
import { type CompiledContracts, createContracts } from './contracts.ts';

/** What the contracts know about scenario files, for `scenario/`. */
export function createScenarioGrammar(contracts: CompiledContracts = createContracts()): ScenarioGrammar {
  return {
    operations: OPERATIONS,
    fieldNames: contracts.fieldNames,
    fieldValues: contracts.fieldValues,
    structure(value): readonly SchemaViolation[] {
      return contracts.validators
        .validate('scenario', value)
        .errors.map(({ instancePath, keyword, params, schemaPath, parentSchema }) => ({
          at: instancePath,
          keyword,
          params,
          schemaPath,
          allowed:
            keyword === 'additionalProperties' && isJsonObject(parentSchema?.properties)
              ? Object.keys(parentSchema.properties)
              : [],
        }));
    },
  };
}
