import { afterAll, describe, expect, test } from 'vitest';
import type { Alteration } from '../../../test/provider/altering-proxy.ts';
import { createScenarioGrammar } from '../../contract/scenario-grammar.ts';
import { createBudget } from '../../engine/ports.ts';
import { EMBEDDED } from '../../runner/target.ts';
import { startSandbox } from '../../sandbox/start-sandbox.ts';
import { loadScenarioFile } from '../../scenario/load-scenario-file.ts';
import { writeScenario } from '../../scenario/write-scenario.ts';
import { type Finding, trySteps } from '../exploration.ts';
import { explore } from './model.test-kit.ts';
import { RACE_BUGS, repeatingLate, SEQUENCE_BUGS } from './planted-bugs.test-kit.ts';

const sandbox = await startSandbox(EMBEDDED);
const { apiKey, apiSecret } = sandbox.keys.DEV;
const RIGHT = `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')}`;

afterAll(() => sandbox[Symbol.asyncDispose]());

function messageOf(finding: Finding | undefined): string {
  return finding?.tried.result.failures[0]?.message ?? '';
}

/** Counts the API requests that arrive. */
function counting(alteration: Alteration): { readonly counted: Alteration; readonly requests: () => number } {
  let requests = 0;
  const request: Alteration['request'] = async (message) => {
    requests += 1;
    await alteration.request?.(message);
  };
  return { counted: { ...alteration, request }, requests: () => requests };
}

/** The file of a finding, read back. */
async function readBack({ steps }: Finding): Promise<unknown> {
  const yaml = writeScenario({ name: 'x', description: [], source: ['docs'], tags: [], steps });
  const loaded = await loadScenarioFile('x.yaml', Buffer.from(yaml), createScenarioGrammar());
  return loaded.ok ? loaded.scenarios[0]?.cases[0]?.steps().length : loaded.diagnostics;
}

describe('a provider without a bug', () => {
  test.each([
    ['model.sequences', 120],
    ['model.races', 50],
  ] as const)('%s: there is no finding', async (key, runs) => {
    const { explored, counts } = await explore(sandbox, key, {}, { runs, webhookDeadlineMs: 5_000 });
    expect(explored.findings.map(({ subject, tried }) => [subject, tried.result.failures])).toEqual([]);
    expect(explored.end).toBeNull();
    expect(counts).toMatchObject({ probes: runs, shrinks: 0 });
    expect(counts.deliveries).toBeGreaterThan(runs);
  });

  test('that has another reading of what is contested: there is no finding', async () => {
    const other: Alteration = {
      request: ({ body }) => {
        if (body?.dummyStatus === 'ACTIVE') body.clientId = 7;
      },
      response: (message) => {
        if (message.status === 401) message.status = 400;
        for (const name of ['manualFace', 'manualDocument']) {
          if (message.body[name] === '') message.body[name] = null;
        }
      },
    };
    const { explored, counts } = await explore(sandbox, 'model.sequences', other, { webhookDeadlineMs: 5_000 });
    expect(explored).toMatchObject({ findings: [], end: null });
    expect(counts.probes).toBe(100);
  });

  test('that cannot be asked any longer: exploring ends, and that is no finding', async () => {
    const { explored, counts } = await explore(sandbox, 'model.sequences', {}, { budget: createBudget(20) });
    expect(explored).toMatchObject({ findings: [], end: { outcome: 'inconclusive', reason: /budget/ } });
    expect(counts.sessions).toBeLessThanOrEqual(20);
    const end = { outcome: 'inconclusive', reason: 'interrupted' } as const;
    const stopped = await explore(sandbox, 'model.races', {}, { stopped: () => end });
    expect(stopped).toMatchObject({ explored: { findings: [], end }, counts: { exchanges: 0 } });
  });
});

describe('a bug that a sequence shows', () => {
  test.each(SEQUENCE_BUGS)('$name', async ({ plant, subject, message }) => {
    const { explored, counts, seen } = await explore(
      sandbox,
      'model.sequences',
      plant(RIGHT),
      {},
      (one, { findings }) => trySteps(one, findings[0]?.steps ?? []),
    );
    const [finding] = explored.findings;
    expect(finding?.subject).toMatch(subject);
    expect(messageOf(finding)).toMatch(message);
    // Its steps are a scenario of their own, in which the same happens.
    expect(seen.result.failures[0]?.message).toMatch(message);
    if (finding !== undefined) expect(await readBack(finding)).toBe(finding.steps.length);
    // Requests.
    expect(counts.shrinks).toBeLessThanOrEqual(300);
    const { seed, path = null, replayPath = null } = finding ?? {};
    const again = await explore(sandbox, 'model.sequences', plant(RIGHT), { seed: seed ?? 0, path, replayPath });
    expect(again.explored.findings.map((one) => one.subject)).toEqual([finding?.subject]);
    expect(again.counts).toMatchObject({ probes: 1, shrinks: 0 });
  });
});

test('what comes a moment after everything else is found, because every sequence ends with a watch', async () => {
  // Sequences of few commands, of which none watches.
  for (const seed of [1, 2, 4, 5]) {
    const one = { seed, runs: 1, strands: 1 };
    const { explored } = await explore(sandbox, 'model.sequences', repeatingLate(), one);
    expect(explored.findings.map(messageOf)).toEqual([expect.stringMatching(/it came before with the same bytes/)]);
  }
});

describe('a bug that only a race shows', () => {
  test.each(RACE_BUGS)('$name', async ({ plant, subject, message }) => {
    const { counted, requests } = counting(plant(RIGHT));
    const { explored, counts, seen } = await explore(
      sandbox,
      'model.races',
      counted,
      {},
      async (one, { findings }) => ({
        sent: requests(),
        again: await findings[0]?.repeat?.(),
        inTurn: await trySteps(one, findings[0]?.steps ?? []),
      }),
    );
    const [finding] = explored.findings;
    expect(finding?.subject).toMatch(subject);
    expect(messageOf(finding)).toMatch(message);
    expect(seen.again?.result.failures[0]?.message).toMatch(message);
    // Nothing was under way any more when a case was closed.
    expect(seen.sent).toBe(counts.exchanges);
    // One step after the other shows nothing: this is what `repeat` is for.
    expect(seen.inTurn.result.failures).toEqual([]);
    // Requests.
    expect(counts.shrinks).toBeLessThanOrEqual(300);
    const { seed, path = null } = finding ?? {};
    const again = await explore(sandbox, 'model.races', plant(RIGHT), { seed: seed ?? 0, path });
    expect(again.explored.findings.map((one) => one.subject)).toEqual([finding?.subject]);
    expect(again.counts).toMatchObject({ probes: 1, shrinks: 0 });
  });

  test('no sequence has to do with it', async () => {
    for (const { plant } of RACE_BUGS) {
      const { explored } = await explore(sandbox, 'model.sequences', plant(RIGHT), { strands: 1, runs: 10 });
      expect(explored.findings.map(messageOf)).toEqual([]);
    }
  });
});
