import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Sandbox, startSandbox } from '../src/sandbox/start-sandbox.ts';
import {
  accepted,
  having,
  header,
  kindOf,
  raw,
  refuse,
  refused,
  stale,
  status,
  webhooks,
  without,
} from './provider/alter.ts';
import type { Alteration, PassingMessage, Send } from './provider/altering-proxy.ts';
import { messagesOf, readScenarios, runAltered } from './provider/run-scenarios.ts';
import * as texts from './provider/scenarios.ts';

/** What is run, what the proxy changes, and what a failure has to say of it. */
type Row = readonly [name: string, scenario: keyof typeof texts, alteration: Alteration, says: RegExp];

vi.setConfig({ maxConcurrency: 16 });

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ retryDelaysMs: [10] });
});
afterAll(() => sandbox[Symbol.asyncDispose]());

describe.concurrent('nothing is altered', () => {
  test.each(Object.entries(texts))('%s is green', async (_name, text) => {
    const results = await runAltered(sandbox, await readScenarios(text), {}, 5000);
    expect(messagesOf(results)).toEqual([]);
    expect(results.map(({ outcome, error }) => [outcome, error])).toEqual(results.map(() => ['passed', null]));
  });
});

/** Every row has to turn the run red with a failure that names the cause. */
function alterations(title: string, rows: readonly Row[], deadlineMs = 3000): void {
  describe.concurrent(title, () => {
    test.each(rows)('%s', async (name, scenario, alteration, says) => {
      const results = await runAltered(sandbox, await readScenarios(texts[scenario]), alteration, deadlineMs);
      const messages = messagesOf(results);
      if (process.env.SHOW)
        console.log(
          `## ${name}\n${[...new Set(messages.map((m) => m.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'UUID').slice(0, 260)))].join('\n')}`,
        );
      expect(messages).toContainEqual(expect.stringMatching(says));
    });
  });
}

alterations('status codes', [
  [
    'token 200 where it was 201 is contested, 202 is not',
    'FLOW',
    accepted('token', status(202)),
    /HTTP 202 where 20[01] or 20[01]/,
  ],
  ['token 204', 'FLOW', accepted('token', status(204)), /HTTP 204/],
  ['token 500', 'FLOW', accepted('token', status(500)), /HTTP 500 where/],
  ['token 302', 'FLOW', accepted('token', status(302)), /HTTP 302 where/],
  ['manual status 201', 'FLOW', accepted('manual', status(201)), /HTTP 201 where 200 is documented/],
  ['manual status 204', 'FLOW', accepted('manual', status(204)), /HTTP 204 where 200 is documented/],
  ['manual status 500', 'FLOW', accepted('manual', status(500)), /HTTP 500 where 200 is documented/],
  ['getStatus 202', 'STATUS', accepted('status', status(202)), /HTTP 202 where 200 is documented/],
  ['refusal 422', 'REFUSED', refused(status(422)), /HTTP 422 .*the scenario expects 400/],
  ['refusal 500', 'REFUSED', refused(status(500)), /HTTP 500 .*the scenario expects 400/],
  ['refusal 200', 'REFUSED', refused(status(200)), /HTTP 200 .*the scenario expects 400/],
]);

const ECHOED: readonly (readonly [field: string, wrong: unknown])[] = [
  ['clientId', 7],
  ['firstName', 7],
  ['lastName', ['SMITH']],
  ['successUrl', true],
  ['errorUrl', 7],
  ['locale', 7],
  ['showInstructions', 'false'],
  ['country', 7],
  ['expiryTime', '700'],
  ['sessionLength', '800'],
  ['documents', 'PASSPORT'],
  ['dateOfBirth', 19901220],
  ['dateOfExpiry', 20301220],
  ['dateOfIssue', 20201220],
  ['nationality', 7],
  ['personalNumber', 123456789],
  ['documentNumber', 123456],
  ['sex', 7],
  ['address', {}],
  ['tokenType', 7],
  ['externalRef', 7],
];
const MADE: readonly (readonly [field: string, wrong: unknown])[] = [
  ['message', 7],
  ['authToken', 7],
  ['scanRef', 7],
  ['digitString', 12345678],
];

