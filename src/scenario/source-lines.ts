/** Turns offsets in a text into lines and columns; the YAML parser's own counter loses lines where it meets errors. */
export class SourceLines {
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.#starts = [0, ...Array.from(text.matchAll(/\n/gu), (match) => match.index + 1)];
  }

  /** Line and column of an offset, both from 1, the column in UTF-16 units. */
  positionOf(offset: number): { readonly line: number; readonly column: number } {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }
}
