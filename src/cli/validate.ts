import { EXIT } from '../domain/outcome.ts';
import { visibleJsonText } from '../domain/visible.ts';
import { plural } from '../report/verdict.ts';
import type { ScenarioCheck } from '../runner/load.ts';
import { checkScenarioFiles, findScenarioFiles } from './scenario-files.ts';

/** Flags of `validate`. */
export interface ValidateFlags {
  readonly json?: boolean;
}

/** Checks scenario files and shows every mistake of every file; exit 2 when there is one. */
export async function validate(paths: readonly string[], flags: ValidateFlags): Promise<void> {
  const files = await findScenarioFiles(paths);
  const checks = await checkScenarioFiles(files);
  const diagnostics = checks.flatMap((check) => check.diagnostics);
  const valid = diagnostics.length === 0;
  if (flags.json) {
    process.stdout.write(`${visibleJsonText({ valid, files: files.length, diagnostics }, 2)}\n`);
  } else if (valid) {
    process.stdout.write(`${describeCounts(checks)}: all valid\n`);
  } else {
    process.stderr.write(`${describeMistakes(checks)}\n`);
  }
  process.exitCode = valid ? EXIT.ok : EXIT.usage;
}

function describeCounts(checks: readonly ScenarioCheck[]): string {
  const scenarios = checks.flatMap((check) => check.scenarios);
  const cases = scenarios.reduce((sum, scenario) => sum + scenario.cases.length, 0);
  return [plural(checks.length, 'file'), plural(scenarios.length, 'scenario'), plural(cases, 'case')].join(', ');
}

function describeMistakes(checks: readonly ScenarioCheck[]): string {
  const broken = checks.filter(({ rendered }) => rendered !== '');
  const count = broken.reduce((sum, check) => sum + check.diagnostics.length, 0);
  const total = `${plural(count, 'mistake')} in ${broken.length} of ${plural(checks.length, 'file')}.`;
  return [...broken.map(({ rendered }) => rendered), ...(broken.length > 1 ? [total] : [])].join('\n\n');
}
