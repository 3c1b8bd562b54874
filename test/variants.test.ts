import { readdir, readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { CaseResult } from '../src/domain/result.ts';
import { type Sandbox, startSandbox } from '../src/sandbox/start-sandbox.ts';
import {
  accepted,
  type Change,
  having,
  header,
  kindOf,
  raw,
  refused,
  refusing,
  renamed,
  status,
  taking,
  together,
  unreached,
  webhooks,
  when,
  without,
} from './provider/alter.ts';
import type { Alteration, PassingMessage } from './provider/altering-proxy.ts';
import { messagesOf, readScenarios, runAltered } from './provider/run-scenarios.ts';
import { SCENARIOS } from './provider/scenarios.ts';

/** The question of a contested clause, and the readings that the run has to record. */
type Reading = readonly [question: RegExp, ...readings: string[]];

/** How a provider behaves that breaks no word of the sources; `of` is a text of ours or a file of the catalogue. */
type Row = readonly [name: string, of: string, alteration: Alteration, seen?: Reading];

vi.setConfig({ maxConcurrency: 16 });

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ retryDelaysMs: [10, 10] });
});
afterAll(() => sandbox[Symbol.asyncDispose]());

async function textOf(name: string): Promise<string> {
  const text = Object.entries(SCENARIOS).find(([one]) => one === name)?.[1];
  if (text !== undefined) return text;
  return readFile(new URL(`../scenarios/${name}.yaml`, import.meta.url), 'utf8');
}

/** Every row has to leave the run green, and its reading recorded. */
function variants(title: string, rows: readonly Row[]): void {
  describe.concurrent(title, () => {
    test.each(rows.map((row) => [row[0], row] as const))('%s', async (_name, [, of, alteration, seen]) => {
      const results = await runAltered(sandbox, await readScenarios(await textOf(of)), alteration, 5000);
      expectGreen(results);
      if (seen !== undefined) {
        const [question, ...readings] = seen;
        expect(readingsOf(results, question)).toEqual(readings.toSorted());
      }
    });
  });
}

/** No case has failed or could not be tried; a case may be skipped because the provider refuses what is contested. */
function expectGreen(results: readonly CaseResult[]): void {
  expect(messagesOf(results)).toEqual([]);
  const others = results.filter(({ outcome, reason }) => outcome !== 'passed' && !reason?.startsWith('contested'));
  expect(others.map(({ id, outcome, reason }) => `${id} ${outcome}: ${reason}`)).toEqual([]);
}

/** The readings that a run saw of a contested question; those that fit together are one. */
function readingsOf(results: readonly CaseResult[], question: RegExp): readonly string[] {
  const observations = results.flatMap((result) => result.observations);
  const answers = observations.filter((one) => question.test(one.question)).map(({ readings }) => readings.join(' | '));
  return [...new Set(answers)].toSorted();
}

