import { randomBytes } from 'node:crypto';
import {
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { ConfigurationError, ReportError } from '../domain/harness-error.ts';
import type { Environment } from '../domain/message.ts';
import type { RunInfo } from '../domain/run-info.ts';
import type { Selection } from '../engine/selection.ts';
import { type JournalEntry, openJournal, readJournal } from '../report/journal.ts';
import { REPORT_FILES } from '../report/write-reports.ts';
import type { RunSettings } from '../runner/settings.ts';
import { packageVersion } from './version.ts';

/** What the first line of the evidence says of a run, beside its settings. */
export interface RunExtent {
  /** How many cases a whole run has. */
  readonly selected: number;
  readonly shard: Selection['shard'];
}

/** Makes the folder of a new run and writes the first line of its evidence. Throws ReportError when it cannot be written. */
export function openRun(reportDir: string, settings: RunSettings, extent: RunExtent): string {
  const startedAt = Date.now();
  const stamp = new Date(startedAt).toISOString().replace(/[-:]/g, '').replace(/\..*/, 'Z');
  const id = `${stamp}-${randomBytes(3).toString('hex')}`;
  const runDir = join(reportDir, id);
  try {
    mkdirSync(runDir, { recursive: true });
    linkLatest(reportDir, id);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ReportError(`the report folder ${runDir} cannot be made: ${reason}`, {
      cause,
      hint: 'choose another with --report-dir',
    });
  }
  using journal = openJournal(join(runDir, REPORT_FILES.evidence));
  journal.append({ kind: 'run', run: runInfo(id, startedAt, settings, extent) });
  return runDir;
}

const LATEST = 'latest';

/** `latest` leads to the newest run, from its beginning, so that a run that crashes can be resumed; where links are not allowed it is a file that names it. */
function linkLatest(reportDir: string, id: string): void {
  const link = join(reportDir, `${LATEST}-${id}`);
  try {
    symlinkSync(id, link, 'dir');
  } catch {
    writeFileSync(link, `${id}\n`);
  }
  renameSync(link, join(reportDir, LATEST));
}

function runInfo(id: string, startedAt: number, settings: RunSettings, { selected, shard }: RunExtent): RunInfo {
  return {
    id,
    startedAt,
    target: settings.target,
    baseUrl: settings.baseUrl,
    environments: Object.keys(settings.keys) as Environment[],
    version: packageVersion(),
    node: process.version,
    commit: process.env.GITHUB_SHA ?? process.env.CI_COMMIT_SHA ?? null,
    selected,
    concurrency: settings.concurrency,
    shard: shard === null ? null : `${shard.index}/${shard.total}`,
  };
}

/** The newest run of a report folder and the ids of the cases it has finished; its evidence keeps only those. Throws ConfigurationError when there is none. */
export async function resumeRun(
  reportDir: string,
): Promise<{ readonly runDir: string; readonly finished: readonly string[] }> {
  const runDir = newestRun(reportDir);
  const evidence = join(runDir, REPORT_FILES.evidence);
  const kept = join(runDir, 'evidence.kept.jsonl');
  const finished: string[] = [];
  rmSync(kept, { force: true });
  {
    using journal = openJournal(kept);
    for await (const entry of readJournal(evidence)) {
      if (!isKept(entry)) continue;
      if (entry.kind === 'case') finished.push(entry.id);
      journal.append(entry);
    }
  }
  renameSync(kept, evidence);
  return { runDir, finished };
}

/** What is tried again would be there twice; a closing check that failed stays failed, whatever the rest of the run shows. */
function isKept(entry: JournalEntry): boolean {
  if (entry.kind === 'closing') return entry.outcome === 'failed';
  return (
    entry.kind === 'run' || (entry.kind === 'case' && entry.outcome !== 'errored' && entry.outcome !== 'inconclusive')
  );
}

function newestRun(reportDir: string): string {
  try {
    const latest = join(reportDir, LATEST);
    const runDir = statSync(latest).isDirectory()
      ? realpathSync(latest)
      : resolve(reportDir, readFileSync(latest, 'utf8').trim());
    return relative(process.cwd(), runDir) || '.';
  } catch (cause) {
    throw new ConfigurationError(`there is no run to resume in ${reportDir}`, {
      cause,
      hint: 'run without --resume, or name its folder with --report-dir',
    });
  }
}
