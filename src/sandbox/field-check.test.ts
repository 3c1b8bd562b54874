import { describe, expect, test } from 'vitest';
import type { Json } from '../domain/json.ts';
import { DOCUMENT_TYPE, DUMMY_STATUS } from '../domain/vocabulary.generated.ts';
import { acceptedFields, checkFields } from './field-check.ts';
import { MANUAL_STATUS_RULES, TOKEN_RULES } from './field-rules.ts';

const https = (length: number): string => 'https://a.example/'.padEnd(length, 'a');

const TAKEN: readonly (readonly [string, readonly Json[]])[] = [
  ['dummyStatus', [...DUMMY_STATUS]],
  ['clientId', ['a', 'a'.repeat(100), ' ~!"']],
  ['firstName', ['a', 'é'.repeat(100), '😀'.repeat(100), "O'Brien-Ng. Jr", null]],
  ['lastName', ['a', 'Łódź', null]],
  ['successUrl', ['https://a.example', 'myapp://done', 'a:b.c', https(2048), 'https://a.example/%20', null]],
  ['errorUrl', [https(2048), null]],
  ['unverifiedUrl', [https(2048), null]],
  [
    'callbackUrl',
    [https(2048), 'http://127.0.0.1:1/x', 'http://localhost/', 'http://[::1]:80/', 'https://a.example/', null],
  ],
  ['locale', ['en', 'lt', 'cs', 'uk', null]],
  ['showInstructions', [true, false]],
  ['expiryTime', [1, 2_592_000]],
  ['sessionLength', [60, 61, 3599, 3600]],
  ['country', ['lt', 'LT', 'gB', null]],
  ['nationality', ['lt', 'US', null]],
  ['documents', [[...DOCUMENT_TYPE], [], ['PASSPORT', 'PASSPORT'], null]],
  ['dateOfBirth', ['2000-02-29', '2024-02-29', '1990-12-31', '0001-01-01', null]],
  ['dateOfExpiry', ['2030-04-30', null]],
  ['dateOfIssue', ['2020-01-31', null]],
  ['personalNumber', ['1', '1'.repeat(50), null]],
  ['documentNumber', ['A', '1'.repeat(50), null]],
  ['sex', ['M', 'F', null]],
  ['generateDigitString', [true, false]],
  ['address', ['', 'x'.repeat(255), null]],
  ['tokenType', ['IDENTIFICATION', 'DOCUMENT', 'VIDEO_CALL']],
  ['externalRef', ['', 'x'.repeat(40), null]],
  ['reviewSuccessful', [true, false]],
  ['reviewFailed', [true, false]],
];

const TEXT: readonly Json[] = [1, true, [], {}, 'a\0b', 'lone \ud800'];
const LINK: readonly Json[] = [
  ...TEXT,
  '',
  'a:b',
  'nothing',
  'https://',
  'https://a b',
  'https://a.example/%zz',
  https(2049),
];
const DATE: readonly Json[] = [
  ...TEXT,
  '',
  '1900-02-29',
  '2023-02-29',
  '2023-13-01',
  '2023-00-10',
  '2023-04-31',
  '2023-1-1',
  '2023-01-00',
  '20230101',
  '2023-01-01T00:00',
  '２023-01-01',
];
const FLAG: readonly Json[] = [0, 1, 'true', '', null, [], {}];
const NAME: readonly Json[] = [...TEXT, '', 'a'.repeat(101), '😀'.repeat(101), 'R2', ...'~!@#$%^*()_+={}[]|:;",<>/?\\'];

