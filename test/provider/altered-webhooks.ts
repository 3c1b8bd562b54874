import {
  type Change,
  having,
  header,
  lower,
  raw,
  replaced,
  stale,
  swapped,
  together,
  webhooks,
  without,
} from './alter.ts';
import type { Alterations, Row } from './alterations.ts';
import type { Alteration } from './altering-proxy.ts';

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
/** One thing at a time that a webhook must not say. */
export const ALTERED_WEBHOOKS: readonly Alterations[] = [
  {
    title: 'fields of the webhook',
    rows: WEBHOOK_FIELDS.flatMap(([pointer, wrong]): Row[] => {
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
  },
  {
    title: 'values of the webhook',
    rows: [
      [
        'overall APPROVED and DENIED swapped',
        'FLOW',
        webhooks('any', having('/status/overall', swapped('APPROVED', 'DENIED'))),
        /webhook status: must hold: an automatic|webhook status.overall: is "DENIED"; the request that caused it said "APPROVED"/,
      ],
      [
        'manual overall APPROVED and DENIED swapped',
        'FLOW',
        webhooks('manual', having('/status/overall', swapped('APPROVED', 'DENIED'))),
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
        'times of 1970',
        'FLOW',
        webhooks('any', (m) => {
          m.body.startTime = 1;
          m.body.finishTime = 2;
        }),
        /webhook startTime: must hold: startTime is not before 2017 .*; got 1$/,
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
    deadlineMs: 250,
  },
  {
    title: 'webhooks of an account with legacy events',
    rows: [
      [
        'manual overall swapped',
        'FLOW',
        legacy('manual', having('/status/overall', swapped('APPROVED', 'DENIED'))),
        /a manual (APPROVED|DENIED) needs/,
      ],
      [
        'a manual denial that only the automatic result explains',
        'REVIEW',
        legacy('manual', having('/status/overall', 'DENIED')),
        /a manual DENIED needs/,
      ],
      [
        'a manual approval that only the automatic result explains',
        'ONE',
        legacy('manual', having('/status/overall', 'APPROVED')),
        /a manual APPROVED needs/,
      ],
      ['a manual webhook that is not final', 'FLOW', legacy('manual', having('/final', false)), /has final true/],
      [
        'an automatic denial that nothing explains',
        'AUTOMATIC',
        legacy('auto', having('/status/autoFace', replaced('FACE_MISMATCH', 'FACE_MATCH'))),
        /an automatic DENIED needs/,
      ],
      [
        'an expiry that says APPROVED',
        'AUTOMATIC',
        legacy('any', having('/status/overall', replaced('EXPIRED', 'APPROVED'))),
        /IDENTIFICATION_EXPIRED has overall EXPIRED/,
      ],
    ],
  },
  {
    title: 'how a webhook is sent',
    rows: [
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
    ],
  },
];

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

/** The change made by an account that sends legacy events only. */
function legacy(kind: 'auto' | 'manual' | 'any', change: Change): Alteration {
  return together(webhooks(kind, change), { webhook: header('idenfy-event-type', 'IDENTIFICATION') });
}
