import type { CompiledContracts } from '../contract/contracts.ts';
import { isJsonObject, type Json } from '../domain/json.ts';
import type { RequestClause } from './request-clauses.ts';
import { type RequestField, requestField } from './request-field.ts';
import { ASCII, WORDS } from './values/characters.ts';
import { valuesOfEveryType } from './values/other-types.ts';
import { textsOfPattern } from './values/patterns.ts';
import * as texts from './values/texts.ts';

/**
 * The values that show whether a clause of a field is kept: those at its edges, just beyond them, and whatever a clause of that
 * kind is usually broken by, the plainest first. Which of them the contract allows is for the contract to say.
 */
export function candidatesOf(contracts: CompiledContracts, clause: RequestClause): readonly Json[] {
  if (clause.field === null) return [];
  const field = requestField(contracts, clause.operation, clause.field);
  const values = VALUES[clause.keyword]?.(field, clause, contracts) ?? [];
  return [
    ...usualOf(field),
    ...(clause.ofItems ? [...values.map((value) => [value]), [field.words[0] ?? '', 'NO_SUCH']] : values),
  ];
}

type Values = (field: RequestField, clause: RequestClause, contracts: CompiledContracts) => readonly Json[];

const VALUES: Readonly<Record<string, Values>> = {
  type: (field, clause) => [
    ...valuesOfEveryType(usualOf(field)[0] ?? 'text'),
    ...(speaksOfCharacters(field, clause) ? charactersFor(field) : []),
  ],
  anyOf: (field, _, contracts) => [
    ...(field.isReference ? [] : wordsFor(field, contracts)),
    ...valuesOfEveryType(usualOf(field)[0] ?? 'text'),
  ],
  enum: (field, { ofItems }, contracts) => [
    ...wordsFor(field, contracts),
    ...(ofItems || field.maxLength === Number.POSITIVE_INFINITY ? [] : texts.longWords(field.maxLength)),
  ],
  minLength: (field, { value }) => around(Number(value)).map((length) => texts.textOfLength(length, field)),
  maxLength: (field, { value }) =>
    [...around(Number(value)), Number(value) * 10].map((length) => texts.textOfLength(length, field)),
  minimum: (_, { value }) => [...around(Number(value)), -1, Number(value) - 1000, -(2 ** 31)],
  maximum: (_, { value }) => [...around(Number(value)), Number(value) * 10, 2 ** 31, 2 ** 53],
  pattern: (field) => [...wordsForPattern(field), ...charactersFor(field)],
  format: ({ format }) =>
    format === 'date' ? [...texts.DATES, ...texts.NO_DATES] : [...texts.URLS, ...texts.HTTP_URLS, ...texts.NO_URLS],
  'x-contested': contestedFor,
};

/** The values at a limit, one below and one above, the nearest to the usual first. */
function around(limit: number): readonly number[] {
  return [limit, limit - 1, limit + 1].filter((one) => one >= 0 || limit <= 0);
}

function usualOf(field: RequestField): readonly Json[] {
  const { usual, types, words, format } = field;
  if (usual !== undefined) return [usual];
  if (types.has('boolean')) return [true, false];
  if (words.length > 0) return field.isList ? [[words[0] ?? '']] : [words[0] ?? ''];
  if (types.has('integer')) return [600];
  return format === 'date' ? ['1990-12-20'] : format === 'uri' ? ['https://a.example'] : ['text'];
}

/** One clause of a text field has to speak of characters: its pattern, or else its type. */
function speaksOfCharacters(field: RequestField, { ofItems }: RequestClause): boolean {
  const isFree = field.pattern === null && field.format === null && field.words.length === 0;
  return !ofItems && isFree && field.types.has('string') && !field.isReference;
}

/** Every value of an enum, each nearly written, and the words of all other enums of the vocabulary. */
function wordsFor({ words, anyCase }: RequestField, contracts: CompiledContracts): readonly Json[] {
  const own = words.filter((word): word is string => typeof word === 'string');
  if (anyCase) return [...own, ...own.map((word) => word.toLowerCase()), ...own.flatMap(neighbours), 'USA', 'u', ''];
  const foreign = vocabularyWords(contracts).filter((word) => !own.includes(word));
  return [...own, ...own.flatMap(texts.nearMisses), '', ...foreign];
}

/** Codes of two letters that differ from a code by one. */
function neighbours(code: string): readonly string[] {
  const next = (letter: string): string => (letter === 'Z' ? 'A' : String.fromCharCode(letter.charCodeAt(0) + 1));
  return [next(code[0] ?? 'A') + code[1], code[0] + next(code[1] ?? 'A')];
}

/** Every word of the vocabulary but country codes, which are too many and too short to be mistaken for another word. */
function vocabularyWords(contracts: CompiledContracts): readonly string[] {
  const definitions = Object.values(contracts.schema('vocabulary').$defs ?? {}) as readonly Json[];
  const words = definitions.flatMap((one) =>
    isJsonObject(one) && Array.isArray(one.enum) ? (one.enum as string[]) : [],
  );
  return [...new Set(words)].filter((word) => word.length > 2);
}

function wordsForPattern({ pattern, format, words }: RequestField): readonly string[] {
  if (format !== null) return [...texts.URLS, ...texts.HTTP_URLS, ...texts.OTHER_URLS, ...texts.NO_URLS];
  if (pattern === null) return [];
  return [...words.filter((word): word is string => typeof word === 'string'), ...textsOfPattern(pattern).slice(0, 40)];
}

/** Texts of one unusual character among usual ones; and of many scripts. */
function charactersFor({ fresh, format }: RequestField): readonly string[] {
  if (format !== null) return [];
  const within = (character: string): string => `${fresh ?? 'A'}${character}B`;
  return [...ASCII.map(within), ...WORDS.map((word) => (fresh ?? '') + word)];
}

/** Where the sources disagree: what one of them would refuse. */
function contestedFor(field: RequestField, { value, schema }: RequestClause): readonly Json[] {
  const { types, words, format, isReference, usual } = field;
  if (isReference) return [[usual ?? '']];
  if (format === 'uri') return texts.OTHER_URLS;
  if (field.isList) return [[], [words[0] ?? '', words[0] ?? '']];
  if (types.has('integer')) return limitsIn([value, schema]).flatMap(around);
  if (types.has('array')) return [[words[0] ?? ''], [...words.slice(0, 2)], []];
  return [...words, '', ...(field.pattern === null ? [] : textsOfPattern(field.pattern).slice(0, 20))];
}

/** Every limit that the readings of a contested clause, or the clauses beside it, set to a number. */
function limitsIn(schemas: readonly Json[]): readonly number[] {
  const limits = new Set<number>();
  JSON.stringify(schemas, (key, value: unknown) => {
    if ((key === 'minimum' || key === 'maximum') && typeof value === 'number') limits.add(value);
    return value;
  });
  return [...limits];
}
