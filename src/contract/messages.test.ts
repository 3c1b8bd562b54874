import { describe, expect, test } from 'vitest';
import type { ContractName } from '../domain/contract.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import {
  AGE_ESTIMATE,
  DOCUMENT_TYPE,
  DUMMY_STATUS,
  ERROR_IDENTIFIER,
  EVENT_TYPE,
  FRAUD_TAG,
  MANUAL_DOCUMENT_VALIDITY,
  MANUAL_FACE_MATCH_RESULT,
  MISMATCH_TAG,
  OVERALL_STATUS,
  PLATFORM,
  PROXY_RISK_LEVEL,
  STATUS_RESULT,
  TOKEN_TYPE,
} from '../domain/vocabulary.generated.ts';
import { createContracts } from './contracts.ts';
import {
  SEED_ERROR,
  SEED_MANUAL_STATUS,
  SEED_REQUEST,
  SEED_RESPONSE,
  STATUS_RESPONSE,
  WEBHOOK,
  WEBHOOK_HEADERS,
} from './messages.test-kit.ts';

const contracts = createContracts();
const text = (length: number): string => 'a'.repeat(length);
const url = (length: number): string => `https://example.com/${text(length - 20)}`;

/** One field, values that its contract takes, values that it refuses. */
type Row = readonly [at: string, good: readonly Json[], bad: readonly Json[]];

const NULLABLE_URL = (at: string): Row => [at, [null, 'a://b', url(2048)], ['', 'a://', url(2049), 'no url', 1]];
const NAME = (at: string): Row => [
  at,
  [null, 'A', text(100), "O'Neil-Šmith Jr.", '李'],
  ['', text(101), 'J0hn', ...[...'~!@#$%^*()_+={}[]\\|:;",<>/?'].map((mark) => `a${mark}`), 7],
];
const DATE = (at: string): Row => [
  at,
  [null, '2024-02-29', '1900-12-31'],
  ['2023-02-29', '2024-13-01', '2024-1-1', '20240101', '2024-01-01T00:00:00Z', '', 20240101],
];
const COUNTRY = (at: string): Row => [at, [null, 'lt', 'LT', 'Lt'], ['LTU', 'XX', '', 'l', 'uk', 1]];
const NULLABLE_TEXT = (at: string, min: number, max: number): Row => [
  at,
  [null, text(min), text(max), '𝒳'.repeat(max)],
  [...(min > 0 ? [text(min - 1)] : []), text(max + 1), 1, {}],
];
const BOOLEAN = (at: string): Row => [at, [true, false], ['true', 1, null]];

/** The constraints of a token request, from the facts table. */
const TOKEN_REQUEST: readonly Row[] = [
  ['dummyStatus', DUMMY_STATUS, ['approved', 'REVIEWING', '', null, 1, text(31)]],
  ['clientId', ['a', text(100), '\t~ 0'], ['', text(101), 'ä', '\u0080', null, 1]],
  NAME('firstName'),
  NAME('lastName'),
  NULLABLE_URL('successUrl'),
  NULLABLE_URL('errorUrl'),
  NULLABLE_URL('unverifiedUrl'),
  [
    'callbackUrl',
    [null, 'https://example.com/hook', 'http://127.0.0.1:80/x', 'http://localhost', 'http://[::1]:1/'],
    ['http://example.com', 'http://localhost.example.com', 'http://127.0.0.1.example.com', 'ftp://example.com', 'x', 1],
  ],
  ['locale', [null, 'en', 'lt', 'cs', 'pt-BR'], ['', 'e', 'english', 'en-GB-oed', 1]],
  BOOLEAN('showInstructions'),
  ['expiryTime', [0, 1, 2_592_000], [-1, 2_592_001, 1.5, '600', null]],
  ['sessionLength', [60, 61, 3599, 3600], [59, 3601, 600.5, '600', null]],
  COUNTRY('country'),
  ['country', [['lt', 'LV']], [['lt', 'XX'], [1]]],
  COUNTRY('nationality'),
  ['documents', [null, [], ...DOCUMENT_TYPE.map((one) => [one])], [['passport'], ['SMART_ID'], [null], 'PASSPORT', {}]],
  DATE('dateOfBirth'),
  DATE('dateOfExpiry'),
  DATE('dateOfIssue'),
  NULLABLE_TEXT('personalNumber', 1, 50),
  NULLABLE_TEXT('documentNumber', 1, 50),
  ['sex', [null, 'M', 'F'], ['m', 'MALE', '', 1]],
  BOOLEAN('generateDigitString'),
  NULLABLE_TEXT('address', 0, 255),
  [
    'tokenType',
    [...TOKEN_TYPE, 'VIDEO_CALL', 'VIDEO_CALL_PHOTOS', 'VIDEO_CALL_IDENTIFICATION'],
    ['identification', ''],
  ],
  NULLABLE_TEXT('externalRef', 0, 40),
  BOOLEAN('reviewSuccessful'),
  BOOLEAN('reviewFailed'),
];

