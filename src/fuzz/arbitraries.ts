import fc from 'fast-check';
import type { CompiledContracts } from '../contract/contracts.ts';
import type { Json } from '../domain/json.ts';
import type { Operation } from '../domain/message.ts';
import { probeCatalogue } from './catalogue.ts';
import type { Classified, Probe } from './probe.ts';
import { type RequestField, requestField } from './request-field.ts';
import { ASCII, WORDS } from './values/characters.ts';

/** Most fields that a body alters: enough for any two of them to meet, few enough to be read. */
const MOST_FIELDS = 6;

/** Letters of many scripts and all that ASCII has. */
const CHARACTERS: readonly string[] = [...new Set(['a', ...WORDS.flatMap((word) => [...word]), ...ASCII])];

/** Bodies that the contract allows: the default one with some fields altered, by values at the edges and between. */
export function validProbes(contracts: CompiledContracts, operation: Operation): fc.Arbitrary<Classified> {
  const { classify } = probeCatalogue(contracts, operation);
  return changes(contracts, operation)
    .map((over) => classify({ operation, over }))
    .filter(({ side }) => side === 'inside');
}

/** Bodies that break one clause, whatever else they say. */
export function brokenProbes(contracts: CompiledContracts, operation: Operation): fc.Arbitrary<Classified> {
  const { classify, all } = probeCatalogue(contracts, operation);
  const breakers = all().filter(
    ({ side, broken, probe }) => side === 'outside' && broken.length === 1 && probe.whole === undefined,
  );
  // A breaker is plain already, and another would break another clause.
  const breaker = fc.constantFrom(...breakers);
  return fc
    .tuple(fc.boolean(), changes(contracts, operation), fc.noShrink(breaker))
    .map(([more, over, { probe, broken }]) => ({
      due: broken,
      // Without the other changes first: one call shows whether they matter.
      classified: classify({ operation, over: more ? { ...over, ...probe.over } : probe.over }),
    }))
    .filter(({ due, classified: { side, broken } }) => side === 'outside' && broken.join() === due.join())
    .map(({ classified }) => classified);
}

/** Values of some fields, by their names. */
function changes(contracts: CompiledContracts, operation: Operation): fc.Arbitrary<Probe['over']> {
  const fields = contracts
    .fieldNames(operation)
    .filter((field) => !requestField(contracts, operation, field).isReference)
    // Where webhooks go is what the harness decides on.
    .filter((field) => field !== 'callbackUrl')
    .map((field) => fc.tuple(fc.constant(field), validValues(contracts, operation, field)));
  if (fields.length === 0) return fc.constant({});
  return fc
    .uniqueArray(fc.oneof(...fields), { selector: ([field]) => field, maxLength: MOST_FIELDS })
    .map((entries) => Object.fromEntries(entries));
}

/** Values that the contract allows in a field, its edges more often than what lies between. */
export function validValues(contracts: CompiledContracts, operation: Operation, field: string): fc.Arbitrary<Json> {
  const { all, classify } = probeCatalogue(contracts, operation);
  const edges = all()
    .filter(({ side, probe }) => side === 'inside' && Object.keys(probe.over).join() === field)
    .flatMap(({ probe }) => probe.over[field] ?? [])
    // What is drawn shrinks towards the first.
    .sort((a, b) => JSON.stringify(a).length - JSON.stringify(b).length);
  const between = valuesBetween(requestField(contracts, operation, field)).filter(
    (value) => classify({ operation, over: { [field]: value } }).side === 'inside',
  );
  return edges.length === 0 ? between : fc.oneof(fc.constantFrom(...edges), between);
}

function valuesBetween(field: RequestField): fc.Arbitrary<Json> {
  const { types, words, format, fresh } = field;
  if (words.length > 0) {
    const word = fc.constantFrom(...words);
    return field.isList ? fc.uniqueArray(word, { minLength: 1, maxLength: 5 }) : word;
  }
  if (types.has('boolean')) return fc.boolean();
  if (types.has('integer')) return fc.integer({ min: field.minimum, max: field.maximum });
  if (format === 'date') return dates();
  if (format === 'uri') return urls();
  const text = texts({ ...field, maxLength: Math.min(field.maxLength, MOST_CHARACTERS) });
  return fresh === null ? text : text.map((tail) => `${fresh}${tail}`);
}

/** Providers count characters in different ways; texts as short as that are short in all of them. */
const MOST_CHARACTERS = 20;

/** Texts of letters of any script, which shrink towards `a`. */
export function texts({ minLength, maxLength }: Pick<RequestField, 'minLength' | 'maxLength'>): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...CHARACTERS), minLength, maxLength });
}

/** What a path and a query are made of; fast-check's own webPath takes a second to begin with. */
const URL_PIECES = [
  'a',
  '/',
  'Z',
  '0',
  '-',
  '.',
  '_',
  '~',
  '%20',
  '?',
  '=',
  '&',
  "'",
  '(',
  ')',
  '*',
  ',',
  ';',
  ':',
  '@',
  '+',
];

function urls(): fc.Arbitrary<string> {
  return fc
    .string({ unit: fc.constantFrom(...URL_PIECES), maxLength: MOST_CHARACTERS })
    .map((path) => `https://a.example/x${path}`);
}

function dates(): fc.Arbitrary<string> {
  const range = { min: new Date('1901-01-01T00:00:00Z'), max: new Date('2098-12-31T00:00:00Z'), noInvalidDate: true };
  return fc.date(range).map((date) => date.toISOString().slice(0, 10));
}
