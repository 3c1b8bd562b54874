import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createContracts } from '../contract/contracts.ts';
import type { Operation } from '../domain/message.ts';
import { brokenProbes, validProbes } from './arbitraries.ts';
import { probeCatalogue } from './catalogue.ts';
import { pairsOf } from './pairs.ts';
import { bodyOf, probeId } from './probe.ts';
import { probesTogether } from './together.ts';

const contracts = createContracts();
const OPERATIONS: readonly Operation[] = ['createSession', 'addManualStatus', 'getStatus'];
const UUID = '00000000-0000-4000-8000-000000000000';

/** What the contract says of what will be sent. */
function violationsOf(operation: Operation, body: unknown): readonly string[] {
  const sent = JSON.parse(JSON.stringify(body).replaceAll(/\$\{\{ [\w.]+ \}\}/g, UUID));
  return contracts.judge(contracts.operations[operation].request, sent).violations.map(({ at }) => at);
}

describe.each(OPERATIONS)('%s', (operation) => {
  const { clauses, probes, all } = probeCatalogue(contracts, operation);

  test('every clause is tried on both sides, and every contested one at all', () => {
    const missing = clauses.flatMap((clause) => {
      const sides = new Set(probes(clause).map(({ side }) => side));
      const due = clause.keyword === 'x-contested' ? ['contested'] : ['inside', 'outside'];
      return due.filter((side) => !sides.has(side as 'inside')).map((side) => `${clause.key} ${side}`);
    });
    expect(missing).toEqual([]);
  });

  test('what is outside breaks the contract, what is inside or contested does not, also when it was put together', () => {
    for (const { probe, body, side } of all()) {
      expect(body).toEqual(bodyOf(probe));
      expect(violationsOf(operation, body).length > 0, `${side} ${probeId(probe)}`).toBe(side === 'outside');
    }
  });

  test('an outside probe of a clause breaks that clause; the keys of clauses are unique', () => {
    for (const clause of clauses) {
      for (const { side, broken } of probes(clause)) if (side === 'outside') expect(broken).toContain(clause.key);
    }
    expect(new Set(clauses.map(({ key }) => key)).size).toBe(clauses.length);
  });

  test('no probe of a clause is sent twice', () => {
    for (const clause of clauses) {
      const ids = probes(clause).map(({ probe }) => probeId(probe));
      expect(new Set(ids).size, clause.key).toBe(ids.length);
    }
  });

  test('a pair breaks the clauses of two fields', () => {
    for (const { probe, broken } of pairsOf(contracts, operation)) {
      expect(Object.keys(probe.over).length).toBeGreaterThan(1);
      expect(new Set(broken.map((key) => key.split('.')[1])).size).toBeGreaterThan(1);
    }
  });
});

test('what is tried together is allowed, and every value of a field is among it', () => {
  const rows = probesTogether(contracts, 'createSession');
  for (const { body } of rows) expect(violationsOf('createSession', body)).toEqual([]);
  const words = new Set(rows.map(({ probe }) => probe.over.tokenType));
  expect(words).toContain('IDENTIFICATION');
  expect(rows.some(({ probe }) => probe.over.externalRef === null)).toBe(true);
});

describe('what is drawn', () => {
  test('valid bodies keep the contract and leave nothing open', () => {
    fc.assert(
      fc.property(validProbes(contracts, 'createSession'), ({ body, open }) => {
        expect(violationsOf('createSession', body)).toEqual([]);
        expect(open).toEqual([]);
      }),
    );
  });

  test.each(['createSession', 'addManualStatus'] as const)('broken bodies of %s break one clause', (operation) => {
    fc.assert(
      fc.property(brokenProbes(contracts, operation), ({ body, broken }) => {
        expect(broken).toHaveLength(1);
        expect(violationsOf(operation, body).length).toBeGreaterThan(0);
      }),
    );
  });
});
