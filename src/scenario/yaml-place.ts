import type { Diagnostic } from '../domain/diagnostic.ts';

/** First offset of a piece of the source text and the offset behind it. */
export type Range = readonly [start: number, end: number];

/** Where a value and its key stand in the source text. */
export interface Place {
  readonly key: Range | null;
  readonly value: Range;
}

/** Makes the diagnostic of a mistake at a range. */
export type Report = (range: Range, code: string, message: string, hint: string) => Diagnostic;
