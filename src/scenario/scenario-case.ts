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
  const last = valuesId(values, share.matrix.names);
  const id = last === '' ? share.id : `${share.id}/${last}`;
  const title = caseTitle(values, share.matrix.names, share.name);
  return new ScenarioCase(id, title, values, path === null ? share.span : yaml.spanOf(path), share.flow);
}

/** One combination; its steps are made when it runs, from what the scenario shares. */
class ScenarioCase implements Case {
  readonly id: string;
  readonly title: string;
  readonly values: JsonObject;
  readonly span: SourceSpan;
  readonly #flow: Flow | null;

  constructor(id: string, title: string, values: JsonObject, span: SourceSpan, flow: Flow | null) {
    this.id = id;
    this.title = title;
    this.values = values;
    this.span = span;
    this.#flow = flow;
  }

  steps(): readonly Step[] {
    return this.#flow?.steps(this.values) ?? [];
  }
}

/** Reports ids that two cases share. */
export function checkCaseIds(cases: readonly Case[], span: SourceSpan, { findings }: ReadingContext): void {
  const seen = new Set<string>();
  for (const one of cases) {
    if (seen.has(one.id))
      findings.reportAt('duplicate-case', span, `Two cases have the id \`${one.id}\`.`, 'Change one of their values.');
    seen.add(one.id);
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