alterations(
  'fields of the token response',
  [...ECHOED, ...MADE].flatMap(([field, wrong]): Row[] => [
    [
      `${field} missing`,
      'ONE',
      accepted('token', without(`/${field}`)),
      new RegExp(`response ${field}: must be there; it is missing`),
    ],
    [
      `${field} null`,
      'ONE',
      accepted('token', having(`/${field}`, null)),
      new RegExp(`response ${field}: must .*; got null`),
    ],
    [
      `${field} of the wrong type`,
      'ONE',
      accepted('token', having(`/${field}`, wrong)),
      new RegExp(`response ${field}: must be .*; got`),
    ],
  ]),
);

alterations('values of the token response', [
  ...ECHOED.map(
    ([field]): Row => [
      `${field} with another value`,
      'ONE',
      accepted('token', having(`/${field}`, another)),
      new RegExp(`response ${field}: must be .*, as the request says`),
    ],
  ),
  [
    'clientId of another session',
    'FLOW',
    accepted('token', stale('/clientId')),
    /response clientId: must be .*, as the request says/,
  ],
  [
    'firstName in lower case',
    'FLOW',
    accepted('token', having('/firstName', lower)),
    /response firstName: must be "JOHN TOM".*got "john tom"/,
  ],
  [
    'lastName as it was sent',
    'FLOW',
    accepted('token', having('/lastName', 'Smith')),
    /response lastName: must be "SMITH".*got "Smith"/,
  ],
  [
    'sex from nowhere',
    'FLOW',
    accepted('token', having('/sex', 'X')),
    /response sex: must be one of "M", "F" or null; got "X"/,
  ],
  [
    'documents in another order',
    'FLOW',
    accepted(
      'token',
      having('/documents', (d: string[]) => d.toReversed()),
    ),
    /response documents: must be \["PASSPORT","ID_CARD"\]/,
  ],
  [
    'documents with one more',
    'FLOW',
    accepted(
      'token',
      having('/documents', (d: string[]) => [...d, 'OTHER']),
    ),
    /response documents: must be/,
  ],
  ['message empty', 'FLOW', accepted('token', having('/message', '')), /response message: must not be empty/],
  [
    'message too long',
    'FLOW',
    accepted('token', having('/message', 'm'.repeat(101))),
    /response message: must have at most 100 characters/,
  ],
  [
    'authToken too long',
    'FLOW',
    accepted('token', having('/authToken', 'a'.repeat(41))),
    /response authToken: must have at most 40 characters/,
  ],
  ['authToken empty', 'FLOW', accepted('token', having('/authToken', '')), /response authToken: must not be empty/],
  ['authToken of another session', 'FLOW', accepted('token', stale('/authToken')), /authToken .*earlier session/],
  [
    'scanRef too long',
    'FLOW',
    accepted(
      'token',
      having('/scanRef', (s: string) => `${s}-more`),
    ),
    /response scanRef: must have at most 40 characters/,
  ],
  [
    'scanRef of another session',
    'FLOW',
    accepted('token', stale('/scanRef')),
    /scanRef .* was given to an earlier session/,
  ],
  [
    'digitString of 5 digits',
    'FLOW',
    accepted('token', having('/digitString', '12345')),
    /response digitString: must match .*got "12345"/,
  ],
  [
    'digitString of letters',
    'FLOW',
    accepted('token', having('/digitString', 'abcdefgh')),
    /response digitString: must match/,
  ],
  [
    'redirectUrl that is none',
    'FLOW',
    accepted('token', having('/redirectUrl', 'nowhere')),
    /response redirectUrl: must be a URI/,
  ],
  [
    'callbackUrl of somebody else',
    'FLOW',
    accepted('token', having('/callbackUrl', 'https://b.example/')),
    /response callbackUrl: must be .*, as the request says/,
  ],
  [
    'unverifiedUrl of somebody else',
    'FLOW',
    accepted('token', having('/unverifiedUrl', 'https://b.example/')),
    /response unverifiedUrl: must be/,
  ],
  [
    'reviewSuccessful turned round',
    'FLOW',
    accepted('token', having('/reviewSuccessful', true)),
    /response reviewSuccessful: must be false/,
  ],
  [
    'default locale lt',
    'DEFAULTS',
    accepted('token', having('/locale', 'lt')),
    /response locale: must be "en", as the request leaves it out/,
  ],
  [
    'default showInstructions false',
    'DEFAULTS',
    accepted('token', having('/showInstructions', false)),
    /response showInstructions: must be true/,
  ],
  [
    'default expiryTime 600',
    'DEFAULTS',
    accepted('token', having('/expiryTime', 600)),
    /response expiryTime: must be 3600 or 86400/,
  ],
  [
    'default sessionLength 601',
    'DEFAULTS',
    accepted('token', having('/sessionLength', 601)),
    /response sessionLength: must be 600 or 300 or 1800/,
  ],
  [
    'default tokenType DOCUMENT',
    'DEFAULTS',
    accepted('token', having('/tokenType', 'DOCUMENT')),
    /response tokenType: must be "IDENTIFICATION"/,
  ],
  [
    'firstName that was not sent',
    'DEFAULTS',
    accepted('token', having('/firstName', 'JOHN')),
    /response firstName: must be null, as the request leaves it out/,
  ],
]);

