import fc from 'fast-check';

/** So many texts of a pattern are drawn to find one of a certain length. */
const DRAWN = 400;

const drawn = new Map<string, readonly string[]>();

/** `^[^0-9]*$`: says which characters there may be and nothing of their order; drawing from all of Unicode takes a second. */
const CHARACTER_CLASS = /^\^\[(?:\\.|[^\]])*\]\*\$$/;

/** Texts that keep a pattern, drawn once; the same ones every time. None of a pattern that only names characters. */
export function textsOfPattern(pattern: string): readonly string[] {
  if (CHARACTER_CLASS.test(pattern)) return [];
  const known = drawn.get(pattern);
  if (known !== undefined) return known;
  const texts = [...new Set(fc.sample(fc.stringMatching(new RegExp(pattern, 'u')), { numRuns: DRAWN, seed: 1 }))];
  drawn.set(pattern, texts);
  return texts;
}

/** A text of so many characters that keeps the pattern; undefined when none was found. */
export function expandPattern(pattern: string, length: number): string | undefined {
  return textsOfPattern(pattern).find((text) => text.length === length);
}

/** `[Aa][Dd]` of a pattern that lists words in either case. */
const EITHER_CASE_WORD = /^(?:\[[A-Z][a-z]\])+$/;

/** The words of a pattern like `^([Aa][Dd]|[Aa][Ee])$`, in upper case; undefined when the pattern is none of that kind. */
export function wordsOfPattern(pattern: string): readonly string[] | undefined {
  const inner = /^\^\((.*)\)\$$/.exec(pattern)?.[1];
  const words = inner?.split('|') ?? [];
  if (words.length === 0 || !words.every((word) => EITHER_CASE_WORD.test(word))) return undefined;
  return words.map((word) => word.replaceAll(/\[([A-Z])[a-z]\]/g, '$1'));
}
