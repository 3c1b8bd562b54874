import { createHash } from 'node:crypto';
import { parseDuration } from '../domain/duration.ts';
import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import type { Environment } from '../domain/message.ts';
import type { Scenario } from '../domain/scenario.ts';
import { scenarioId } from './case-id.ts';
import type { Strategy } from './combination.ts';
import type { BodyParts } from './default-body.ts';
import { type Expanded, expandMatrix, readStrategy, universeOf } from './expand-matrix.ts';
import { type Flow, knownNames, type ReadingContext, readExplicitFlow, readNaturalFlow } from './flow.ts';
import { readFuzzSection } from './fuzz-section.ts';
import { checkMatchers } from './matcher-check.ts';
import { type Matrix, NO_MATRIX, operationOf, readMatrix } from './matrix.ts';
import type { FlowContext } from './natural-flow.ts';
import type { Path } from './path.ts';
import { checkCaseIds, createCase, rehearse } from './scenario-case.ts';
import { nearest } from './suggestion.ts';
import { checkTemplates } from './template-check.ts';

/** Reads one scenario and expands it into cases; mistakes go to `findings`, and then the result must not be used. */
export async function readScenario(raw: JsonObject, path: Path, reading: ReadingContext): Promise<Scenario> {
  const { yaml, findings, grammar } = reading;
  const name = String(raw.name ?? '');
  const id = scenarioId(yaml.file, name);
  const span = yaml.spanOf([...path, 'name']);
  const environment = (raw.environment ?? 'DEV') as Environment;
  const share = { id, name, span, file: yaml.file, environment, ...shareOf(raw) };
  if (raw.fuzz !== undefined || findings.isBroken([...path, 'fuzz'])) {
    const fuzz = readFuzzSection(raw, path, reading);
    return {
      ...share,
      span: yaml.spanOf([...path, 'fuzz'], 'key'),
      needs: ['DEV'],
      sessions: 'per-case',
      fuzz,
      cases: [],
    };
  }
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
  return { ...share, needs, sessions: raw.sessions === 'shared' ? 'shared' : 'per-case', fuzz: null, cases: made };
}

/** What every kind of scenario may say of itself. */
function shareOf(raw: JsonObject): Pick<Scenario, 'source' | 'tags' | 'skip'> {
  const { source, tags, skip } = raw;
  return { source: textsOf(source), tags: textsOf(tags), skip: typeof skip === 'string' ? skip : null };
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

/** Some cases to check the rest of the scenario with, when nobody knows which were asked for. */
const ANY_CASES: Strategy = { kind: 'sample', size: 1_000, seed: 0 };

async function expandCases(
  raw: JsonObject,
  path: Path,
  matrix: Matrix,
  flow: Flow | null,
  { findings, seed }: ReadingContext,
): Promise<readonly Expanded[]> {
  const matrixPath = [...path, 'matrix'];
  const asked = readStrategy(raw.combine, [...path, 'combine'], findings, seed);
  if (findings.isBroken(matrixPath)) return [];
  const strategy = findings.isBroken([...path, 'combine']) ? ANY_CASES : asked;
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

function textsOf(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.map(String) : [];
}

function digest(value: Json): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}