const RESULT = (at: string, step: 'face' | 'document'): Row => [
  at,
  [
    null,
    '',
    ...(step === 'face' ? MANUAL_FACE_MATCH_RESULT : MANUAL_DOCUMENT_VALIDITY),
    ...(step === 'face' ? ['FACE_GLARED'] : ['DOC_GLARED', 'COUNTRY_NOT_SUPPORTED', 'NFC_TIMEOUT']),
  ],
  ['NONSENSE', step === 'face' ? 'DOC_VALIDATED' : 'FACE_MATCH', 1, []],
];
const TAGS = (at: string, tags: readonly string[]): Row => [
  at,
  [[], [...tags]],
  [['NONSENSE'], [null], null, tags[0] ?? '', {}],
];
const ECHO = (at: string, type: 'string' | 'integer' | 'boolean'): Row => [at, [], type === 'string' ? [1] : ['x']];

const TOKEN_RESPONSE: readonly Row[] = [
  ['message', ['x', text(100)], ['', text(101), null]],
  ['authToken', ['x', text(40)], ['', text(41), null]],
  ['scanRef', ['ec6a7108', text(40)], ['', text(41), null]],
  ['clientId', ['x', text(100)], ['', text(101), null]],
  ...['firstName', 'lastName', 'successUrl', 'errorUrl', 'unverifiedUrl', 'callbackUrl', 'locale'].map((at) =>
    ECHO(at, 'string'),
  ),
  ...['dateOfBirth', 'dateOfExpiry', 'dateOfIssue', 'personalNumber', 'documentNumber', 'address'].map((at) =>
    ECHO(at, 'string'),
  ),
  ...['nationality', 'tokenType', 'externalRef', 'personScanRef', 'country'].map((at) => ECHO(at, 'string')),
  ...['expiryTime', 'sessionLength'].map((at) => ECHO(at, 'integer')),
  ...['showInstructions', 'reviewSuccessful', 'reviewFailed'].map((at) => ECHO(at, 'boolean')),
  ['documents', [null, ['PASSPORT']], ['PASSPORT', [1], ['NOWHERE']]],
  ['sex', [null, 'M'], ['MALE', 1]],
  ['digitString', [null, '1234567', '12345678'], ['123456', '123456789', '1234567a', 1234567]],
  ['redirectUrl', [null, 'https://ui.example.com/x'], ['no url', 1]],
];

const ADD_MANUAL_STATUS: readonly Row[] = [
  ['scanRef', ['x', ['x']], ['', [], [1], null, 1]],
  ['manualFaceMatchResult', MANUAL_FACE_MATCH_RESULT, ['FACE_GLARED', 'face_match', text(31), null, '']],
  ['manualDocumentValidity', MANUAL_DOCUMENT_VALIDITY, ['DOC_GLARED', 'FACE_MATCH', text(31), null, '']],
];

const ERROR: readonly Row[] = [
  ['identifier', ERROR_IDENTIFIER, ['NONSENSE', 'permissions_error', null, 1]],
  ['message', ['x'], ['', null, {}]],
  ['documentation', ['', 'https://example.com'], [null, 1]],
  ['severity', ['NOT_SEVERE'], [null, 1]],
];

const DATA_TEXTS: Readonly<Record<string, number>> = {
  docFirstName: 100,
  docLastName: 100,
  docNumber: 100,
  docPersonalCode: 30,
  docNationality: 2,
  docIssuingCountry: 2,
  selectedCountry: 2,
  birthPlace: 60,
  authority: 60,
  address: 100,
  docTemporaryAddress: 100,
  mothersMaidenName: 80,
  docBirthName: 100,
  docPatronymic: 100,
  driverLicenseCategory: 30,
  fullName: 201,
  orgFirstName: 255,
  orgLastName: 255,
  orgNationality: 255,
  orgBirthPlace: 500,
  orgAuthority: 500,
  orgAddress: 500,
  orgTemporaryAddress: 500,
  orgMothersMaidenName: 500,
  orgBirthName: 500,
  orgPatronymic: 500,
};

