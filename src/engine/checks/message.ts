import type { ContractName, Judgement } from '../../domain/contract.ts';
import type { ContractFailure, ExpectationFailure } from '../../domain/failure.ts';
import { ConfigurationError } from '../../domain/harness-error.ts';
import type { Json } from '../../domain/json.ts';
import { matchPartial } from '../../domain/matcher.ts';
import type { CaseRun, StepPlace } from '../case-run.ts';
import { resolve } from '../templates.ts';

/** Records what a contract says of a message: violations as failures, readings as observations. */
export function pushViolations(
  run: CaseRun,
  judgement: Judgement,
  subject: ContractFailure['subject'],
  place: StepPlace,
): void {
  run.observations.push(...judgement.observations);
  for (const violation of judgement.violations) {
    const { clause, at, expected, message } = violation;
    const actual = violation.actual === undefined ? {} : { actual: violation.actual };
    run.failures.push({
      kind: 'contract',
      message: `${subject} ${message}`,
      clause,
      at,
      subject,
      expected,
      ...actual,
      ...place,
    });
  }
}

/**
 * Compares a part of a message with what the scenario expects of it. Throws ConfigurationError, with the place, for templates
 * and matchers that have no use in this case.
 */
export function checkMatch(
  run: CaseRun,
  subject: string,
  expected: Json,
  actual: Json,
  place: StepPlace,
): readonly ExpectationFailure[] {
  const contract = (name: string, value: Json): readonly string[] =>
    run.ports.contracts.judge(name as ContractName, value).violations.map((violation) => violation.message);
  try {
    return matchPartial(resolve(run, expected), actual, { contract }).map((mismatch) => ({
      kind: 'expectation' as const,
      at: mismatch.at,
      message: `${subject} ${mismatch.message}`,
      expected: mismatch.expected,
      actual: mismatch.actual ?? null,
      ...place,
    }));
  } catch (error) {
    throw placed(error, place);
  }
}

function placed(error: unknown, { span }: StepPlace): unknown {
  if (!(error instanceof ConfigurationError) || error.span !== undefined) return error;
  return new ConfigurationError(error.message, {
    cause: error,
    span,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
  });
}
