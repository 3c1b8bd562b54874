import { quote, shorten } from '../domain/excerpt.ts';
import { isJsonObject, type Json } from '../domain/json.ts';
import type { Schema } from './schema-files.ts';

/** Finds the schema that a `$ref` leads to. */
export type Deref = (ref: string) => Schema | undefined;

const SHOWN_VALUES = 8;

/** What a schema asks for, in words that complete "must be ...". */
export function describeSchema(schema: Json, deref: Deref): string {
  if (!isJsonObject(schema)) return 'anything';
  if (typeof schema.$ref === 'string') return describeSchema(deref(schema.$ref) ?? {}, deref);
  if (Array.isArray(schema.anyOf)) return schema.anyOf.map((one: Json) => describeSchema(one, deref)).join(' or ');
  if (Array.isArray(schema.enum)) return `one of ${listOf(schema.enum as readonly Json[])}`;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.type !== undefined) return typeWords(schema.type);
  return 'as the contract says';
}

/** What one keyword asks for, in words that complete "must ...". */
export function describeKeyword(keyword: string, value: Json, schema: Schema, deref: Deref): string {
  switch (keyword) {
    case 'type':
      return `be ${typeWords(value)}`;
    case 'enum':
    case 'const':
    case 'anyOf':
      return `be ${describeSchema({ [keyword]: value }, deref)}`;
    case 'minLength':
      return value === 1 ? 'not be empty' : `have at least ${value} characters`;
    case 'maxLength':
      return `have at most ${value} characters`;
    case 'minimum':
      return `be at least ${value}`;
    case 'maximum':
      return `be at most ${value}`;
    case 'format':
      return value === 'date' ? 'be a real calendar date, YYYY-MM-DD' : `be a ${String(value).toUpperCase()}`;
    case 'pattern':
      return describePattern(String(value));
    case 'minItems':
      return `have at least ${value} items`;
    case 'required':
      return 'be there';
    case 'if':
      return `hold: ${String(schema['x-rule'] ?? 'the rule of the contract')}`;
    case 'x-not-before':
      return `not be before ${String(value)}`;
    case 'x-set-when':
      return `be set, as ${String(value)} asks`;
    case 'x-echo':
      return value === 'upper-case' ? 'repeat the request in upper case' : 'repeat the request';
    default:
      return `satisfy ${keyword} ${quote(value, 80)}`;
  }
}

/** JSON Schema has no flag for a pattern in either case: `[Aa]` stands for a letter. */
function describePattern(pattern: string): string {
  const plain = pattern.replace(/\[([A-Z])([a-z])\]/g, (both, upper: string, lower: string) =>
    upper.toLowerCase() === lower ? lower : both,
  );
  return `match ${shorten(plain, 80)}${plain === pattern ? '' : ', in either case'}`;
}

function typeWords(type: Json): string {
  const words = (Array.isArray(type) ? type : [type]).map((one: Json) =>
    one === 'null' ? 'null' : `${/^[aeio]/.test(String(one)) ? 'an' : 'a'} ${one}`,
  );
  return words.join(' or ');
}

function listOf(values: readonly Json[]): string {
  const shown = values
    .slice(0, SHOWN_VALUES)
    .map((value) => JSON.stringify(value))
    .join(', ');
  return values.length > SHOWN_VALUES ? `${shown}, … (${values.length} in all)` : shown;
}
