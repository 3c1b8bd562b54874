import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../domain/json.ts';
import type { Step } from '../domain/scenario.ts';
import { awaitQuiet, closeScenario } from './closing.ts';
import {
  createAwaitStep,
  createDelivery,
  createRequestStep,
  createScenario,
  createTestPorts,
  type TestPorts,
} from './ports.test-kit.ts';
import type { Ports } from './ports.ts';
import { runCase } from './run-case.ts';
import { createRunWatch, type RunWatch } from './run-watch.ts';

const AUTO = 'IDENTIFICATION_AUTO_FINISHED';

/** A provider that gives every session its own scanRef and sends webhooks only when a test does. */
function start(changes: Partial<Ports> = {}): TestPorts {
  let sessions = 0;
  return createTestPorts(() => {
    sessions += 1;
    return { status: 201, body: { scanRef: `ref-${sessions}` } };
  }, changes);
}

const create = (dummyStatus = 'APPROVED'): Step => createRequestStep('createSession', { clientId: 'c', dummyStatus });
const automatic = (scanRef: string, rest: JsonObject = {}) =>
  createDelivery(AUTO, { body: { scanRef, clientId: 'c', status: { overall: 'APPROVED' }, ...rest } });

/** Runs every case of a scenario; what the contracts find wrong with these bare messages is not what is tested here. */
async function runAll(provider: TestPorts, ...cases: readonly (readonly Step[])[]) {
  const scenario = createScenario(cases);
  const watch = createRunWatch();
  for (const one of scenario.cases) await runCase(scenario, one, provider.ports, watch);
  return { scenario, watch };
}

function closingFailures(
  provider: TestPorts,
  scenario: ReturnType<typeof createScenario>,
  watch: RunWatch,
): readonly string[] {
  const { failures } = closeScenario(scenario, provider.ports, watch).result;
  return failures.filter(({ kind }) => kind.startsWith('webhook')).map(({ kind, message }) => `${kind}: ${message}`);
}

