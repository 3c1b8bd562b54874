import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '../domain/harness-error.ts';
import { EXIT } from '../domain/outcome.ts';
import { selectCases } from '../engine/selection.ts';
import { githubAnnotations } from '../report/annotations.ts';
import { summaryMarkdown } from '../report/summary.ts';
import { terminalSummary } from '../report/terminal.ts';
import { REPORT_FILES, type RunReport, writeReports } from '../report/write-reports.ts';
import { createProgress } from '../vitest/progress.ts';
import { runScenarioFiles } from '../vitest/run-scenario-files.ts';
import { prepareTarget, type TargetOptions } from '../vitest/target.ts';
import { openRun, resumeRun } from './run-folder.ts';
import { findScenarioFiles, type LoadedFile, loadScenarioFiles } from './scenario-files.ts';
import { type SelectionFlags, selectionOf } from './selection.ts';

/** Flags of `run`. */
export interface RunFlags extends SelectionFlags {
  readonly target: 'sandbox' | 'live';
  readonly baseUrl?: string;
  readonly concurrency?: number;
  readonly rate?: number;
  readonly budget?: number;
  readonly webhookTimeout?: number;
  readonly quietPeriod?: number;
  readonly seed?: number;
  readonly bail?: number;
  readonly reportDir: string;
  readonly resume: boolean;
  readonly json: boolean;
}

/** Runs scenario files against the target, writes the reports and sets the exit code. */
export async function run(paths: readonly string[], flags: RunFlags): Promise<void> {
  const files = await loadScenarioFiles(await findScenarioFiles(paths));
  const selection = selectionOf(flags);
  const cases = countSelected(files, selection);
  const folder = flags.resume ? await resumeRun(flags.reportDir) : { runDir: null, finished: [] };
  await using target = await prepareTarget(targetOptions(flags, selection, folder.finished), process.env);
  const runDir = folder.runDir ?? openRun(flags.reportDir, target.settings);
  const settings = { ...target.settings, runDir };
  const progress = createProgress(process.stderr, cases - folder.finished.length);
  const ended = await runScenarioFiles({
    files: files.map(({ file }) => file),
    settings,
    bail: flags.bail ?? 0,
    progress,
  });
  const report = await writeReports(runDir, { interrupted: ended.interrupted });
  tell(report, runDir, flags, ended.errors);
  process.exitCode = ended.errors.length > 0 && report.exitCode === EXIT.ok ? EXIT.environment : report.exitCode;
}

function countSelected(files: readonly LoadedFile[], selection: ReturnType<typeof selectionOf>): number {
  const scenarios = files.flatMap(({ scenarios }) => scenarios);
  const cases = scenarios.reduce((sum, scenario) => sum + selectCases(scenario, selection).length, 0);
  if (cases > 0) return cases;
  throw new ConfigurationError('the flags select no case', {
    hint: 'see what there is with `idenfy-contracts plan`, then loosen --tag, --grep or --shard',
  });
}

function targetOptions(
  flags: RunFlags,
  selection: ReturnType<typeof selectionOf>,
  finished: readonly string[],
): TargetOptions {
  return {
    target: flags.target,
    selection,
    finished,
    ...(flags.baseUrl === undefined ? {} : { baseUrl: flags.baseUrl }),
    ...(flags.concurrency === undefined ? {} : { concurrency: flags.concurrency }),
    ...(flags.rate === undefined ? {} : { ratePerSecond: flags.rate }),
    ...(flags.budget === undefined ? {} : { budget: flags.budget }),
    ...(flags.webhookTimeout === undefined ? {} : { webhookDeadlineMs: flags.webhookTimeout }),
    ...(flags.quietPeriod === undefined ? {} : { quietMs: flags.quietPeriod }),
  };
}

function tell(report: RunReport, runDir: string, flags: RunFlags, errors: readonly string[]): void {
  for (const error of errors) process.stderr.write(`error: ${error}\n`);
  if (flags.json) {
    const { troubled, ...tally } = report.tally;
    process.stdout.write(
      `${JSON.stringify({ ...tally, exitCode: report.exitCode, results: join(runDir, REPORT_FILES.results) })}\n`,
    );
  } else {
    process.stdout.write(terminalSummary(report.tally, runDir, process.stdout));
  }
  if (process.env.GITHUB_ACTIONS === 'true') {
    for (const line of githubAnnotations(report.tally)) process.stdout.write(`${line}\n`);
    const summary = process.env.GITHUB_STEP_SUMMARY;
    if (summary) appendFileSync(summary, summaryMarkdown(report.tally));
  }
}
