import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../domain/json.ts';
import { createContracts } from './contracts.ts';
import { SEED_REQUEST, SEED_RESPONSE } from './messages.test-kit.ts';

const contracts = createContracts();

/** What the echo clauses find, field by field, when the seed's response answers the seed's request, both changed. */
function found(request: JsonObject, response: JsonObject): readonly string[] {
  const [asked, answered] = [without({ ...SEED_REQUEST, ...request }), without({ ...SEED_RESPONSE, ...response })];
  return contracts
    .judge('token-response', answered, { request: asked })
    .violations.map(({ at, clause }) => `${at} ${clause.keyword}`);
}

/** A field that holds `{}` is left out. */
function without(message: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(message).filter(([, value]) => JSON.stringify(value) !== '{}'));
}

const ABSENT = {};

test("the page's request and response agree", () => {
  expect(found({}, {})).toEqual([]);
  expect(contracts.judge('token-response', SEED_RESPONSE, { request: SEED_REQUEST }).violations).toEqual([]);
});

test("the documents of the page's response are its own slip: they are no echo of its request", () => {
  expect(found({}, { documents: ['PASSPORT', 'OTHER'] })).toEqual(['/documents x-echo']);
});

const ALTERED: Readonly<Record<string, Json>> = {
  clientId: '100001',
  firstName: 'John Tom',
  lastName: 'Smith',
  successUrl: 'https://www.my-company.com/idenfy/success/',
  errorUrl: null,
  locale: 'lt',
  showInstructions: false,
  expiryTime: 601,
  sessionLength: 601,
  country: 'lv',
  documents: ['ID_CARD', 'PASSPORT'],
  dateOfBirth: '1990-12-21',
  dateOfExpiry: null,
  dateOfIssue: '1990-12-21',
  nationality: 'LV',
  personalNumber: '1234567890',
  documentNumber: null,
  sex: 'F',
  address: 'address',
  tokenType: 'DOCUMENT',
  externalRef: null,
};

test.each(Object.entries(ALTERED))('%s is not %j', (field, value) => {
  expect(found({}, { [field]: value })).toEqual([`/${field} x-echo`]);
});

test('every field of the request that the response has is echoed', () => {
  const echoed = contracts.clauses('token-response').filter(({ keyword }) => keyword === 'x-echo');
  const fields = echoed.map(({ pointer }) => pointer.split('/')[2]);
  const silent = ['dummyStatus', 'generateDigitString'];
  expect(fields.toSorted()).toEqual(
    contracts
      .fieldNames('createSession')
      .filter((one) => !silent.includes(one))
      .toSorted(),
  );
});

describe('names', () => {
  test.each([
    ['Ąžuolas', 'ĄŽUOLAS'],
    ['Γιώργος', 'ΓΙΏΡΓΟΣ'],
    ['Юлия', 'ЮЛИЯ'],
    ['Strauß', 'STRAUSS'],
    ['李', '李'],
    ["o'neil", "O'NEIL"],
  ])('%s comes back as %s', (name, upper) => {
    expect(found({ firstName: name, lastName: name }, { firstName: upper, lastName: upper })).toEqual([]);
    const same = name === upper ? [] : ['/firstName x-echo', '/lastName x-echo'];
    expect(found({ firstName: name, lastName: name }, { firstName: name, lastName: name })).toEqual(same);
  });
});

test.each(['country', 'nationality'])('%s comes back in either case', (field) => {
  expect(found({ [field]: 'lt' }, { [field]: 'LT' })).toEqual([]);
  expect(found({ [field]: 'LT' }, { [field]: 'lt' })).toEqual([]);
  expect(found({ [field]: 'LT' }, { [field]: null })).toEqual([`/${field} x-echo`]);
});

describe('a field that the request left out', () => {
  test.each<[string, readonly Json[], readonly Json[]]>([
    ['firstName', [null], ['', 'JOHN TOM']],
    ['successUrl', [null], ['', 'https://www.my-company.com/idenfy/success']],
    ['unverifiedUrl', [null, ABSENT], ['https://example.com']],
    ['callbackUrl', [null, ABSENT], ['https://example.com']],
    ['locale', ['en'], ['lt', null]],
    ['showInstructions', [true], [false]],
    ['expiryTime', [3600, 86_400], [600, 0]],
    ['sessionLength', [600, 300, 1800], [601, 60]],
    ['country', [null], ['LT']],
    ['documents', [null, [], ['PASSPORT'], ['OTHER', 'ID_CARD']], []],
    ['tokenType', ['IDENTIFICATION'], ['DOCUMENT']],
    ['sex', [null], ['M']],
    ['reviewSuccessful', [null, true, false, ABSENT], []],
  ])('%s has its default', (field, good, bad) => {
    for (const value of good) expect(found({ [field]: ABSENT }, { [field]: value })).toEqual([]);
    for (const value of bad) expect(found({ [field]: ABSENT }, { [field]: value })).toEqual([`/${field} x-echo`]);
  });

  test('null counts as left out, and may also be repeated as it is', () => {
    expect(found({ locale: null, address: null }, { locale: 'en', address: null })).toEqual([]);
    expect(found({ locale: null }, { locale: null })).toEqual([]);
    expect(found({ locale: null }, { locale: 'lt' })).toEqual(['/locale x-echo']);
  });
});

test('a field that was sent has to come back, required or not', () => {
  const unverifiedUrl = 'https://example.com/u';
  expect(found({ unverifiedUrl }, {})).toEqual(['/unverifiedUrl x-echo']);
  expect(found({ unverifiedUrl }, { unverifiedUrl })).toEqual([]);
  expect(found({}, { address: ABSENT })).toEqual(['/address required', '/address x-echo']);
});

test('generateDigitString sets digitString, which may be set without it', () => {
  expect(found({ generateDigitString: true }, { digitString: null })).toEqual(['/digitString x-set-when']);
  expect(found({ generateDigitString: true }, { digitString: '12345678' })).toEqual([]);
  expect(found({ generateDigitString: false }, { digitString: null })).toEqual([]);
});

test('the sentence names the field, what is due and what is there', () => {
  const [violation] = contracts.judge(
    'token-response',
    { ...SEED_RESPONSE, firstName: 'John Tom' },
    { request: SEED_REQUEST },
  ).violations;
  expect(violation?.message).toBe('firstName: must be "JOHN TOM", as the request says; got "John Tom"');
  expect(violation?.clause.id).toBe('token-response#/properties/firstName/x-echo');
});

test('a status answer speaks of the session that was asked for', () => {
  const answer = { scanRef: 'a' };
  const ats = contracts
    .judge('status-response', answer, { request: { scanRef: 'b' } })
    .violations.map(({ at, clause }) => `${at} ${clause.keyword}`);
  expect(ats).toContain('/scanRef x-echo');
});

test('requests and responses that are no objects have nothing to echo', () => {
  for (const value of [null, [], 'x', 1] as const) {
    expect(contracts.judge('token-response', SEED_RESPONSE, { request: value }).violations).toEqual([]);
  }
});
