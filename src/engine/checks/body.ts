import type { ContractName, Judgement, OperationContract } from '../../domain/contract.ts';
import { shorten } from '../../domain/excerpt.ts';
import { isJsonObject, type Json } from '../../domain/json.ts';
import type { Exchange } from '../../domain/message.ts';
import type { RequestStep } from '../../domain/scenario.ts';
import type { CaseRun, StepPlace } from '../case-run.ts';
import type { Answer } from './answer.ts';
import { pushViolations } from './message.ts';

/** No source describes this body: nothing, text or any JSON will do, and what it was is recorded. */
const UNDESCRIBED: ContractName = 'add-dummy-status-response';

/** Judges the body of a response: that it is JSON and says so, and its contract. */
export function judgeBody(
  run: CaseRun,
  step: RequestStep,
  operation: OperationContract | null,
  { exchange, body, asked }: Answer,
  place: StepPlace,
): void {
  const { status, body: text, bodyProblem } = exchange.response;
  const refused = status >= 400;
  if (operation === null && step.expect?.error === undefined) return;
  const flaw = bodyProblem ?? (body === undefined ? 'is not JSON' : undefined);
  if (!refused && operation?.response === UNDESCRIBED) {
    if (bodyProblem !== undefined && saysJson(exchange)) pushFlaw(run, exchange, bodyProblem, place);
    const whole = body === undefined ? text : body;
    pushViolations(run, run.ports.contracts.judge(UNDESCRIBED, whole), 'response', place);
    return;
  }
  if (flaw !== undefined) pushFlaw(run, exchange, flaw, place);
  if (body === undefined) return;
  checkContentType(run, exchange, place);
  const contract = refused ? 'error' : operation?.response;
  if (contract === undefined) return;
  const context = asked === undefined ? {} : { request: asked };
  const judgement = run.ports.contracts.judge(contract, body, context);
  pushViolations(
    run,
    namesUnknownSession(run, step, asked) ? withAnyIdentifier(judgement) : judgement,
    'response',
    place,
  );
}

/** True when the request asks for a verification that this run has not created. */
function namesUnknownSession(run: CaseRun, { operation }: RequestStep, asked: Json | undefined): boolean {
  if (operation !== 'addManualStatus' && operation !== 'getStatus') return false;
  return isJsonObject(asked) && !run.watch.sessions.has(String(asked.scanRef));
}

/** The facts call the identifier of an unknown scanRef undocumented, so that it need not be one of the list. */
function withAnyIdentifier(judgement: Judgement): Judgement {
  const violations = judgement.violations.filter(({ at, clause }) => at !== '/identifier' || clause.keyword !== 'enum');
  return { ...judgement, violations };
}

/** The failure that a body is no JSON that can be read; its beginning tells a proxy's page from a provider's mistake. */
function pushFlaw(run: CaseRun, { response }: Exchange, flaw: string, place: StepPlace): void {
  const type = response.headers['content-type'];
  const kind = type === undefined ? 'no content-type' : `content-type ${shorten(type, 80)}`;
  const excerpt = response.body === '' ? 'it is empty' : JSON.stringify(shorten(response.body, 80));
  const message = `response: HTTP ${response.status} with a body that ${flaw} (${kind}): ${excerpt}`;
  run.failures.push({ kind: 'body', message, expected: 'JSON', actual: shorten(response.body, 200), ...place });
}

function saysJson({ response }: Exchange): boolean {
  return /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(response.headers['content-type'] ?? '');
}

function checkContentType(run: CaseRun, exchange: Exchange, place: StepPlace): void {
  if (saysJson(exchange)) return;
  const type = exchange.response.headers['content-type'] ?? '';
  const message = `response: content-type is ${type === '' ? 'missing' : JSON.stringify(type)}; a JSON body must say application/json`;
  run.failures.push({ kind: 'body', message, expected: 'application/json', actual: type, ...place });
}
