import type { Json } from './json.ts';
import type { Operation } from './message.ts';
import type { ContractName } from './messages.generated.ts';

export type { ContractName } from './messages.generated.ts';

/** One keyword at one place of one contract. */
export interface Clause {
  /** `<contract>#<JSON pointer>/<keyword>`: stable, unique. */
  readonly id: string;
  readonly contract: ContractName;
  /** JSON pointer of the keyword inside the contract's file. */
  readonly pointer: string;
  readonly keyword: string;
  /** The keyword's value. */
  readonly value: Json;
  /** Source tags from the nearest `x-source`: `seed`, `openapi`, `docs`, `docs-2021`, `field`. */
  readonly source: readonly string[];
}

/** A clause that a message breaks. */
export interface Violation {
  readonly clause: Clause;
  /** JSON pointer into the judged message; '' is the whole of it. */
  readonly at: string;
  /** What the clause asks for, in words. */
  readonly expected: string;
  /** What is there. */
  readonly actual: Json | undefined;
  /** One sentence that names the field and what is wrong with it. */
  readonly message: string;
}

/** Which reading of a contested clause a message was seen to follow. */
export interface Observation {
  /** Id of the contested clause. */
  readonly clause: string;
  readonly question: string;
  /** The readings that fit the message; the others are refuted for this message. */
  readonly readings: readonly string[];
  /** The readings that do not fit. */
  readonly refuted: readonly string[];
}

/** What a contract says of one message. */
export interface Judgement {
  readonly violations: readonly Violation[];
  readonly observations: readonly Observation[];
}

/** What one operation asks and answers; generated from `contracts/openapi.yaml`. */
export interface OperationContract {
  readonly method: string;
  readonly path: string;
  readonly request: ContractName;
  /** Documented success statuses. */
  readonly success: readonly number[];
  readonly response: ContractName;
}

/** The contracts, ready to judge. Implemented by `contract/`. */
export interface Contracts {
  readonly operations: Readonly<Record<Operation, OperationContract>>;
  /** Every clause of one contract, or of all. */
  clauses(name?: ContractName): readonly Clause[];
  /** Judges `value`; `request` is the request body that a response answers, for the echo clauses. */
  judge(name: ContractName, value: unknown, context?: { readonly request?: Json }): Judgement;
  /** The values an enum or boolean field of the operation's request allows, contested ones included; undefined when it has no finite set. */
  fieldValues(operation: Operation, field: string): readonly Json[] | undefined;
  /** The names of the fields that the operation's request describes. */
  fieldNames(operation: Operation): readonly string[];
}
