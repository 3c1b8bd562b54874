import { excerptOf, quote } from './excerpt.ts';
import { ConfigurationError } from './harness-error.ts';
import { isJsonObject, type Json, type JsonObject } from './json.ts';
import { escapeToken } from './json-pointer.ts';
import { CONTRACT_NAMES } from './messages.generated.ts';
import { matchesPattern } from './pattern.ts';

/** One place where a message is not as expected. */
export interface Mismatch {
  /** JSON pointer into the actual value; '' is the whole of it. */
  readonly at: string;
  readonly expected: Json;
  /** Undefined when nothing is there; an excerpt when it is large. */
  readonly actual: Json | undefined;
  /** One sentence: the place, what was expected, what is there. */
  readonly message: string;
}

/** What matchers may ask of their surroundings. */
export interface MatchContext {
  /** What the contract `name` finds wrong with `value`, one sentence each; needed for `{$contract: name}`. */
  readonly contract?: (name: string, value: Json) => readonly string[];
}

type Matcher = (wanted: Json, actual: Json | undefined, context: MatchContext) => boolean;

const TYPES = ['string', 'number', 'integer', 'boolean', 'null', 'array', 'object'] as const;

const isType: Matcher = (wanted, actual) => {
  if (wanted === 'integer') return Number.isInteger(actual);
  if (wanted === 'array') return Array.isArray(actual);
  if (wanted === 'null') return actual === null;
  if (wanted === 'object') return isJsonObject(actual);
  return typeof actual === wanted;
};

const compare =
  (holds: (actual: number, wanted: number) => boolean): Matcher =>
  (wanted, actual) =>
    typeof actual === 'number' && typeof wanted === 'number' && holds(actual, wanted);

const lengthOf = (actual: Json | undefined): number | undefined =>
  typeof actual === 'string' || Array.isArray(actual) ? actual.length : undefined;

/** Every matcher: `{$name: wanted}` in place of a literal. */
const MATCHERS: Readonly<Record<string, Matcher>> = {
  $regex: (wanted, actual) => typeof actual === 'string' && matchesPattern(String(wanted), actual),
  $any: (wanted, actual, context) => (wanted as readonly Json[]).some((one) => matches(one, actual, context)),
  $absent: (wanted, actual) => (actual === undefined) === wanted,
  $contract: (wanted, actual, context) =>
    actual !== undefined && context.contract !== undefined && context.contract(String(wanted), actual).length === 0,
  $gte: compare((actual, wanted) => actual >= wanted),
  $gt: compare((actual, wanted) => actual > wanted),
  $lte: compare((actual, wanted) => actual <= wanted),
  $lt: compare((actual, wanted) => actual < wanted),
  $not: (wanted, actual, context) => !matches(wanted, actual, context),
  $length: (wanted, actual, context) => matches(wanted, lengthOf(actual), context),
  $type: isType,
  $contains: (wanted, actual, context) =>
    Array.isArray(actual) && (actual as readonly Json[]).some((one) => matches(wanted, one, context)),
  $exact: (wanted, actual) => equalJson(wanted, actual),
};

/** The names of all matchers, `$` included. */
export const MATCHER_NAMES: readonly string[] = Object.keys(MATCHERS);

/** True when `value` is a matcher object: at least one key, and every key begins with `$`. */
export function isMatcher(value: Json | undefined): value is JsonObject {
  if (!isJsonObject(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => key.startsWith('$'));
}

/** What is wrong with the argument of the matcher `name`, in words; undefined when nothing is. Knows nothing of unknown names. */
export function matcherArgumentProblem(name: string, wanted: Json): string | undefined {
  switch (name) {
    case '$regex':
      return regexProblem(wanted);
    case '$any':
      return Array.isArray(wanted) && wanted.length > 0 ? undefined : '`$any` takes a list of at least one value';
    case '$absent':
      return typeof wanted === 'boolean' ? undefined : '`$absent` takes true or false';
    case '$contract':
      return (CONTRACT_NAMES as readonly Json[]).includes(wanted)
        ? undefined
        : `\`$contract\` takes one of ${CONTRACT_NAMES.join(', ')}`;
    case '$gte':
    case '$gt':
    case '$lte':
    case '$lt':
      return typeof wanted === 'number' ? undefined : `\`${name}\` takes a number`;
    case '$length':
      return typeof wanted === 'number' || isMatcher(wanted) ? undefined : '`$length` takes a number or a matcher';
    case '$type':
      return (TYPES as readonly Json[]).includes(wanted) ? undefined : `\`$type\` takes one of ${TYPES.join(', ')}`;
    default:
      return undefined;
  }
}

function regexProblem(wanted: Json): string | undefined {
  if (typeof wanted !== 'string') return '`$regex` takes a text';
  try {
    new RegExp(wanted, 'u');
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : '';
    return `the regular expression cannot be read: ${reason}`;
  }
}

/**
 * Compares `actual` with `expected` in part: an object may have more fields than expected, a list has the expected length and its elements are
 * compared in turn, a matcher object says more than a literal. All mismatches are collected. Throws ConfigurationError for a
 * matcher with an argument that it cannot use, which a template may have made, and for a regular expression that takes too long.
 */
export function matchPartial(
  expected: Json,
  actual: Json | undefined,
  context: MatchContext = {},
): readonly Mismatch[] {
  const found: Mismatch[] = [];
  collect(expected, actual, '', context, found);
  return found;
}

function matches(expected: Json, actual: Json | undefined, context: MatchContext): boolean {
  return matchPartial(expected, actual, context).length === 0;
}

function collect(expected: Json, actual: Json | undefined, at: string, context: MatchContext, found: Mismatch[]): void {
  if (isMatcher(expected)) {
    collectMatcher(expected, actual, at, context, found);
    return;
  }
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    for (const [index, item] of (expected as readonly Json[]).entries()) {
      collect(item, (actual as readonly Json[])[index], `${at}/${index}`, context, found);
    }
    return;
  }
  if (isJsonObject(expected) && isJsonObject(actual)) {
    for (const [key, item] of Object.entries(expected)) {
      const inner = `${at}/${escapeToken(key)}`;
      collect(item, Object.hasOwn(actual, key) ? actual[key] : undefined, inner, context, found);
    }
    return;
  }
  if (isJsonObject(expected) || Array.isArray(expected) || expected !== actual) {
    found.push(mismatch(expected, actual, at, ''));
  }
}

