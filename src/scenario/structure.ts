import type { SchemaViolation } from '../domain/diagnostic.ts';
import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import { escapeToken, pointerTokens, valueAt } from '../domain/json-pointer.ts';
import type { Findings } from './findings.ts';
import { quote } from './quote.ts';
import { nearest, suggestion } from './suggestion.ts';

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  null: 'empty',
};

const DURATION_HINT = 'Write a number with a unit: `500ms`, `5s` or `1m`.';

/** What a pattern asks for, by the name of the schema's definition that has it. */
const PATTERN_WORDS: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  duration: ['a duration', DURATION_HINT],
  captureName: ['a name', 'Use letters, digits, `_` and `-`, beginning with a letter.'],
  status: [
    'an HTTP status',
    'Write a number such as 201, a list of them, or one template such as `${{ matrix.status }}`.',
  ],
  requestPath: ['a path', 'Write the path below the base URL, beginning with `/`.'],
};

/** Keywords that only repeat what the keywords inside them have said. */
const ECHOES = new Set(['if', 'propertyNames', 'anyOf', 'oneOf', 'allOf', '$ref']);

/** Reports what the scenario schema finds wrong, and gives back the value without the parts that cannot be used. */
export function checkStructure(value: Json, violations: readonly SchemaViolation[], findings: Findings): Json {
  const told = new Set<string>();
  const removed = new Set<string>();
  for (const violation of violations) {
    if (ECHOES.has(violation.keyword) || isMisspelt(violation, violations)) continue;
    const mistake = `${violation.at} ${violation.keyword} ${JSON.stringify(violation.params)}`;
    if (told.has(mistake)) continue;
    told.add(mistake);
    describeViolation(value, violation, findings);
    const pointer = unusablePart(violation);
    if (pointer === undefined) continue;
    findings.markBroken(pointer);
    removed.add(nearestEntry(value, pointer));
  }
  return removed.size === 0 ? value : without(value, '', removed);
}

/** True when a key that is missing is there after all, misspelt: the misspelling is reported, with what was meant. */
function isMisspelt(violation: SchemaViolation, all: readonly SchemaViolation[]): boolean {
  if (violation.keyword !== 'required') return false;
  const unknown = all.filter((other) => other.keyword === 'additionalProperties' && other.at === violation.at);
  return unknown.some(
    (other) => nearest(String(other.params.additionalProperty), other.allowed) === violation.params.missingProperty,
  );
}

function describeViolation(value: Json, violation: SchemaViolation, findings: Findings): void {
  const { at, keyword, params } = violation;
  const actual = valueAt(value, at) ?? null;
  const name = nameOf(at);
  switch (keyword) {
    case 'additionalProperties': {
      const key = String(params.additionalProperty);
      const hint = suggestion(key, violation.allowed, 'Remove it.');
      findings.report(
        'unknown-key',
        `${at}/${escapeToken(key)}`,
        `There is no key \`${key}\` in ${name}.`,
        hint,
        'key',
      );
      return;
    }
    case 'required': {
      const key = String(params.missingProperty);
      findings.report('missing-key', at, `The key \`${key}\` is missing in ${name}.`, `Add \`${key}\`.`, 'key');
      return;
    }
    case 'type':
      if (definitionOf(violation.schemaPath) === 'duration') {
        findings.report('wrong-duration', at, `${capital(name)} is ${kindOf(actual)}, not a duration.`, DURATION_HINT);
        return;
      }
      findings.report(
        'wrong-type',
        at,
        `${capital(name)} must be ${typesOf(params.type)}, but is ${kindOf(actual)}.`,
        typeHint(params.type, actual),
      );
      return;
    case 'enum': {
      const allowed = (params.allowedValues as readonly Json[]).map(String);
      const hint = suggestion(
        typeof actual === 'string' ? actual : JSON.stringify(actual),
        allowed,
        `Use one of ${allowed.join(', ')}.`,
      );
      findings.report('unknown-value', at, `${capital(name)} cannot be ${quote(actual)}.`, hint);
      return;
    }
    case 'pattern': {
      const [what, hint] = PATTERN_WORDS[definitionOf(violation.schemaPath)] ?? [
        'of this form',
        `The form is ${String(params.pattern)}.`,
      ];
      const code = definitionOf(violation.schemaPath) === 'duration' ? 'wrong-duration' : 'wrong-form';
      findings.report(code, at, `${quote(actual)} is not ${what}.`, hint);
      return;
    }
    default:
      describeLimit(name, violation, findings);
      return;
  }
}

