import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../domain/json.ts';
import { createContracts } from './contracts.ts';
import { WEBHOOK, WEBHOOK_HEADERS } from './messages.test-kit.ts';

const contracts = createContracts();

const NOTHING = { overall: 'REVIEWING', autoFace: null, autoDocument: null, manualFace: null, manualDocument: null };
const AUTO_OK = { autoFace: 'FACE_MATCH', autoDocument: 'DOC_VALIDATED' };
const MANUAL_OK = { manualFace: 'FACE_MATCH', manualDocument: 'DOC_VALIDATED' };

function webhook(status: JsonObject, rest: JsonObject = {}): JsonObject {
  return { ...WEBHOOK, ...rest, status: { ...(WEBHOOK.status as JsonObject), ...NOTHING, ...status } };
}

/** The sentences of the rules that a webhook body breaks. */
function bodyRules(status: JsonObject): readonly string[] {
  return contracts.judge('verification-webhook', webhook(status)).violations.map(({ expected }) => expected);
}

/** The sentences of all rules that a webhook of an event type breaks. */
function deliveryRules(event: string, status: JsonObject, rest: JsonObject = {}): readonly string[] {
  const headers = { ...WEBHOOK_HEADERS, 'idenfy-event-type': event };
  return contracts
    .judge('webhook-delivery', { headers, body: webhook(status, rest) })
    .violations.map(({ expected }) => expected);
}

const APPROVED_RULE = 'hold: overall APPROVED needs FACE_MATCH and DOC_VALIDATED, automatic or manual';
const SUSPECTED_RULE = 'hold: overall SUSPECTED needs a fraud tag, a mismatch tag or (older bodies) a suspicion reason';
const DENIED_RULE = 'hold: overall DENIED needs a face or document result that explains it';
const START_RULE =
  'hold: startTime is not before 2017 unless the session expired unused (ours: Unix seconds, and the API is not older)';

describe('what the body says together', () => {
  test.each<[string, string, readonly JsonObject[], readonly JsonObject[]]>([
    [
      'APPROVED',
      APPROVED_RULE,
      [AUTO_OK, MANUAL_OK, { ...AUTO_OK, manualFace: 'FACE_MISMATCH' }, { ...MANUAL_OK, autoFace: 'FAKE_FACE' }],
      [
        {},
        { autoFace: 'FACE_MATCH' },
        { autoDocument: 'DOC_VALIDATED' },
        { autoFace: 'FACE_MATCH', manualDocument: 'DOC_VALIDATED' },
        { ...AUTO_OK, autoFace: 'FACE_MISMATCH' },
        { ...MANUAL_OK, manualDocument: 'DOC_EXPIRED' },
      ],
    ],
    [
      'SUSPECTED',
      SUSPECTED_RULE,
      [{ fraudTags: ['FAKE_PHOTO'] }, { mismatchTags: ['NAME'] }, { suspicionReasons: ['odd'] }],
      [{}, { fraudTags: [], mismatchTags: [], suspicionReasons: null }, { ...AUTO_OK }, { autoFace: 'FAKE_FACE' }],
    ],
    [
      'DENIED',
      DENIED_RULE,
      [
        { autoFace: 'FACE_MISMATCH' },
        { autoDocument: 'DOC_FAKE' },
        { ...AUTO_OK, manualFace: 'FACE_ERROR' },
        { ...AUTO_OK, ...MANUAL_OK, manualDocument: 'DOC_ERROR' },
      ],
      [{}, { ...AUTO_OK }, { ...MANUAL_OK }, { autoFace: '', autoDocument: '' }, { ...AUTO_OK, ...MANUAL_OK }],
    ],
    ['REVIEWING', '', [{}, AUTO_OK, { autoFace: 'FAKE_FACE' }], []],
    ['EXPIRED', '', [{}, { autoFace: '' }], []],
  ])('%s', (overall, rule, good, bad) => {
    for (const status of good) expect(bodyRules({ overall, ...status }), JSON.stringify(status)).toEqual([]);
    for (const status of bad) expect(bodyRules({ overall, ...status }), JSON.stringify(status)).toEqual([rule]);
  });

  test('a rule is told once, at the status, with its source', () => {
    const [violation, ...more] = contracts.judge('verification-webhook', webhook({ overall: 'DENIED' })).violations;
    expect(more).toEqual([]);
    expect(violation?.at).toBe('/status');
    expect(violation?.clause).toMatchObject({
      keyword: 'if',
      source: ['docs'],
      value: DENIED_RULE.slice('hold: '.length),
    });
    expect(violation?.message).toContain(`status: must ${DENIED_RULE}; got {`);
  });

  test('a wrong value is not also reported as a broken rule', () => {
    const status = { overall: 'NONSENSE' };
    const found = contracts.judge('verification-webhook', webhook(status)).violations;
    expect(found.map(({ at, clause }) => `${at} ${clause.keyword}`)).toEqual(['/status/overall enum']);
  });

  test('finishTime is not before startTime', () => {
    const judge = (startTime: Json, finishTime: Json) =>
      contracts
        .judge('verification-webhook', webhook({}, { startTime, finishTime }))
        .violations.map(({ message }) => message);
    const now = 1_700_000_000;
    expect(judge(now, now)).toEqual([]);
    expect(judge(now + 1, now)).toEqual([`finishTime: must not be before startTime; got ${now}`]);
    expect(judge('6', now)).toEqual(['startTime: must be an integer; got "6"']);
  });

  test('startTime is not before the API, but of a session that was never used nobody knows', () => {
    const judge = (overall: string, startTime: number) =>
      contracts
        .judge('verification-webhook', webhook({ overall }, { startTime, finishTime: startTime }))
        .violations.map(({ message }) => message);
    expect(judge('REVIEWING', 1_483_228_800)).toEqual([]);
    expect(judge('REVIEWING', 1_483_228_799)).toEqual([`startTime: must ${START_RULE}; got 1483228799`]);
    expect(judge('EXPIRED', 0)).toEqual([]);
    expect(judge('EXPIRED', 1_700_000_000_000)).toContainEqual(expect.stringMatching(/^startTime: must be at most/));
  });
});