alterations('how a response is sent', [
  [
    'content type text/html',
    'FLOW',
    accepted('token', header('content-type', 'text/html')),
    /content-type is "text\/html"; a JSON body must say/,
  ],
  [
    'content type missing',
    'FLOW',
    accepted('token', header('content-type', undefined)),
    /content-type is missing; a JSON body must say/,
  ],
  [
    'manual content type text/plain',
    'FLOW',
    accepted('manual', header('content-type', 'text/plain')),
    /content-type is "text\/plain"/,
  ],
  [
    'refusal content type text/html',
    'REFUSED',
    refused(header('content-type', 'text/html')),
    /content-type is "text\/html"/,
  ],
  [
    'body not JSON',
    'FLOW',
    accepted(
      'token',
      raw(() => '<html>'),
    ),
    /HTTP 201 with a body that is not JSON/,
  ],
  [
    'body truncated',
    'FLOW',
    accepted(
      'token',
      raw((json) => json.slice(0, -9)),
    ),
    /HTTP 201 with a body that is not JSON/,
  ],
  [
    'body empty',
    'FLOW',
    accepted(
      'token',
      raw(() => ''),
    ),
    /HTTP 201 with a body that is not JSON/,
  ],
  [
    'body in a list',
    'FLOW',
    accepted(
      'token',
      raw((json) => `[${json}]`),
    ),
    /response body: must be an object/,
  ],
  [
    'body inside a string',
    'FLOW',
    accepted(
      'token',
      raw((json) => JSON.stringify(json)),
    ),
    /response body: must be an object/,
  ],
  [
    'JSON as JavaScript',
    'FLOW',
    accepted(
      'token',
      raw((json) => json.replaceAll('"', "'")),
    ),
    /a body that is not JSON/,
  ],
  [
    'status body not JSON',
    'STATUS',
    accepted(
      'status',
      raw(() => 'APPROVED'),
    ),
    /HTTP 200 with a body that is not JSON/,
  ],
  ['refusal body not JSON', 'REFUSED', refused(raw(() => 'Bad Request')), /HTTP 40[01] with a body that is not JSON/],
  ['refusal body empty', 'REFUSED', refused(raw(() => '')), /HTTP 40[01] with a body that is not JSON/],
]);

alterations('refusals', [
  ['without identifier', 'REFUSED', refused(without('/identifier')), /response identifier: must be there/],
  ['without message', 'REFUSED', refused(without('/message')), /response message: must be there/],
  ['message empty', 'REFUSED', refused(having('/message', '')), /response message: must not be empty/],
  ['message null', 'REFUSED', refused(having('/message', null)), /response message: must be a string; got null/],
  [
    'unknown identifier',
    'REFUSED',
    refused(having('/identifier', 'NO_SUCH_IDENTIFIER')),
    /response identifier: must be one of/,
  ],
  ['identifier in lower case', 'REFUSED', refused(having('/identifier', lower)), /response identifier: must be one of/],
  [
    'UNAUTHORIZED replaced',
    'REFUSED',
    refused(having('/identifier', replaced('UNAUTHORIZED', 'BAD_VALUE'))),
    /identifier is "BAD_VALUE"; the scenario expects UNAUTHORIZED/,
  ],
  [
    'PERMISSIONS_ERROR replaced',
    'REFUSED',
    refused(having('/identifier', replaced('PERMISSIONS_ERROR', 'VALIDATION_ERROR'))),
    /identifier is "VALIDATION_ERROR"; the scenario expects PERMISSIONS_ERROR/,
  ],
  [
    'words of PERMISSIONS_ERROR changed',
    'REFUSED',
    refused(having('/message', 'Not here.')),
    /response `\/message` is "Not here.", expected "This endpoint is not available/,
  ],
  ['severity no string', 'REFUSED', refused(having('/severity', 3)), /response severity: must be a string/],
  [
    'documentation null',
    'REFUSED',
    refused(having('/documentation', null)),
    /response documentation: must be a string/,
  ],
  ['a list of errors', 'REFUSED', refused(raw((json) => `[${json}]`)), /response body: must be an object/],
]);

