import { type Context, createContext, Script } from 'node:vm';
import { shorten } from './excerpt.ts';
import { ConfigurationError } from './harness-error.ts';

/** Longest time that one match may take, in ms. */
const LONGEST_MATCH_MS = 1000;
/** Characters of a text that need no time limit with a harmless pattern. */
const SHORT_TEXT = 1000;
/** Everything that gives a regular expression a choice, also where it is only meant as a letter. */
const CHOICES = /[*+?{|]/g;

let room: Context | undefined;
const search = new Script('pattern.test(text)');
/** Patterns that took too long; the other cases of a matrix need not wait for them again. */
const slow = new Set<string>();

/**
 * True when a text holds a match of a regular expression. Throws ConfigurationError when that takes longer than a second:
 * backtracking can take years, and a match cannot be interrupted but by `node:vm`. Not a linter for patterns instead, because
 * those refuse harmless ones. The time limit costs 0.1 ms, so it is spared where there is at most one choice, which nothing
 * can multiply.
 */
export function matchesPattern(source: string, text: string): boolean {
  const pattern = new RegExp(source, 'u');
  if (text.length <= SHORT_TEXT && (source.match(CHOICES)?.length ?? 0) <= 1) return pattern.test(text);
  if (slow.has(source)) throw tooSlow(source, text);
  room ??= createContext();
  Object.assign(room, { pattern, text });
  try {
    return search.runInContext(room, { timeout: LONGEST_MATCH_MS }) as boolean;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    slow.add(source);
    throw tooSlow(source, text);
  }
}

function tooSlow(source: string, text: string): ConfigurationError {
  return new ConfigurationError(
    `the regular expression /${shorten(source, 120)}/u takes longer than ${LONGEST_MATCH_MS} ms on a text of ${text.length} characters`,
    { hint: 'do not repeat what is itself repeated: /(a+)+/ is /a+/' },
  );
}
