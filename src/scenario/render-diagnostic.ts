import { styleText } from 'node:util';
import type { Diagnostic } from '../domain/diagnostic.ts';
import { formatSpan, type SourceSpan } from '../domain/span.ts';
import { visible } from '../domain/visible.ts';

/** How diagnostics are written. */
export interface RenderOptions {
  readonly color: boolean;
}

/** Widest piece of a source line that is shown, in terminal columns. */
const WIDEST = 100;
/** Characters of a line that are looked at on each side of a place: a line may be as long as the file. */
const LONGEST_PIECE = 4 * WIDEST;
/** Most diagnostics of one file that are written out. */
const MOST_SHOWN = 50;

/** All mistakes of a file in the order of their places, at most 50 of them, and their number; `source` is null when there is no line to show. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  source: string | null,
  options: RenderOptions,
): string {
  const sorted = [...diagnostics].sort(
    (left, right) => left.span.line - right.span.line || left.span.column - right.span.column,
  );
  const lines = source === null ? null : linesOf(source);
  const shown = sorted.slice(0, MOST_SHOWN).map((diagnostic) => render(diagnostic, lines, options));
  const count = `${diagnostics.length} ${diagnostics.length === 1 ? 'mistake' : 'mistakes'} in ${onOneLine(sorted[0]?.span.file ?? '')}`;
  const more = sorted.length > MOST_SHOWN ? `, the first ${MOST_SHOWN} are shown` : '';
  return `${shown.join('\n\n')}\n\n${paint('bold', `${count}${more}.`, options)}\n`;
}

/** One mistake: its place and what is wrong, the source line with a caret under the place, and what to do. */
export function renderDiagnostic(diagnostic: Diagnostic, source: string, options: RenderOptions): string {
  return render(diagnostic, linesOf(source), options);
}

/** The lines of a source; the byte order mark is not part of the first. */
function linesOf(source: string): readonly string[] {
  return source.replace(/^\ufeff/u, '').split(/\r?\n/u);
}

function render(diagnostic: Diagnostic, lines: readonly string[] | null, options: RenderOptions): string {
  const { span, code, message, hint } = diagnostic;
  const margin = ' '.repeat(String(span.line).length);
  return [
    `${paint('bold', onOneLine(formatSpan(span)), options)}: ${paint('red', `error[${code}]`, options)}: ${onOneLine(message)}`,
    ...(lines === null ? [] : sourceLines(span, lines, options)),
    `${margin} ${paint('cyan', '= help:', options)} ${onOneLine(hint)}`,
  ].join('\n');
}

/** The line of a place with a caret under it. */
function sourceLines(span: SourceSpan, lines: readonly string[], options: RenderOptions): readonly string[] {
  const gutter = String(span.line);
  const { text, before, width } = excerpt(lines[span.line - 1] ?? '', span.column, span.endColumn ?? span.column + 1);
  const caret = `${' '.repeat(before)}${paint('red', `^${'~'.repeat(Math.max(0, width - 1))}`, options)}`;
  return [
    `${paint('dim', `${gutter} |`, options)} ${text}`,
    `${paint('dim', `${' '.repeat(gutter.length)} |`, options)} ${caret}`,
  ];
}

function paint(format: 'bold' | 'red' | 'dim' | 'cyan', text: string, { color }: RenderOptions): string {
  return color ? styleText(format, text, { validateStream: false }) : text;
}

/** The part of a line around the marked columns, with the terminal columns before the mark and under it. */
function excerpt(
  line: string,
  column: number,
  endColumn: number,
): { readonly text: string; readonly before: number; readonly width: number } {
  let head = onOneLine(line.slice(Math.max(0, column - 1 - LONGEST_PIECE), column - 1));
  let mark = onOneLine(line.slice(column - 1, Math.min(endColumn - 1, column - 1 + LONGEST_PIECE)));
  let tail = onOneLine(line.slice(endColumn - 1, endColumn - 1 + LONGEST_PIECE));
  if (widthOf(head + mark + tail) > WIDEST) {
    head = lastColumns(head, WIDEST / 2);
    mark = firstColumns(mark, WIDEST - widthOf(head));
    tail = mark.endsWith('…') ? '' : firstColumns(tail, Math.max(1, WIDEST - widthOf(head + mark)));
  }
  return { text: `${head}${mark}${tail}`, before: widthOf(head), width: widthOf(mark) };
}

/** Tabs become two blanks: how wide they are depends on where they stand. */
function onOneLine(text: string): string {
  return visible(text.replaceAll('\t', '  ').replaceAll('\n', ' '));
}

function firstColumns(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = '';
  for (const character of text) {
    if (widthOf(kept + character) > columns - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

function lastColumns(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  const characters = [...text];
  let first = characters.length;
  let width = 1;
  while (first > 0 && width + widthOf(characters[first - 1] ?? '') <= columns) {
    first--;
    width += widthOf(characters[first] ?? '');
  }
  return `…${characters.slice(first).join('')}`;
}

const ZERO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
const WIDE =
  /^[\p{Extended_Pictographic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60]$/u;

/** Columns that a terminal gives to a text: East Asian and pictographic characters take two, combining marks none. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    if ((character.codePointAt(0) ?? 0) < 0x300) width += 1;
    else if (!ZERO_WIDTH.test(character)) width += WIDE.test(character) ? 2 : 1;
  }
  return width;
}