const STATUS_FIELDS = [
  'status',
  'autoDocument',
  'autoFace',
  'manualDocument',
  'manualFace',
  'fraudTags',
  'mismatchTags',
  'scanRef',
  'clientId',
];
alterations('the status response', [
  ...STATUS_FIELDS.flatMap((field): Row[] => [
    [
      `${field} missing`,
      'STATUS',
      accepted('status', without(`/${field}`)),
      new RegExp(`response ${field}: must be there`),
    ],
    [
      `${field} of the wrong type`,
      'STATUS',
      accepted('status', having(`/${field}`, 7)),
      new RegExp(`response ${field}: must be .*got 7`),
    ],
  ]),
  [
    'another status',
    'STATUS',
    accepted('status', having('/status', 'REVIEWING')),
    /response `\/status` is "REVIEWING", expected "SUSPECTED"/,
  ],
  [
    'status from nowhere',
    'STATUS',
    accepted('status', having('/status', 'DONE')),
    /response status: must be one of .*got "DONE"/,
  ],
  [
    'status of another session',
    'STATUS',
    accepted('status', having('/scanRef', 'ec6a7108-8c26-11e9-9758-309c231b1bac')),
    /response scanRef: must be .*as the request says/,
  ],
  [
    'client of another session',
    'STATUS',
    accepted('status', having('/clientId', 'somebody')),
    /response `\/clientId` is "somebody", expected/,
  ],
  [
    'stale manualFace',
    'STATUS',
    accepted('status', having('/manualFace', '')),
    /response `\/manualFace` is "", expected "FACE_MATCH"/,
  ],
  [
    'manualDocument from nowhere',
    'STATUS',
    accepted('status', having('/manualDocument', 'DOC_FINE')),
    /response manualDocument: must be one of/,
  ],
  [
    'a tag from nowhere',
    'STATUS',
    accepted('status', having('/fraudTags', ['ODD'])),
    /response fraudTags.0: must be one of .*got "ODD"/,
  ],
]);

const WEBHOOK_FIELDS: readonly (readonly [pointer: string, wrong: unknown])[] = [
  ['/final', 'true'],
  ['/platform', 7],
  ['/status', 'APPROVED'],
  ['/data', []],
  ['/fileUrls', []],
  ['/clientId', 7],
  ['/startTime', 'now'],
  ['/finishTime', '1700000000'],
  ['/clientIp', 7],
  ['/clientIpCountry', 7],
  ['/clientLocation', 7],
  ['/status/overall', 7],
  ['/status/fraudTags', 'NONE'],
  ['/status/mismatchTags', {}],
  ['/status/autoFace', 7],
  ['/status/manualFace', 7],
  ['/status/autoDocument', 7],
  ['/status/manualDocument', 7],
  ['/status/additionalSteps', 7],
  ['/data/docFirstName', 7],
  ['/data/docLastName', 7],
  ['/data/docNumber', 7],
  ['/data/docPersonalCode', 7],
  ['/data/docExpiry', 7],
  ['/data/docDob', 7],
  ['/data/docDateOfIssue', 7],
  ['/data/docType', 7],
  ['/data/docSex', 7],
  ['/data/docNationality', 7],
  ['/data/docIssuingCountry', 7],
  ['/data/manuallyDataChanged', 'no'],
  ['/data/fullName', 7],
  ['/data/selectedCountry', 7],
  ['/data/orgFirstName', 7],
  ['/data/orgLastName', 7],
  ['/data/orgNationality', 7],
  ['/data/orgBirthPlace', 7],
  ['/data/orgAuthority', 7],
  ['/data/orgAddress', 7],
  ['/data/orgTemporaryAddress', 7],
  ['/data/orgMothersMaidenName', 7],
  ['/data/orgBirthName', 7],
  ['/data/orgPatronymic', 7],
  ['/data/ageEstimate', 7],
  ['/data/clientIpProxyRiskLevel', 7],
  ['/data/duplicateFaces', 7],
  ['/data/duplicateDocFaces', 7],
];

