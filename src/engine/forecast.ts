import { isJsonObject, type JsonObject } from '../domain/json.ts';
import type { Case, RequestStep, ResponseExpectation, Scenario } from '../domain/scenario.ts';
import { templateReferences } from '../domain/template.ts';
import { AUTOMATIC } from './session-step.ts';

/** What running some cases will take. */
export interface Forecast {
  readonly cases: number;
  /** Sessions that will be created; live ones may cost credits. */
  readonly sessions: number;
  readonly exchanges: number;
  /** Webhooks that come if the provider keeps its word, repeats of those that we refuse included. */
  readonly webhooks: number;
}

/** Adds up what the cases of one scenario will send and receive, without sending anything. */
export function forecast(scenario: Scenario, cases: readonly Case[]): Forecast {
  const shared = new Set<string>();
  const sum = { cases: cases.length, sessions: 0, exchanges: 0, webhooks: 0 };
  if (scenario.skip !== null) return { ...sum, cases: cases.length };
  for (const one of cases) {
    const arrivals = new Map<string, number>();
    for (const step of one.steps()) {
      if (step.kind !== 'request') continue;
      if (step.operation === 'createSession') arrivals.set(step.as, arrivalsOf(step));
      if (step.sharedKey !== null && shared.has(step.sharedKey)) continue;
      if (step.sharedKey !== null) shared.add(step.sharedKey);
      addRequest(sum, step, arrivals);
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

function addRequest(
  sum: { sessions: number; exchanges: number; webhooks: number },
  step: RequestStep,
  arrivals: ReadonlyMap<string, number>,
): void {
  sum.exchanges += 1;
  if (!isAcceptance(step)) return;
  if (step.operation === 'createSession') {
    sum.sessions += 1;
    if (AUTOMATIC[String(bodyOf(step).dummyStatus)] !== undefined) sum.webhooks += arrivals.get(step.as) ?? 1;
  }
  if (step.operation === 'addManualStatus') {
    for (const name of sessionsIn(step)) sum.webhooks += arrivals.get(name) ?? 1;
  }
}

/** How often each webhook of a session comes to us: never, when it has another callbackUrl; again, after each refusal. */
function arrivalsOf(step: RequestStep): number {
  return step.callback && !('callbackUrl' in bodyOf(step)) ? step.refuseWebhooks + 1 : 0;
}

/** The names whose scanRef a request carries; '' when it spells one out. */
function sessionsIn(step: RequestStep): ReadonlySet<string> {
  const named = step.payload.kind === 'raw' ? step.payload.text : (bodyOf(step).scanRef ?? '');
  const names = templateReferences(named).map(([name = '']) => name);
  return new Set(names.length === 0 ? [''] : names);
}

function bodyOf({ payload }: RequestStep): JsonObject {
  return payload.kind === 'json' && isJsonObject(payload.value) ? payload.value : {};
}

/** True when the step counts on being accepted; where the sources disagree, the dearer answer is assumed. */
function isAcceptance(step: RequestStep): boolean {
  if (step.contested !== null) return step.contested.readings.some(({ expect }) => accepts(expect));
  return step.expect === null || accepts(step.expect);
}

function accepts(expect: ResponseExpectation): boolean {
  return expect.error === undefined && (expect.status === undefined || expect.status.some((status) => status < 300));
}
