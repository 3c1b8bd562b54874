import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { HarnessError, InternalError } from '../domain/harness-error.ts';
import { EXIT } from '../domain/outcome.ts';
import type { CaseResult } from '../domain/result.ts';
import type { InboxCounts } from '../domain/run-info.ts';
import type { Case } from '../domain/scenario.ts';
import { visible, visibleJsonText } from '../domain/visible.ts';
import { githubAnnotations } from '../report/annotations.ts';
import { fuzzTable } from '../report/fuzz-table.ts';
import { summaryMarkdown } from '../report/summary.ts';
import { terminalSummary } from '../report/terminal.ts';
import { missingCases, plural, verdictLine } from '../report/verdict.ts';
import { openReports, REPORT_FILES, type Reports, type RunReport } from '../report/write-reports.ts';
import { askAccess } from '../runner/access.ts';
import { runCases, type SelectedScenario } from '../runner/run-cases.ts';
import type { FuzzSettings, RunSettings } from '../runner/settings.ts';
import { sharedContracts } from '../runner/shared-contracts.ts';
import { type Run, startRun } from '../runner/start-run.ts';
import { EMBEDDED, liveSettings, sandboxSettings, type TargetOptions } from '../runner/target.ts';
import { type SandboxThread, startSandboxThread } from '../sandbox/sandbox-thread.ts';
import { collectGarbage, tuneHeap } from './heap.ts';
import { watchInterrupt } from './interrupt.ts';
import { createProgress } from './progress.ts';
import { openRun, resumeRun } from './run-folder.ts';
import { identityOf } from './run-identity.ts';
import { findScenarioFiles, loadScenarioFiles } from './scenario-files.ts';
import { type SelectionFlags, selectScenarios, withoutCases } from './selection.ts';

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
  /** How fuzz cases explore, over what their scenarios say. */
  readonly fuzz?: Partial<FuzzSettings>;
}

/** Runs scenario files against the target, writes the reports and sets the exit code. */
export async function run(paths: readonly string[], flags: RunFlags): Promise<void> {
  tuneHeap();
  // The sandbox gets ready in its thread while the files are read in this one.
  await using sandbox = flags.target === 'live' ? null : startSandboxThread(EMBEDDED);
  const files = await loadScenarioFiles(await findScenarioFiles(paths), flags.seed);
  const selected = selectScenarios(files, flags);
  const cases = selected.flatMap((one) => one.cases);
  await prepareFuzz(cases);
  using interrupt = watchInterrupt(process.stderr);
  const settings = await settingsOf(flags, sandbox);
  const identity = identityOf(settings, flags, files);
  const earlier = flags.resume ? await resumeRun(flags.reportDir, identity, cases) : null;
  if (flags.target === 'live') await askAccess(settings);
  await using active = await startRun(settings);
  const runDir = earlier?.runDir ?? openRun(flags.reportDir, identity, settings.concurrency, cases.length);
  const reports = await openReports(runDir, active.redact);
  active.keepEvidence(join(runDir, REPORT_FILES.evidence));
  const left = withoutCases(selected, earlier?.finished ?? []);
  collectGarbage();
  const errors = await runAll(active, left, reports, settings.concurrency, flags, interrupt.signal);
  const report = reports.finish({ interrupted: interrupt.signal.aborted, broken: errors.length > 0 });
  const troubles = [...errors, ...appendStepSummary(report)];
  for (const trouble of troubles) process.stderr.write(`error: ${visible(trouble)}\n`);
  tell(report, runDir, flags);
  process.exitCode = report.exitCode === EXIT.ok && troubles.length > 0 ? EXIT.environment : report.exitCode;
}

/** What fuzz cases try is made while the sandbox gets ready; without one, nothing is loaded for it. */
async function prepareFuzz(cases: readonly Case[]): Promise<void> {
  if (cases.every(({ fuzz }) => fuzz === undefined)) return;
  const { prepareCatalogues } = await import('../fuzz/catalogue.ts');
  prepareCatalogues(sharedContracts(), cases);
}

async function settingsOf(flags: RunFlags, sandbox: SandboxThread | null): Promise<RunSettings> {
  const options = targetOptions(flags);
  if (sandbox !== null) return sandboxSettings(await sandbox.started, options, process.env);
  return liveSettings(options, process.env);
}

/** Runs the cases; what stops them is told, but does not keep the reports from being written. */
async function runAll(
  active: Run,
  selected: readonly SelectedScenario[],
  reports: Reports,
  concurrency: number,
  { bail = 0 }: RunFlags,
  interrupt: AbortSignal,
): Promise<readonly string[]> {
  const progress = createProgress(process.stderr, selected);
  const onResult = (result: CaseResult): void => {
    progress.add(result);
    reports.add(result);
  };
  const onInbox = (inbox: InboxCounts): void => reports.add({ kind: 'inbox', inbox });
  try {
    await runCases(active, selected, { concurrency, bail, interrupt, onResult, onInbox });
    return [];
  } catch (error) {
    return [(error instanceof HarnessError ? error : new InternalError(error)).describe()];
  } finally {
    progress.end();
  }
}

function targetOptions(flags: RunFlags): TargetOptions {
  return {
    target: flags.target,
    ...(flags.baseUrl === undefined ? {} : { baseUrl: flags.baseUrl }),
    ...(flags.concurrency === undefined ? {} : { concurrency: flags.concurrency }),
    ...(flags.rate === undefined ? {} : { ratePerSecond: flags.rate }),
    ...(flags.budget === undefined ? {} : { budget: flags.budget }),
    ...(flags.webhookTimeout === undefined ? {} : { webhookDeadlineMs: flags.webhookTimeout }),
    ...(flags.quietPeriod === undefined ? {} : { quietMs: flags.quietPeriod }),
    fuzz: { ...(flags.seed === undefined ? {} : { seed: flags.seed }), ...flags.fuzz },
  };
}

function tell({ tally, exitCode }: RunReport, runDir: string, flags: RunFlags): void {
  if (flags.json) {
    const results = join(runDir, REPORT_FILES.results);
    process.stdout.write(`${visibleJsonText({ verdict: verdictLine(tally), exitCode, results, ...tally })}\n`);
  } else {
    const table = flags.only === undefined ? '' : fuzzTable(tally, process.stdout);
    if (table !== '') process.stdout.write(`${table}\n`);
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