function collectMatcher(
  expected: JsonObject,
  actual: Json | undefined,
  at: string,
  context: MatchContext,
  found: Mismatch[],
): void {
  for (const [name, wanted] of Object.entries(expected)) {
    const problem = matcherArgumentProblem(name, wanted);
    if (problem !== undefined) throw unusable(name, wanted, problem);
    const holds = Object.hasOwn(MATCHERS, name) ? MATCHERS[name] : undefined;
    if (holds?.(wanted, actual, context) === true) continue;
    const reasons =
      name === '$contract' && actual !== undefined ? (context.contract?.(String(wanted), actual) ?? []) : [];
    found.push(mismatch({ [name]: wanted }, actual, at, reasons.join('; ')));
  }
}

function unusable(name: string, wanted: Json, problem: string): ConfigurationError {
  return new ConfigurationError(`the matcher {${name}: ${brief(wanted)}} cannot be used: ${problem}`, {
    hint: 'check what its template stands for in this case',
  });
}

function mismatch(expected: Json, actual: Json | undefined, at: string, reason: string): Mismatch {
  const place = at === '' ? 'The value' : `\`${at}\``;
  const is = actual === undefined ? 'is missing' : `is ${brief(actual)}`;
  const why = reason === '' ? '' : `: ${reason}`;
  return {
    at,
    expected,
    actual: actual === undefined ? undefined : excerptOf(actual),
    message: `${place} ${is}, expected ${describeExpected(expected)}${why}.`,
  };
}

function describeExpected(expected: Json): string {
  if (!isMatcher(expected))
    return Array.isArray(expected) ? `${brief(expected)} (${expected.length} elements)` : brief(expected);
  const [name, wanted] = Object.entries(expected)[0] ?? ['', null];
  const words: Readonly<Record<string, string>> = {
    $regex: 'a text that matches',
    $any: 'one of',
    $contract: 'what fulfils the contract',
    $gte: 'a number of at least',
    $gt: 'a number greater than',
    $lte: 'a number of at most',
    $lt: 'a number less than',
    $not: 'anything but',
    $length: 'a length of',
    $type: 'a value of type',
    $contains: 'a list that contains',
    $exact: 'exactly',
  };
  if (name === '$absent') return wanted === true ? 'nothing' : 'a value';
  return `${words[name] ?? name} ${brief(wanted)}`;
}

function brief(value: Json): string {
  return quote(value, 80);
}

/** True when two JSON values are equal, however deep; the order of an object's keys does not count. */
export function equalJson(left: Json | undefined, right: Json | undefined): boolean {
  const pairs: [Json | undefined, Json | undefined][] = [[left, right]];
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [one, other] = pair;
    if (one === other) continue;
    const inner = innerPairs(one, other);
    if (inner === undefined) return false;
    for (const pairBelow of inner) pairs.push(pairBelow);
  }
  return true;
}

/** The pairs that have to be equal for two lists or objects to be equal; undefined when they are not even alike. */
function innerPairs(
  one: Json | undefined,
  other: Json | undefined,
): [Json | undefined, Json | undefined][] | undefined {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length ? one.map((item: Json, index) => [item, other[index] as Json]) : undefined;
  }
  if (!isJsonObject(one) || !isJsonObject(other)) return undefined;
  const keys = Object.keys(one);
  const alike = keys.length === Object.keys(other).length && keys.every((key) => Object.hasOwn(other, key));
  return alike ? keys.map((key) => [one[key], other[key]]) : undefined;
}