alterations(
  'fields of the webhook',
  WEBHOOK_FIELDS.flatMap(([pointer, wrong]): Row[] => {
    const name = pointer.slice(1).replaceAll('/', '\\.');
    return [
      [`${pointer} missing`, 'ONE', webhooks('any', without(pointer)), new RegExp(`webhook ${name}: must be there`)],
      [
        `${pointer} of the wrong type`,
        'ONE',
        webhooks('any', having(pointer, wrong)),
        new RegExp(`webhook ${name}: must be .*; got`),
      ],
    ];
  }),
);

alterations(
  'values of the webhook',
  [
    [
      'overall APPROVED and DENIED swapped',
      'FLOW',
      webhooks('any', having('/status/overall', swap('APPROVED', 'DENIED'))),
      /webhook status: must hold: an automatic|webhook status.overall: is "DENIED"; the request that caused it said "APPROVED"/,
    ],
    [
      'manual overall APPROVED and DENIED swapped',
      'FLOW',
      webhooks('manual', having('/status/overall', swap('APPROVED', 'DENIED'))),
      /webhook status: must hold: a manual (APPROVED|DENIED)/,
    ],
    [
      'overall from nowhere',
      'FLOW',
      webhooks('any', having('/status/overall', 'FINE')),
      /webhook status.overall: must be one of .*got "FINE"/,
    ],
    [
      'overall in lower case',
      'FLOW',
      webhooks('any', having('/status/overall', lower)),
      /webhook status.overall: must be one of/,
    ],
    [
      'SUSPECTED without tags',
      'FLOW',
      webhooks('any', having('/status/mismatchTags', [])),
      /overall SUSPECTED needs a fraud tag/,
    ],
    [
      'overall EXPIRED instead',
      'AUTOMATIC',
      webhooks('auto', having('/status/overall', 'EXPIRED')),
      /webhook status.overall: is "EXPIRED"; the request that caused it said/,
    ],
    [
      'an expiry that says APPROVED',
      'AUTOMATIC',
      webhooks('any', having('/status/overall', replaced('EXPIRED', 'APPROVED'))),
      /webhook status.overall: is "APPROVED"; .* said "EXPIRED"|IDENTIFICATION_EXPIRED has overall EXPIRED/,
    ],
    [
      'autoFace from nowhere',
      'FLOW',
      webhooks('any', having('/status/autoFace', 'FACE_OK')),
      /webhook status.autoFace: must be one of/,
    ],
    [
      'autoFace that does not approve',
      'FLOW',
      webhooks('auto', having('/status/autoFace', 'FACE_ERROR')),
      /an automatic APPROVED needs autoFace FACE_MATCH/,
    ],
    [
      'a denial that nothing explains',
      'AUTOMATIC',
      webhooks('auto', having('/status/autoFace', replaced('FACE_MISMATCH', 'FACE_MATCH'))),
      /an automatic DENIED needs/,
    ],
    [
      'manualFace stale',
      'FLOW',
      webhooks('manual', having('/status/manualFace', null)),
      /webhook status.manualFace: is null; the request that caused it said/,
    ],
    [
      'manualFace other than asked',
      'FLOW',
      webhooks('manual', having('/status/manualFace', 'FACE_ERROR')),
      /webhook status.manualFace: is "FACE_ERROR"; the request that caused it said/,
    ],
    [
      'manualDocument other than asked',
      'FLOW',
      webhooks('manual', having('/status/manualDocument', 'DOC_FAKE')),
      /webhook status.manualDocument: is "DOC_FAKE"; the request that caused it said/,
    ],
    [
      'manualDocument empty',
      'FLOW',
      webhooks('manual', having('/status/manualDocument', '')),
      /webhook status.manualDocument: is ""; the request/,
    ],
    [
      'a manual webhook that is not final',
      'FLOW',
      webhooks('manual', having('/final', false)),
      /IDENTIFICATION_MANUAL_FINISHED has final true/,
    ],
    [
      'a fraud tag from nowhere',
      'FLOW',
      webhooks('any', having('/status/fraudTags', ['ODD'])),
      /webhook status.fraudTags.0: must be one of/,
    ],
    [
      'a mismatch tag of the other kind',
      'FLOW',
      webhooks('any', having('/status/mismatchTags', ['FAKE_FACE'])),
      /webhook status.mismatchTags.0: must be one of/,
    ],
    [
      'platform from nowhere',
      'FLOW',
      webhooks('any', having('/platform', 'TOASTER')),
      /webhook platform: must be one of/,
    ],
    [
      'times in ms',
      'FLOW',
      webhooks('any', (m) => {
        m.body.startTime *= 1000;
        m.body.finishTime *= 1000;
      }),
      /webhook startTime: must be at most/,
    ],
    [
      'times with fractions',
      'FLOW',
      webhooks(
        'any',
        having('/finishTime', (t: number) => t + 0.5),
      ),
      /webhook finishTime: must be an integer/,
    ],
    [
      'finish before start',
      'FLOW',
      webhooks(
        'any',
        having('/finishTime', (t: number) => t - 100),
      ),
      /webhook finishTime: must not be before startTime/,
    ],
    [
      'clientId of another session',
      'FLOW',
      webhooks('any', stale('/clientId')),
      /webhook: clientId is .*; session .* was created for/,
    ],
    [
      'externalRef of another session',
      'FLOW',
      webhooks('any', having('/externalRef', 'another')),
      /webhook: externalRef is "another"/,
    ],
    [
      'clientIp too long',
      'FLOW',
      webhooks('any', having('/clientIp', '1'.repeat(40))),
      /webhook clientIp: must have at most 39/,
    ],
    [
      'clientIpCountry as a name',
      'FLOW',
      webhooks('any', having('/clientIpCountry', 'Lithuania')),
      /webhook clientIpCountry: must have at most 2/,
    ],
    [
      'a file that is no URL',
      'FLOW',
      webhooks('any', having('/fileUrls', { FRONT: 'front.png' })),
      /webhook fileUrls.FRONT: must be a URI/,
    ],
    [
      'docType from nowhere',
      'FLOW',
      webhooks('any', having('/data/docType', 'LIBRARY_CARD')),
      /webhook data.docType: must be one of/,
    ],
    [
      'docSex as the request has it',
      'FLOW',
      webhooks('any', having('/data/docSex', 'M')),
      /webhook data.docSex: must be one of/,
    ],
    [
      'docDob that the calendar does not have',
      'FLOW',
      webhooks('any', having('/data/docDob', '1990-02-30')),
      /webhook data.docDob: must be a real calendar date/,
    ],
    [
      'body not JSON',
      'FLOW',
      webhooks(
        'any',
        raw(() => 'status=APPROVED'),
      ),
      /did not come .*with a body that is not JSON: names no session/,
    ],
    [
      'body truncated',
      'FLOW',
      webhooks(
        'any',
        raw((json) => json.slice(0, -1)),
      ),
      /did not come .*with a body that is not JSON: names no session/,
    ],
    [
      'body in a list',
      'FLOW',
      webhooks(
        'any',
        raw((json) => `[${json}]`),
      ),
      /did not come .*: names no session/,
    ],
  ],
  250,
);

