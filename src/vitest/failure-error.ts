import type { Failure } from '../domain/failure.ts';
import type { CaseResult } from '../domain/result.ts';
import type { SourceSpan } from '../domain/span.ts';
import { visible, visibleJson } from '../domain/visible.ts';

/** What vitest shows of a failure: a message, a diff, and one stack frame that is the line of the YAML file. */
interface ShownError extends Error {
  expected?: unknown;
  actual?: unknown;
}

/** The errors of a result that did not pass, one for each failure; vitest prints the YAML lines with carets. */
export function errorsOf(result: CaseResult): readonly Error[] {
  if (result.failures.length > 0) return result.failures.map(failureError);
  const message = visible(result.error?.message ?? result.reason ?? result.outcome);
  return [createError(result.outcome === 'errored' ? 'HarnessError' : 'Inconclusive', message, result.span)];
}

/** The mistakes of a scenario file; vitest prints the line of the first with a caret. */
export function mistakesError(rendered: string, span: SourceSpan): Error {
  return createError('ScenarioError', rendered, span);
}

function failureError(failure: Failure): Error {
  const source =
    failure.kind === 'contract' ? `\n  clause ${failure.clause.id} (${failure.clause.source.join(', ')})` : '';
  const curl = failure.curl === undefined ? '' : `\n  ${failure.curl}`;
  const error = createError('ContractFailure', visible(`${failure.message}${source}${curl}`), failure.span);
  if (failure.expected !== undefined && failure.actual !== undefined && failure.kind === 'expectation') {
    error.expected = visibleJson(failure.expected);
    error.actual = visibleJson(failure.actual);
  }
  return error;
}

function createError(name: string, message: string, span: SourceSpan): ShownError {
  const error: ShownError = new Error(message);
  error.name = name;
  error.stack = `${name}: ${message}\n    at expect (${span.file}:${span.line}:${span.column})`;
  return error;
}