variants('contested: what is answered', [
  ['nothing altered', 'FLOW', {}, [/Which status answers an accepted createSession/, '201']],
  [
    'a session is answered 200',
    'FLOW',
    accepted('token', status(200)),
    [/Which status answers an accepted createSession/, '200'],
  ],
  ['wrong credentials are answered 400', 'credentials', refused(when((m) => m.status === 401, status(400)))],
  [
    'other words in message',
    'FLOW',
    accepted('token', having('/message', 'Token created')),
    [/What does the message/, 'other words'],
  ],
  [
    'expiryTime is 86400 by default',
    'DEFAULTS',
    accepted('token', having('/expiryTime', 86400)),
    [/What is the default expiryTime/, '86400 s'],
  ],
  [
    'sessionLength is 300 by default',
    'DEFAULTS',
    accepted('token', having('/sessionLength', 300)),
    [/What is the default sessionLength/, '300 s'],
  ],
  [
    'sessionLength is 1800 by default',
    'DEFAULTS',
    accepted('token', having('/sessionLength', 1800)),
    [/What is the default sessionLength/, '1800 s'],
  ],
  ['documents are null by default', 'DEFAULTS', accepted('token', having('/documents', null))],
  [
    "documents are the account's list by default",
    'DEFAULTS',
    accepted('token', having('/documents', ['PASSPORT', 'OTHER'])),
  ],
  ['digitString has 8 digits', 'FLOW', {}, [/How many digits/, '8']],
  ['digitString has 7 digits', 'FLOW', accepted('token', having('/digitString', '4823657')), [/How many digits/, '7']],
  ['digitString is set though nobody asked', 'DEFAULTS', accepted('token', having('/digitString', '12345678'))],
  ['scanRef is no UUID', 'FLOW', renamed((ref) => ref.replaceAll('-', '')), [/Is scanRef a UUID/, 'another string']],
  ['scanRef is in upper case', 'STATUS', renamed((ref) => ref.toUpperCase())],
  ['country comes back in the other case', 'FLOW', accepted('token', having('/country', 'LT'))],
  ['nationality comes back in the other case', 'FLOW', accepted('token', having('/nationality', 'LV'))],
  [
    "no fields beyond the page's",
    'DEFAULTS',
    accepted('token', (m) => {
      for (const name of ['unverifiedUrl', 'callbackUrl', 'reviewSuccessful', 'reviewFailed', 'redirectUrl'])
        delete m.body[name];
    }),
  ],
  [
    'redirectUrl null, personScanRef set',
    'FLOW',
    accepted('token', (m) => {
      m.body.redirectUrl = null;
      m.body.personScanRef = 'x';
    }),
  ],
  [
    'errors without documentation and severity',
    'REFUSED',
    refused((m) => {
      delete m.body.documentation;
      delete m.body.severity;
    }),
    [/documentation and severity/, 'no'],
  ],
  ['errors with documentation and severity', 'REFUSED', {}, [/documentation and severity/, 'yes']],
  [
    'an unknown scanRef is answered 404',
    'REFUSED',
    refused(when(({ path, body }) => path.endsWith('status') && body.message.includes('scanRef'), status(404))),
  ],
  [
    'a manual status is answered with nothing',
    'FLOW',
    accepted('manual', (m) => {
      m.raw = '';
      delete m.headers['content-type'];
    }),
    [/body of an accepted manual status/, 'nothing'],
  ],
  [
    'a manual status is answered {}',
    'FLOW',
    accepted(
      'manual',
      raw(() => '{}'),
    ),
    [/body of an accepted manual status/, 'an object'],
  ],
  [
    'a manual status is answered null',
    'FLOW',
    accepted(
      'manual',
      raw(() => 'null'),
    ),
    [/body of an accepted manual status/, 'null'],
  ],
  [
    'a manual status is answered with text',
    'FLOW',
    accepted('manual', (m) => {
      m.raw = 'OK';
      m.headers['content-type'] = 'text/plain';
    }),
    [/body of an accepted manual status/, 'something else'],
  ],
  [
    'a manual status is answered with a list',
    'FLOW',
    accepted(
      'manual',
      raw(() => '[]'),
    ),
    [/body of an accepted manual status/, 'something else'],
  ],
  [
    'results that are not reached are null in the status',
    'STATUS',
    accepted('status', unreached(null)),
    [/step has not reached/, 'null'],
  ],
  [
    'results that are not reached are FACE_NOT_ANALYSED in the status',
    'STATUS',
    { ...accepted('status', unreached()), webhook: unreached() },
    [/step has not reached/, 'FACE_NOT_ANALYSED', 'DOC_NOT_ANALYSED'],
  ],
]);

