/** A place in a scenario file. Lines and columns count from 1, columns in UTF-16 units. */
export interface SourceSpan {
  /** Path of the file, as the user gave it. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** First column after the marked text on the same line; absent when one caret is enough. */
  readonly endColumn?: number;
}

/** `file:line:column`, the form that terminals and editors turn into a link. */
export function formatSpan(span: SourceSpan): string {
  return `${span.file}:${span.line}:${span.column}`;
}