const REFUSED: readonly (readonly [string, readonly Json[]])[] = [
  ['dummyStatus', [...TEXT, '', 'approved', 'REVIEWING', 'A'.repeat(31)]],
  ['clientId', [...TEXT, 'a'.repeat(101), 'é']],
  ['firstName', NAME],
  ['lastName', NAME],
  ['successUrl', LINK],
  ['errorUrl', LINK],
  ['unverifiedUrl', LINK],
  [
    'callbackUrl',
    [
      ...LINK,
      'http://a.example/',
      'ftp://127.0.0.1/',
      'http://127.0.0.1@a.example/',
      'http://localhost.a.example/',
      'https:a.example',
    ],
  ],
  ['locale', [...TEXT, '', 'EN', 'xx', 'english-language']],
  ['showInstructions', FLAG],
  ['expiryTime', [0, -1, 2_592_001, 1.5, '600', true, null, 1e300]],
  ['sessionLength', [59, 3601, 60.5, '600', null]],
  ['country', [...TEXT, '', 'XX', 'LTU', ['LT'], 'ſt']],
  ['nationality', [...TEXT, '', 'ZZ']],
  ['documents', ['PASSPORT', {}, [null], [1], ['PASSPORT', 'passport'], [['PASSPORT']], 1]],
  ['dateOfBirth', DATE],
  ['dateOfExpiry', DATE],
  ['dateOfIssue', DATE],
  ['personalNumber', [...TEXT, '', '1'.repeat(51)]],
  ['documentNumber', [...TEXT, '', '1'.repeat(51)]],
  ['sex', [...TEXT, '', 'm', 'X']],
  ['generateDigitString', FLAG],
  ['address', [...TEXT, 'x'.repeat(256)]],
  ['tokenType', [...TEXT, '', null, 'identification']],
  ['externalRef', [...TEXT, 'x'.repeat(41)]],
  ['reviewSuccessful', FLAG],
  ['reviewFailed', FLAG],
];

const expand = (table: readonly (readonly [string, readonly Json[]])[]): readonly (readonly [string, Json])[] =>
  table.flatMap(([field, values]) => values.map((value) => [field, value] as const));

describe('token request', () => {
  test('the tables cover every rule', () => {
    const fields = Object.keys(TOKEN_RULES).toSorted();
    expect(TAKEN.map(([field]) => field).toSorted()).toEqual(fields);
    expect(REFUSED.map(([field]) => field).toSorted()).toEqual(fields);
  });

  test.each(expand(TAKEN))('%s: %j is taken', (field, value) => {
    expect(checkFields(TOKEN_RULES, { clientId: 'c', [field]: value })).toBeUndefined();
  });

  test.each(expand(REFUSED))('%s: %j is refused', (field, value) => {
    const refusal = checkFields(TOKEN_RULES, { clientId: 'c', [field]: value });
    expect(refusal).toMatchObject({
      status: 400,
      identifier: 'BAD_VALUE',
      message: expect.stringContaining(`"${field}"`),
    });
  });

  test.each([{}, { clientId: null }, { clientId: '' }])('clientId is required: %j', (body) => {
    expect(checkFields(TOKEN_RULES, body)).toMatchObject({ identifier: 'MISSING_VALUE' });
  });

  test('fields without a rule are ignored', () => {
    expect(checkFields(TOKEN_RULES, { clientId: 'c', theme: ['anything'], constructor: 1 })).toBeUndefined();
  });
});

test('a session keeps only what has a rule and is not null', () => {
  const body = JSON.parse('{"clientId":"c","sex":null,"theme":{"x":1},"__proto__":{"sex":"M"},"constructor":1}');
  expect(acceptedFields(TOKEN_RULES, body)).toStrictEqual({ clientId: 'c' });
});

describe('manual status request', () => {
  const sound = { scanRef: 'x', manualFaceMatchResult: 'FACE_MATCH', manualDocumentValidity: 'DOC_VALIDATED' };

  test.each(Object.keys(sound))('%s is required', (field) => {
    for (const value of [null, '']) {
      expect(checkFields(MANUAL_STATUS_RULES, { ...sound, [field]: value })).toMatchObject({
        identifier: 'MISSING_VALUE',
      });
    }
  });

  test.each([
    ['scanRef', ['x']],
    ['scanRef', 'x'.repeat(41)],
    ['manualFaceMatchResult', 'FACE_GLARED'],
    ['manualFaceMatchResult', 'face_match'],
    ['manualDocumentValidity', 'DOC_GLARED'],
  ])('%s: %j is refused', (field, value) => {
    const refusal = checkFields(MANUAL_STATUS_RULES, { ...sound, [field]: value });
    expect(refusal).toMatchObject({ identifier: 'BAD_VALUE', message: expect.stringContaining(`"${field}"`) });
  });
});
