import { ConfigurationError } from './harness-error.ts';
import { isJsonObject, type Json } from './json.ts';
import { parseExpression, repeatMistake, type TemplateExpression, TemplateSyntaxError } from './template-expression.ts';

/** One `${{ ... }}` within a text. */
interface Template {
  /** The template as written, braces included. */
  readonly source: string;
  readonly expression: TemplateExpression;
}

/** A mistake in a template. */
interface TemplateProblem {
  /** The template as written, as far as it goes. */
  readonly source: string;
  readonly message: string;
  readonly hint: string;
}

/** A text taken apart: literal pieces and templates in order. */
export interface ParsedTemplates {
  readonly parts: readonly (string | Template)[];
  readonly problems: readonly TemplateProblem[];
}

/** Where the names in templates get their values. */
export interface TemplateScope {
  /** The value of a dotted name such as `session.scanRef` or `uuid`; undefined when this scope does not know it. */
  lookup(path: readonly string[]): Json | undefined;
}

const OPEN = '${{';
/** Most problems that are told of one text; what follows is left as it is. */
const MOST_PROBLEMS = 20;
/** Most characters of a broken template that are shown. */
const LONGEST_SOURCE = 80;

/** The same few texts come again with every case. */
const parsedBefore = new Map<string, ParsedTemplates>();
const MOST_REMEMBERED = 1_000;
const LONGEST_REMEMBERED = 200;

/** Takes a text apart at its templates; never throws. A broken template stays in `parts` as literal text. */
export function parseTemplates(text: string): ParsedTemplates {
  const before = parsedBefore.get(text);
  if (before !== undefined) return before;
  const parsed = takeApart(text);
  if (parsedBefore.size < MOST_REMEMBERED && text.length <= LONGEST_REMEMBERED) parsedBefore.set(text, parsed);
  return parsed;
}

function takeApart(text: string): ParsedTemplates {
  const parts: (string | Template)[] = [];
  const problems: TemplateProblem[] = [];
  let at = 0;
  while (at < text.length && problems.length < MOST_PROBLEMS) {
    const start = text.indexOf(OPEN, at);
    if (start < 0) break;
    if (start > at) parts.push(text.slice(at, start));
    try {
      const { expression, end } = parseExpression(text, start + OPEN.length);
      parts.push({ source: text.slice(start, end), expression });
      at = end;
    } catch (error) {
      if (!(error instanceof TemplateSyntaxError)) throw error;
      problems.push({ source: brokenSource(text, start), message: error.message, hint: error.hint });
      parts.push(OPEN);
      at = start + OPEN.length;
    }
  }
  if (at < text.length) parts.push(text.slice(at));
  return { parts, problems };
}

function brokenSource(text: string, start: number): string {
  const end = text.indexOf('}}', start);
  return end < 0
    ? text.slice(start, start + LONGEST_SOURCE)
    : text.slice(start, Math.min(end + 2, start + LONGEST_SOURCE));
}

/** Every dotted name that the templates anywhere in `value` (keys included) refer to, e.g. `['session', 'scanRef']`. */
export function templateReferences(value: Json): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  for (const text of textsOf(value)) {
    for (const part of parseTemplates(text).parts) {
      if (typeof part !== 'string') collectPaths(part.expression, found);
    }
  }
  return found;
}

function* textsOf(value: Json): Generator<string> {
  if (typeof value === 'string') {
    if (value.includes(OPEN)) yield value;
  } else if (Array.isArray(value)) {
    for (const item of value) yield* textsOf(item);
  } else if (isJsonObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      yield* textsOf(key);
      yield* textsOf(item);
    }
  }
}

function collectPaths(expression: TemplateExpression, found: (readonly string[])[]): void {
  if (expression.kind === 'path') found.push(expression.path);
  if (expression.kind === 'call') for (const argument of expression.args) collectPaths(argument, found);
}

/**
 * Replaces the templates in `value`, keys included; a value without templates is given back itself. A text that is exactly one template takes the value with its type; an embedded one is written
 * out as text. With `keep`, templates that `scope` cannot answer stay (in part resolved) for a later pass; with `throw` they throw
 * a ConfigurationError that names them.
 */
