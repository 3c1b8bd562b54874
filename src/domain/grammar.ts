import type { OperationContract } from './contract.ts';
import type { SchemaViolation } from './diagnostic.ts';
import type { Json } from './json.ts';
import type { Operation } from './message.ts';

/** What the contracts know about scenario files; injected into `scenario/`, which knows no contract itself. */
export interface ScenarioGrammar {
  /** Every clause of `contracts/scenario.schema.json` that the value of a file breaks. */
  structure(value: unknown): readonly SchemaViolation[];
  /** The values an enum or boolean field of the operation's request allows; undefined when it has no finite set. */
  fieldValues(operation: Operation, field: string): readonly Json[] | undefined;
  /** The names of the fields that the operation's request describes. */
  fieldNames(operation: Operation): readonly string[];
  /** Method and path of each operation. */
  readonly operations: Readonly<Record<Operation, Pick<OperationContract, 'method' | 'path'>>>;
}
