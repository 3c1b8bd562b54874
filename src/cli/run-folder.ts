import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { ConfigurationError, ReportError } from '../domain/harness-error.ts';
import type { RunIdentity, RunInfo } from '../domain/run-info.ts';
import type { Case } from '../domain/scenario.ts';
import { type JournalEntry, openJournal, readJournal } from '../report/journal.ts';
import { REPORT_FILES } from '../report/write-reports.ts';
import { checkIdentity } from './run-identity.ts';

/** Makes the folder of a new run of so many cases and writes the first line of its evidence. Throws ReportError when it cannot be written. */
export function openRun(reportDir: string, identity: RunIdentity, concurrency: number, selected: number): string {
  const startedAt = Date.now();
  const stamp = new Date(startedAt).toISOString().replace(/[-:]/g, '').replace(/\..*/, 'Z');
  const id = `${stamp}-${randomBytes(3).toString('hex')}`;
  const runDir = join(reportDir, id);
  try {
    makeFolder(runDir);
    linkLatest(reportDir, id);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ReportError(`the report folder ${runDir} cannot be made: ${reason}`, {
      cause,
      hint: 'choose another with --report-dir',
    });
  }
  using journal = openJournal(join(runDir, REPORT_FILES.evidence));
  const run: RunInfo = {
    id,
    startedAt,
    ...identity,
    node: process.version,
    commit: process.env.GITHUB_SHA ?? process.env.CI_COMMIT_SHA ?? null,
    selected,
    concurrency,
  };
  journal.append({ kind: 'run', run });
  return runDir;
}

/** Makes a folder and those above it; Node's own `recursive` never returns where the file system refuses new folders with ENOENT, as /proc does. */
function makeFolder(path: string): void {
  const above = dirname(path);
  if (!existsSync(above)) makeFolder(above);
  mkdirSync(path);
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

/** An earlier run that is to be finished. */
export interface EarlierRun {
  readonly runDir: string;
  /** Ids of the cases that need not be run again. */
  readonly finished: readonly string[];
}

/**
 * The newest run of a report folder; its evidence keeps only what stays as it is. Throws ConfigurationError when there is none, or when it was
 * another run than the one that is asked for.
 */
export async function resumeRun(
  reportDir: string,
  identity: RunIdentity,
  cases: readonly Pick<Case, 'id'>[],
): Promise<EarlierRun> {
  const runDir = newestRun(reportDir);
  const evidence = join(runDir, REPORT_FILES.evidence);
  checkIdentity(runDir, await identityIn(evidence), identity);
  const selected = new Set(cases.map(({ id }) => id));
  const kept = join(runDir, 'evidence.kept.jsonl');
  const finished: string[] = [];
  rmSync(kept, { force: true });
  {
    using journal = openJournal(kept);
    for await (const entry of readJournal(evidence)) {
      if (!isKept(entry)) continue;
      // Also false the second time: what counts is that each case of this run is counted once.
      if (entry.kind === 'case' && !selected.delete(entry.id)) continue;
      if (entry.kind === 'case') finished.push(entry.id);
      journal.append(entry);
    }
  }
  renameSync(kept, evidence);
  return { runDir, finished };
}

async function identityIn(evidence: string): Promise<RunIdentity | null> {
  for await (const entry of readJournal(evidence)) return entry.kind === 'run' ? entry.run : null;
  return null;
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
