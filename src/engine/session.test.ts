import { describe, expect, test } from 'vitest';
import type { Delivery, WebhookKind } from '../domain/message.ts';
import { createDelivery, createMailbox, spanAt } from './ports.test-kit.ts';
import { assignNext, type Cause, describeDelivery, fulfilment, releaseSession, type Session } from './session.ts';

const [AUTO, MANUAL, EXPIRED, LEGACY] = [
  'IDENTIFICATION_AUTO_FINISHED',
  'IDENTIFICATION_MANUAL_FINISHED',
  'IDENTIFICATION_EXPIRED',
  'IDENTIFICATION',
];

function createSession(...kinds: readonly WebhookKind[]): Session {
  const causes = kinds.map(
    (kind, step): Cause => ({
      kind,
      at: 0,
      step,
      span: spanAt(step + 1),
      consequence: {},
      specific: null,
      legacy: null,
      awaited: false,
    }),
  );
  return {
    name: 'session',
    scanRef: 'x',
    clientId: null,
    externalRef: null,
    reachesUs: true,
    shared: false,
    mailbox: createMailbox('x'),
    causes,
    seen: 0,
  };
}

/** What each delivery turns out to be: the step of its cause, or `-`, and what is surplus about it. */
function assignments(session: Session, ...deliveries: readonly Delivery[]): readonly string[] {
  const box = session.mailbox as ReturnType<typeof createMailbox>;
  for (const one of deliveries) box.deliver(one);
  const found: string[] = [];
  for (let next = assignNext(session); next !== undefined; next = assignNext(session)) {
    found.push(`${next.cause?.step ?? '-'}${next.surplus === null ? '' : ` ${next.surplus}`}`);
  }
  return found;
}

const of = (type: string, n: number, changes: Parameters<typeof createDelivery>[1] = {}): Delivery =>
  createDelivery(type, { body: { n }, ...changes });

