import { Document, isMap, isScalar, isSeq, type Node, type Pair, type ScalarTag } from 'yaml';
import { stringTag } from 'yaml/util';
import type { JsonObject } from '../domain/json.ts';

/** Widest line in columns, where a value can be broken at all. */
const WIDEST = 120;

/** What a program that knows an older YAML takes for a truth value, a number or a date. */
const MISTAKABLE = /^(?:y|yes|n|no|on|off|[-+.]?\d[-+.:_ \da-fTZox]*)$/i;

/** Letters with their marks, or one character of another kind. */
const PIECE = /[\p{L}\p{M}]+|./gsu;
const PLAIN = /^(?:[ -~]+|\p{Emoji_Presentation})$/u;
const NOT_LATIN = /[\p{L}--\p{Script=Latin}]/v;

const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\0': '\\0', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/**
 * A scenario as YAML 1.2 that reads back the same. The mappings of the scenario and of its steps stand in lines, what is in them on one line as long
 * as that is not too wide. What an editor would not show as it is stands in double quotes as an escape.
 */
export function yamlText(value: JsonObject): string {
  const document = new Document(value, {
    aliasDuplicateObjects: false,
    customTags: (tags) => [TEXT, ...tags.filter((tag) => typeof tag === 'string' || tag.tag !== TEXT.tag)],
  });
  if (document.contents !== null) layOut(document.contents, 0, 0);
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** The text with escapes for what an editor does not show, or shows as something else; plain letters of any script stay. */
export function shown(text: string): string {
  return text.replaceAll(PIECE, (piece) => (PLAIN.test(piece) || isPlainWord(piece) ? piece : escaped(piece)));
}

/** False for letters that look like others: decomposed ones, and those of another script between Latin ones. */
function isPlainWord(piece: string): boolean {
  if (!/^\p{L}/u.test(piece) || /\p{Default_Ignorable_Code_Point}/u.test(piece)) return false;
  const mixed = /\p{Script=Latin}/u.test(piece) && NOT_LATIN.test(piece);
  return !mixed && piece.normalize('NFC') === piece;
}

function escaped(piece: string): string {
  return piece.replaceAll(/[^ -~]/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return (
      SHORT_ESCAPES[character] ?? (code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`)
    );
  });
}

function doubleQuoted(text: string): string {
  return `"${shown(text.replaceAll(/["\\]/g, '\\$&'))}"`;
}

const TEXT: ScalarTag = {
  ...stringTag,
  stringify(item, context, onComment, onChompKeep) {
    const text = String(item.value);
    if (shown(text) !== text || MISTAKABLE.test(text)) return doubleQuoted(text);
    return stringTag.stringify?.(item, context, onComment, onChompKeep) ?? '';
  },
};

/** The scenario, the list of its steps, and each step. */
const ALWAYS_IN_LINES = 3;

/** Chooses the style of a list or mapping whose lines begin at `column`, and of what is in it. */
function layOut(node: Node, column: number, depth: number, before = 0): void {
  if (!isMap(node) && !isSeq(node)) return;
  const inLines = depth < ALWAYS_IN_LINES && (isMap(node) || isMap(node.items[0]));
  node.flow = !inLines && before + flowWidth(node) <= WIDEST;
  if (node.flow) return;
  for (const item of node.items) {
    const { key, value } = isMap(node) ? (item as Pair<Node, Node>) : { key: null, value: item as Node };
    const start = column + 2;
    if (value !== null) layOut(value, start, depth + 1, key === null ? start : column + flowWidth(key) + 2);
  }
}

/** Columns that a value takes on one line, at most. */
function flowWidth(node: Node | null): number {
  if (isSeq(node)) return 2 + joinedWidth(node.items.map((item) => flowWidth(item as Node)));
  if (isMap(node)) {
    const pairs = node.items as readonly Pair<Node, Node | null>[];
    return 2 + joinedWidth(pairs.map(({ key, value }) => flowWidth(key) + 2 + flowWidth(value)));
  }
  const value = isScalar(node) ? node.value : null;
  if (typeof value !== 'string') return String(value).length;
  return /^[A-Za-z]\w*$/.test(value) && !MISTAKABLE.test(value) ? value.length : doubleQuoted(value).length;
}

function joinedWidth(widths: readonly number[]): number {
  return widths.reduce((total, width) => total + width + 2, widths.length === 0 ? 0 : -2);
}
