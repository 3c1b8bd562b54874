import { expect, test } from 'vitest';
import { automaticStatus, type Session } from './session.ts';
import { createSessionStore } from './session-store.ts';

const session = (scanRef: string): Session => ({
  scanRef,
  environment: 'DEV',
  request: {},
  createdAt: 0,
  companyId: '',
  beneficiaryId: '',
  status: automaticStatus(undefined),
});

test('beyond its bound the session goes that was not used for longest', () => {
  const store = createSessionStore(2);
  for (const scanRef of ['a', 'b', 'a', 'c']) store.put(session(scanRef));
  expect(store.get('b')).toBeUndefined();
  expect(store.get('a')).toBeDefined();
  store.put(session('d'));
  expect(['a', 'c', 'd'].filter((scanRef) => store.get(scanRef) !== undefined)).toEqual(['a', 'd']);
});

test('sessions go in the order in which they came, however many have gone before', () => {
  const store = createSessionStore(10);
  for (let nth = 1; nth <= 1_000; nth += 1) {
    store.put(session(`s${nth}`));
    store.put(session(`s${nth}`));
    expect(store.get(`s${nth - 10}`)).toBeUndefined();
  }
  expect(Array.from({ length: 10 }, (_, at) => store.get(`s${991 + at}`))).not.toContain(undefined);
});

test('a session that is used all the time stays, however many come', () => {
  const store = createSessionStore(10);
  store.put(session('used'));
  for (let nth = 1; nth <= 1_000; nth += 1) {
    store.put(session(`s${nth}`));
    expect(store.get('used')).toBeDefined();
  }
});
