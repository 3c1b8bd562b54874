import { gzipSync } from 'node:zlib';
import { having, kindOf, raw, refuse, stale, webhooks, when, without } from './alter.ts';
import type { Alterations } from './alterations.ts';
import type { Alteration, PassingMessage, Send } from './altering-proxy.ts';

/** One thing at a time that is wrong with which webhooks come, and when. */
export const ALTERED_DELIVERIES: readonly Alterations[] = [
  {
    title: 'which webhooks come, and when',
    rows: [
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
      [
        'by PUT',
        'FLOW',
        { webhook: sentWith({ method: 'PUT' }) },
        /did not come .*; arrived instead: a PUT of [\d,]+ bytes with IDENTIFICATION_AUTO_FINISHED to our callbackUrl, refused with 405/,
      ],
      [
        'to a longer path',
        'FLOW',
        { webhook: sentWith({ suffix: '/more' }) },
        /did not come .*; arrived instead: a POST of .* to \/…\/more \(.*\), refused with 404/,
      ],
      [
        'of 2 MB',
        'FLOW',
        { webhook: having('/clientLocation', 'x'.repeat(2_000_000)) },
        /did not come .*; arrived instead: a POST of 2,\d\d\d,\d\d\d bytes .*, refused with 413: its body has more than 1 MiB/,
      ],
      [
        'compressed',
        'FLOW',
        { webhook: compressed },
        /did not come .*; arrived instead: .* compressed \(content-encoding "gzip"\), which is not read/,
      ],
      [
        'broken off, and never again',
        'FLOW',
        { webhook: sentWith({ broken: true }) },
        /did not come .*; arrived instead: a POST .* to our callbackUrl, which broke off/,
      ],
      [
        'one more by PUT',
        'AUTOMATIC',
        { deliver: doubled(sentWith({ method: 'PUT' })) },
        /^the provider sent a PUT of .* to our callbackUrl, refused with 405: only POST is taken/,
      ],
      [
        'one more of 2 MB',
        'AUTOMATIC',
        { deliver: doubled(having('/clientLocation', 'x'.repeat(2_000_000))) },
        /^the provider sent a POST of 2,.* bytes .*, refused with 413/,
      ],
      [
        'doubled, with a wish to be refused in the URL',
        'AUTOMATIC',
        { webhook: sentWith({ suffix: '?refuse=9' }), deliver: doubled() },
        /came before with the same bytes and was acknowledged/,
      ],
      ['reordered', 'HASTY', { deliver: reordered() }, /came after the manual one, which was caused later/],
      [
        'for an active session',
        'AUTOMATIC',
        { request: when(({ body }) => body?.dummyStatus === 'ACTIVE', having('/dummyStatus', 'APPROVED')) },
        /no step caused it; webhooks due: none/,
      ],
      [
        'after a refused manual status',
        'REFUSED',
        afterRefusal(),
        /IDENTIFICATION_MANUAL_FINISHED .*no step caused it/,
      ],
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
        'two manual webhooks in the wrong order',
        'TWICE',
        { deliver: heldUntilNext() },
        /webhook status.manualFace: is "FACE_MATCH"; the request that caused it said "FAKE_FACE"/,
      ],
      [
        'repeated with other bytes',
        'RETRIED',
        { webhook: counted() },
        /repeats a webhook that was not acknowledged, but its bytes differ/,
      ],
    ],
    deadlineMs: 250,
    quietMs: 250,
  },
];

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

/** Sends a webhook in another way. */
function sentWith(way: Pick<PassingMessage, 'method' | 'suffix' | 'broken'>): (message: PassingMessage) => void {
  return (message) => void Object.assign(message, way);
}

function compressed(message: PassingMessage): void {
  message.raw = gzipSync(JSON.stringify(message.body));
  message.headers['content-encoding'] = 'gzip';
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

/** Holds the first manual webhook back until the second one came. */
function heldUntilNext(): NonNullable<Alteration['deliver']> {
  let held: Send | undefined;
  let manual = 0;
  return async (send, message) => {
    if (kindOf(message) === 'manual') manual += 1;
    if (manual !== 1 || kindOf(message) !== 'manual') {
      const answered = await send();
      await held?.();
      held = undefined;
      return answered;
    }
    held = send;
    return 200;
  };
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
  const meant = (body: PassingMessage['body']): boolean => body?.manualDocumentValidity === 'DOC_NO_SUCH';
  return {
    request: when(({ body }) => meant(body), having('/manualDocumentValidity', 'DOC_FAKE')),
    response: when(({ asked }) => meant(asked), refuse),
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
