import { isJsonObject, type Json } from '../domain/json.ts';
import { MATCHER_NAMES, matcherArgumentProblem } from '../domain/matcher.ts';
import type { Findings } from './findings.ts';
import type { Path } from './path.ts';
import { suggestion } from './suggestion.ts';

/** Reports unknown matchers, matchers with unusable arguments, and matchers mixed with plain keys, anywhere in an expected value. */
export function checkMatchers(value: Json | undefined, path: Path, findings: Findings): void {
  if (Array.isArray(value)) {
    for (const [index, item] of (value as readonly Json[]).entries()) checkMatchers(item, [...path, index], findings);
    return;
  }
  if (value === undefined || !isJsonObject(value)) return;
  const keys = Object.keys(value);
  const named = keys.filter((key) => key.startsWith('$') && !key.startsWith('${{'));
  if (named.length > 0 && named.length < keys.length) {
    const hint = 'Put the plain keys and the matcher into different mappings.';
    findings.report(
      'mixed-matcher',
      [...path, named[0] ?? ''],
      'A matcher cannot stand beside plain keys.',
      hint,
      'key',
    );
  }
  for (const [key, item] of Object.entries(value)) {
    if (named.includes(key)) checkMatcher(key, item, [...path, key], findings);
    if (key !== '$exact') checkMatchers(item, [...path, key], findings);
  }
}

function checkMatcher(name: string, wanted: Json, path: Path, findings: Findings): void {
  if (!MATCHER_NAMES.includes(name)) {
    findings.report(
      'unknown-matcher',
      path,
      `There is no matcher \`${name}\`.`,
      suggestion(name, MATCHER_NAMES, 'Use a known matcher.'),
      'key',
    );
    return;
  }
  if (typeof wanted === 'string' && wanted.includes('${{')) return;
  const problem = matcherArgumentProblem(name, wanted);
  if (problem === undefined) return;
  const message = `${problem.charAt(0).toUpperCase()}${problem.slice(1)}.`;
  const hint =
    name === '$regex'
      ? 'Escape special characters with a backslash; single quotes keep backslashes as they are.'
      : 'Mend the value.';
  findings.report(name === '$regex' ? 'bad-regex' : 'bad-matcher', path, message, hint);
}
