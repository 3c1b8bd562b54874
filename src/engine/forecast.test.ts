import { describe, expect, test } from 'vitest';
import type { Step } from '../domain/scenario.ts';
import { type Forecast, forecast, sumForecasts } from './forecast.ts';
import { createAwaitStep, createRequestStep, createScenario, expecting, spanAt } from './ports.test-kit.ts';

const create = (dummyStatus: string, changes: Parameters<typeof createRequestStep>[2] = {}): Step =>
  createRequestStep('createSession', { clientId: 'x', dummyStatus }, changes);
const manual = (changes: Parameters<typeof createRequestStep>[2] = {}): Step =>
  createRequestStep('addManualStatus', {}, changes);

/** A manual status for a session by its name. */
const manualOf = (session: string): Step =>
  createRequestStep('addManualStatus', { scanRef: `\${{ ${session}.scanRef }}`, manualFaceMatchResult: 'FACE_MATCH' });

function forecastOf(...cases: readonly (readonly Step[])[]): readonly number[] {
  const scenario = createScenario(cases);
  const { cases: count, sessions, exchanges, webhooks } = forecast(scenario, scenario.cases);
  return [count, sessions, exchanges, webhooks];
}

describe('forecast: cases, sessions, exchanges, webhooks', () => {
  test.each<[string, readonly (readonly Step[])[], readonly number[]]>([
    ['an automatic result', [[create('APPROVED'), createAwaitStep('auto')]], [1, 1, 1, 1]],
    ['an expiry', [[create('EXPIRED')]], [1, 1, 1, 1]],
    ['ACTIVE, which sends none', [[create('ACTIVE')]], [1, 1, 1, 0]],
    ['a manual status after it', [[create('DENIED'), manual()]], [1, 1, 2, 2]],
    [
      'a session of its own for each case',
      [
        [create('DENIED'), manual()],
        [create('DENIED'), manual()],
      ],
      [2, 2, 4, 4],
    ],
    [
      'a session that cases share',
      [
        [create('DENIED', { sharedKey: 'k' }), manual()],
        [create('DENIED', { sharedKey: 'k' }), manual()],
      ],
      [2, 1, 3, 3],
    ],
    ['one that is refused', [[create('APPROVED', { expect: expecting({ status: [400] }) })]], [1, 0, 1, 0]],
    [
      'one that is refused by name',
      [[create('APPROVED', { expect: expecting({ error: ['BAD_VALUE'] }) })]],
      [1, 0, 1, 0],
    ],
    ['one that may be refused', [[create('APPROVED', { expect: expecting({ status: [400, 201] }) })]], [1, 1, 1, 1]],
    [
      'one whose acceptance is contested',
      [
        [
          create('APPROVED', {
            contested: {
              question: '?',
              readings: [
                { name: 'no', expect: expecting({ status: [400] }) },
                { name: 'yes', expect: expecting({ status: [201] }) },
              ],
              span: spanAt(1),
            },
          }),
        ],
      ],
      [1, 1, 1, 1],
    ],
    ['webhooks that go elsewhere', [[create('APPROVED', { callback: false })]], [1, 1, 1, 0]],
    [
      'webhooks that go elsewhere, after a manual status',
      [[create('APPROVED', { callback: false }), manualOf('session')]],
      [1, 1, 2, 0],
    ],
    [
      'a callbackUrl of its own',
      [[createRequestStep('createSession', { dummyStatus: 'APPROVED', callbackUrl: 'https://example.com' })]],
      [1, 1, 1, 0],
    ],
    [
      'webhooks that are refused twice, and come again',
      [
        [
          create('APPROVED', { refuseWebhooks: 2 }),
          manualOf('session'),
          create('DENIED', { as: 'other' }),
          manualOf('other'),
        ],
      ],
      [1, 2, 4, 3 + 3 + 1 + 1],
    ],
    [
      'a refusal that is planned for a session without webhooks',
      [[create('ACTIVE', { refuseWebhooks: 2 })]],
      [1, 1, 1, 0],
    ],
    [
      'webhooks that are refused, of a session that cases share',
      [
        [create('DENIED', { sharedKey: 'k', refuseWebhooks: 1 }), manualOf('session')],
        [create('DENIED', { sharedKey: 'k', refuseWebhooks: 1 }), manualOf('session')],
      ],
      [2, 1, 3, 2 + 2 + 2],
    ],
    [
      'a manual status in raw text',
      [
        [
          create('ACTIVE', { refuseWebhooks: 1 }),
          manual({ payload: { kind: 'raw', text: '{"scanRef": "${{ session.scanRef }}"}' } }),
        ],
      ],
      [1, 1, 2, 2],
    ],
    ['a question for the status', [[create('APPROVED'), createRequestStep('getStatus', {})]], [1, 1, 2, 1]],
    ['a request outside the API', [[createRequestStep(null, {})]], [1, 0, 1, 0]],
    ['no cases', [], [0, 0, 0, 0]],
  ])('%s', (_, cases, numbers) => {
    expect(forecastOf(...cases)).toEqual(numbers);
  });

  test('a scenario that is skipped sends nothing', () => {
    const scenario = createScenario([[create('APPROVED')]], { skip: 'later' });
    expect(forecast(scenario, scenario.cases)).toEqual({ cases: 1, sessions: 0, exchanges: 0, webhooks: 0 });
  });

  test('forecasts add up', () => {
    const one: Forecast = { cases: 1, sessions: 2, exchanges: 3, webhooks: 4 };
    expect(sumForecasts([one, one])).toEqual({ cases: 2, sessions: 4, exchanges: 6, webhooks: 8 });
  });
});
