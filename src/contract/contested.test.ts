import { describe, expect, test } from 'vitest';
import type { ContractName } from '../domain/contract.ts';
import type { Json, JsonObject } from '../domain/json.ts';
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

/** The readings of one question that a message was seen to follow, and the refuted ones; undefined when it does not speak of it. */
function readingsOf(name: ContractName, message: Json, clause: string): readonly [string, string] | undefined {
  const request = { dummyStatus: 'APPROVED', clientId: '100000' };
  const { observations } = contracts.judge(name, message, { request });
  const found = observations.filter((one) => one.clause.endsWith(`${clause}/x-contested`));
  expect(found.length).toBeLessThanOrEqual(1);
  return found[0] && [found[0].readings.join(), found[0].refuted.join()];
}

const without = (message: JsonObject, field: string): JsonObject => {
  const { [field]: _, ...rest } = message;
  return rest;
};
const request = (changes: JsonObject): JsonObject => ({ ...SEED_REQUEST, ...changes });
const response = (changes: JsonObject): JsonObject => ({ ...SEED_RESPONSE, ...changes });
const status = (changes: JsonObject): JsonObject => ({ ...STATUS_RESPONSE, ...changes });
const suspected = (status: JsonObject): JsonObject => ({
  ...WEBHOOK,
  status: { ...(WEBHOOK.status as JsonObject), overall: 'SUSPECTED', ...status },
});
const delivery = (event: string, status: JsonObject): JsonObject => ({
  headers: { ...WEBHOOK_HEADERS, 'idenfy-event-type': event },
  body: { ...WEBHOOK, status: { ...(WEBHOOK.status as JsonObject), ...status } },
});

type Row = [ContractName, string, Json, readonly [fits: string, refuted: string] | undefined];

describe('what each contested clause is seen to say', () => {
  test.each<Row>([
    ['token-request', 'dummyStatus', request({ dummyStatus: 'ACTIVE' }), ['taken', 'no longer listed']],
    ['token-request', 'dummyStatus', request({ dummyStatus: 'DENIED' }), ['taken,no longer listed', '']],
    [
      'token-request',
      'locale',
      request({ locale: 'tlh' }),
      ['every code of that form', 'only those that every source names'],
    ],
    ['token-request', 'expiryTime', request({ expiryTime: 0 }), ['taken', 'refused']],
    ['token-request', 'expiryTime', request({ expiryTime: 1 }), ['taken,refused', '']],
    ['token-request', 'sessionLength', request({ sessionLength: 60 }), ['taken', 'refused']],
    ['token-request', 'sessionLength', request({ sessionLength: 3600 }), ['taken', 'refused']],
    ['token-request', 'sessionLength', request({ sessionLength: 61 }), ['taken,refused', '']],
    ['token-request', 'country', request({ country: ['LT'] }), ['yes', 'no']],
    ['token-request', 'documents', request({ documents: [] }), ['yes', 'no']],
    ['token-request', 'documents', request({ documents: ['VISA', 'VISA'] }), ['yes', 'no']],
    ['token-request', 'address', request({ address: '' }), ['taken', 'refused']],
    ['token-request', 'externalRef', request({ externalRef: '' }), ['taken', 'refused']],
    ['token-request', 'tokenType', request({ tokenType: 'VIDEO_CALL' }), ['taken', 'refused']],
    ['token-request', 'allOf/0', without(SEED_REQUEST, 'tokenType'), ['optional', 'required']],
    ['token-request', 'allOf/0', SEED_REQUEST, ['optional,required', '']],
    ['token-request', 'allOf/1', request({ checkLiveness: true }), ['ignored', 'refused']],
    ['token-request', 'allOf/1', SEED_REQUEST, ['ignored,refused', '']],
    ['token-response', 'message', SEED_RESPONSE, ["the page's words", 'other words']],
    ['token-response', 'message', response({ message: 'Hello' }), ['other words', "the page's words"]],
    ['token-response', 'expiryTime', response({ expiryTime: 3600 }), ['3600 s', '86400 s']],
    ['token-response', 'expiryTime', SEED_RESPONSE, undefined],
    ['token-response', 'sessionLength', response({ sessionLength: 1800 }), ['1800 s', '600 s,300 s']],
    ['token-response', 'digitString', SEED_RESPONSE, ['7', '8']],
    ['token-response', 'digitString', response({ digitString: '12345678' }), ['8', '7']],
    ['token-response', 'digitString', response({ digitString: null }), undefined],
    ['add-dummy-status-request', 'scanRef', { ...SEED_MANUAL_STATUS, scanRef: ['x'] }, ['yes', 'no']],
    ['add-dummy-status-request', 'allOf/0', { ...SEED_MANUAL_STATUS, extra: 1 }, ['ignored', 'refused']],
    ['add-dummy-status-response', '#', {}, ['an object', 'null,nothing,something else']],
    ['add-dummy-status-response', '#', null, ['null', 'an object,nothing,something else']],
    ['add-dummy-status-response', '#', 'OK', ['something else', 'an object,null,nothing']],
    ['add-dummy-status-response', '#', '', ['nothing', 'an object,null,something else']],
    ['error', 'allOf/0', SEED_ERROR, ['no', 'yes']],
    ['error', 'allOf/0', { ...SEED_ERROR, documentation: '', severity: 'NOT_SEVERE' }, ['yes', 'no']],
    ['error', 'allOf/0', { ...SEED_ERROR, severity: 'NOT_SEVERE' }, undefined],
    ['status-request', 'allOf/0', { scanRef: 'x', extra: 1 }, ['ignored', 'refused']],
    ['status-response', 'allOf/0', STATUS_RESPONSE, undefined],
    ['status-response', 'allOf/1', STATUS_RESPONSE, ['an empty string', 'null,FACE_NOT_ANALYSED']],
    ['status-response', 'allOf/1', status({ manualFace: null }), ['null', 'an empty string,FACE_NOT_ANALYSED']],
    // What a review came to, or never reached: the word alone does not tell.
    ['status-response', 'allOf/0', status({ autoFace: 'FACE_NOT_ANALYSED', status: 'REVIEWING' }), undefined],
    ['status-response', 'allOf/1', status({ manualFace: 'FACE_NOT_ANALYSED', status: 'DENIED' }), undefined],
    ['status-response', 'allOf/3', status({ manualDocument: 'DOC_NOT_ANALYSED', status: 'DENIED' }), undefined],
    ...['ACTIVE', 'EXPIRED', 'REVIEWING'].map((reached): Row => {
      const unreached = status({ manualDocument: 'DOC_NOT_ANALYSED', status: reached });
      return ['status-response', 'allOf/3', unreached, ['DOC_NOT_ANALYSED', 'null,an empty string']];
    }),
    [
      'status-response',
      'allOf/2',
      status({ autoDocument: 'DOC_NOT_ANALYSED', status: 'EXPIRED' }),
      ['DOC_NOT_ANALYSED', 'null,an empty string'],
    ],
    ['verification-webhook', 'allOf/0', WEBHOOK, ['yes', 'no']],
    ['verification-webhook', 'status/allOf/1/then', WEBHOOK, undefined],
    ['verification-webhook', 'status/allOf/1/then', suspected({ fraudTags: ['FAKE_PHOTO'] }), ['a tag', 'a reason']],
    ['verification-webhook', 'status/allOf/1/then', suspected({ suspicionReasons: ['odd'] }), ['a reason', 'a tag']],
    ['verification-webhook', 'allOf/0', without(WEBHOOK, 'companyId'), ['no', 'yes']],
    ['verification-webhook', 'allOf/1', without(WEBHOOK, 'beneficiaryId'), ['no', 'yes']],
    [
      'webhook-headers',
      'idenfy-event-type',
      { ...WEBHOOK_HEADERS, 'idenfy-event-type': 'IDENTIFICATION' },
      ['the legacy IDENTIFICATION event', 'one event type for each outcome'],
    ],
    [
      'webhook-delivery',
      'manualDocument',
      delivery('IDENTIFICATION_AUTO_FINISHED', { manualDocument: 'DOC_NOT_ANALYSED' }),
      ['DOC_NOT_ANALYSED', 'null,an empty string'],
    ],
    [
      'webhook-delivery',
      'manualFace',
      delivery('IDENTIFICATION_AUTO_FINISHED', {}),
      ['null', 'an empty string,FACE_NOT_ANALYSED'],
    ],
    ['webhook-delivery', 'manualFace', delivery('IDENTIFICATION_MANUAL_FINISHED', { overall: 'REVIEWING' }), undefined],
  ])('%s %s', (name, clause, message, readings) => {
    expect(readingsOf(name, message, clause)).toEqual(readings);
    expect(contracts.judge(name, message).violations).toEqual([]);
  });
});

