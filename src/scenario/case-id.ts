import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { shorten } from '../domain/excerpt.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import { isAbsent } from '../domain/template.ts';

const LONGEST_SLUG = 48;
const LONGEST_VALUE = 32;

/** `<file stem>/<scenario slug>`. */
export function scenarioId(file: string, name: string): string {
  return `${slugOf(basename(file).replace(/(\.scenario)?\.ya?ml$/u, ''))}/${slugOf(name)}`;
}

/** Lower-case words joined by hyphens; a name that loses characters other than punctuation, or is long, gets a hash. */
export function slugOf(name: string): string {
  const words = name.normalize('NFKD').toLowerCase().replaceAll(/\p{M}/gu, '').replaceAll(/['’]/gu, '');
  const slug = words.replaceAll(/[^a-z0-9]+/gu, '-').replaceAll(/^-|-$/gu, '');
  const lossy = /[^\p{ASCII}]/u.test(words.replaceAll(/[\p{P}\p{Zs}]/gu, ''));
  if (slug.length <= LONGEST_SLUG && slug !== '' && !lossy) return slug;
  const cut = slug.length <= LONGEST_SLUG ? slug : slug.slice(0, LONGEST_SLUG).replace(/-[^-]*$/u, '');
  return `${cut === '' ? '' : `${cut}-`}${hashOf(name)}`;
}

/** The last part of a case id: its values in axis order; with names when the case lacks some axis. */
export function valuesId(values: JsonObject, names: readonly string[]): string {
  const entries = names.flatMap((name): [string, Json][] => (name in values ? [[name, values[name] ?? null]] : []));
  const named = entries.length < names.length;
  return entries.map(([name, value]) => (named ? `${name}=${valueId(value)}` : valueId(value))).join(',');
}

function valueId(value: Json): string {
  if (value === '') return 'empty';
  if (isAbsent(value)) return 'absent';
  if (typeof value !== 'string') {
    const text = JSON.stringify(value);
    return typeof value === 'object' && value !== null ? withHash(text, value) : text;
  }
  const faithful = /^[\w.-]+$/u.test(value) && value.length <= LONGEST_VALUE;
  const mistakable = /^(true|false|null|empty|absent|-?\d.*)$/u.test(value);
  return faithful && !mistakable ? value : withHash(value, value);
}

function withHash(text: string, value: Json): string {
  const words = text
    .replaceAll(/[^\w.-]+/gu, '-')
    .replaceAll(/^-|-$/gu, '')
    .slice(0, 16);
  return `${words}~${hashOf(JSON.stringify(value))}`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/** What a person reads in a list of tests: the values, named where the value alone does not tell. */
export function caseTitle(values: JsonObject, names: readonly string[], scenarioName: string): string {
  const parts = names.flatMap((name) => {
    const value = values[name];
    if (value === undefined) return [];
    const telling = typeof value === 'string' && /^[A-Z][A-Z_]{2,}$/u.test(value);
    return [telling ? value : `${name}=${isAbsent(value) ? 'absent' : shorten(JSON.stringify(value), 40)}`];
  });
  return parts.length === 0 ? scenarioName : parts.join(' · ');
}
