import type { ScenarioGrammar } from '../domain/grammar.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import type { Step } from '../domain/scenario.ts';
import { templateReferences } from '../domain/template.ts';
import { checkDecisionTable, type Row, readDecisionTable } from './decision-table.ts';
import { explicitSteps, type StepPlan } from './explicit-steps.ts';
import type { Findings } from './findings.ts';
import { checkMatchers } from './matcher-check.ts';
import { type Matrix, operationOf } from './matrix.ts';
import { type FlowContext, hasManual, NATURAL_CAPTURES, naturalSteps } from './natural-flow.ts';
import type { Path } from './path.ts';
import { checkContested, readSteps } from './read-steps.ts';
import { checkTemplates } from './template-check.ts';
import { planExpectsError, rowExpectsError, ValueCheck } from './value-check.ts';
import type { YamlFile } from './yaml-file.ts';

/** What reading a scenario needs around it. */
export interface ReadingContext {
  readonly yaml: YamlFile;
  readonly grammar: ScenarioGrammar;
  readonly findings: Findings;
  /** Seed of a sample that names none. */
  readonly seed: number;
}

/** The part of a scenario that turns the values of a case into steps. */
export interface Flow {
  steps(values: JsonObject): readonly Step[];
  /** Axes whose values go somewhere, through a template or as a field. */
  readonly usedAxes: ReadonlySet<string>;
  /** Field names that an axis may be a misspelling of. */
  readonly fields: readonly string[];
  /** Reports the mistakes that only show against the cases; `universe` is every case the matrix allows. */
  check(cases: readonly JsonObject[], universe: readonly JsonObject[]): void;
}

/** Reads the decision table of a scenario without `steps`. */
export function readNaturalFlow(
  raw: JsonObject,
  path: Path,
  matrix: Matrix,
  context: FlowContext,
  reading: ReadingContext,
): Flow {
  const { yaml, findings, grammar } = reading;
  const table = [...path, 'expect'];
  const rows = readDecisionTable(raw.expect, table, yaml, matrix, findings);
  const known = { matrix: knownNames(matrix, path, findings), captures: NATURAL_CAPTURES };
  for (const row of rows) checkRow(row, known.matrix, findings);
  const rowOf = (values: JsonObject): Row | undefined => rows.find((row) => row.fits(values));
  const used = namesInTemplates([raw.session ?? null, raw.manual ?? null, raw.expect ?? null]);
  for (const name of matrix.names) if (operationOf(grammar, name) !== undefined) used.add(name);
  return {
    steps: (values) => naturalSteps(context, rowOf(values), values),
    usedAxes: used,
    fields: [...grammar.fieldNames('createSession'), 'manualFaceMatchResult', 'manualDocumentValidity'],
    check(cases, universe) {
      checkDecisionTable(rows, universe, table, findings);
      checkManualRows(rows, cases, context, findings);
      const values = new ValueCheck(grammar, findings);
      values.matrix(matrix, (name, value) => {
        const manual = operationOf(grammar, name) === 'addManualStatus';
        return cases.every((one) => one[name] !== value || rowExpectsError(rowOf(one), manual));
      });
      if (!cases.every((one) => rowExpectsError(rowOf(one), false)))
        values.body(raw.session, 'createSession', [...path, 'session'], true);
      if (!cases.every((one) => rowExpectsError(rowOf(one), true)))
        values.body(raw.manual, 'addManualStatus', [...path, 'manual'], true);
    },
  };
}

/** Reads the steps of a scenario that spells them out. */
export function readExplicitFlow(
  raw: JsonObject,
  path: Path,
  matrix: Matrix,
  context: FlowContext,
  reading: ReadingContext,
): Flow {
  const { yaml, findings, grammar } = reading;
  const list = [...path, 'steps'];
  const plans = readSteps(raw.steps as readonly Json[], list, knownNames(matrix, path, findings), yaml, findings);
  if (raw.expect !== undefined) {
    const hint = 'Put what is expected into the steps.';
    findings.report(
      'expect-with-steps',
      [...path, 'expect'],
      '`expect` belongs to scenarios without `steps`.',
      hint,
      'key',
    );
  }
  const used = namesInTemplates([raw.session ?? null, raw.manual ?? null, raw.steps ?? null]);
  for (const name of matrix.names) {
    const operation = operationOf(grammar, name);
    if (operation !== undefined && plans.some((plan) => plan.verb === operation && hasDefaultBody(plan)))
      used.add(name);
  }
  return {
    steps: (values) => explicitSteps(context, plans, values),
    usedAxes: used,
    fields: [],
    check() {
      const values = new ValueCheck(grammar, findings);
      const sure = !plans.some(planExpectsError);
      if (sure && plans.length === (raw.steps as readonly Json[]).length) {
        for (const [index, plan] of plans.entries()) values.step(plan, [...list, index]);
        values.matrix(matrix, () => false);
        values.body(raw.session, 'createSession', [...path, 'session'], true);
        values.body(raw.manual, 'addManualStatus', [...path, 'manual'], true);
      }
    },
  };
}

function hasDefaultBody(plan: StepPlan): boolean {
  return plan.options.body === undefined && plan.options.raw === undefined;
}

/** The names that templates may use; null when the matrix is broken. */
export function knownNames(matrix: Matrix, path: Path, findings: Findings): readonly string[] | null {
  return findings.isBroken([...path, 'matrix']) ? null : matrix.names;
}

function namesInTemplates(value: Json): Set<string> {
  return new Set(
    templateReferences(value).flatMap(([root, name]) => (root === 'matrix' && name !== undefined ? [name] : [])),
  );
}

function checkRow(row: Row, matrix: readonly string[] | null, findings: Findings): void {
  const parts = [
    ['response', ['session']],
    ['autoWebhook', ['session', 'autoWebhook']],
    ['manualResponse', ['session', 'autoWebhook', 'manualStatus']],
    ['manualWebhook', NATURAL_CAPTURES],
  ] as const;
  for (const [key, captures] of parts) {
    const part = row.raw[key];
    const path = [...row.path, key];
    checkTemplates(part, path, { matrix, captures }, findings);
    if (typeof part !== 'object' || part === null || Array.isArray(part)) continue;
    const mapping = part as JsonObject;
    if (key.endsWith('Webhook')) checkMatchers(mapping, path, findings);
    else for (const field of ['body', 'headers']) checkMatchers(mapping[field], [...path, field], findings);
    checkContested(mapping.contested, [...path, 'contested'], findings);
  }
}

/** Reports rows that expect something of a manual status in a scenario that never adds one. */
function checkManualRows(
  rows: readonly Row[],
  cases: readonly JsonObject[],
  context: FlowContext,
  findings: Findings,
): void {
  if (cases.some((values) => hasManual(context.bodies, values))) return;
  for (const row of rows) {
    const key = ['manualResponse', 'manualWebhook'].find((name) => row.raw[name] !== undefined);
    if (key === undefined) continue;
    const message = `\`${key}\` is never looked at: no case adds a manual status.`;
    const hint = 'Add `manualFaceMatchResult` or `manualDocumentValidity` to the matrix, or a `manual` mapping.';
    findings.report('unused-expectation', [...row.path, key], message, hint, 'key');
  }
}
