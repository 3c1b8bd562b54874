import type { Diagnostic } from '../domain/diagnostic.ts';
import type { ScenarioGrammar } from '../domain/grammar.ts';
import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import type { Scenario } from '../domain/scenario.ts';
import { slugOf } from './case-id.ts';
import { Findings } from './findings.ts';
import type { ReadingContext } from './flow.ts';
import type { Path } from './path.ts';
import { quote } from './quote.ts';
import { readScenario } from './read-scenario.ts';
import { decodeSource } from './source-text.ts';
import { checkStructure, kindOf } from './structure.ts';
import { parseYamlFile } from './yaml-file.ts';

/** The scenarios of a file, or everything that is wrong with it. */
export type LoadedScenarios =
  | { readonly ok: true; readonly scenarios: readonly Scenario[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Reads a scenario file: bytes to scenarios, expanded into cases, or all of its mistakes with their places. `file` is shown as it is given; `seed` is that of samples that name none. */
export async function loadScenarioFile(
  file: string,
  bytes: Uint8Array,
  grammar: ScenarioGrammar,
  seed = 0,
): Promise<LoadedScenarios> {
  const source = decodeSource(file, bytes);
  if (!source.ok) return { ok: false, diagnostics: [source.diagnostic] };
  const parsed = parseYamlFile(file, source.text);
  if (!parsed.ok) return parsed;
  const { yaml } = parsed;
  const findings = new Findings(yaml, parsed.diagnostics);
  if (!isJsonObject(yaml.value)) {
    reportNoMapping(yaml.value, findings);
    return { ok: false, diagnostics: findings.diagnostics };
  }
  const value = checkStructure(yaml.value, grammar.structure(yaml.value), findings);
  const scenarios = isJsonObject(value) ? await readScenarios(value, { yaml, grammar, findings, seed }) : [];
  return findings.diagnostics.length > 0 ? { ok: false, diagnostics: findings.diagnostics } : { ok: true, scenarios };
}

function reportNoMapping(value: Json, findings: Findings): void {
  const hint = 'Begin with `name: what the scenario shows`, or with `scenarios:` and a list.';
  if (value === null) findings.report('empty-file', [], 'The file holds no scenario.', hint);
  else findings.report('no-mapping', [], `The file must be a mapping, but is ${kindOf(value)}.`, hint);
}

async function readScenarios(value: JsonObject, reading: ReadingContext): Promise<readonly Scenario[]> {
  const listed = value.scenarios;
  if (listed === undefined && !reading.findings.isBroken(['scenarios']))
    return [await readScenario(value, [], reading)];
  reportNeighbours(value, [], reading.findings);
  const scenarios: Scenario[] = [];
  for (const [index, raw] of (Array.isArray(listed) ? (listed as readonly Json[]) : []).entries()) {
    if (!isJsonObject(raw)) continue;
    const path = ['scenarios', index];
    if (raw.scenarios !== undefined) {
      const hint = 'Put all scenarios into the one list at the top.';
      reading.findings.report(
        'misplaced-key',
        [...path, 'scenarios'],
        'A scenario cannot hold scenarios.',
        hint,
        'key',
      );
      continue;
    }
    scenarios.push(await readScenario(raw, path, reading));
  }
  checkNames(scenarios, reading.findings);
  return scenarios;
}

function reportNeighbours(value: JsonObject, path: Path, findings: Findings): void {
  for (const key of Object.keys(value)) {
    if (key === 'scenarios') continue;
    const message = `\`${key}\` cannot stand beside \`scenarios\`.`;
    findings.report(
      'misplaced-key',
      [...path, key],
      message,
      'Move it into the scenarios that it is meant for.',
      'key',
    );
  }
}

/** Names that differ in case or punctuation only would give the same case ids. */
function checkNames(scenarios: readonly Scenario[], findings: Findings): void {
  const seen = new Map<string, Scenario>();
  for (const scenario of scenarios) {
    if (scenario.name === '') continue;
    const slug = slugOf(scenario.name);
    const first = seen.get(slug);
    if (first === undefined) {
      seen.set(slug, scenario);
      continue;
    }
    const message = `The scenario on line ${first.span.line} has the name ${quote(first.name)} already.`;
    findings.reportAt(
      'duplicate-name',
      scenario.span,
      message,
      'Give each scenario of the file a name of its own; case and punctuation do not count.',
    );
  }
}