const WEBHOOK_ROWS: readonly Row[] = [
  BOOLEAN('final'),
  ['platform', PLATFORM, ['pc', '', null]],
  ['scanRef', ['x', text(36)], ['', text(37), null]],
  ['clientId', ['x', text(100)], ['', text(101), null]],
  NULLABLE_TEXT('companyId', 0, 36),
  NULLABLE_TEXT('beneficiaryId', 0, 36),
  ['startTime', [1_483_228_800, 1_700_000_000], [-1, 0, 1_483_228_799, 1.5, 1_700_000_000_000, '1700000000', null]],
  ['finishTime', [1_700_000_000], [-1, 1.5, 1_700_000_000_000, '1700000001', null, 1_699_999_999]],
  NULLABLE_TEXT('clientIp', 0, 39),
  NULLABLE_TEXT('clientIpCountry', 0, 2),
  NULLABLE_TEXT('clientLocation', 0, 100),
  NULLABLE_TEXT('externalRef', 0, 40),
  ['fileUrls', [{}, { FACE: null, FRONT: 'https://example.com/a.png' }], [{ FRONT: 'no url' }, { FRONT: 1 }, null, []]],
  ['status', [], [null, []]],
  ['data', [], [null, []]],
  ['status/overall', OVERALL_STATUS, ['approved', '', null, 'NONSENSE']],
  TAGS('status/fraudTags', FRAUD_TAG),
  TAGS('status/mismatchTags', MISMATCH_TAG),
  RESULT('status/manualFace', 'face'),
  RESULT('status/manualDocument', 'document'),
  ['status/autoFace', ['FACE_MATCH'], ['NONSENSE', 1]],
  ['status/autoDocument', ['DOC_VALIDATED'], ['NONSENSE', 1]],
  ['status/additionalSteps', [null, 'VALID', 'INVALID', 'NOT_FOUND'], ['valid', '', 1]],
  ['status/suspicionReasons', [null, [], ['x']], ['x', [1]]],
  ...Object.entries(DATA_TEXTS).map(([at, max]) => NULLABLE_TEXT(`data/${at}`, 0, max)),
  ...['docExpiry', 'docDob', 'docDateOfIssue'].map((at) => DATE(`data/${at}`)),
  ['data/docType', [null, ...DOCUMENT_TYPE, 'SMART_ID', 'YOTI_ID'], ['passport', '', 1]],
  ['data/docSex', [null, 'MALE', 'FEMALE', 'UNDEFINED'], ['M', '', 1]],
  ['data/manuallyDataChanged', [null, true], ['true', 0]],
  ['data/ageEstimate', [null, ...AGE_ESTIMATE], ['OVER_31', '', 18]],
  ['data/clientIpProxyRiskLevel', [null, ...PROXY_RISK_LEVEL], ['low', '', 1]],
  ['data/duplicateFaces', [null, [], ['x']], ['x', [1]]],
  ['data/duplicateDocFaces', [null, [], ['x']], ['x', [1]]],
  ['data/additionalData', [null, {}, { a: 1 }], ['x', []]],
];

const HEADERS: readonly Row[] = [
  [
    'content-type',
    ['application/json', 'application/json;charset=utf-8', 'Application/JSON ; Charset=UTF-8'],
    ['text/plain', 'application/jsonp', 1],
  ],
  ['idenfy-event-type', EVENT_TYPE, ['idenfy', '', 1]],
  ['idenfy-signature', ['0'.repeat(64)], ['A'.repeat(64), 'a'.repeat(63), 'a'.repeat(65), '', 1]],
];

const STATUS: readonly Row[] = [
  ['status', STATUS_RESULT, ['DELETED', 'ARCHIVED', 'approved', null]],
  RESULT('autoFace', 'face'),
  RESULT('manualFace', 'face'),
  RESULT('autoDocument', 'document'),
  RESULT('manualDocument', 'document'),
  TAGS('fraudTags', FRAUD_TAG),
  TAGS('mismatchTags', MISMATCH_TAG),
  ['scanRef', ['x', text(40)], ['', text(41), null]],
  ['clientId', ['x', text(100)], ['', text(101), null]],
];