const [AUTO, MANUAL, EXPIRED] = [
  'IDENTIFICATION_AUTO_FINISHED',
  'IDENTIFICATION_MANUAL_FINISHED',
  'IDENTIFICATION_EXPIRED',
];
const FINAL_RULE = 'hold: IDENTIFICATION_MANUAL_FINISHED has final true';
const EXPIRED_RULE = 'hold: IDENTIFICATION_EXPIRED has overall EXPIRED';
const AUTO_APPROVED = 'hold: an automatic APPROVED needs autoFace FACE_MATCH and autoDocument DOC_VALIDATED';
const AUTO_DENIED = 'hold: an automatic DENIED needs an autoFace or autoDocument that explains it';
const MANUAL_APPROVED = 'hold: a manual APPROVED needs manualFace FACE_MATCH and manualDocument DOC_VALIDATED';
const MANUAL_DENIED = 'hold: a manual DENIED needs a manualFace or manualDocument that explains it';

describe('what headers and body say together', () => {
  test.each<[string, JsonObject, JsonObject, readonly string[]]>([
    [AUTO, { overall: 'APPROVED', ...AUTO_OK }, {}, []],
    [AUTO, { overall: 'APPROVED', ...AUTO_OK }, { final: false }, []],
    [AUTO, { overall: 'APPROVED', ...MANUAL_OK }, {}, [AUTO_APPROVED]],
    [AUTO, { overall: 'DENIED', autoFace: 'FACE_ERROR' }, {}, []],
    [AUTO, { overall: 'DENIED', ...AUTO_OK, manualFace: 'FACE_ERROR' }, {}, [AUTO_DENIED]],
    [AUTO, { overall: 'SUSPECTED', ...AUTO_OK, fraudTags: ['FAKE_PHOTO'] }, {}, []],
    [MANUAL, { overall: 'APPROVED', ...MANUAL_OK }, {}, []],
    [MANUAL, { overall: 'APPROVED', ...MANUAL_OK }, { final: false }, [FINAL_RULE]],
    [MANUAL, { overall: 'APPROVED', ...AUTO_OK }, {}, [MANUAL_APPROVED]],
    [MANUAL, { overall: 'DENIED', manualDocument: 'DOC_ERROR' }, {}, []],
    [MANUAL, { overall: 'DENIED', autoFace: 'FACE_ERROR', ...MANUAL_OK }, {}, [MANUAL_DENIED]],
    [EXPIRED, { overall: 'EXPIRED' }, {}, []],
    [EXPIRED, { overall: 'EXPIRED' }, { final: false }, []],
    [EXPIRED, { overall: 'REVIEWING' }, {}, [EXPIRED_RULE]],
    ['IDENTIFICATION', { overall: 'APPROVED', ...MANUAL_OK }, { final: false }, []],
    ['IDENTIFICATION', { overall: 'EXPIRED' }, {}, []],
    ['IDENTIFICATION_RESUBMITTED', { overall: 'REVIEWING' }, {}, []],
  ])('%s with %j %j', (event, status, rest, rules) => {
    expect(deliveryRules(event, status, rest)).toEqual(rules);
  });

  test('every rule of the contracts is broken by a test here', () => {
    const rules = contracts.clauses().filter(({ keyword, contract }) => keyword === 'if' && contract !== 'scenario');
    const tested = [APPROVED_RULE, SUSPECTED_RULE, DENIED_RULE, START_RULE, FINAL_RULE, EXPIRED_RULE].concat([
      AUTO_APPROVED,
      AUTO_DENIED,
      MANUAL_APPROVED,
      MANUAL_DENIED,
    ]);
    expect(rules.map(({ value }) => `hold: ${value}`).toSorted()).toEqual(tested.toSorted());
  });

  test('headers and body are judged by their own contracts too, without a prefix that a reader would not know', () => {
    const headers = { ...WEBHOOK_HEADERS, 'idenfy-signature': 'x' };
    const found = contracts.judge('webhook-delivery', { headers, body: { ...WEBHOOK, final: 1 } }).violations;
    expect(found.map(({ at, clause, message }) => [at, clause.contract, message.split(':')[0]])).toEqual([
      ['/headers/idenfy-signature', 'webhook-headers', 'header idenfy-signature'],
      ['/body/final', 'verification-webhook', 'final'],
    ]);
  });
});
