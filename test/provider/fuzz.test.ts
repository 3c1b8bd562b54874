import { afterAll, describe, expect, test } from 'vitest';
import type { ContractName } from '../../src/domain/contract.ts';
import type { FuzzSection } from '../../src/domain/fuzz.ts';
import type { CaseResult } from '../../src/domain/result.ts';
import type { Scenario } from '../../src/domain/scenario.ts';
import { fuzzCases } from '../../src/fuzz/tasks.ts';
import { sharedContracts } from '../../src/runner/shared-contracts.ts';
import { EMBEDDED } from '../../src/runner/target.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { type Alteration, type PassingMessage, startAlteringProxy } from './altering-proxy.ts';
import { MODEL_BUGS, PLANTED_BUGS, refusing } from './planted-bugs.ts';
import { messagesOf, runScenarios, settingsFor } from './run-scenarios.ts';

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

interface Choice {
  /** Key of the only task, or what keys look like. */
  readonly only?: string | RegExp;
  readonly path?: string | null;
  readonly replayPath?: string | null;
  readonly webhookDeadlineMs?: number;
  /** Sessions. */
  readonly budget?: number | null;
}

async function explore(
  section: Partial<FuzzSection>,
  alteration: Alteration,
  { only = '', path = null, replayPath = null, webhookDeadlineMs = 2_000, budget = null }: Choice = {},
): Promise<readonly CaseResult[]> {
  const scenario = fuzzing(section);
  const cases = scenario.cases.filter(({ fuzz }) => fuzz?.key.match(only));
  await using proxy = await startAlteringProxy(sandbox, alteration);
  const settings = settingsFor(sandbox, proxy.baseUrl, webhookDeadlineMs);
  return await runScenarios([{ ...scenario, cases }], {
    ...settings,
    budget,
    fuzz: { ...settings.fuzz, path, replayPath },
  });
}

/** What the request contract leaves open in a request. */
function isContested({ path, asked, body }: PassingMessage): boolean {
  const name = CONTRACTS[path];
  const value = asked ?? body;
  if (name === undefined || value === undefined) return false;
  const { violations, observations } = sharedContracts().judge(name, value);
  return violations.length === 0 && observations.some(({ refuted }) => refuted.length > 0);
}

const CONTRACTS: Readonly<Record<string, ContractName>> = {
  '/api/v2/token': 'token-request',
  '/api/v2/add-dummy-status': 'add-dummy-status-request',
  '/api/v2/status': 'status-request',
};

/** Takes or refuses whatever the sources disagree about. */
const READINGS: Readonly<Record<string, Alteration>> = {
  'refuses all that is contested': {
    request: (message) => {
      if (isContested(message)) for (const field of ['clientId', 'scanRef']) message.body[field] = { not: 'taken' };
    },
  },
  'takes all that is contested, and trims it': {
    request: (message) => {
      if (!isContested(message)) return;
      const { clientId, scanRef, callbackUrl, dummyStatus, manualFaceMatchResult, manualDocumentValidity } =
        message.body;
      const usual = { clientId, callbackUrl, dummyStatus, tokenType: 'IDENTIFICATION' };
      const about = { scanRef: [scanRef].flat()[0], manualFaceMatchResult, manualDocumentValidity };
      message.body = message.path === '/api/v2/token' ? usual : about;
    },
    response: (message) => {
      if (message.path !== '/api/v2/token' || message.status >= 300 || !isContested(message)) return;
      for (const [field, value] of Object.entries(message.asked)) {
        if (field in message.body && field !== 'tokenType')
          message.body[field] = typeof value === 'string' && value.trim() !== value ? value.trim() : value;
      }
    },
  },
};

describe('a provider without a bug', () => {
  test.each(Object.entries(READINGS))('that %s: no finding, and the reading is observed', async (name, alteration) => {
    const results = await explore({ phases: ['boundaries'] }, alteration, { only: /contested/ });
    expect(messagesOf(results)).toEqual([]);
    expect(results.filter(({ outcome }) => outcome !== 'passed').map(({ id, reason }) => [id, reason])).toEqual([]);
    const clauses = results.flatMap(({ fuzz }) => fuzz?.clauses ?? []);
    const answer = name.startsWith('refuses') ? 'refused' : 'accepted';
    for (const { contested } of clauses) expect(contested[answer]).toBe(contested.tried);
    expect(results.flatMap(({ observations }) => observations).length).toBeGreaterThan(15);
  });

  test('there is no finding', async () => {
    const results = await explore({}, {});
    expect(messagesOf(results)).toEqual([]);
    expect(results.filter(({ outcome }) => outcome !== 'passed').map(({ id, reason }) => [id, reason])).toEqual([]);
  });
});

/** Requests that made each finding smaller. */
const shrinks: number[] = [];

