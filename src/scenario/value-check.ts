import type { ScenarioGrammar } from '../domain/grammar.ts';
import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import { equalJson } from '../domain/matcher.ts';
import type { Operation } from '../domain/message.ts';
import type { Row } from './decision-table.ts';
import type { StepPlan } from './explicit-steps.ts';
import type { Findings } from './findings.ts';
import { type Matrix, operationOf } from './matrix.ts';
import type { Path } from './path.ts';
import { quote } from './quote.ts';
import { nearest, suggestion } from './suggestion.ts';

type BodyOperation = Exclude<Operation, 'getStatus'>;

/**
 * Reports texts that a field with a fixed vocabulary does not know. A wrong value is no mistake where an error is expected: that is how a scenario
 * sends one on purpose.
 */
export class ValueCheck {
  readonly #grammar: ScenarioGrammar;
  readonly #findings: Findings;

  constructor(grammar: ScenarioGrammar, findings: Findings) {
    this.#grammar = grammar;
    this.#findings = findings;
  }

  /** Checks the fields of a body that a scenario writes; `strict` also names fields that are nearly those of the contract. */
  body(body: Json | undefined, operation: BodyOperation, path: Path, strict: boolean): void {
    if (body === undefined || !isJsonObject(body)) return;
    for (const [name, value] of Object.entries(body)) {
      if (!name.startsWith('${{')) this.value(name, value, operation, [...path, name]);
      const known = this.#grammar.fieldNames(operation);
      const near = strict && !known.includes(name) ? nearest(name, known) : undefined;
      if (near === undefined) continue;
      const hint = `Did you mean \`${near}\`? To send a misspelt field on purpose, use a ${operation} step with \`body\`.`;
      this.#findings.report(
        'unknown-field',
        [...path, name],
        `The ${operation === 'createSession' ? 'token request' : 'manual status'} has no field \`${name}\`.`,
        hint,
        'key',
      );
    }
  }

  /** Checks one value of a field. */
  value(name: string, value: Json, operation: BodyOperation, path: Path): void {
    const known = this.#grammar.fieldValues(operation, name);
    if (known === undefined || !isUnknownText(value, known)) return;
    const hint = suggestion(value, known.map(String), `Known values: ${known.join(', ')}.`);
    const message = `${quote(value)} is not a value of \`${name}\`.`;
    this.#findings.report('unknown-value', path, message, `${hint} A wrong value on purpose needs an expected error.`);
  }

  /** Checks the axes and included rows: `mayBeWrong` says whether a case with these values expects an error. */
  matrix(matrix: Matrix, mayBeWrong: (name: string, value: Json) => boolean): void {
    const places: (readonly [name: string, value: Json, path: Path])[] = [
      ...matrix.axes.flatMap((axis) =>
        axis.values.map((value, index) => [axis.name, value, [...axis.path, index]] as const),
      ),
      ...matrix.include.flatMap((row) =>
        Object.entries(row.values).map(([name, value]) => [name, value, [...row.path, name]] as const),
      ),
    ];
    for (const [name, value, path] of places) {
      const operation = operationOf(this.#grammar, name);
      const known = operation === undefined ? undefined : this.#grammar.fieldValues(operation, name);
      if (operation === undefined || known === undefined || !isUnknownText(value, known)) continue;
      if (!mayBeWrong(name, value)) this.value(name, value, operation, path);
    }
  }

  /** Checks the bodies of a step, unless it expects an error. */
  step(plan: StepPlan, path: Path): void {
    if (plan.verb !== 'createSession' && plan.verb !== 'addManualStatus') return;
    if (planExpectsError(plan)) return;
    if (plan.verb === 'createSession') this.body(plan.options.with, plan.verb, [...path, plan.verb, 'with'], true);
    else this.body(plan.options, plan.verb, [...path, plan.verb], false);
    this.body(plan.options.body, plan.verb, [...path, plan.verb, 'body'], false);
  }
}

function isUnknownText(value: Json, known: readonly Json[]): value is string {
  return typeof value === 'string' && !value.includes('${{') && !known.some((one) => equalJson(one, value));
}

/** True when a step as written may expect an error: by identifier, by a status that is not sure to be a success, or contested. */
export function planExpectsError(plan: Pick<StepPlan, 'expect' | 'contested'>): boolean {
  if (plan.contested !== null) return true;
  return plan.expect !== null && rawExpectsError(plan.expect.raw);
}

/** True when a row as written may expect an error to the token request, or to the manual status when `manual`. */
export function rowExpectsError(row: Row | undefined, manual: boolean): boolean {
  const plans = manual ? [row?.response, row?.manualResponse] : [row?.response];
  return plans.some(
    (plan) => plan != null && (plan.contested !== null || (plan.expect !== null && rawExpectsError(plan.expect.raw))),
  );
}

function rawExpectsError(raw: JsonObject): boolean {
  if (raw.error !== undefined) return true;
  const statuses = Array.isArray(raw.status) ? (raw.status as readonly Json[]) : [raw.status ?? 200];
  return statuses.some((status) => typeof status === 'string' || Number(status) >= 400);
}