variants('contested: what is asked', [
  [
    'ACTIVE is refused',
    'AUTOMATIC',
    refusing(({ dummyStatus }) => dummyStatus === 'ACTIVE'),
    [/^Is ACTIVE/, 'no longer listed'],
  ],
  [
    'ACTIVE is refused, in the catalogue',
    'automatic-results',
    refusing(({ dummyStatus }) => dummyStatus === 'ACTIVE'),
    [/Is ACTIVE still/, 'refused', 'no longer listed'],
  ],
  [
    'unknown fields are refused',
    'contested',
    refusing((body) => 'favouriteColour' in body || 'x-extra' in body || '' in body),
    [/Are unknown fields ignored/, 'refused'],
  ],
  [
    'the limits of sessionLength are refused',
    'contested',
    refusing(({ sessionLength }) => sessionLength === 60 || sessionLength === 3600),
    [/Are the limits of sessionLength/, 'refused'],
  ],
  [
    'tokenType is required',
    'contested',
    refusing((body) => !('tokenType' in body)),
    [/Is tokenType required/, 'refused'],
  ],
  [
    'tokenType is required, everywhere',
    'DEFAULTS',
    refusing((body) => !('tokenType' in body)),
    [/Is tokenType required/, 'required'],
  ],
  [
    'the older tokenTypes are refused',
    'contested',
    refusing(({ tokenType }) => String(tokenType).startsWith('VIDEO')),
    [/Are the older tokenTypes/, 'refused'],
  ],
  ['expiryTime 0 is refused', 'contested', {}, [/Is an expiryTime of 0/, 'refused']],
  [
    'expiryTime 0 is taken',
    'contested',
    taking('expiryTime', (value) => value === 0, 1),
    [/Is an expiryTime of 0/, 'taken'],
  ],
  ['a list of countries is refused', 'contested', {}, [/May country be a list/, 'refused']],
  [
    'a list of countries is taken',
    'contested',
    taking('country', (value) => Array.isArray(value) && value.every((one) => /^[A-Za-z]{2}$/.test(one)), 'lt'),
    [/May country be a list/, 'taken'],
  ],
  ['a list of scanRefs is refused', 'contested', {}, [/May scanRef be a list/, 'refused']],
  [
    'a list of scanRefs is taken',
    'contested',
    {
      request: when(
        ({ body }) => Array.isArray(body?.scanRef),
        having('/scanRef', ([first]: string[]) => first),
      ),
    },
    [/May scanRef be a list/, 'taken'],
  ],
]);

variants('contested: what webhooks say', [
  ['one event type for each outcome', 'FLOW', {}, [/Which kind of event/, 'one event type for each outcome']],
  [
    'the legacy event only',
    'FLOW',
    webhooks('any', legacy),
    [/Which kind of event/, 'the legacy IDENTIFICATION event'],
  ],
  ['the legacy event only, an expiry too', 'AUTOMATIC', webhooks('any', legacy)],
  ['the legacy event only, a manual status at once', 'HASTY', webhooks('any', legacy)],
  [
    'the legacy event after each specific one',
    'FLOW',
    {
      deliver: async (send) => {
        await send();
        return send(legacy);
      },
    },
  ],
  [
    'the legacy event before each specific one',
    'FLOW',
    {
      deliver: async (send) => {
        await send(legacy);
        return send();
      },
    },
  ],
  [
    'both, while a manual status comes at once',
    'HASTY',
    {
      deliver: async (send) => {
        await send();
        return send(legacy);
      },
    },
  ],
  ['without companyId', 'FLOW', webhooks('any', without('/companyId')), [/Does the webhook carry companyId/, 'no']],
  [
    'without beneficiaryId',
    'FLOW',
    webhooks('any', without('/beneficiaryId')),
    [/Does the webhook carry beneficiaryId/, 'no'],
  ],
  ['results that are not reached are null', 'FLOW', {}, [/step has not reached/, 'null']],
  [
    'results that are not reached are empty',
    'FLOW',
    webhooks('any', unreached('')),
    [/step has not reached/, 'an empty string'],
  ],
  [
    'results that are not reached are NOT_ANALYSED',
    'AUTOMATIC',
    webhooks('auto', unreached()),
    [/step has not reached/, 'FACE_NOT_ANALYSED', 'DOC_NOT_ANALYSED'],
  ],
  ['an automatic result that is not final', 'FLOW', webhooks('auto', having('/final', false))],
  [
    'an expiry that is not final',
    'AUTOMATIC',
    webhooks(
      'any',
      having('/final', (final: boolean, m: PassingMessage) => final && kindOf(m) !== 'expired'),
    ),
  ],
  ['no externalRef', 'FLOW', webhooks('any', without('/externalRef'))],
  ['externalRef null', 'FLOW', webhooks('any', having('/externalRef', null))],
  [
    'SUSPECTED by a fraud tag',
    'FLOW',
    webhooks('any', (m) => {
      m.body.status.fraudTags = ['FAKE_PHOTO'];
      m.body.status.mismatchTags = [];
    }),
  ],
  [
    'SUSPECTED by older suspicionReasons',
    'FLOW',
    webhooks('any', (m) => {
      m.body.status.suspicionReasons = ['odd'];
      m.body.status.mismatchTags = [];
    }),
  ],
  [
    'DENIED by the document',
    'AUTOMATIC',
    webhooks('any', (m) => {
      if (m.body.status.overall === 'DENIED')
        Object.assign(m.body.status, { autoFace: 'FACE_MATCH', autoDocument: 'DOC_EXPIRED' });
    }),
  ],
  [
    'no data was read',
    'FLOW',
    webhooks('any', (m) => {
      m.body.data = Object.fromEntries(Object.keys(m.body.data).map((name) => [name, null]));
    }),
  ],
  ['files', 'FLOW', webhooks('any', having('/fileUrls', { FRONT: 'https://files.example/front.png', BACK: null }))],
  [
    'another place and device',
    'FLOW',
    webhooks('any', (m) => {
      Object.assign(m.body, {
        platform: 'MOBILE_SDK',
        clientIp: '2001:db8::1',
        clientIpCountry: 'LT',
        clientLocation: 'Vilnius',
      });
    }),
  ],
  [
    'checks that no source describes',
    'FLOW',
    webhooks('any', (m) => {
      Object.assign(m.body, { AML: null, LID: null, amlCheck: { any: 'thing' }, manualAddress: 7, riskAssessment: [] });
    }),
  ],
]);

