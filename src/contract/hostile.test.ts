import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Judgement } from '../domain/contract.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import { CONTRACT_NAMES } from '../domain/messages.generated.ts';
import { createContracts } from './contracts.ts';
import { SEED_REQUEST, SEED_RESPONSE, WEBHOOK, WEBHOOK_HEADERS } from './messages.test-kit.ts';

const contracts = createContracts();
const MESSAGES = CONTRACT_NAMES.filter((name) => !['vocabulary', 'scenario', 'results'].includes(name));

/** What a provider sends goes into evidence, so what is said of it has to survive JSON, and to stay small. */
function sayable(judgement: Judgement): string {
  const text = JSON.stringify(judgement);
  expect(text.length).toBeLessThan(500_000);
  return text;
}

const nested = (open: string, close: string, depth: number): Json =>
  JSON.parse(open.repeat(depth) + close.repeat(depth)) as Json;
const DEEP: readonly [string, Json][] = [
  ['10,000 lists', nested('[', ']', 10_000)],
  ['500,000 lists', nested('[', ']', 500_000)],
  ['10,000 objects', JSON.parse(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`) as Json],
];

describe.each(DEEP)('%s deep', (_, deep) => {
  test('as a whole message', () => {
    for (const name of MESSAGES) sayable(contracts.judge(name, deep, { request: deep }));
  });

  test('in the place of every field of a webhook', () => {
    for (const field of Object.keys(WEBHOOK)) {
      const judgement = contracts.judge('webhook-delivery', {
        headers: WEBHOOK_HEADERS,
        body: { ...WEBHOOK, [field]: deep },
      });
      expect(sayable(judgement)).toContain(`"/body/${field}`);
    }
  });

  test('in the place of every field of a response, and of its request', () => {
    for (const field of Object.keys(SEED_RESPONSE)) {
      sayable(contracts.judge('token-response', { ...SEED_RESPONSE, [field]: deep }, { request: SEED_REQUEST }));
      sayable(contracts.judge('token-response', SEED_RESPONSE, { request: { ...SEED_REQUEST, [field]: deep } }));
      sayable(
        contracts.judge(
          'token-response',
          { ...SEED_RESPONSE, [field]: deep },
          { request: { ...SEED_REQUEST, [field]: deep } },
        ),
      );
    }
  });
});

describe('large', () => {
  const status = (changes: JsonObject): JsonObject => ({
    ...WEBHOOK,
    status: { ...(WEBHOOK.status as JsonObject), ...changes },
  });

  test.each<[string, Json]>([
    [
      'wrong tags',
      status({
        fraudTags: Array.from({ length: 100_000 }, () => 1),
        mismatchTags: Array.from({ length: 100_000 }, () => 'x'),
      }),
    ],
    [
      'wrong URLs',
      { ...WEBHOOK, fileUrls: Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`k${at}`, 'no url'])) },
    ],
    ['a text of 10 MB', { ...WEBHOOK, platform: 'a'.repeat(10_000_000) }],
    ['a list of 1,000,000', { ...WEBHOOK, clientId: Array.from({ length: 1_000_000 }, (_, at) => at) }],
  ])('%s: reported, and in few words', (_, message) => {
    const judgement = contracts.judge('verification-webhook', message);
    expect(judgement.violations).not.toEqual([]);
    sayable(judgement);
  });

  test('what is left out is counted', () => {
    const { violations } = contracts.judge(
      'verification-webhook',
      status({ fraudTags: Array.from({ length: 1000 }, () => 'x') }),
    );
    expect(violations.at(-1)?.message).toMatch(/and 9\d\d more like this/);
    expect(violations.every(({ clause }) => clause.id === 'vocabulary#/$defs/fraudTag/enum')).toBe(true);
  });

  test('a long text is quoted from its beginning', () => {
    const [violation] = contracts.judge('verification-webhook', {
      ...WEBHOOK,
      platform: `PC${'a'.repeat(1000)}`,
    }).violations;
    expect(violation?.message.length).toBeLessThan(500);
    expect(violation?.message).toContain('"PCaaa');
  });
});

describe('keys of the prototype', () => {
  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])('%s in every message', (key) => {
    const odd = JSON.parse(`{"${key}": {"firstName": 1}}`) as JsonObject;
    for (const name of MESSAGES) {
      const given = contracts.judge(name, odd, { request: odd }).violations.map(({ at }) => at);
      const bare = contracts.judge(name, {}, { request: {} }).violations.map(({ at }) => at);
      expect(given).toEqual(bare);
    }
  });

  test('an inherited field is not there', () => {
    const odd = JSON.parse('{"__proto__": {"scanRef": "x"}}') as JsonObject;
    expect(contracts.judge('status-request', odd).violations.map(({ at }) => at)).toEqual(['/scanRef']);
    expect(contracts.fieldValues('createSession', 'constructor')).toBeUndefined();
    expect(contracts.fieldValues('createSession', '__proto__')).toBeUndefined();
  });
});

test('a pattern does not take long on a text made to be slow', () => {
  for (const evil of [
    'a'.repeat(200_000),
    '!'.repeat(200_000),
    `https://${'a.'.repeat(50_000)}!`,
    '-'.repeat(200_000),
    `${'%41'.repeat(50_000)}%`,
  ]) {
    const fields = Object.fromEntries(Object.keys(SEED_REQUEST).map((field) => [field, evil]));
    expect(
      contracts.judge('token-request', { ...fields, callbackUrl: evil, unverifiedUrl: evil }).violations,
    ).not.toEqual([]);
  }
});

test('judge never throws and never changes the message', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...MESSAGES),
      fc.jsonValue({ maxDepth: 6 }),
      fc.jsonValue(),
      (name, message, request) => {
        const before = JSON.stringify(message);
        const judgement = contracts.judge(name, message, { request: request as Json });
        expect(JSON.stringify(message)).toBe(before);
        for (const { message: sentence, at } of judgement.violations) {
          expect(sentence).toMatch(/: must /);
          expect(at === '' || at.startsWith('/')).toBe(true);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('any one field of a webhook, replaced by anything, never makes judge throw', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(WEBHOOK)), fc.jsonValue(), (field, value) => {
      contracts.judge('webhook-delivery', { headers: WEBHOOK_HEADERS, body: { ...WEBHOOK, [field]: value as Json } });
    }),
    { numRuns: 300 },
  );
});
