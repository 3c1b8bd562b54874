import { EXIT } from '../domain/outcome.ts';
import { checkScenarios } from '../vitest/load.ts';
import { findScenarioFiles } from './scenario-files.ts';

/** Flags of `validate`. */
export interface ValidateFlags {
  readonly json: boolean;
}

/** Checks scenario files and shows every mistake of every file; exit 2 when there is one. */
export async function validate(paths: readonly string[], flags: ValidateFlags): Promise<void> {
  const files = await findScenarioFiles(paths);
  const checks = await Promise.all(files.map(checkScenarios));
  const diagnostics = checks.flatMap((check) => check.diagnostics);
  if (flags.json) {
    process.stdout.write(
      `${JSON.stringify({ valid: diagnostics.length === 0, files: files.length, diagnostics }, null, 2)}\n`,
    );
  } else {
    for (const { rendered } of checks) if (rendered !== '') process.stderr.write(`${rendered}\n`);
    const cases = checks.reduce(
      (sum, { scenarios }) => sum + scenarios.reduce((inner, one) => inner + one.cases.length, 0),
      0,
    );
    const scenarios = checks.reduce((sum, check) => sum + check.scenarios.length, 0);
    if (diagnostics.length === 0)
      process.stdout.write(`${files.length} files, ${scenarios} scenarios, ${cases} cases: all valid\n`);
  }
  process.exitCode = diagnostics.length === 0 ? EXIT.ok : EXIT.usage;
}
