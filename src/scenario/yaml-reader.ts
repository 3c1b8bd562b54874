import { isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';
import type { Diagnostic } from '../domain/diagnostic.ts';
import type { Json } from '../domain/json.ts';
import { type Path, pointerOf } from './path.ts';
import { quote } from './quote.ts';
import type { Place, Range, Report } from './yaml-place.ts';

/** Deepest nesting; a scenario needs about ten levels. */
const DEEPEST = 64;
/** Most values a file may have once its aliases are followed. */
const MOST_VALUES = 200_000;

/** Turns YAML nodes into JSON, following aliases within bounds. */
export class NodeReader {
  readonly diagnostics: Diagnostic[] = [];
  /** False when a value could not be read, so that what is said about it would mislead. */
  usable = true;
  readonly places: Map<string, Place> = new Map();
  readonly #anchors = new Map<string, Node>();
  readonly #open = new Set<Node>();
  /** Where the outermost alias that is being followed stands. */
  #following: Range | undefined;
  readonly #report: Report;
  #values = 0;
  #exhausted = false;

  constructor(report: Report) {
    this.#report = report;
  }

  read(node: Node | null, path: Path, key: Range | null): Json {
    const range = rangeOf(node) ?? key ?? [0, 0];
    this.#values++;
    if (this.#exhausted) return null;
    if (this.#values > MOST_VALUES) return this.#exhaust(this.#following ?? range);
    if (path.length > DEEPEST) {
      return this.#refuse(
        [range[0], range[0] + 1],
        'too-deep',
        `Values are nested more than ${DEEPEST} levels deep.`,
        'Flatten this part; no scenario needs it.',
      );
    }
    this.places.set(pointerOf(path), { key, value: range });
    if (isAlias(node)) return this.#readAlias(node.source, range, path, key);
    if (node?.anchor !== undefined) this.#anchors.set(node.anchor, node);
    if (isMap(node)) return this.#within(node, () => this.#readMap(node, path));
    if (isSeq(node))
      return this.#within(node, () => node.items.map((item, index) => this.read(item as Node, [...path, index], null)));
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
    const seen = new Set<string>();
    const entries = node.items.map((pair): [string, Json] => {
      const keyNode = pair.key as Node;
      const name = isScalar(keyNode) ? String(keyNode.value) : '';
      const keyRange = rangeOf(keyNode) ?? [0, 0];
      if (seen.has(name)) {
        const message = `The key ${quote(name)} is in this mapping twice; the first one would be lost.`;
        this.diagnostics.push(this.#report(keyRange, 'duplicate-key', message, 'Keep one of them.'));
      }
      seen.add(name);
      if (name === '<<') {
        const hint = 'Repeat the keys, or let an alias stand for the whole mapping (`key: *anchor`).';
        this.diagnostics.push(this.#report(keyRange, 'merge-key', 'Merge keys (`<<`) are not part of YAML 1.2.', hint));
      }
      return [name, this.read(pair.value as Node | null, [...path, name], keyRange)];
    });
    return Object.fromEntries(entries.filter(([name]) => name !== '<<'));
  }

  #readAlias(name: string, range: Range, path: Path, key: Range | null): Json {
    const target = this.#anchors.get(name);
    if (target === undefined) {
      return this.#refuse(
        range,
        'unknown-anchor',
        `There is no anchor \`&${name}\` above this alias.`,
        'Set the anchor before its first alias.',
      );
    }
    if (this.#open.has(target)) {
      return this.#refuse(
        range,
        'circular-alias',
        `The alias \`*${name}\` stands inside its own anchor.`,
        'Write the value out.',
      );
    }
    const outermost = this.#following === undefined;
    this.#following ??= range;
    const value = this.read(target, path, key);
    if (outermost) this.#following = undefined;
    this.places.set(pointerOf(path), { key, value: range });
    return value;
  }

  #readScalar(value: unknown, range: Range): Json {
    if (typeof value === 'number' && !Number.isFinite(value)) {
      return this.#refuse(
        range,
        'not-json',
        'Infinity and NaN cannot be written in JSON.',
        'Use a finite number or a quoted text.',
      );
    }
    return value as Json;
  }

  #exhaust(range: Range): null {
    this.#exhausted = true;
    const message = `The file grows to more than ${MOST_VALUES.toLocaleString('en')} values when its aliases are followed.`;
    return this.#refuse(range, 'alias-bomb', message, 'Use fewer aliases within aliased values, or split the file.');
  }

  #refuse(range: Range, code: string, message: string, hint: string): null {
    this.usable = false;
    this.diagnostics.push(this.#report(range, code, message, hint));
    return null;
  }
}

function rangeOf(node: Node | null | undefined): Range | undefined {
  return node?.range == null ? undefined : [node.range[0], node.range[1]];
}