describe('assignment', () => {
  test.each<[string, readonly WebhookKind[], readonly Delivery[], readonly string[]]>([
    ['each to its cause', ['auto', 'manual'], [of(AUTO, 1), of(MANUAL, 2)], ['0', '1']],
    ['in any order', ['auto', 'manual'], [of(MANUAL, 2), of(AUTO, 1)], ['1', '0']],
    ['legacy events only, in the order of the causes', ['auto', 'manual'], [of(LEGACY, 1), of(LEGACY, 2)], ['0', '1']],
    [
      'an account that sends both kinds',
      ['auto', 'manual'],
      [of(AUTO, 1), of(LEGACY, 1), of(LEGACY, 2), of(MANUAL, 2)],
      ['0', '0', '1', '1'],
    ],
    [
      'both kinds, the legacy one last',
      ['auto', 'manual'],
      [of(AUTO, 1), of(MANUAL, 2), of(LEGACY, 1), of(LEGACY, 2)],
      ['0', '1', '0', '1'],
    ],
    ['the same kind twice', ['auto', 'manual', 'manual'], [of(AUTO, 1), of(MANUAL, 2), of(MANUAL, 3)], ['0', '1', '2']],
    ['an expiry', ['expired'], [of(EXPIRED, 1)], ['0']],
    ['nothing was due', [], [of(AUTO, 1)], ['- webhook-unexpected']],
    ['one too many', ['auto'], [of(AUTO, 1), of(AUTO, 2)], ['0', '- webhook-unexpected']],
    ['a manual one that nothing caused', ['auto'], [of(AUTO, 1), of(MANUAL, 2)], ['0', '- webhook-unexpected']],
    [
      'the same bytes again after we acknowledged them',
      ['auto'],
      [of(AUTO, 1), of(AUTO, 1)],
      ['0', '- webhook-duplicate'],
    ],
    ['the legacy one again', ['auto'], [of(AUTO, 1), of(LEGACY, 1), of(LEGACY, 1)], ['0', '0', '- webhook-duplicate']],
    [
      'a second automatic one while the manual one is still due',
      ['auto', 'manual'],
      [of(AUTO, 1), of(AUTO, 2)],
      ['0', '- webhook-unexpected'],
    ],
    ['a wrong event type', ['auto'], [of('IDENTIFICATION_RESUBMITTED', 1)], ['0']],
    ['no event type', ['auto'], [of('', 1)], ['0']],
    ['a wrong event type beside the right one', ['auto'], [of(AUTO, 1), of(EXPIRED, 2)], ['0', '- webhook-unexpected']],
  ])('%s', (_, kinds, deliveries, found) => {
    expect(assignments(createSession(...kinds), ...deliveries)).toEqual(found);
  });

  describe('of a webhook that we refused', () => {
    const refused = (n: number): Delivery => of(AUTO, n, { answered: 500 });

    test.each<[string, readonly Delivery[], readonly string[]]>([
      ['and that comes again', [refused(1), of(AUTO, 1)], ['0', '0']],
      ['twice, and comes again', [refused(1), refused(1), of(AUTO, 1)], ['0', '0', '0']],
      ['and that comes again with other bytes', [refused(1), of(AUTO, 2)], ['0', '0 webhook-altered-retry']],
      ['and that comes once too often', [refused(1), of(AUTO, 1), of(AUTO, 1)], ['0', '0', '- webhook-duplicate']],
    ])('%s', (_, deliveries, found) => {
      expect(assignments(createSession('auto'), ...deliveries)).toEqual(found);
    });

    test('it is fulfilled by the repeat only', () => {
      const session = createSession('auto');
      const [cause] = session.causes;
      assignments(session, refused(1));
      expect(cause && fulfilment(cause)).toBeNull();
      const repeat = of(AUTO, 1);
      assignments(session, repeat);
      expect(cause && fulfilment(cause)).toBe(repeat.receipt);
    });
  });

  test('a repeat is the right of a provider that has not had our answer yet', () => {
    const session = createSession('auto');
    expect(assignments(session, of(AUTO, 1, { acknowledged: false }), of(AUTO, 1))).toEqual(['0', '- rightful-retry']);
  });

  test('the next webhook of a kind is no altered repeat of one whose answer is still on its way', () => {
    const session = createSession('manual', 'manual');
    expect(assignments(session, of(MANUAL, 1, { acknowledged: false }), of(MANUAL, 2))).toEqual(['0', '1']);
  });

  test('goes on where it stopped, also after the deliveries were forgotten', () => {
    const session = createSession('auto', 'manual');
    expect(assignments(session, of(AUTO, 1))).toEqual(['0']);
    releaseSession(session);
    expect(session.mailbox.deliveries).toEqual([]);
    expect(assignments(session, of(MANUAL, 2), of(AUTO, 1))).toEqual(['1', '- webhook-duplicate']);
  });
});

test('a delivery is described in one line', () => {
  const status = { overall: 'APPROVED', manualFace: 'FACE_MATCH', manualDocument: null };
  const delivery = createDelivery(AUTO, { body: { scanRef: 'x', final: true, status }, signature: 'invalid' });
  expect(describeDelivery(delivery)).toBe(
    `#${delivery.sequence} ${AUTO} scanRef="x" final=true overall="APPROVED" manualFace="FACE_MATCH" manualDocument=null signature invalid`,
  );
  expect(describeDelivery(createDelivery('', { rawBody: 'no JSON' }))).toContain(
    '(no event type) with a body that is not JSON',
  );
  const encoded = (name: string): string =>
    describeDelivery(createDelivery(AUTO, { rawBody: '\u001f', headers: { 'content-encoding': name } }));
  expect(encoded('gzip')).toContain('with a body that is compressed (content-encoding "gzip"), which is not read');
  expect(encoded('identity')).toContain('with a body that is not JSON');
});
