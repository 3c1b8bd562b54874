import type { Json } from './json.ts';

/** What stands between `${{` and `}}`. */
export type TemplateExpression =
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'path'; readonly path: readonly string[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly TemplateExpression[] };

/** Far above any body a provider takes, far below what would exhaust memory. */
const LONGEST_TEXT = 16 * 1024 * 1024;

/** Number of arguments of each template function. */
const TEMPLATE_FUNCTIONS: Readonly<Record<string, number>> = { repeat: 2, upper: 1, lower: 1, json: 1 };

/** The expression cannot be read; internal to template parsing, which turns it into a problem. */
export class TemplateSyntaxError extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

const TOKEN =
  /\s*(?:("(?:[^"\\]|\\.)*"|'[^']*')|(-?\d+(?:\.\d+)?)|([A-Za-z_][\w-]*(?:\.[\w-]+)*)|(\}\}|[(),])|(\S))/suy;

interface Token {
  readonly kind: 'text' | 'number' | 'name' | 'mark' | 'other' | 'end';
  readonly source: string;
}

class Reader {
  readonly #text: string;
  #at: number;

  constructor(text: string, at: number) {
    this.#text = text;
    this.#at = at;
  }

  get at(): number {
    return this.#at;
  }

  /** The next token without taking it. */
  peek(): Token {
    const at = this.#at;
    const token = this.next();
    this.#at = at;
    return token;
  }

  next(): Token {
    TOKEN.lastIndex = this.#at;
    const match = TOKEN.exec(this.#text);
    if (match === null) return { kind: 'end', source: '' };
    this.#at = TOKEN.lastIndex;
    const kinds = ['text', 'number', 'name', 'mark', 'other'] as const;
    const index = match.slice(1).findIndex((group) => group !== undefined);
    return { kind: kinds[index] ?? 'other', source: match[index + 1] ?? '' };
  }

  expect(mark: string): void {
    const token = this.next();
    if (token.source === mark && token.kind === 'mark') return;
    throw unexpected(token, mark);
  }
}

function unexpected(token: Token, wanted: string): TemplateSyntaxError {
  const got = token.kind === 'end' ? 'the text ends' : `there is \`${token.source}\``;
  return new TemplateSyntaxError(
    `The template is not complete: \`${wanted}\` should follow, but ${got}.`,
    'A template reads `${{ name.field }}` or `${{ function("text", 3) }}`.',
  );
}

/** Reads one expression and the closing `}}` from `text` at `start`; `end` is the offset behind them. Throws a TemplateSyntaxError. */
export function parseExpression(
  text: string,
  start: number,
): { readonly expression: TemplateExpression; readonly end: number } {
  const reader = new Reader(text, start);
  const expression = parseOperand(reader);
  reader.expect('}}');
  return { expression, end: reader.at };
}

function parseOperand(reader: Reader): TemplateExpression {
  const token = reader.next();
  switch (token.kind) {
    case 'text':
      return { kind: 'literal', value: unquote(token.source) };
    case 'number':
      return { kind: 'literal', value: Number(token.source) };
    case 'name':
      return reader.peek().source === '(' ? parseCall(token.source, reader) : parseName(token.source);
    default:
      throw unexpected(token, 'a name');
  }
}

function parseName(source: string): TemplateExpression {
  if (source === 'true' || source === 'false') return { kind: 'literal', value: source === 'true' };
  if (source === 'null') return { kind: 'literal', value: null };
  return { kind: 'path', path: source.split('.') };
}

function unquote(source: string): string {
  if (source.startsWith("'")) return source.slice(1, -1);
  try {
    return JSON.parse(source) as string;
  } catch {
    throw new TemplateSyntaxError(
      `The text ${source} in the template is not a JSON string.`,
      'Write a backslash twice, or use single quotes.',
    );
  }
}

function parseCall(name: string, reader: Reader): TemplateExpression {
  const arity = Object.hasOwn(TEMPLATE_FUNCTIONS, name) ? TEMPLATE_FUNCTIONS[name] : undefined;
  if (arity === undefined) {
    const known = Object.keys(TEMPLATE_FUNCTIONS).join('`, `');
    throw new TemplateSyntaxError(`There is no template function \`${name}\`.`, `The functions are \`${known}\`.`);
  }
  reader.expect('(');
  const args: TemplateExpression[] = [];
  while (reader.peek().source !== ')') {
    if (args.length > 0) reader.expect(',');
    args.push(parseOperand(reader));
  }
  reader.expect(')');
  if (args.length !== arity) {
    throw new TemplateSyntaxError(
      `The template function \`${name}\` takes ${arity} argument${arity === 1 ? '' : 's'}, not ${args.length}.`,
      'Texts are quoted: `${{ repeat("A", 101) }}`.',
    );
  }
  const mistake = repeatMistake(name, args);
  if (mistake !== null) throw new TemplateSyntaxError(`The template ${mistake.message}`, mistake.hint);
  return { kind: 'call', name, args };
}

/** Why a call of `repeat` cannot be made, as the end of a sentence about its template; null when it can be, for all that is known of its arguments. */
export function repeatMistake(
  name: string,
  [text, count]: readonly TemplateExpression[],
): { readonly message: string; readonly hint: string } | null {
  if (name !== 'repeat' || count?.kind !== 'literal') return null;
  const { value } = count;
  const length = text?.kind === 'literal' ? lengthOf(text.value) : 1;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value * length <= LONGEST_TEXT) return null;
  const most = LONGEST_TEXT.toLocaleString('en');
  return {
    message: `cannot repeat a text ${JSON.stringify(value)} times.`,
    hint: `Give a whole number; the result may have ${most} characters at most.`,
  };
}

function lengthOf(value: Json): number {
  return typeof value === 'string' ? value.length : JSON.stringify(value).length;
}
