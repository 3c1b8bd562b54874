import type { CompiledContracts } from '../contract/contracts.ts';
import type { Judgement, Observation } from '../domain/contract.ts';
import { quote } from '../domain/excerpt.ts';
import { isJsonObject, type Json } from '../domain/json.ts';
import { pointerTokens } from '../domain/json-pointer.ts';
import type { Operation } from '../domain/message.ts';
import type { RequestClause } from './request-clauses.ts';
import { DEFAULT_BODIES } from './request-field.ts';

/** A request body that is to be tried: the default one with some fields altered or left out, or another altogether. */
export interface Probe {
  readonly operation: Operation;
  /** Fields over the default body; undefined leaves one out. */
  readonly over: Readonly<Record<string, Json | undefined>>;
  /** Instead of the default body. */
  readonly whole?: Json;
  /** Single values that this one is put together from; tried one by one when it fails. */
  readonly parts?: readonly Probe[];
}

/** On which side of the contract a probe is. */
export type Side = 'inside' | 'outside' | 'contested';

/** What the contract says of a probe. */
export interface Classified {
  readonly probe: Probe;
  readonly body: Json;
  readonly side: Side;
  /** Keys of the clauses that it breaks. */
  readonly broken: readonly string[];
  /** The contested clauses whose readings disagree on it. */
  readonly open: readonly Observation[];
}

/** Templates stand for values of that length; the contracts judge what will be sent. */
const FRESH = '00000000-0000-4000-8000-000000000000';

/** Asks the contract about probes of one operation. */
export type Classify = (probe: Probe) => Classified;

/** Creates the classification of probes by the request contract of their operation. */
export function createClassify(contracts: CompiledContracts, clauses: readonly RequestClause[]): Classify {
  const keys = new Map(clauses.map((clause) => [`${clause.field} ${clause.id}`, clause.key]));
  return (probe) => {
    const body = bodyOf(probe);
    const judgement = contracts.judge(contracts.operations[probe.operation].request, withoutTemplates(body));
    const broken = [...new Set(judgement.violations.map((violation) => keyOf(keys, violation)))];
    const open = judgement.observations.filter(({ refuted }) => refuted.length > 0);
    const side = broken.length > 0 ? 'outside' : open.length > 0 ? 'contested' : 'inside';
    return { probe, body, side, broken, open: broken.length > 0 ? [] : open };
  };
}

function keyOf(keys: ReadonlyMap<string, string>, { at, clause }: Judgement['violations'][number]): string {
  const field = clause.keyword === 'required' ? null : (pointerTokens(at)[0] ?? null);
  return keys.get(`${field} ${clause.id}`) ?? clause.id;
}

/** The body that a probe sends, its templates not yet filled in. */
export function bodyOf({ operation, over, whole }: Probe): Json {
  if (whole !== undefined) return whole;
  const fields = Object.entries({ ...DEFAULT_BODIES[operation], ...over });
  return Object.fromEntries(fields.filter((field): field is [string, Json] => field[1] !== undefined));
}

function withoutTemplates(value: Json): Json {
  if (typeof value === 'string') return value.replaceAll(/\$\{\{ [\w.]+ \}\}/g, FRESH);
  if (Array.isArray(value)) return value.map(withoutTemplates);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutTemplates(inner)]));
}

/** What a probe is, in words: `createSession with firstName "A1B"`. */
export function describeProbe({ operation, over, whole }: Probe): string {
  if (whole !== undefined) return `${operation} with the body ${describeValue(whole)}`;
  const changes = Object.entries(over).map(([field, value]) =>
    value === undefined ? `without ${field}` : `with ${field} ${describeValue(value)}`,
  );
  return `${operation} ${changes.length === 0 ? 'as usual' : changes.join(' and ')}`;
}

/** Equal for two probes exactly when they send the same. */
export function probeId({ over, whole }: Probe): string {
  return JSON.stringify([Object.entries(over), whole ?? null], (_, value: unknown) =>
    value === undefined ? '(left out)' : value,
  );
}

const LONGEST = 60;

/** A value as a person takes it in at a glance: of a long text its beginning and how long it is. */
export function describeValue(value: Json): string {
  if (typeof value !== 'string' || value.length <= LONGEST) return quote(value, 2 * LONGEST);
  return `${JSON.stringify(`${value.slice(0, 20)}…`)} (${[...value].length} characters)`;
}