describe('closeScenario', () => {
  test('passes when nothing came and nothing is due', async () => {
    const provider = start();
    const { scenario, watch } = await runAll(provider, [create('ACTIVE')]);
    expect(closeScenario(scenario, provider.ports, watch).result).toMatchObject({
      kind: 'closing',
      id: 's/closing',
      scenario: 's',
      outcome: 'passed',
      failures: [],
      sessions: 0,
    });
  });

  test('names the case that got a webhook which nothing caused', async () => {
    const provider = start();
    const { scenario, watch } = await runAll(provider, [create('ACTIVE')], [create('ACTIVE')]);
    provider.deliver(automatic('ref-2'));
    const failures = closingFailures(provider, scenario, watch);
    expect(failures).toEqual([
      expect.stringMatching(/^webhook-unexpected: case s\/1: webhook #\d+ .* of session ref-2: no step caused it/),
    ]);
    const { failures: again } = closeScenario(scenario, provider.ports, watch).result;
    expect(again).toEqual([]);
  });

  test('names the case whose webhook came again later', async () => {
    const provider = start();
    const scenario = createScenario([[create(), createAwaitStep('auto')]]);
    const [one] = scenario.cases;
    const watch = createRunWatch();
    const delivery = automatic('ref-1');
    provider.deliver(delivery);
    if (one !== undefined) await runCase(scenario, one, provider.ports, watch);
    provider.deliver(delivery);
    expect(closingFailures(provider, scenario, watch)).toEqual([
      expect.stringMatching(/^webhook-duplicate: case s\/0: /),
    ]);
  });

  test('names the case whose webhook no step awaited, and that never came', async () => {
    const provider = start();
    const { scenario, watch } = await runAll(provider, [create()]);
    const result = closeScenario(scenario, provider.ports, watch).result;
    expect(result.failures).toMatchObject([{ kind: 'webhook-missing', span: { line: 10 }, step: 0 }]);
    expect(result.failures[0]?.message).toMatch(
      /^case s\/0: webhook IDENTIFICATION_AUTO_FINISHED of session ref-1 did not come/,
    );
  });

  test('does not say again what a step has said', async () => {
    const provider = start({ webhookDeadlineMs: 5 });
    const { scenario, watch } = await runAll(provider, [create(), createAwaitStep('auto')]);
    expect(closingFailures(provider, scenario, watch)).toEqual([]);
  });

  test('judges a webhook that came late and that no step awaited', async () => {
    const provider = start();
    const { scenario, watch } = await runAll(provider, [create()]);
    provider.deliver(automatic('ref-1', { clientId: 'another' }));
    const { failures } = closeScenario(scenario, provider.ports, watch).result;
    expect(failures.map(({ kind }) => kind)).toContain('correlation');
    expect(closingFailures(provider, scenario, watch)).toEqual([]);
  });

  describe('of what the inbox refused', () => {
    test('tells it once, what reads alike together, in the scenario that is closed first', async () => {
      const provider = start();
      const { scenario, watch } = await runAll(provider, [create('ACTIVE')]);
      provider.refuse({ headers: { 'content-length': '20', 'idenfy-event-type': AUTO } });
      provider.refuse({ method: 'POST', answered: 413, reason: 'too large', headers: { 'content-length': '2000000' } });
      provider.refuse({ headers: { 'content-length': '20', 'idenfy-event-type': AUTO } });
      provider.refuse({ method: 'POST', path: '/…/more?a', answered: 404, reason: 'no' });
      expect(closeScenario(createScenario([], { id: 'other' }), provider.ports, watch).result.failures).toEqual([
        {
          kind: 'webhook-unreadable',
          message: `the provider sent a PUT of 20 bytes with ${AUTO} to our callbackUrl, refused with 405: only POST is taken (2 times)`,
          expected: 'a POST of a webhook',
          actual: {
            method: 'PUT',
            path: '/…',
            headers: { 'content-length': '20', 'idenfy-event-type': AUTO },
            answered: 405,
          },
          step: 0,
          span: scenario.span,
        },
        expect.objectContaining({
          message: 'the provider sent a POST of 2,000,000 bytes to our callbackUrl, refused with 413: too large',
        }),
        expect.objectContaining({
          message: "the provider sent a POST to /…/more?a (… is our callbackUrl's), refused with 404: no",
        }),
      ]);
      expect(closeScenario(scenario, provider.ports, watch).result.failures).toEqual([]);
    });

    test('tells 20 kinds of it, and counts the others', async () => {
      const provider = start();
      for (let at = 0; at < 30; at += 1) provider.refuse({ method: `M${at}` });
      const { inbox } = provider.ports;
      const counts = (): ReturnType<typeof inbox.counts> => ({ ...inbox.counts(), refused: 50 });
      const ports = { ...provider.ports, inbox: { ...inbox, counts } };
      const { failures } = closeScenario(createScenario([]), ports, createRunWatch()).result;
      expect(failures).toHaveLength(20);
      expect(failures.at(-1)?.message).toMatch(/^the provider sent a M19 .*; and 30 more that were refused$/);
      expect(failures.at(-2)?.message).not.toContain('more');
    });

    test('lets a connection break off', async () => {
      const provider = start();
      provider.refuse({ answered: null, reason: 'the connection broke off' });
      expect(closeScenario(createScenario([]), provider.ports, createRunWatch()).result.outcome).toBe('passed');
    });

    test('does not tell again what a missing webhook has told', async () => {
      const provider = start({ webhookDeadlineMs: 5 });
      provider.refuse({ method: 'POST', answered: null, headers: { 'content-length': '9' } });
      for (let at = 0; at < 5; at += 1) provider.refuse({ method: `M${at}` });
      const { scenario, watch } = await runAll(provider, [create()]);
      const { failures } = closeScenario(scenario, provider.ports, watch).result;
      expect(failures.map(({ message }) => message)).toEqual([
        expect.stringMatching(
          /; arrived instead: a POST of 9 bytes to our callbackUrl, which broke off; a M0 to .*refused with 405: only POST is taken; a M1 .*; a M3 [^;]*$/,
        ),
        expect.stringMatching(/^the provider sent a M4 to our callbackUrl, refused with 405: only POST is taken$/),
      ]);
    });
  });

  test('leaves the sessions of other scenarios alone', async () => {
    const provider = start();
    const { watch } = await runAll(provider, [create('ACTIVE')]);
    provider.deliver(automatic('ref-1'));
    expect(closingFailures(provider, createScenario([], { id: 'other' }), watch)).toEqual([]);
  });
});

describe('awaitQuiet', () => {
  test('waits for a webhook that is due, and no longer', async () => {
    const provider = start({ webhookDeadlineMs: 10_000 });
    const { scenario, watch } = await runAll(provider, [create()], [create()]);
    const waiting = awaitQuiet(watch, provider.ports, 1);
    setTimeout(() => provider.deliver(automatic('ref-1')), 5);
    setTimeout(() => provider.deliver(automatic('ref-2')), 10);
    await waiting;
    expect(closingFailures(provider, scenario, watch)).toEqual([]);
  });

  test('gives up when it is overdue', async () => {
    const provider = start({ webhookDeadlineMs: 20 });
    const { watch } = await runAll(provider, [create()]);
    await awaitQuiet(watch, provider.ports, 1);
    expect(provider.ports.inbox.mailbox('ref-1').deliveries).toEqual([]);
  });

  test('waits for nothing when nothing is due', async () => {
    const provider = start({ webhookDeadlineMs: 10_000 });
    const { watch } = await runAll(provider, [create('ACTIVE')]);
    await awaitQuiet(watch, provider.ports, 1);
  });

  test('asks the inbox for its quiet period', async () => {
    const asked: number[] = [];
    const provider = start();
    const inbox = { ...provider.ports.inbox, quiet: async (ms: number) => void asked.push(ms) };
    await awaitQuiet(createRunWatch(), { ...provider.ports, inbox }, 123);
    expect(asked).toEqual([123]);
  });
});