alterations('how a webhook is sent', [
  [
    'a byte changed after signing',
    'FLOW',
    { webhook: having('/clientLocation', 'elsewhere'), signature: original },
    /Idenfy-Signature is not the lower-case hex HMAC/,
  ],
  [
    'a blank added after signing',
    'FLOW',
    { webhook: raw((json) => `${json} `), signature: original },
    /Idenfy-Signature is not/,
  ],
  [
    'signed over a re-serialised body',
    'FLOW',
    {
      webhook: (m) => {
        m.raw = JSON.stringify(m.body, null, 2);
      },
      signature: original,
    },
    /Idenfy-Signature is not/,
  ],
  ['signature missing', 'FLOW', { signature: () => null }, /Idenfy-Signature header is missing/],
  ['signature empty', 'FLOW', { signature: () => '' }, /Idenfy-Signature header is missing/],
  [
    'signature in upper case',
    'FLOW',
    { signature: (due) => due.toUpperCase() },
    /Idenfy-Signature is not the lower-case hex/,
  ],
  ['signature truncated', 'FLOW', { signature: (due) => due.slice(0, 40) }, /Idenfy-Signature is not/],
  ['signature with a prefix', 'FLOW', { signature: (due) => `sha256=${due}` }, /Idenfy-Signature is not/],
  [
    'signature in base64',
    'FLOW',
    { signature: (due) => Buffer.from(due, 'hex').toString('base64') },
    /Idenfy-Signature is not/,
  ],
  ['signature of another webhook', 'FLOW', { signature: previous() }, /Idenfy-Signature is not/],
  [
    'event type missing',
    'FLOW',
    webhooks('any', header('idenfy-event-type', undefined)),
    /webhook header idenfy-event-type: must be there|Idenfy-Event-Type is ""/,
  ],
  [
    'event type from nowhere',
    'FLOW',
    webhooks('any', header('idenfy-event-type', 'IDENTIFICATION_DONE')),
    /Idenfy-Event-Type is "IDENTIFICATION_DONE"/,
  ],
  [
    'event type in lower case',
    'FLOW',
    webhooks('any', header('idenfy-event-type', 'identification')),
    /Idenfy-Event-Type is "identification"/,
  ],
  [
    'manual event type on the automatic webhook',
    'FLOW',
    webhooks('auto', header('idenfy-event-type', 'IDENTIFICATION_MANUAL_FINISHED')),
    /Idenfy-Event-Type is "IDENTIFICATION_MANUAL_FINISHED"/,
  ],
  [
    'automatic event type on the manual webhook',
    'FLOW',
    webhooks('manual', header('idenfy-event-type', 'IDENTIFICATION_AUTO_FINISHED')),
    /Idenfy-Event-Type is "IDENTIFICATION_AUTO_FINISHED"|IDENTIFICATION_AUTO_FINISHED .*no step caused it/,
  ],
  [
    'automatic event type on the expiry',
    'AUTOMATIC',
    webhooks('any', header('idenfy-event-type', 'IDENTIFICATION_AUTO_FINISHED')),
    /Idenfy-Event-Type is "IDENTIFICATION_AUTO_FINISHED"/,
  ],
  [
    'content type text/plain',
    'FLOW',
    webhooks('any', header('content-type', 'text/plain')),
    /webhook header content-type: must match/,
  ],
  [
    'content type missing',
    'FLOW',
    webhooks('any', header('content-type', undefined)),
    /webhook header content-type: must be there/,
  ],
]);

