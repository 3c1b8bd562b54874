import { type Document, parseDocument } from 'yaml';
import type { Diagnostic } from '../domain/diagnostic.ts';
import type { Json } from '../domain/json.ts';
import type { SourceSpan } from '../domain/span.ts';
import { type Path, pointerOf } from './path.ts';
import { SourceLines } from './source-lines.ts';
import { describeYamlErrors } from './yaml-errors.ts';
import type { Place, Range, Report } from './yaml-place.ts';
import { NodeReader } from './yaml-reader.ts';

/** A YAML file as plain JSON that remembers where each value stands. */
export class YamlFile {
  readonly file: string;
  readonly text: string;
  readonly value: Json;
  readonly #places: ReadonlyMap<string, Place>;
  readonly #lines: SourceLines;

  constructor(file: string, text: string, value: Json, places: ReadonlyMap<string, Place>, lines: SourceLines) {
    this.file = file;
    this.text = text;
    this.value = value;
    this.#places = places;
    this.#lines = lines;
  }

  /** Where the value at `path` stands, or its key; when nothing is there, where its nearest parent stands. */
  spanOf(path: Path | string, part: 'key' | 'value' = 'value'): SourceSpan {
    let pointer = typeof path === 'string' ? path : pointerOf(path);
    let place = this.#places.get(pointer);
    while (place === undefined && pointer !== '') {
      pointer = pointer.slice(0, pointer.lastIndexOf('/'));
      place = this.#places.get(pointer);
    }
    const range = part === 'key' ? (place?.key ?? place?.value) : place?.value;
    return spanAt(this.file, this.text, this.#lines, range ?? [0, 0]);
  }

  /** Where `piece` stands within the text value at `path`; the whole value when it is folded or escaped. */
  spanWithin(path: Path, piece: string): SourceSpan {
    const [start, end] = this.#places.get(pointerOf(path))?.value ?? [0, 0];
    const index = this.text.slice(start, end).indexOf(piece);
    if (index < 0) return this.spanOf(path);
    return spanAt(this.file, this.text, this.#lines, [start + index, start + index + piece.length]);
  }
}

/**
 * Parses YAML 1.2 into JSON with positions, or says everything that keeps it from being one JSON value. Mistakes that leave the rest readable,
 * such as a repeated key, come beside the value.
 */
export function parseYamlFile(
  file: string,
  text: string,
):
  | { readonly ok: true; readonly yaml: YamlFile; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] } {
  const lines = new SourceLines(text);
  const document = parse(text);
  const report: Report = (range, code, message, hint) => ({
    code,
    span: spanAt(file, text, lines, range),
    message,
    hint,
  });
  const diagnostics = [
    ...describeYamlErrors(text, document, parse, report),
    ...describeDirective(text, document, report),
  ];
  if (diagnostics.length > 0) return { ok: false, diagnostics };
  const reader = new NodeReader(report);
  const value = document.contents === null ? null : reader.read(document.contents, [], null);
  if (!reader.usable) return { ok: false, diagnostics: reader.diagnostics };
  return { ok: true, yaml: new YamlFile(file, text, value, reader.places, lines), diagnostics: reader.diagnostics };
}

function parse(text: string): Document.Parsed {
  // A log level of `silent` would let a second document pass without a word.
  return parseDocument(text, {
    prettyErrors: false,
    stringKeys: true,
    // The parser's own check takes quadratic time; NodeReader has a faster one.
    uniqueKeys: false,
    resolveKnownTags: false,
    logLevel: 'error',
  });
}

/** `%YAML 1.1` would turn `yes` and `no` into booleans. */
function describeDirective(text: string, document: Document.Parsed, report: Report): readonly Diagnostic[] {
  if (document.directives?.yaml.explicit !== true) return [];
  const at = text.indexOf('%YAML');
  const hint = 'Remove the line: scenario files are YAML 1.2, where yes, no and on are plain text.';
  return [report([at, at + '%YAML'.length], 'yaml-directive', 'A scenario file takes no %YAML directive.', hint)];
}

function spanAt(file: string, text: string, lines: SourceLines, range: Range): SourceSpan {
  const breakAt = text.indexOf('\n', range[0]);
  const end = Math.min(range[1], breakAt < 0 ? text.length : breakAt);
  const length = text.slice(range[0], end).trimEnd().length;
  const span = { file, ...lines.positionOf(range[0]) };
  return length > 1 ? { ...span, endColumn: span.column + length } : span;
}
