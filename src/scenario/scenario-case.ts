import { HarnessError } from '../domain/harness-error.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Environment } from '../domain/message.ts';
import type { Case, Step } from '../domain/scenario.ts';
import type { SourceSpan } from '../domain/span.ts';
import { caseTitle, valuesId } from './case-id.ts';
import type { Expanded } from './expand-matrix.ts';
import type { Flow, ReadingContext } from './flow.ts';
import type { Matrix } from './matrix.ts';
import type { Path } from './path.ts';

/** What all cases of a scenario share. */
export interface CaseShare {
  readonly id: string;
  readonly name: string;
  readonly span: SourceSpan;
  readonly matrix: Matrix;
  readonly flow: Flow | null;
}

/** The case of one combination. */
export function createCase({ values, path }: Expanded, share: CaseShare, { yaml }: ReadingContext): Case {
  return new ScenarioCase(values, path === null ? share.span : yaml.spanOf(path), share);
}

/** One combination. There may be very many: all but the values is made when it is asked for, from what the scenario shares. */
class ScenarioCase implements Case {
  readonly values: JsonObject;
  readonly span: SourceSpan;
  readonly #share: CaseShare;

  constructor(values: JsonObject, span: SourceSpan, share: CaseShare) {
    this.values = values;
    this.span = span;
    this.#share = share;
  }

  get id(): string {
    const last = valuesId(this.values, this.#share.matrix.names);
    return last === '' ? this.#share.id : `${this.#share.id}/${last}`;
  }

  get title(): string {
    return caseTitle(this.values, this.#share.matrix.names, this.#share.name);
  }

  steps(): readonly Step[] {
    return this.#share.flow?.steps(this.values) ?? [];
  }
}

/** Reports ids that two cases share. */
export function checkCaseIds(cases: readonly Case[], span: SourceSpan, { findings }: ReadingContext): void {
  const seen = new Set<string>();
  for (const { id } of cases) {
    if (seen.has(id))
      findings.reportAt('duplicate-case', span, `Two cases have the id \`${id}\`.`, 'Change one of their values.');
    seen.add(id);
  }
}

/**
 * Makes steps once while the file is being read, so that a template that gives a wrong kind of value is a mistake of the file and not of the run.
 * Without templates every case goes the same ways. Gives back the environments whose keys are needed.
 */
export function rehearse(
  raw: JsonObject,
  cases: readonly Case[],
  environment: Environment,
  path: Path,
  { findings }: ReadingContext,
): readonly Environment[] {
  const needs = new Set<Environment>();
  const templated = JSON.stringify([raw.steps, raw.expect, raw.matrix, raw.session, raw.manual]).includes('${{');
  const told = new Set<string>();
  for (const one of templated ? cases : cases.slice(0, 1)) {
    try {
      for (const step of one.steps()) {
        if (step.kind !== 'request' || step.credentials === 'none') continue;
        needs.add(step.credentials.startsWith('wrong-') ? environment : (step.credentials as Environment));
      }
    } catch (error) {
      if (!(error instanceof HarnessError)) throw error;
      if (told.has(error.message)) continue;
      told.add(error.message);
      if (error.span === undefined) findings.report('bad-value', path, error.message, error.hint ?? '', 'key');
      else
        findings.reportAt(
          'bad-value',
          error.span,
          error.message,
          `${error.hint ?? ''} It shows in the case \`${one.title}\`.`,
        );
    }
  }
  return [...needs].sort();
}
