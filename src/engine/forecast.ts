import { isJsonObject } from '../domain/json.ts';
import type { Case, RequestStep, ResponseExpectation, Scenario } from '../domain/scenario.ts';
import { AUTOMATIC } from './session-step.ts';

/** What running some cases will take. */
export interface Forecast {
  readonly cases: number;
  /** Sessions that will be created; live ones may cost credits. */
  readonly sessions: number;
  readonly exchanges: number;
  /** Webhooks that are due if the provider keeps its word. */
  readonly webhooks: number;
}

/** Adds up what the cases of one scenario will send and receive, without sending anything. */
export function forecast(scenario: Scenario, cases: readonly Case[]): Forecast {
  const shared = new Set<string>();
  const sum = { cases: cases.length, sessions: 0, exchanges: 0, webhooks: 0 };
  if (scenario.skip !== null) return { ...sum, cases: cases.length };
  for (const one of cases) {
    for (const step of one.steps()) {
      if (step.kind !== 'request') continue;
      if (step.sharedKey !== null && shared.has(step.sharedKey)) continue;
      if (step.sharedKey !== null) shared.add(step.sharedKey);
      addRequest(sum, step);
    }
  }
  return sum;
}

/** The forecast of several scenarios together. */
export function sumForecasts(forecasts: readonly Forecast[]): Forecast {
  const sum = { cases: 0, sessions: 0, exchanges: 0, webhooks: 0 };
  for (const one of forecasts) {
    sum.cases += one.cases;
    sum.sessions += one.sessions;
    sum.exchanges += one.exchanges;
    sum.webhooks += one.webhooks;
  }
  return sum;
}

function addRequest(sum: { sessions: number; exchanges: number; webhooks: number }, step: RequestStep): void {
  sum.exchanges += 1;
  if (!isAcceptance(step)) return;
  if (step.operation === 'createSession') {
    sum.sessions += 1;
    const body = step.payload.kind === 'json' && isJsonObject(step.payload.value) ? step.payload.value : {};
    if (step.callback && AUTOMATIC[String(body.dummyStatus)] !== undefined) sum.webhooks += 1;
  }
  if (step.operation === 'addManualStatus') sum.webhooks += 1;
}

/** True when the step counts on being accepted; where the sources disagree, the dearer answer is assumed. */
function isAcceptance(step: RequestStep): boolean {
  if (step.contested !== null) return step.contested.readings.some(({ expect }) => accepts(expect));
  return step.expect === null || accepts(step.expect);
}

function accepts(expect: ResponseExpectation): boolean {
  return expect.error === undefined && (expect.status === undefined || expect.status.some((status) => status < 300));
}
