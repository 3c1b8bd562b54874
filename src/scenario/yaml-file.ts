import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Diagnostic } from '../domain/diagnostic.ts';
import type { Json } from '../domain/json.ts';
import { escapeToken } from '../domain/json-pointer.ts';
import type { SourceSpan } from '../domain/span.ts';
import { describeYamlErrors } from './yaml-errors.ts';

/** Deepest nesting; a scenario needs about ten levels. */
const DEEPEST = 64;
/** Most values a file may have once its aliases are followed. */
const MOST_VALUES = 200_000;

/** Keys and list indices that lead to a value. */
export type Path = readonly (string | number)[];

/** Offsets of a value and of its key in the source text. */
interface Place {
  readonly key: readonly [number, number] | null;
  readonly value: readonly [number, number];
}

/** A YAML file as plain JSON that remembers where each value stands. */
export class YamlFile {
  readonly file: string;
  readonly text: string;
  readonly value: Json;
  readonly #places: ReadonlyMap<string, Place>;
  readonly #lines: LineCounter;

  constructor(file: string, text: string, value: Json, places: ReadonlyMap<string, Place>, lines: LineCounter) {
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
    if (place === undefined) return spanAt(this.file, this.text, this.#lines, [0, 0]);
    return spanAt(this.file, this.text, this.#lines, part === 'key' ? (place.key ?? place.value) : place.value);
  }

  /** Where `piece` stands within the text value at `path`; the whole value when it is folded or escaped. */
  spanWithin(path: Path, piece: string): SourceSpan {
    const place = this.#places.get(pointerOf(path));
    const range = place?.value ?? [0, 0];
    const index = this.text.slice(range[0], range[1]).indexOf(piece);
    if (index < 0) return this.spanOf(path);
    return spanAt(this.file, this.text, this.#lines, [range[0] + index, range[0] + index + piece.length]);
  }
}

/** JSON pointer (RFC 6901) of a path. */
export function pointerOf(path: Path): string {
  return path.map((key) => `/${escapeToken(String(key))}`).join('');
}

function spanAt(file: string, text: string, lines: LineCounter, range: readonly [number, number]): SourceSpan {
  const { line, col } = lines.linePos(range[0]);
  const breakAt = text.indexOf('\n', range[0]);
  const end = Math.min(range[1], breakAt < 0 ? text.length : breakAt);
  const length = text.slice(range[0], end).trimEnd().length;
  const span = { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  return length > 1 ? { ...span, endColumn: span.column + length } : span;
}

/** Parses YAML 1.2 into JSON with positions, or says everything that keeps it from being one JSON value. */
export function parseYamlFile(
  file: string,
  text: string,
): { readonly ok: true; readonly yaml: YamlFile } | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    resolveKnownTags: false,
    logLevel: 'error',
  });
  const report = (range: readonly [number, number], code: string, message: string, hint: string): Diagnostic => ({
    code,
    span: spanAt(file, text, lines, range),
    message,
    hint,
  });
  const syntax = describeYamlErrors(text, [...document.errors, ...document.warnings], report);
  if (document.directives?.yaml.explicit === true) {
    const hint = 'Remove the %YAML line; scenario files are YAML 1.2, where yes, no and on are plain text.';
    syntax.push(report([text.indexOf('%YAML'), text.indexOf('%YAML') + 5], 'yaml-directive', 'A scenario file takes no %YAML directive.', hint));
  }
  if (syntax.length > 0) return { ok: false, diagnostics: syntax };
  const reader = new NodeReader(report);
  const value = document.contents === null ? null : reader.read(document.contents, [], null);
  if (reader.diagnostics.length > 0) return { ok: false, diagnostics: reader.diagnostics };
  return { ok: true, yaml: new YamlFile(file, text, value, reader.places, lines) };
}

type Report = (range: readonly [number, number], code: string, message: string, hint: string) => Diagnostic;

/** Turns YAML nodes into JSON, following aliases within bounds. */
class NodeReader {
  readonly diagnostics: Diagnostic[] = [];
  readonly places: Map<string, Place> = new Map();
  readonly #anchors = new Map<string, Node>();
  readonly #open = new Set<Node>();
  readonly #report: Report;
  #values = 0;
  #exhausted = false;

