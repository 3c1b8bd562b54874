import { createHash } from 'node:crypto';
import { parseDuration } from '../domain/duration.ts';
import { HarnessError } from '../domain/harness-error.ts';
import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import type { Environment } from '../domain/message.ts';
import type { Case, Scenario, Step } from '../domain/scenario.ts';
import type { SourceSpan } from '../domain/span.ts';
import { caseTitle, scenarioId, valuesId } from './case-id.ts';
import type { BodyParts } from './default-body.ts';
import { type Expanded, expandMatrix, readStrategy, universeOf } from './expand-matrix.ts';
import { type Flow, knownNames, type ReadingContext, readExplicitFlow, readNaturalFlow } from './flow.ts';
import { checkMatchers } from './matcher-check.ts';
import { type Matrix, NO_MATRIX, operationOf, readMatrix } from './matrix.ts';
import type { FlowContext } from './natural-flow.ts';
import type { Path } from './path.ts';
import { nearest } from './suggestion.ts';
import { checkTemplates } from './template-check.ts';

/** Reads one scenario and expands it into cases; mistakes go to `findings`, and then the result must not be used. */
export async function readScenario(raw: JsonObject, path: Path, reading: ReadingContext): Promise<Scenario> {
  const { yaml, findings, grammar } = reading;
  const name = String(raw.name ?? '');
  const id = scenarioId(yaml.file, name);
  const span = yaml.spanOf([...path, 'name']);
  const environment = (raw.environment ?? 'DEV') as Environment;
  const matrixPath = [...path, 'matrix'];
  const matrix = isJsonObject(raw.matrix) ? readMatrix(raw.matrix, matrixPath, grammar, findings) : NO_MATRIX;
  checkShared(raw, path, matrix, reading);
  const context: FlowContext = {
    grammar,
    bodies: bodyParts(raw, matrix, reading),
    names: matrix.names,
    credentials: environment,
    timeoutMs: typeof raw.timeout === 'string' ? (parseDuration(raw.timeout) ?? null) : null,
    sharedKey: raw.sessions === 'shared' ? (request) => `${id}#${digest(request)}` : null,
    span,
  };
  const flow = readFlow(raw, path, matrix, context, reading);
  const cases = await expandCases(raw, path, matrix, flow, reading);
  const made = cases.map((one) => createCase(one, { id, name, span, matrix, flow }, reading));
  checkCaseIds(made, span, reading);
  const needs = rehearse(raw, made, environment, matrixPath, reading);
  return {
    id,
    name,
    file: yaml.file,
    span,
    source: textsOf(raw.source),
    tags: textsOf(raw.tags),
    environment,
    needs,
    skip: typeof raw.skip === 'string' ? raw.skip : null,
    sessions: raw.sessions === 'shared' ? 'shared' : 'per-case',
    cases: made,
  };
}

function readFlow(
  raw: JsonObject,
  path: Path,
  matrix: Matrix,
  context: FlowContext,
  reading: ReadingContext,
): Flow | null {
  const { findings } = reading;
  if (Array.isArray(raw.steps)) return readExplicitFlow(raw, path, matrix, context, reading);
  const unreadable =
    findings.isBroken([...path, 'steps']) || (raw.expect === undefined && findings.isBroken([...path, 'expect']));
  return unreadable ? null : readNaturalFlow(raw, path, matrix, context, reading);
}

/** Checks what both kinds of flow share: templates outside the steps, and keys that only a file may have. */
function checkShared(raw: JsonObject, path: Path, matrix: Matrix, { findings }: ReadingContext): void {
  const known = { matrix: knownNames(matrix, path, findings), captures: [] };
  checkTemplates(raw.session, [...path, 'session'], known, findings);
  checkTemplates(raw.manual, [...path, 'manual'], { ...known, captures: ['session'] }, findings);
  checkTemplates(raw.matrix, [...path, 'matrix'], { matrix: [], captures: [] }, findings);
  if (isJsonObject(raw.matrix)) checkMatchers(raw.matrix.exclude, [...path, 'matrix', 'exclude'], findings);
}

function bodyParts(raw: JsonObject, matrix: Matrix, { grammar }: ReadingContext): BodyParts {
  const axesOf = (operation: string): readonly string[] =>
    matrix.names.filter((name) => operationOf(grammar, name) === operation);
  return {
    session: isJsonObject(raw.session) ? raw.session : {},
    manual: isJsonObject(raw.manual) ? raw.manual : {},
    sessionAxes: axesOf('createSession'),
    manualAxes: axesOf('addManualStatus'),
  };
}

async function expandCases(
  raw: JsonObject,
  path: Path,
  matrix: Matrix,
  flow: Flow | null,
  { findings }: ReadingContext,
): Promise<readonly Expanded[]> {
  const matrixPath = [...path, 'matrix'];
  const strategy = readStrategy(raw.combine, [...path, 'combine'], findings);
  if (findings.isBroken(matrixPath) || findings.isBroken([...path, 'combine'])) return [];
  const cases = await expandMatrix(matrix, strategy, matrixPath, findings);
  if (flow === null || cases.length === 0) return cases;
  checkUse(matrix, matrixPath, flow, raw, findings);
  flow.check(
    cases.map((one) => one.values),
    universeOf(matrix, cases, strategy),
  );
  return cases;
}

/** Reports axes whose values go nowhere: mostly a misspelt field name. */
function checkUse(matrix: Matrix, path: Path, flow: Flow, raw: JsonObject, findings: ReadingContext['findings']): void {
  const rows = Array.isArray(raw.expect) ? raw.expect : [raw.expect ?? null];
  const conditions = new Set(
    rows.flatMap((row) => (isJsonObject(row) && isJsonObject(row.when) ? Object.keys(row.when) : [])),
  );
  for (const name of matrix.names) {
    if (flow.usedAxes.has(name)) continue;
    const near = nearest(name, flow.fields);
    if (conditions.has(name) && near === undefined) continue;
    const row = matrix.include.find((one) => name in one.values);
    const at = matrix.axes.find((axis) => axis.name === name)?.path ?? [...(row?.path ?? path), name];
    const hint =
      near === undefined ? `Use it as \`\${{ matrix.${name} }}\`, or remove it.` : `Did you mean \`${near}\`?`;
    findings.report('unused-axis', at, `The values of the axis \`${name}\` go nowhere.`, hint, 'key');
  }
}

/** What all cases of a scenario share. */
interface CaseShare {
  readonly id: string;
  readonly name: string;
  readonly span: SourceSpan;
  readonly matrix: Matrix;
  readonly flow: Flow | null;
}

function createCase({ values, path }: Expanded, share: CaseShare, { yaml }: ReadingContext): Case {
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

function checkCaseIds(cases: readonly Case[], span: SourceSpan, { findings }: ReadingContext): void {
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
function rehearse(
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

function textsOf(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.map(String) : [];
}

function digest(value: Json): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}
