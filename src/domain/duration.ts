const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** What a duration looks like, for messages. */
export const DURATION_FORM = 'a number with a unit, such as `500ms`, `5s` or `1m`, at most `596h`';

/** A timer of Node.js takes no more ms; a longer one would end at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** Reads `500ms`, `1.5s`, `1m` or `2h` as whole milliseconds; undefined when `text` is no duration. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h)$/.exec(text);
  if (match === null) return undefined;
  const ms = Math.round(Number(match[1]) * (UNIT_MS[match[2] ?? ''] ?? Number.NaN));
  return ms <= LONGEST_MS ? ms : undefined;
}