test('an observation is of a clause that the contracts list, and asks its question', () => {
  const listed = new Map(contracts.clauses().map((clause) => [clause.id, clause]));
  const messages: readonly [ContractName, Json][] = [
    ['token-request', SEED_REQUEST],
    ['token-response', SEED_RESPONSE],
    ['webhook-delivery', delivery('IDENTIFICATION_AUTO_FINISHED', {})],
    ['status-response', STATUS_RESPONSE],
  ];
  const observations = messages.flatMap(([name, message]) => contracts.judge(name, message).observations);
  expect(observations.length).toBeGreaterThan(15);
  for (const { clause, question } of observations) {
    expect(listed.get(clause), clause).toMatchObject({ keyword: 'x-contested', value: { question } });
  }
});

test('a value that the request sent tells nothing of the default', () => {
  const defaultsSeen = (request: Json): readonly string[] =>
    contracts
      .judge('token-response', response({ expiryTime: 3600, sessionLength: 600 }), { request })
      .observations.map(({ question }) => question)
      .filter((question) => question.includes('default'));
  expect(defaultsSeen(request({ expiryTime: 3600, sessionLength: 600 }))).toEqual([]);
  expect(defaultsSeen(without(request({ sessionLength: 600 }), 'expiryTime'))).toEqual([
    'What is the default expiryTime?',
  ]);
  expect(defaultsSeen({ clientId: '100000' })).toEqual([
    'What is the default expiryTime?',
    'What is the default sessionLength?',
  ]);
});

test('the words for a created session tell of a dummy session only', () => {
  const saidTo = (request: Json | undefined): readonly string[] =>
    contracts
      .judge('token-response', response({ message: 'Token created' }), request === undefined ? {} : { request })
      .observations.filter(({ question }) => question.includes('message'))
      .flatMap(({ readings }) => readings);
  expect(saidTo({ clientId: '100000', dummyStatus: 'APPROVED' })).toEqual(['other words']);
  for (const request of [{ clientId: '100000' }, { clientId: '100000', dummyStatus: null }, undefined])
    expect(saidTo(request)).toEqual([]);
});

test('the observations of one message are its own', () => {
  const first = contracts.judge('error', SEED_ERROR).observations;
  contracts.judge('error', { ...SEED_ERROR, documentation: '', severity: '' });
  expect(first).toHaveLength(1);
});
