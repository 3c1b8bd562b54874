import { isJsonObject, type Json } from '../domain/json.ts';
import type { Exchange, ProviderRequest } from '../domain/message.ts';
import type { Credentials, RequestStep } from '../domain/scenario.ts';
import { secureText } from './auth-token.ts';
import type { CaseRun, EarlyEnd, StepPlace } from './case-run.ts';
import { judgeResponse } from './checks/response.ts';
import { curlOf } from './curl.ts';
import type { KeyPair } from './ports.ts';
import { watchUnopened } from './run-watch.ts';
import { openSession, recordManualStatus } from './session-step.ts';
import { resolve } from './templates.ts';

/** What a step sent, before and after it became bytes. */
export interface SentRequest {
  readonly request: ProviderRequest;
  /** The JSON that the body stands for; undefined for raw text and for none. */
  readonly json: Json | undefined;
}

/** Why a session was not asked for. */
export const BUDGET_USED_UP = 'the budget of sessions is used up';

/** Sends the request of a step, judges the response and notes which webhooks are due because of it. */
export async function runRequestStep(run: CaseRun, step: RequestStep, index: number): Promise<EarlyEnd | null> {
  const charge = chargeSession(run, step);
  if (charge === null) return { outcome: 'inconclusive', reason: BUDGET_USED_UP };
  const sent = buildRequest(run, step);
  const exchange = await exchangeOf(run, step, sent);
  charge.settle(exchange);
  const body = parseBody(exchange.response.body);
  run.exchanges.push(secureExchange(exchange, body, run.tokens));
  const place: StepPlace = { step: index, span: step.span };
  if (body !== undefined) run.captures.set(step.as, body);
  const told = run.failures.length;
  const verdict = judgeResponse(run, step, { exchange, body, asked: sent.json }, place);
  const end = follow(run, step, sent, exchange, body, place) ?? verdict;
  if (run.failures.length > told) {
    const curl = curlOf(sent.request);
    run.failures.splice(
      told,
      run.failures.length,
      ...run.failures.slice(told).map((failure) => ({ ...failure, curl })),
    );
  }
  return end;
}

/**
 * Charges the budget for the session that a request may create; null when it is used up. A request that is to be refused costs
 * nothing unless it is taken, so that it need not wait for sessions; any other is charged until it is refused.
 */
function chargeSession({ ports: { budget } }: CaseRun, step: RequestStep): { settle(exchange: Exchange): void } | null {
  if (step.operation !== 'createSession') return { settle: () => {} };
  const isRefusalDue = step.expect?.error !== undefined || step.expect?.status?.every((one) => one >= 400) === true;
  if (isRefusalDue ? !budget.isOpen() : budget.left() <= 0) return null;
  if (!isRefusalDue) budget.take();
  return {
    settle(exchange) {
      if (isRefusalDue && !isRefusal(exchange)) budget.take();
      if (!isRefusalDue && isRefusal(exchange)) budget.giveBack();
    },
  };
}

/** The exchange as evidence keeps it. */
function secureExchange(exchange: Exchange, json: Json | undefined, tokens: Set<string>): Exchange {
  for (const value of Object.values(exchange.response.headers)) secureText(value, undefined, tokens);
  const body = secureText(exchange.response.body, json, tokens);
  return body === exchange.response.body ? exchange : { ...exchange, response: { ...exchange.response, body } };
}

function isRefusal({ response: { status } }: Exchange): boolean {
  return status >= 400 && status < 500;
}

/** A request whose answer was lost may have created a session all the same. */
async function exchangeOf(run: CaseRun, step: RequestStep, sent: SentRequest): Promise<Exchange> {
  try {
    return await run.ports.provider.send(sent.request);
  } catch (error) {
    if (step.operation === 'createSession') watchUnopened(run, sent.json, false);
    throw error;
  }
}

/** Notes what an accepted request sets off. A provider that wrongly accepts still sends webhooks, so the status decides. */
function follow(
  run: CaseRun,
  step: RequestStep,
  sent: SentRequest,
  exchange: Exchange,
  body: Json | undefined,
  place: StepPlace,
): EarlyEnd | null {
  const accepted = exchange.response.status >= 200 && exchange.response.status < 300;
  const asked = sent.json ?? parseBody(sent.request.body ?? '') ?? null;
  if (step.operation === 'createSession') {
    const end = accepted ? openSession(run, step, asked, body, place) : null;
    if (!accepted || end !== null) watchUnopened(run, asked, isRefusal(exchange));
    return end;
  }
  if (accepted && step.operation === 'addManualStatus') recordManualStatus(run, asked, place);
  return null;
}

/** Fills in the templates, the inbox's address and the credentials. */
function buildRequest(run: CaseRun, step: RequestStep): SentRequest {
  const headers: Record<string, string> = { 'content-type': 'application/json', accept: 'application/json' };
  for (const [name, value] of Object.entries(step.headers)) headers[name] = String(resolve(run, value));
  const authorization = authorizationOf(step.credentials, run);
  if (authorization !== null) headers.authorization = authorization;
  const path = String(resolve(run, step.path));
  if (step.payload.kind === 'none') {
    const { 'content-type': _, ...rest } = headers;
    return { request: { method: step.method, path, headers: rest, body: null }, json: undefined };
  }
  if (step.payload.kind === 'raw') {
    return {
      request: { method: step.method, path, headers, body: String(resolve(run, step.payload.text)) },
      json: undefined,
    };
  }
  const json = withCallback(run, step, resolve(run, step.payload.value));
  return { request: { method: step.method, path, headers, body: JSON.stringify(json) }, json };
}

function withCallback(run: CaseRun, step: RequestStep, body: Json): Json {
  if (!step.callback || step.operation !== 'createSession' || !isJsonObject(body) || 'callbackUrl' in body) return body;
  const { inbox } = run.ports;
  return { ...body, callbackUrl: step.refuseWebhooks > 0 ? inbox.refusingUrl(step.refuseWebhooks) : inbox.callbackUrl };
}

/** The Basic auth header of a choice of credentials; null for none. */
function authorizationOf(credentials: Credentials, run: CaseRun): string | null {
  if (credentials === 'none') return null;
  const wrong = credentials === 'wrong-key' || credentials === 'wrong-secret';
  const pair = run.ports.keys[wrong ? run.scenario.environment : credentials];
  if (pair === undefined) return null;
  return `Basic ${Buffer.from(userInfo(pair, credentials)).toString('base64')}`;
}

/** A wrong half is the right one with a letter more: as close to right as wrong can be. */
function userInfo(pair: KeyPair, credentials: Credentials): string {
  if (credentials === 'wrong-key') return `${pair.apiKey}x:${pair.apiSecret}`;
  if (credentials === 'wrong-secret') return `${pair.apiKey}:${pair.apiSecret}x`;
  return `${pair.apiKey}:${pair.apiSecret}`;
}

/** The JSON of a body; undefined when it is none. */
export function parseBody(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
