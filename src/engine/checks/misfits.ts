import { excerptOf, quote } from '../../domain/excerpt.ts';
import type { Failure } from '../../domain/failure.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { ResponseExpectation } from '../../domain/scenario.ts';
import type { CaseRun, StepPlace } from '../case-run.ts';
import { type Answer, identifierOf } from './answer.ts';
import { checkMatch } from './message.ts';

/** Everything in which a response differs from an expectation. */
export function misfits(
  run: CaseRun,
  expect: ResponseExpectation,
  { exchange, body }: Answer,
  place: StepPlace,
): readonly Failure[] {
  const { status, headers } = exchange.response;
  const failures: Failure[] = [];
  const statuses = expect.status;
  if (
    statuses !== undefined ? !statuses.includes(status) : expect.error !== undefined && (status < 400 || status > 499)
  ) {
    const due = statuses === undefined ? 'a 4xx refusal' : statuses.join(' or ');
    const message = `response: HTTP ${status}${identifierOf(body)}; the scenario expects ${due}`;
    failures.push({ kind: 'status', message, expected: statuses ?? due, actual: status, ...place });
  }
  if (expect.error !== undefined) {
    const actual = isJsonObject(body) ? body.identifier : undefined;
    if (typeof actual !== 'string' || !expect.error.includes(actual)) {
      const message = `response: identifier is ${quote(actual ?? null)}; the scenario expects ${expect.error.join(' or ')}`;
      failures.push({
        kind: 'expectation',
        at: '/identifier',
        message,
        expected: expect.error,
        actual: excerptOf(actual ?? null),
        ...place,
      });
    }
  }
  if (expect.headers !== undefined)
    failures.push(...checkMatch(run, 'response header', expect.headers, headers, place));
  if (expect.body !== undefined) failures.push(...checkMatch(run, 'response', expect.body, body ?? null, place));
  return failures;
}
