import { afterAll, describe, expect, test } from 'vitest';
import type { FuzzSection } from '../../src/domain/fuzz.ts';
import type { CaseResult } from '../../src/domain/result.ts';
import type { Scenario } from '../../src/domain/scenario.ts';
import { fuzzCases } from '../../src/fuzz/tasks.ts';
import { sharedContracts } from '../../src/runner/shared-contracts.ts';
import { EMBEDDED } from '../../src/runner/target.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import type { Alteration } from './altering-proxy.ts';
import { PLANTED_BUGS } from './planted-bugs.ts';
import { messagesOf, runAltered } from './run-scenarios.ts';

const sandbox = await startSandbox(EMBEDDED);

afterAll(() => sandbox[Symbol.asyncDispose]());

const EVERYTHING: FuzzSection = {
  requests: ['createSession', 'addManualStatus', 'getStatus'],
  phases: ['boundaries', 'pairs', 'properties', 'model'],
  fields: null,
  runs: null,
  seed: 1,
};

function fuzzing(section: Partial<FuzzSection>): Scenario {
  const span = { file: 'fuzz.yaml', line: 1, column: 1 };
  const scenario: Scenario = {
    id: 'fuzz/contracts',
    name: 'Contracts',
    file: span.file,
    span,
    source: ['docs'],
    tags: [],
    environment: 'DEV',
    needs: ['DEV'],
    skip: null,
    sessions: 'per-case',
    fuzz: { ...EVERYTHING, ...section },
    cases: [],
  };
  return { ...scenario, cases: fuzzCases(scenario, sharedContracts()) };
}

function explore(section: Partial<FuzzSection>, alteration: Alteration): Promise<readonly CaseResult[]> {
  return runAltered(sandbox, [fuzzing(section)], alteration, 2_000);
}

/** A sandbox that does what the contracts say, first with the one reading and then with the other. */
describe('a provider without a bug', () => {
  test('there is no finding', async () => {
    const results = await explore({}, {});
    expect(messagesOf(results)).toEqual([]);
    expect(results.filter(({ outcome }) => outcome !== 'passed').map(({ id, reason }) => [id, reason])).toEqual([]);
  });
});

describe('a planted bug', () => {
  test.each(PLANTED_BUGS)('$name', async ({ only, alteration, task, message }) => {
    const field = only.split('.')[1] ?? '';
    const results = await explore({ phases: ['boundaries'], fields: [field] }, alteration);
    const found = results.filter(({ outcome }) => outcome === 'failed');
    expect(found.map(({ fuzz }) => fuzz?.task.key).join(' ')).toMatch(task);
    expect(messagesOf(found).join('\n')).toMatch(message);
    for (const { fuzz } of found) {
      expect(fuzz?.counterexamples.map(({ repeated }) => repeated)).not.toContain(0);
      expect(fuzz?.flaky).toEqual([]);
    }
  });
});