function describeLimit(name: string, { at, keyword, params }: SchemaViolation, findings: Findings): void {
  const limit = String(params.limit);
  const wordings: Readonly<Record<string, readonly [string, string]>> = {
    minLength: ['must not be an empty text', 'Write something, or remove the key.'],
    minItems: ['must not be an empty list', 'Add an element, or remove the key.'],
    minProperties: [
      `must have at least ${limit === '1' ? 'one key' : `${limit} keys`}`,
      'Add what is missing, or remove the key.',
    ],
    minimum: [`must be at least ${limit}`, 'Use a number within the limits.'],
    maximum: [`must be at most ${limit}`, 'Use a number within the limits.'],
  };
  const [message, hint] = wordings[keyword] ?? [
    `breaks the rule \`${keyword}\` of the scenario schema`,
    'See contracts/scenario.schema.json.',
  ];
  findings.report('out-of-bounds', at, `${capital(name)} ${message}.`, hint);
}

/** The pointer of what has to be left out; undefined when only something is missing. */
function unusablePart({ at, keyword, params }: SchemaViolation): string | undefined {
  if (keyword === 'additionalProperties') return `${at}/${escapeToken(String(params.additionalProperty))}`;
  return keyword === 'required' || keyword === 'minProperties' ? undefined : at;
}

/** The nearest mapping entry at or above a pointer: list elements cannot be taken out without moving the others. */
function nearestEntry(value: Json, pointer: string): string {
  let current = pointer;
  while (current !== '') {
    const parent = current.slice(0, current.lastIndexOf('/'));
    if (isJsonObject(valueAt(value, parent))) return current;
    current = parent;
  }
  return '';
}

function without(value: Json, pointer: string, removed: ReadonlySet<string>): Json {
  if (removed.has(pointer)) return {};
  if (Array.isArray(value))
    return (value as readonly Json[]).map((item, index) => without(item, `${pointer}/${index}`, removed));
  if (!isJsonObject(value)) return value;
  const kept: JsonObject = Object.fromEntries(
    Object.entries(value)
      .map(([key, item]): [string, Json, string] => [key, item, `${pointer}/${escapeToken(key)}`])
      .filter(([, , inner]) => !removed.has(inner))
      .map(([key, item, inner]) => [key, without(item, inner, removed)]),
  );
  return kept;
}

/** How a person calls the value at a pointer: its key, or its place in a list. */
function nameOf(pointer: string): string {
  const tokens = pointerTokens(pointer);
  const last = tokens.at(-1);
  if (last === undefined) return 'the file';
  if (!/^\d+$/u.test(last)) return `\`${last}\``;
  const list = tokens.at(-2);
  const position = Number(last) + 1;
  const single: Readonly<Record<string, string>> = { steps: 'step', scenarios: 'scenario', expect: 'row' };
  return list === undefined ? `element ${position}` : `${single[list] ?? 'element'} ${position} of \`${list}\``;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function typesOf(types: unknown): string {
  const words = (Array.isArray(types) ? types : [types])
    .filter((type) => type !== 'null')
    .map((type) => TYPE_WORDS[String(type)] ?? String(type));
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${words.at(-1)}` : (words[0] ?? '');
}

/** What kind of value stands there, in words. */
export function kindOf(value: Json): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (isJsonObject(value)) return 'a mapping';
  const kinds: Readonly<Record<string, string>> = { string: 'the text', number: 'the number', boolean: 'the value' };
  return `${kinds[typeof value] ?? 'the value'} ${quote(value)}`;
}

function typeHint(types: unknown, actual: Json): string {
  const wanted = Array.isArray(types) ? types : [types];
  if (actual === null) return 'Give it a value, or remove the key.';
  if (wanted.includes('string') && (typeof actual === 'number' || typeof actual === 'boolean'))
    return `Put it in quotes: "${actual}".`;
  if (wanted.includes('array') && typeof actual !== 'object') return `Write it as a list: [${String(actual)}].`;
  if (wanted.includes('object')) return 'Write keys and values, one a line, indented below it.';
  if (wanted.includes('boolean')) return 'YAML 1.2 knows only true and false.';
  return `Write ${typesOf(types)}.`;
}

/** The last definition that a schema path goes through; '' when it goes through none. */
function definitionOf(schemaPath: string): string {
  return /\/\$defs\/([^/]+)\/[^/]+$/u.exec(schemaPath)?.[1] ?? '';
}
