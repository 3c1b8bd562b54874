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

test('beyond its bound the oldest session goes', () => {
  const store = createSessionStore(2);
  for (const scanRef of ['a', 'b', 'a', 'c']) store.put(session(scanRef));
  expect(['a', 'b', 'c'].filter((scanRef) => store.get(scanRef) !== undefined)).toEqual(['b', 'c']);
});

test('sessions go in the order in which they came, however many have gone before', () => {
  const store = createSessionStore(10);
  for (let nth = 1; nth <= 1_000; nth += 1) {
    store.put(session(`s${nth}`));
    store.put(session(`s${nth}`));
    expect(store.get(`s${nth - 10}`)).toBeUndefined();
    expect(store.get(`s${Math.max(1, nth - 9)}`)).toBeDefined();
  }
});
