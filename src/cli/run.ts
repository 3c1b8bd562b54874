import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '../domain/harness-error.ts';
import { EXIT } from '../domain/outcome.ts';
import { selectCases } from '../engine/selection.ts';
import { githubAnnotations } from '../report/annotations.ts';
import { summaryMarkdown } from '../report/summary.ts';
import { terminalSummary } from '../report/terminal.ts';
import { missingCases, plural, verdictLine } from '../report/verdict.ts';
import { REPORT_FILES, type RunReport, writeReports } from '../report/write-reports.ts';
import { createProgress } from '../vitest/progress.ts';
import { runScenarioFiles } from '../vitest/run-scenario-files.ts';
import { prepareTarget, type TargetOptions } from '../vitest/target.ts';
import { watchInterrupt } from './interrupt.ts';
import { nameRun, openRun, resumeRun } from './run-folder.ts';
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
  readonly bail?: number;
  readonly reportDir: string;
  readonly resume?: boolean;
  readonly json?: boolean;
}

/** Runs scenario files against the target, writes the reports and sets the exit code. */
export async function run(paths: readonly string[], flags: RunFlags): Promise<void> {
  const files = await findScenarioFiles(paths);
  const selection = selectionOf(flags);
  const earlier = flags.resume ? await resumeRun(flags.reportDir) : null;
  const finished = earlier?.finished ?? [];
  using interrupt = watchInterrupt(process.stderr);
  await using target = await prepareTarget(targetOptions(flags, selection, finished), process.env);
  const named = nameRun(flags.reportDir);
  const runDir = earlier?.runDir ?? named.runDir;
  const progress = createProgress(process.stderr);
  const errors = await runScenarioFiles({
    files,
    settings: { ...target.settings, runDir, checked: true },
    // The worker starts meanwhile: two processes get ready side by side.
    check: async () => {
      const selected = countSelected(await loadScenarioFiles(files, flags.seed), selection);
      if (flags.target === 'live') await (await import('../vitest/access.ts')).askAccess(target.settings);
      if (earlier === null) openRun(flags.reportDir, named, target.settings, selected);
      progress.begin(selected - finished.length);
    },
    bail: flags.bail ?? 0,
    progress,
    interrupt: interrupt.signal,
  });
  const report = await writeReports(runDir, { interrupted: interrupt.signal.aborted, broken: errors.length > 0 });
  const troubles = [...errors, ...appendStepSummary(report)];
  for (const trouble of troubles) process.stderr.write(`error: ${trouble}\n`);
  tell(report, runDir, flags);
  process.exitCode = report.exitCode === EXIT.ok && troubles.length > 0 ? EXIT.environment : report.exitCode;
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
    ...(flags.seed === undefined ? {} : { seed: flags.seed }),
    ...(flags.concurrency === undefined ? {} : { concurrency: flags.concurrency }),
    ...(flags.rate === undefined ? {} : { ratePerSecond: flags.rate }),
    ...(flags.budget === undefined ? {} : { budget: flags.budget }),
    ...(flags.webhookTimeout === undefined ? {} : { webhookDeadlineMs: flags.webhookTimeout }),
    ...(flags.quietPeriod === undefined ? {} : { quietMs: flags.quietPeriod }),
  };
}

function tell({ tally, exitCode }: RunReport, runDir: string, flags: RunFlags): void {
  if (flags.json) {
    const results = join(runDir, REPORT_FILES.results);
    process.stdout.write(`${JSON.stringify({ verdict: verdictLine(tally), exitCode, results, ...tally })}\n`);
  } else {
    process.stdout.write(terminalSummary(tally, runDir, process.stdout));
    if (missingCases(tally) > 0) process.stdout.write(`\n  ${whyUnfinished(exitCode, flags)}\n`);
  }
  // GitHub reads workflow commands from either stream; with --json stdout is for the result alone.
  const out = flags.json ? process.stderr : process.stdout;
  if (onGithub()) for (const line of githubAnnotations(tally)) out.write(`${line}\n`);
}

function whyUnfinished(exitCode: number, { bail }: RunFlags): string {
  if (exitCode === EXIT.interrupted) return 'interrupted: the same command with --resume runs the rest';
  return bail === undefined
    ? 'stopped early: see the errors above, then run the rest with --resume'
    : `stopped after ${plural(bail, 'failure')} (--bail): the same command with --resume and without --bail runs the rest`;
}

function onGithub(): boolean {
  return process.env.GITHUB_ACTIONS === 'true';
}

/** Gives GitHub the summary; why that failed, if it did, must not hide the verdict. */
function appendStepSummary({ tally }: RunReport): readonly string[] {
  const file = process.env.GITHUB_STEP_SUMMARY;
  if (!onGithub() || !file) return [];
  try {
    appendFileSync(file, summaryMarkdown(tally));
    return [];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [`the step summary could not be written: ${reason}\n  → check GITHUB_STEP_SUMMARY`];
  }
}