  constructor(report: Report) {
    this.#report = report;
  }

  read(node: Node | null, path: Path, key: readonly [number, number] | null): Json {
    const range = rangeOf(node) ?? key ?? [0, 0];
    this.#values++;
    if (this.#exhausted) return null;
    if (this.#values > MOST_VALUES) return this.#exhaust(range);
    if (path.length > DEEPEST) {
      return this.#refuse(range, 'too-deep', `Values are nested more than ${DEEPEST} levels deep.`, 'Flatten this part; no scenario needs it.');
    }
    this.places.set(pointerOf(path), { key, value: range });
    if (isAlias(node)) return this.#readAlias(node.source, range, path, key);
    if (node?.anchor !== undefined) this.#anchors.set(node.anchor, node);
    if (isMap(node)) return this.#within(node, () => this.#readMap(node, path));
    if (isSeq(node)) return this.#within(node, () => node.items.map((item, index) => this.read(item as Node, [...path, index], null)));
    return isScalar(node) ? this.#readScalar(node.value, range) : null;
  }

  #within<T>(node: Node, work: () => T): T {
    this.#open.add(node);
    const result = work();
    this.#open.delete(node);
    return result;
  }

  #readMap(node: Node, path: Path): Json {
    if (!isMap(node)) return null;
    const entries = node.items.map((pair): [string, Json] => {
      const keyNode = pair.key as Node;
      const name = isScalar(keyNode) ? String(keyNode.value) : '';
      const keyRange = rangeOf(keyNode) ?? [0, 0];
      if (name === '<<') {
        const hint = 'Repeat the keys, or let an alias stand for the whole mapping (`key: *anchor`).';
        this.#refuse(keyRange, 'merge-key', 'Merge keys (`<<`) are not part of YAML 1.2.', hint);
      }
      return [name, this.read(pair.value as Node | null, [...path, name], keyRange)];
    });
    return Object.fromEntries(entries);
  }

  #readAlias(name: string, range: readonly [number, number], path: Path, key: readonly [number, number] | null): Json {
    const target = this.#anchors.get(name);
    if (target === undefined) {
      return this.#refuse(range, 'unknown-anchor', `There is no anchor \`&${name}\` above this alias.`, 'Set the anchor before its first alias.');
    }
    if (this.#open.has(target)) {
      return this.#refuse(range, 'circular-alias', `The alias \`*${name}\` stands inside its own anchor.`, 'Write the value out.');
    }
    const value = this.read(target, path, key);
    this.places.set(pointerOf(path), { key, value: range });
    return value;
  }

  #readScalar(value: unknown, range: readonly [number, number]): Json {
    if (typeof value === 'number' && !Number.isFinite(value)) {
      return this.#refuse(range, 'not-json', 'Infinity and NaN cannot be written in JSON.', 'Use a finite number or a quoted text.');
    }
    return value as Json;
  }

  #exhaust(range: readonly [number, number]): null {
    this.#exhausted = true;
    const message = `The file grows to more than ${MOST_VALUES.toLocaleString('en')} values when its aliases are followed.`;
    return this.#refuse(range, 'alias-bomb', message, 'Use fewer aliases within aliased values, or split the file.');
  }

  #refuse(range: readonly [number, number], code: string, message: string, hint: string): null {
    this.diagnostics.push(this.#report(range, code, message, hint));
    return null;
  }
}

function rangeOf(node: Node | null | undefined): readonly [number, number] | undefined {
  return node?.range == null ? undefined : [node.range[0], node.range[1]];
}
