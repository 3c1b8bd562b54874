import type { Judgement, OperationContract } from '../../domain/contract.ts';
import { CredentialsError } from '../../domain/harness-error.ts';
import { isJsonObject, type Json } from '../../domain/json.ts';
import type { RequestStep } from '../../domain/scenario.ts';
import type { ErrorIdentifier } from '../../domain/vocabulary.generated.ts';
import { type CaseRun, type EarlyEnd, endByError, type StepPlace } from '../case-run.ts';
import { type Answer, identifierOf } from './answer.ts';
import { judgeBody } from './body.ts';
import { misfits } from './misfits.ts';

/**
 * Judges one response: status, content type, contract, then what the scenario expects. An early end means that the case cannot
 * go on. Never throws: what the request has caused is noted even when nobody can tell whether its response was right.
 */
export function judgeResponse(run: CaseRun, step: RequestStep, answer: Answer, place: StepPlace): EarlyEnd | null {
  try {
    return judge(run, step, answer, place);
  } catch (error) {
    return endByError(error);
  }
}

function judge(run: CaseRun, step: RequestStep, answer: Answer, place: StepPlace): EarlyEnd | null {
  const operation = step.operation === null ? null : run.ports.contracts.operations[step.operation];
  const early =
    step.contested === null
      ? judgeStatus(run, step, operation, answer, place)
      : judgeContested(run, step, answer, place);
  judgeBody(run, step, operation, answer, place);
  if (step.expect !== null)
    run.failures.push(...misfits(run, step.expect, answer, { ...place, span: step.expect.span }));
  return early;
}

/** Without a stated status an operation has to succeed, unless the sources disagree on what was asked. */
function judgeStatus(
  run: CaseRun,
  step: RequestStep,
  operation: OperationContract | null,
  answer: Answer,
  place: StepPlace,
): EarlyEnd | null {
  const { status } = answer.exchange.response;
  if (step.expect?.status !== undefined || step.expect?.error !== undefined || operation === null) return null;
  const accepted = operation.success.includes(status);
  if (accepted) observeStatus(run, step, operation, status);
  const contested = accepted || isAboutValues(answer) ? observeRequest(run, operation, answer.asked, accepted) : [];
  if (accepted) return null;
  if (contested.length > 0) {
    return { outcome: 'skipped', reason: `contested: this provider refuses what ${contested.join(' and ')} may allow` };
  }
  const denied = credentialsProblem(step, answer);
  if (denied !== null) return { outcome: 'errored', reason: denied.message, error: denied };
  const message = `response: HTTP ${status} where ${operation.success.join(' or ')} is documented${identifierOf(answer.body)}`;
  run.failures.push({ kind: 'status', message, expected: operation.success, actual: status, ...place });
  return { outcome: 'failed', reason: 'the request was not accepted' };
}

/** A provider that refuses the DEV key pair itself can be asked nothing: no failure of its own, and no answer to any question. */
function credentialsProblem(step: RequestStep, { exchange, body }: Answer): CredentialsError | null {
  const identifier = isJsonObject(body) ? body.identifier : undefined;
  if (step.credentials !== 'DEV' || (identifier !== 'UNAUTHORIZED' && identifier !== 'PERMISSIONS_ERROR')) return null;
  return new CredentialsError(
    `the provider refuses the credentials: HTTP ${exchange.response.status}${identifierOf(body)}`,
    {
      span: step.span,
      hint: 'check IDENFY_API_KEY and IDENFY_API_SECRET: both must be from one DEV key pair of that provider',
    },
  );
}

/** Refusals of what a request says; any other (wrong keys, no funds, too many requests) settles no question about a field. */
export const ABOUT_VALUES: readonly ErrorIdentifier[] = ['BAD_VALUE', 'MISSING_VALUE', 'VALIDATION_ERROR'];

function isAboutValues({ exchange, body }: Answer): boolean {
  const { status } = exchange.response;
  const identifier = isJsonObject(body) ? body.identifier : undefined;
  return status >= 400 && status < 500 && ABOUT_VALUES.some((one) => one === identifier);
}

/** The contested clauses whose readings disagree on this request; records which of them the provider was seen to follow. */
function observeRequest(
  run: CaseRun,
  operation: OperationContract,
  asked: Json | undefined,
  accepted: boolean,
): readonly string[] {
  if (asked === undefined) return [];
  const judgement: Judgement = run.ports.contracts.judge(operation.request, asked);
  if (judgement.violations.length > 0) return [];
  const open = judgement.observations.filter((observation) => observation.refuted.length > 0);
  for (const { clause, question, readings, refuted } of open) {
    run.observations.push({
      clause,
      question,
      readings: accepted ? readings : refuted,
      refuted: accepted ? refuted : readings,
    });
  }
  return open.map((observation) => observation.clause);
}

function observeStatus(run: CaseRun, step: RequestStep, operation: OperationContract, status: number): void {
  if (operation.success.length < 2) return;
  const [readings, refuted] = [
    operation.success.filter((one) => one === status),
    operation.success.filter((one) => one !== status),
  ];
  run.observations.push({
    clause: `openapi#/${step.operation}/status`,
    question: `Which status answers an accepted ${step.operation}?`,
    readings: readings.map(String),
    refuted: refuted.map(String),
  });
}

/** The sources disagree: any reading will do, and which one it was is recorded. */
function judgeContested(run: CaseRun, step: RequestStep, answer: Answer, place: StepPlace): EarlyEnd | null {
  if (step.contested === null) return null;
  const { question, readings, span } = step.contested;
  const fits = readings
    .filter(({ expect }) => misfits(run, expect, answer, place).length === 0)
    .map(({ name }) => name);
  const refuted = readings.map(({ name }) => name).filter((name) => !fits.includes(name));
  if (fits.length > 0) {
    run.observations.push({ clause: `${run.scenario.name}#${question}`, question, readings: fits, refuted });
    return null;
  }
  const { status } = answer.exchange.response;
  const message = `response: HTTP ${status}${identifierOf(answer.body)} fits none of the readings ${refuted.join(', ')} of: ${question}`;
  run.failures.push({ kind: 'expectation', message, at: '', expected: refuted, actual: status, ...place, span });
  return null;
}