/** A provider that follows the other reading of everything that can be read in two ways. */
const OTHERWISE = together(
  refusing(
    (body) =>
      !('tokenType' in body) ||
      Object.keys(body).some((name) => ['favouriteColour', 'x-extra', ''].includes(name)) ||
      body.dummyStatus === 'ACTIVE' ||
      [60, 3600].includes(Number(body.sessionLength)) ||
      String(body.tokenType).startsWith('VIDEO'),
  ),
  taking('expiryTime', (value) => value === 0, 1),
  taking('country', (value) => Array.isArray(value) && value.every((one) => /^[A-Za-z]{2}$/.test(one)), 'lt'),
  accepted('token', (message) => {
    const { asked, body } = message;
    message.status = 200;
    if ((asked.expiryTime ?? null) === null) body.expiryTime = 86400;
    if ((asked.sessionLength ?? null) === null) body.sessionLength = 1800;
    if (body.digitString !== null) body.digitString = '4823657';
  }),
  accepted(
    'manual',
    raw(() => '{}'),
  ),
  accepted('status', unreached(null)),
  refused((message) => {
    if (message.status === 401) message.status = 400;
    delete message.body.documentation;
    delete message.body.severity;
  }),
  webhooks('any', (message) => {
    unreached('')(message);
    legacy(message);
    delete message.body.companyId;
    delete message.body.beneficiaryId;
  }),
);

test('a provider that reads everything otherwise keeps the whole catalogue green; only the full matrix is left out', async () => {
  const folder = new URL('../scenarios/', import.meta.url);
  const files = (await readdir(folder)).filter((file) => file !== 'manual-matrix.yaml');
  const scenarios = await Promise.all(
    files.map(async (file) => readScenarios(await readFile(new URL(file, folder), 'utf8'))),
  );
  expectGreen(await runAltered(sandbox, scenarios.flat(), OTHERWISE, 10_000));
});

const MORE = { extra: { deep: [1, { x: null }] }, another: 'field', '': 0 };