alterations(
  'which webhooks come, and when',
  [
    [
      'never',
      'FLOW',
      { deliver: async () => 200 },
      /webhook IDENTIFICATION_AUTO_FINISHED .* did not come within 250 ms; nothing arrived/,
    ],
    [
      'the manual one never',
      'FLOW',
      { deliver: async (send, m) => (kindOf(m) === 'manual' ? 200 : send()) },
      /webhook IDENTIFICATION_MANUAL_FINISHED .* did not come within .*arrived instead: .*AUTO_FINISHED/,
    ],
    [
      'the expiry never',
      'AUTOMATIC',
      { deliver: async (send, m) => (kindOf(m) === 'expired' ? 200 : send()) },
      /webhook IDENTIFICATION_EXPIRED .* did not come/,
    ],
    ['late', 'AUTOMATIC', { deliver: later(600) }, /did not come within 250 ms/],
    ['doubled', 'FLOW', { deliver: doubled() }, /came before with the same bytes and was acknowledged/],
    [
      'doubled with other bytes',
      'FLOW',
      { deliver: doubled(having('/clientLocation', 'elsewhere')) },
      /no step caused it/,
    ],
    [
      'doubled after the case',
      'AUTOMATIC',
      { deliver: doubledLater(20) },
      /case .*: webhook .*came before with the same bytes/,
    ],
    [
      'one more that nothing caused',
      'AUTOMATIC',
      { deliver: doubled(manualToo) },
      /webhook .*IDENTIFICATION_MANUAL_FINISHED .*no step caused it/,
    ],
    [
      'one more without a scanRef',
      'AUTOMATIC',
      { deliver: doubled(without('/scanRef')) },
      /names no session of this run/,
    ],
    [
      'one more of a session that nobody knows',
      'AUTOMATIC',
      { deliver: doubled(having('/scanRef', '00000000-8c26-11e9-9758-309c231b1bac')) },
      /names no session of this run/,
    ],
    [
      'one more of a session and a client that nobody knows',
      'AUTOMATIC',
      {
        deliver: doubled((m) => {
          m.body.scanRef = '00000000-8c26-11e9-9758-309c231b1bac';
          m.body.clientId = 'nobody';
        }),
      },
      /names no session of this run/,
    ],
    [
      'one more that is not JSON',
      'AUTOMATIC',
      { deliver: doubled(raw(() => 'hello')) },
      /names no session of this run/,
    ],
    [
      'one more of another session',
      'AUTOMATIC',
      { deliver: doubled(stale('/scanRef')) },
      /no step caused it|same bytes/,
    ],
    ['reordered', 'HASTY', { deliver: reordered() }, /came after the manual one, which was caused later/],
    [
      'for an active session',
      'AUTOMATIC',
      { request: (m) => void (m.body?.dummyStatus === 'ACTIVE' && (m.body.dummyStatus = 'APPROVED')) },
      /no step caused it; webhooks due: none/,
    ],
    ['after a refused manual status', 'REFUSED', afterRefusal(), /IDENTIFICATION_MANUAL_FINISHED .*no step caused it/],
    [
      'after a refused token request',
      'REFUSED',
      { request: afterRefusedToken, response: (m) => void (m.asked?.clientId === null && refuse(m)) },
      /names no session of this run/,
    ],
    [
      'scanRef swapped with another session',
      'AUTOMATIC',
      webhooks('any', stale('/scanRef')),
      /clientId is .*; session .* was created for|did not come/,
    ],
    [
      'scanRef of nobody',
      'AUTOMATIC',
      webhooks('any', having('/scanRef', 'ec6a7108-8c26-11e9-9758-309c231b1bac')),
      /did not come .*has this session's clientId, but not its scanRef/,
    ],
    [
      'scanRef missing',
      'AUTOMATIC',
      webhooks('any', without('/scanRef')),
      /did not come .*has this session's clientId, but not its scanRef/,
    ],
    [
      'scanRef null',
      'AUTOMATIC',
      webhooks('any', having('/scanRef', null)),
      /did not come .*has this session's clientId, but not its scanRef/,
    ],
    [
      'scanRef in upper case in webhooks only',
      'AUTOMATIC',
      webhooks(
        'any',
        having('/scanRef', (s: string) => s.toUpperCase()),
      ),
      /did not come .*has this session's clientId, but not its scanRef/,
    ],
    [
      'repeated with other bytes',
      'RETRIED',
      { webhook: counted() },
      /repeats a webhook that was not acknowledged, but its bytes differ/,
    ],
  ],
  250,
);

