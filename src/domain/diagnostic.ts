import type { SourceSpan } from './span.ts';

/** One mistake in a scenario file. */
export interface Diagnostic {
  /** Stable kebab-case name of the kind of mistake, e.g. `unknown-key`. */
  readonly code: string;
  readonly span: SourceSpan;
  /** What is wrong: one sentence. */
  readonly message: string;
  /** What to do next: one sentence. */
  readonly hint: string;
}

/** One clause of `contracts/scenario.schema.json` that a scenario file breaks, as the JSON Schema validator tells it. */
export interface SchemaViolation {
  /** JSON pointer into the file's value; '' is the whole of it. */
  readonly at: string;
  /** The keyword that is broken, e.g. `additionalProperties`. */
  readonly keyword: string;
  /** The validator's parameters of the keyword, e.g. `{additionalProperty: 'nmae'}`. */
  readonly params: Readonly<Record<string, unknown>>;
  /** JSON pointer of the keyword inside the schema, beginning with `#`. */
  readonly schemaPath: string;
  /** For `additionalProperties`: the keys of the schema's `properties` beside it, for a "did you mean"; else empty. */
  readonly allowed: readonly string[];
}
