import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Sandbox, startSandbox } from '../src/sandbox/start-sandbox.ts';
import { ALTERED_DELIVERIES } from './provider/altered-deliveries.ts';
import { ALTERED_RESPONSES } from './provider/altered-responses.ts';
import { ALTERED_WEBHOOKS } from './provider/altered-webhooks.ts';
import { messagesOf, readScenarios, runAltered } from './provider/run-scenarios.ts';
import { SCENARIOS } from './provider/scenarios.ts';

vi.setConfig({ maxConcurrency: 16 });

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ retryDelaysMs: [10] });
});
afterAll(() => sandbox[Symbol.asyncDispose]());

describe.concurrent('nothing is altered', () => {
  test.each(Object.entries(SCENARIOS))('%s is green', async (_name, text) => {
    const results = await runAltered(sandbox, await readScenarios(text), {}, 5000);
    expect(messagesOf(results)).toEqual([]);
    expect(results.map(({ outcome, error }) => [outcome, error])).toEqual(results.map(() => ['passed', null]));
  });
});

// Every alteration has to turn the run red with a failure that names the cause.
const ALTERED = [...ALTERED_RESPONSES, ...ALTERED_WEBHOOKS, ...ALTERED_DELIVERIES];
describe.concurrent.each(ALTERED)('$title', ({ rows, deadlineMs = 3000, quietMs }) => {
  test.each(rows)('%s', async (_name, scenario, alteration, says) => {
    const results = await runAltered(
      sandbox,
      await readScenarios(SCENARIOS[scenario]),
      alteration,
      deadlineMs,
      quietMs,
    );
    expect(messagesOf(results)).toContainEqual(expect.stringMatching(says));
  });
});