function lower(value: string): string {
  return value.toLowerCase();
}

function another(value: unknown): unknown {
  if (typeof value === 'string') return `${value}x`;
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  return [...(value as string[]), 'VISA'];
}

function replaced(from: string, to: string): (value: string) => string {
  return (value) => (value === from ? to : value);
}

function swap(one: string, other: string): (value: string) => string {
  return (value) => (value === one ? other : value === other ? one : value);
}

function original(_due: string, signed: string): string {
  return signed;
}

function previous(): (due: string) => string {
  let before = '0'.repeat(64);
  return (due) => {
    const signature = before;
    before = due;
    return signature;
  };
}

function later(ms: number): NonNullable<Alteration['deliver']> {
  return async (send) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return send();
  };
}

function doubled(copy?: (message: PassingMessage) => void): NonNullable<Alteration['deliver']> {
  return async (send) => {
    await send();
    return send(copy);
  };
}

function doubledLater(ms: number): NonNullable<Alteration['deliver']> {
  return async (send) => {
    setTimeout(() => void send().catch(() => undefined), ms);
    return send();
  };
}

function manualToo(message: PassingMessage): void {
  message.headers['idenfy-event-type'] = 'IDENTIFICATION_MANUAL_FINISHED';
}

function reordered(): NonNullable<Alteration['deliver']> {
  let held: Send | undefined;
  return async (send, message) => {
    if (kindOf(message) === 'auto') {
      held = send;
      return 200;
    }
    await send();
    return held?.() ?? 200;
  };
}

/** The sandbox takes the manual status, but the harness is told that it was refused. */
function afterRefusal(): Alteration {
  return {
    request: ({ body }) =>
      void (body?.manualDocumentValidity === 'DOC_NO_SUCH' && (body.manualDocumentValidity = 'DOC_FAKE')),
    response: (message) => void (message.asked?.manualDocumentValidity === 'DOC_NO_SUCH' && refuse(message)),
  };
}

function afterRefusedToken({ body }: PassingMessage): void {
  if (body?.clientId === null) body.clientId = 'nobody';
}

function counted(): (message: PassingMessage) => void {
  let count = 0;
  return (message) => {
    count += 1;
    message.body.clientLocation = `attempt ${count}`;
  };
}
