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
