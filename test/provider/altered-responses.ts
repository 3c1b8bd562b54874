import { accepted, another, having, header, lower, raw, refused, replaced, stale, status, without } from './alter.ts';
import type { Alterations, Row } from './alterations.ts';

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
  ['callbackUrl', 7],
  ['unverifiedUrl', 7],
  ['reviewSuccessful', 'no'],
  ['reviewFailed', 0],
];
const MADE: readonly (readonly [field: string, wrong: unknown])[] = [
  ['message', 7],
  ['authToken', 7],
  ['scanRef', 7],
  ['digitString', 12345678],
];
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

/** One thing at a time that a provider must not answer. */
export const ALTERED_RESPONSES: readonly Alterations[] = [
  {
    title: 'status codes',
    rows: [
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
    ],
  },
  {
    title: 'fields of the token response',
    rows: [...ECHOED, ...MADE].flatMap(([field, wrong]): Row[] => [
      [
        `${field} missing`,
        'ONE',
        accepted('token', without(`/${field}`)),
        new RegExp(`response ${field}: must be .*; it is missing`),
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
  },
  {
    title: 'values of the token response',
    rows: [
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
    ],
  },

  {
    title: 'how a response is sent',
    rows: [
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
        'a page instead',
        'STATUS',
        accepted('status', (message) => {
          raw(() => '<html><h1>Welcome')(message);
          header('content-type', 'text/html')(message);
        }),
        /HTTP 200 with a body that is not JSON \(content-type text\/html\): "<html><h1>Welcome"$/,
      ],
      [
        'Latin-1',
        'FLOW',
        accepted(
          'token',
          raw((json) => Buffer.from(json.replace('created', 'cr\u00e9\u00e9'), 'latin1')),
        ),
        /HTTP 201 with a body that is not UTF-8 at byte \d+ \(content-type application\/json/,
      ],
      [
        'not in its content-encoding',
        'FLOW',
        accepted('token', header('content-encoding', 'gzip')),
        /HTTP 201 with a body that is not in its content-encoding gzip/,
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
      [
        'refusal body not JSON',
        'REFUSED',
        refused(raw(() => 'Bad Request')),
        /HTTP 40[01] with a body that is not JSON/,
      ],
      ['refusal body empty', 'REFUSED', refused(raw(() => '')), /HTTP 40[01] with a body that is not JSON/],
    ],
  },

  {
    title: 'refusals',
    rows: [
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
      [
        'identifier in lower case',
        'REFUSED',
        refused(having('/identifier', lower)),
        /response identifier: must be one of/,
      ],
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
    ],
  },
  {
    title: 'the status response',
    rows: [
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
    ],
  },
];