describe('a planted bug', () => {
  test.each(PLANTED_BUGS)('$name', async ({ only, alteration, task, message }) => {
    const field = only.split('.')[1] ?? '';
    const results = await explore({ phases: ['boundaries'], fields: [field] }, alteration);
    const found = results.filter(({ outcome }) => outcome === 'failed');
    expect(found.map(({ fuzz }) => fuzz?.task.key).join(' ')).toMatch(task);
    expect(messagesOf(found).join('\n')).toMatch(message);
    shrinks.push(...found.flatMap(({ fuzz }) => fuzz?.shrinks ?? []));
    for (const { fuzz } of found.filter(({ kind }) => kind === 'case')) {
      expect(fuzz?.counterexamples.every(({ repeats, repeated }) => repeated === repeats)).toBe(true);
      expect(fuzz?.flaky).toEqual([]);
    }
  });

  test.each(Object.entries(MODEL_BUGS))('of several requests: %s', async (_, { plant, message }) => {
    const sequences = { only: 'model.sequences', webhookDeadlineMs: 400 };
    const results = await explore({ phases: ['model'] }, plant(), sequences);
    const [found] = results;
    expect(found?.failures.map((one) => one.message).join('\n')).toMatch(message);
    shrinks.push(found?.fuzz?.shrinks ?? Number.NaN);
    const { seed = null, path = null, replayPath = null, repeated } = found?.fuzz?.counterexamples[0] ?? {};
    expect(repeated).toBe(3);
    const again = await explore({ phases: ['model'], seed }, plant(), { ...sequences, path, replayPath });
    expect(messagesOf(again).join('\n')).toMatch(message);
    expect(again[0]?.fuzz?.probes).toBe(4);
  });

  test('is made small by few requests', () => {
    const sorted = [...shrinks].sort((a, b) => a - b);
    expect(sorted.length).toBeGreaterThan(Object.keys(MODEL_BUGS).length);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(200);
    expect(sorted.at(-1)).toBeLessThanOrEqual(600);
  });

  test('that shows once and not again is flaky, and refutes nothing', async () => {
    let times = 0;
    const once = refusing(({ firstName }) => firstName?.length === 100 && times++ === 0);
    const results = await explore({ phases: ['boundaries'], fields: ['firstName'] }, once);
    const flaky = results.filter(({ fuzz }) => (fuzz?.flaky.length ?? 0) > 0);
    expect(flaky.map(({ outcome, reason }) => `${outcome} ${reason}`)).toEqual([
      expect.stringMatching(/^inconclusive flaky: createSession with firstName "A+…" \(100 characters\), .*HTTP 400/),
    ]);
    expect(flaky[0]?.fuzz?.flaky[0]).toMatchObject({ repeats: 3, repeated: 0 });
    expect(messagesOf(results)).toEqual([]);
  });

  test('that a property or a pair shows is shrunk to what matters', async () => {
    const together = refusing(({ sex, externalRef }) => sex === 'M' && typeof externalRef === 'string');
    const results = await explore({ phases: ['properties'], requests: ['createSession'], runs: 300 }, together);
    const found = results.find(({ fuzz }) => fuzz?.task.key === 'createSession.valid-bodies');
    expect(found?.failures[0]?.message).toMatch(
      /^createSession (?:with sex "M" and with externalRef "[^"]{0,3}"|with externalRef "[^"]{0,3}" and with sex "M"), which the contract allows/,
    );
    const { seed = null, path = null, yaml = '' } = found?.fuzz?.counterexamples[0] ?? {};
    expect(yaml).toContain('externalRef');
    const again = await explore({ phases: ['properties'], requests: ['createSession'], seed }, together, {
      only: 'createSession.valid-bodies',
      path,
    });
    expect(messagesOf(again)[0]).toBe(found?.failures[0]?.message);
    // One to find it, three to repeat it.
    expect(again[0]?.fuzz?.probes).toBe(4);
  });
});

describe('within the 50 sessions that a live provider is asked for', () => {
  const FRUGAL: Partial<FuzzSection> = { phases: ['boundaries', 'model', 'properties'] };

  test('every clause is tried on both sides', async () => {
    const results = await explore(FRUGAL, {}, { budget: 50 });
    expect(messagesOf(results)).toEqual([]);
    expect(results.reduce((sum, { sessions }) => sum + sessions, 0)).toBeLessThanOrEqual(50);
    const tried = new Map<string, { inside: number; outside: number }>();
    for (const { key, keyword, inside, outside } of results.flatMap(({ fuzz }) => fuzz?.clauses ?? [])) {
      const before = tried.get(key) ?? { inside: 0, outside: 0 };
      const sum = { inside: before.inside + inside.tried, outside: before.outside + outside.tried };
      if (keyword !== 'x-contested') tried.set(key, sum);
    }
    expect(tried.size).toBeGreaterThan(80);
    expect([...tried].filter(([, { inside, outside }]) => inside === 0 || outside === 0)).toEqual([]);
  });

  // One country of 249 would be luck; what is wrongly taken costs no session to find.
  const costly = /99 characters|3599|document result|apostrophe|null|upper case/;
  test.each(PLANTED_BUGS.filter(({ name }) => costly.test(name)))('$name', async ({ alteration, message }) => {
    const results = await explore(FRUGAL, alteration, { budget: 50, webhookDeadlineMs: 500 });
    expect(messagesOf(results).join('\n')).toMatch(message);
  });
});