variants('how messages are sent', [
  [
    'fields that no source knows',
    'FLOW',
    {
      response: more,
      webhook: (m) => {
        more(m);
        Object.assign(m.body.status, MORE);
        Object.assign(m.body.data, MORE);
      },
    },
  ],
  ['fields that no source knows in errors', 'REFUSED', { response: more }],
  ['fields that no source knows in statuses', 'STATUS', { response: more }],
  ['keys in another order', 'STATUS', { response: turned, webhook: turned }],
  ['JSON with blanks and lines', 'STATUS', { response: pretty, webhook: pretty }],
  ['JSON in ASCII', 'LETTERS', { response: ascii, webhook: ascii }],
  [
    'JSON with a line at its end',
    'STATUS',
    { response: raw((json) => `${json}\r\n`), webhook: raw((json) => `${json}\r\n`) },
  ],
  [
    'content types with a charset',
    'STATUS',
    {
      response: header('content-type', 'application/json; charset=utf-8'),
      webhook: header('content-type', 'application/json;charset=UTF-8'),
    },
  ],
  ['errors as problem+json', 'REFUSED', refused(header('content-type', 'application/problem+json'))],
  [
    'header names in upper case',
    'STATUS',
    {
      response: namedIn('toUpperCase'),
      webhook: namedIn('toUpperCase'),
    },
  ],
  ['header names in lower case', 'STATUS', { webhook: namedIn('toLowerCase') }],
  ['more headers', 'STATUS', { response: header('x-request-id', '1'), webhook: header('x-attempt', '1') }],
  ['chunked bodies', 'STATUS', { response: chunked, webhook: chunked }],
  ['responses in gzip', 'STATUS', { response: gzipped }],
  ['refusals in gzip', 'REFUSED', { response: gzipped }],
  [
    'responses in a list of encodings',
    'STATUS',
    together({ response: gzipped }, { response: header('content-encoding', 'identity, gzip') }),
  ],
  ['a byte order mark before responses', 'STATUS', { response: raw((json) => `\ufeff${json}`) }],
  [
    'content types in capitals',
    'STATUS',
    {
      response: header('content-type', 'Application/JSON'),
      webhook: header('content-type', 'APPLICATION/Json; Charset=utf-8'),
    },
  ],
  ['a connection for every response', 'STATUS', { response: header('connection', 'close') }],
]);

variants('when webhooks come', [
  [
    'slowly',
    'FLOW',
    {
      deliver: async (send) => {
        await pause(300);
        return send();
      },
    },
  ],
  ['before the response', 'FLOW', early()],
  ['again, because we refused them', 'RETRIED', {}],
  [
    'again, because our connection broke before all was sent',
    'STATUS',
    {
      deliver: async (send) => {
        await send(broken);
        return send();
      },
    },
  ],
]);

function legacy(message: PassingMessage): void {
  message.headers['idenfy-event-type'] = 'IDENTIFICATION';
}

function more(message: PassingMessage): void {
  Object.assign(message.body, MORE);
}

function turned(message: PassingMessage): void {
  message.body = Object.fromEntries(Object.entries(message.body).toReversed());
}

function pretty(message: PassingMessage): void {
  message.raw = JSON.stringify(message.body, null, 4);
}

function ascii(message: PassingMessage): void {
  message.raw = JSON.stringify(message.body).replace(
    /[^ -~]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function chunked(message: PassingMessage): void {
  message.raw = JSON.stringify(message.body).match(/.{1,50}/gs) ?? [];
}

function gzipped(message: PassingMessage): void {
  message.raw = gzipSync(JSON.stringify(message.body));
  message.headers['content-encoding'] = 'gzip';
}

/** Header names in one case; the proxy itself names the signature header in mixed case. */
function namedIn(letters: 'toUpperCase' | 'toLowerCase'): Change {
  return (message) => {
    message.headers = Object.fromEntries(
      Object.entries(message.headers).map(([name, value]) => [name[letters](), value]),
    );
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Holds back each response of a session until its webhook is through. */
function early(): Alteration {
  const through = new Map<string, () => void>();
  return {
    async response({ status: code, body, asked }) {
      if (code >= 300) return;
      const key = `${body.scanRef ?? asked.scanRef}`;
      await new Promise<void>((resolve) => through.set(key, resolve));
    },
    async deliver(send, { body }) {
      const answered = await send();
      while (!through.has(body.scanRef)) await pause(1);
      through.get(body.scanRef)?.();
      through.delete(body.scanRef);
      return answered;
    },
  };
}

function broken(message: PassingMessage): void {
  message.broken = true;
}
