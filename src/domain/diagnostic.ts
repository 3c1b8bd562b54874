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