/** Every message of the API: a message that breaks nothing, the fields it cannot do without, and the table above. */
const MESSAGES: Readonly<Partial<Record<ContractName, readonly [JsonObject, readonly string[], readonly Row[]]>>> = {
  'token-request': [SEED_REQUEST, ['clientId'], TOKEN_REQUEST],
  'token-response': [SEED_RESPONSE, Object.keys(SEED_RESPONSE), TOKEN_RESPONSE],
  'add-dummy-status-request': [SEED_MANUAL_STATUS, Object.keys(SEED_MANUAL_STATUS), ADD_MANUAL_STATUS],
  error: [SEED_ERROR, ['identifier', 'message'], ERROR],
  'verification-webhook': [
    WEBHOOK,
    [
      ...['final', 'platform', 'status', 'data', 'fileUrls', 'scanRef', 'clientId', 'startTime', 'finishTime'],
      ...['clientIp', 'clientIpCountry', 'clientLocation', 'status/overall', 'status/fraudTags', 'status/mismatchTags'],
      ...['status/autoFace', 'status/manualFace', 'status/autoDocument', 'status/manualDocument'],
      ...['status/additionalSteps', 'data/ageEstimate', 'data/clientIpProxyRiskLevel', 'data/docDateOfIssue'],
      ...['data/docDob', 'data/docExpiry', 'data/docFirstName', 'data/docIssuingCountry', 'data/docLastName'],
      ...['data/docNationality', 'data/docNumber', 'data/docPersonalCode', 'data/docSex', 'data/docType'],
      ...['data/duplicateDocFaces', 'data/duplicateFaces', 'data/fullName', 'data/manuallyDataChanged'],
      ...['data/orgAddress', 'data/orgAuthority', 'data/orgBirthName', 'data/orgBirthPlace', 'data/orgFirstName'],
      ...['data/orgLastName', 'data/orgMothersMaidenName', 'data/orgNationality', 'data/orgPatronymic'],
      ...['data/orgTemporaryAddress', 'data/selectedCountry'],
    ],
    WEBHOOK_ROWS,
  ],
  'webhook-headers': [WEBHOOK_HEADERS, Object.keys(WEBHOOK_HEADERS), HEADERS],
  'status-request': [{ scanRef: 'x' }, ['scanRef'], [['scanRef', ['x'], ['', null, 1, ['x']]]]],
  'status-response': [STATUS_RESPONSE, Object.keys(STATUS_RESPONSE), STATUS],
};

/** A copy of `message` with the value at `at` (`a/b`) replaced, or taken out when it is undefined. */
function altered(message: JsonObject, at: string, value: Json | undefined): JsonObject {
  const [head = '', ...rest] = at.split('/');
  const { [head]: inner, ...others } = message;
  if (rest.length > 0) return { ...others, [head]: altered(inner as JsonObject, rest.join('/'), value) };
  return value === undefined ? others : { ...others, [head]: value };
}

const hit = new Set<string>();

function violationsAt(name: ContractName, message: Json, at: string): readonly string[] {
  const { violations } = contracts.judge(name, message);
  for (const { clause } of violations) hit.add(clause.id);
  return violations.filter((one) => `${one.at}/`.startsWith(`/${at}/`)).map(({ message }) => message);
}

describe.each(Object.entries(MESSAGES))('%s', (key, [message, required, rows]) => {
  const name = key as ContractName;

  test('takes the example', () => {
    expect(contracts.judge(name, message, {}).violations).toEqual([]);
  });

  test.each(required)('needs %s', (at) => {
    const sentence = `${at.replaceAll('/', '.')}: must be there; it is missing`;
    expect(violationsAt(name, altered(message, at, undefined), at)).toContain(sentence);
  });

  test('needs nothing else', () => {
    const optional = Object.keys(message).filter((field) => !required.includes(field));
    const bare = optional.reduce<JsonObject>((rest, field) => altered(rest, field, undefined), message);
    expect(contracts.judge(name, bare).violations).toEqual([]);
  });

  test.each(rows)('%s', (at, good, bad) => {
    for (const value of good) {
      expect({ value, broken: violationsAt(name, altered(message, at, value), at) }).toEqual({ value, broken: [] });
    }
    for (const value of bad) {
      expect(violationsAt(name, altered(message, at, value), at), JSON.stringify(value)).not.toEqual([]);
    }
  });

  test.each([null, [], 'text', 1, true])('%j is no message', (value) => {
    expect(contracts.judge(name, value).violations.map(({ at }) => at)).toContain('');
    for (const { clause } of contracts.judge(name, value).violations) hit.add(clause.id);
  });

  test('every clause that can be broken was broken above', () => {
    const breakable = contracts.clauses(name).filter(({ keyword }) => !ELSEWHERE.has(keyword));
    expect(breakable.map(({ id }) => id).filter((id) => !hit.has(id))).toEqual([]);
  });
});

/** `x-contested` never fails; echoes and rules (`if`) have tests of their own. */
const ELSEWHERE = new Set(['x-contested', 'x-echo', 'x-set-when', 'if']);

test('no part of an authToken is told, however wrong it is', () => {
  const authToken = `secret-${'x'.repeat(60)}`;
  const { violations } = createContracts().judge('token-response', { authToken });
  const about = violations.filter(({ at }) => at.startsWith('/authToken'));
  expect(about).toHaveLength(1);
  expect(JSON.stringify(about)).not.toContain('secret');
});