export function resolveTemplates(value: Json, scope: TemplateScope, unresolved: 'keep' | 'throw' = 'throw'): Json {
  if (typeof value === 'string') return value.includes(OPEN) ? resolveText(value, scope, unresolved) : value;
  if (Array.isArray(value)) {
    return mapChanged(value as readonly Json[], (item) => resolveTemplates(item, scope, unresolved));
  }
  if (!isJsonObject(value)) return value;
  let changed = false;
  const resolved: [string, Json][] = [];
  for (const [key, item] of Object.entries(value)) {
    const name = key.includes(OPEN) ? textOf(resolveText(key, scope, unresolved)) : key;
    const filled = resolveTemplates(item, scope, unresolved);
    changed ||= name !== key || filled !== item;
    resolved.push([name, filled]);
  }
  return changed ? Object.fromEntries(resolved) : value;
}

/** The list with each item mapped; the list itself when that changes nothing. */
function mapChanged(list: readonly Json[], map: (item: Json) => Json): readonly Json[] {
  const mapped = list.map(map);
  return mapped.some((item, index) => item !== list[index]) ? mapped : list;
}

function resolveText(text: string, scope: TemplateScope, unresolved: 'keep' | 'throw'): Json {
  const { parts } = parseTemplates(text);
  const only = parts.length === 1 ? parts[0] : undefined;
  if (only !== undefined && typeof only !== 'string') return resolveTemplate(only, scope, unresolved);
  return parts
    .map((part) => (typeof part === 'string' ? part : textOf(resolveTemplate(part, scope, unresolved))))
    .join('');
}

function resolveTemplate(template: Template, scope: TemplateScope, unresolved: 'keep' | 'throw'): Json {
  const result = evaluate(template.expression, scope, template.source);
  if (result.kind === 'literal') return result.value;
  if (unresolved === 'keep') return `\${{ ${printExpression(result)} }}`;
  const name = unresolvedName(result);
  throw new ConfigurationError(`The template ${template.source} has no value: \`${name}\` is not known here.`, {
    hint: name.startsWith('env.')
      ? `Set the environment variable ${name.slice('env.'.length)}.`
      : 'Check that the response it is taken from has this field.',
  });
}

/** How a value reads inside a longer text: text as it is, an absent value as nothing, all else as JSON. */
function textOf(value: Json): string {
  if (typeof value === 'string') return value;
  return isAbsent(value) ? '' : JSON.stringify(value);
}

/** True for `{$absent: true}`, which takes a field out of a body. */
export function isAbsent(value: Json): boolean {
  return isJsonObject(value) && value.$absent === true && Object.keys(value).length === 1;
}

/** The expression as far as `scope` answers it; `source` is the template that it stands in. */
function evaluate(expression: TemplateExpression, scope: TemplateScope, source: string): TemplateExpression {
  if (expression.kind === 'literal') return expression;
  if (expression.kind === 'path') {
    const value = scope.lookup(expression.path);
    return value === undefined ? expression : { kind: 'literal', value };
  }
  const args = expression.args.map((argument) => evaluate(argument, scope, source));
  const mistake = repeatMistake(expression.name, args);
  if (mistake !== null)
    throw new ConfigurationError(`The template ${source} ${mistake.message}`, { hint: mistake.hint });
  const values = args.flatMap((argument) => (argument.kind === 'literal' ? [argument.value] : []));
  if (values.length < args.length) return { kind: 'call', name: expression.name, args };
  return { kind: 'literal', value: callFunction(expression.name, values) };
}

function callFunction(name: string, values: readonly Json[]): Json {
  const text = textOf(values[0] ?? '');
  switch (name) {
    case 'upper':
      return text.toUpperCase();
    case 'lower':
      return text.toLowerCase();
    case 'json':
      return JSON.stringify(values[0]);
    default:
      return text.repeat(Number(values[1]));
  }
}

function unresolvedName(expression: TemplateExpression): string {
  const found: (readonly string[])[] = [];
  collectPaths(expression, found);
  return (found[0] ?? []).join('.');
}

function printExpression(expression: TemplateExpression): string {
  if (expression.kind === 'literal') {
    return JSON.stringify(typeof expression.value === 'object' ? textOf(expression.value) : expression.value);
  }
  if (expression.kind === 'path') return expression.path.join('.');
  return `${expression.name}(${expression.args.map(printExpression).join(', ')})`;
}
