import type { Json, JsonObject } from '../domain/json.ts';
import { isLoopback } from '../domain/loopback.ts';
import type { FieldRule, FieldRules, TextFormat, TextRule } from './field-rules.ts';
import { type Refusal, refuse } from './refusal.ts';

/** The first field of `body` that breaks its rule, as a refusal; undefined when all are fine. Fields without a rule are ignored. */
export function checkFields(rules: FieldRules, body: JsonObject): Refusal | undefined {
  for (const [field, rule] of Object.entries(rules)) {
    const value = Object.hasOwn(body, field) ? body[field] : undefined;
    if (rule.required && (value === undefined || value === null || value === '')) {
      return refuse('MISSING_VALUE', `Field "${field}" is required.`);
    }
    if (value === undefined || (value === null && rule.nullable)) continue;
    const problem = problemOf(rule, value);
    if (problem !== undefined) return refuse('BAD_VALUE', `Field "${field}" ${problem}.`);
  }
  return undefined;
}

/** The fields of `body` that have a rule and are not null; call it after `checkFields`. */
export function acceptedFields(rules: FieldRules, body: JsonObject): JsonObject {
  // Sessions keep this object: built field by field it would become a hash table of four times the size.
  return Object.fromEntries(
    Object.entries(body).filter(([field, value]) => value !== null && Object.hasOwn(rules, field)),
  );
}

function problemOf(rule: FieldRule, value: Json): string | undefined {
  switch (rule.kind) {
    case 'flag':
      return typeof value === 'boolean' ? undefined : 'must be a boolean';
    case 'integer':
      if (typeof value !== 'number' || !Number.isInteger(value)) return 'must be an integer';
      return value < rule.min || value > rule.max ? `must be from ${rule.min} to ${rule.max}` : undefined;
    case 'list':
      if (!Array.isArray(value)) return 'must be a list';
      return value.every((item) => typeof item === 'string' && rule.oneOf.has(item))
        ? undefined
        : 'has an unknown value';
    default:
      return typeof value === 'string' ? textProblem(rule, value) : 'must be a string';
  }
}

function textProblem(rule: TextRule, text: string): string | undefined {
  // Code units bound the code points from above: this keeps a text of a megabyte from being split.
  if (rule.max !== undefined && text.length > rule.max && codePoints(text, rule.max) > rule.max) {
    return `must have ${rule.max} characters at most`;
  }
  if (rule.min !== undefined && text.length < rule.min * 2 && codePoints(text, rule.min) < rule.min) {
    return `must have ${rule.min} characters at least`;
  }
  if (!text.isWellFormed() || text.includes('\0')) return 'has a character that is not allowed';
  if (rule.oneOf !== undefined && !rule.oneOf.has(rule.anyCase ? text.toUpperCase() : text))
    return 'has an unknown value';
  if (rule.pattern !== undefined && !rule.pattern.test(text)) return 'has a character that is not allowed';
  return rule.format === undefined || FORMATS[rule.format].holds(text) ? undefined : FORMATS[rule.format].problem;
}

/** The number of code points, counted no further than one beyond `enough`. */
function codePoints(text: string, enough: number): number {
  let count = 0;
  for (const _ of text) {
    count += 1;
    if (count > enough) break;
  }
  return count;
}

const FORMATS: Readonly<Record<TextFormat, { readonly holds: (text: string) => boolean; readonly problem: string }>> = {
  url: { holds: isUrl, problem: 'must be a URL' },
  'callback-url': { holds: isCallbackUrl, problem: 'must be an HTTPS URL' },
  date: { holds: isDate, problem: 'must be a date of the form YYYY-MM-DD' },
};

// RFC 3986: a scheme, then only its characters and whole percent escapes. `new URL` alone would mend blanks and worse.
const URI = /^[a-z][a-z0-9+.-]*:(?:[!#$&'()*+,\-./0-9:;=?@A-Z[\]_a-z~]|%[0-9a-f]{2})+$/i;

function isUrl(text: string): boolean {
  return URI.test(text) && URL.canParse(text);
}

/** The vendor takes https only; http on loopback never leaves the machine. */
function isCallbackUrl(text: string): boolean {
  if (!isUrl(text)) return false;
  const { protocol, hostname } = new URL(text);
  return /^https?:\/\//i.test(text) && (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname)));
}

function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days;
}
