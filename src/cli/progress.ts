import type { WriteStream } from 'node:tty';
import type { Outcome } from '../domain/outcome.ts';
import type { CaseResult } from '../domain/result.ts';
import { visible } from '../domain/visible.ts';
import type { SelectedScenario } from '../runner/run-cases.ts';

/** Shows how far a run is. */
export interface Progress {
  /** Takes account of a case that has ended. */
  add(result: CaseResult): void;
  /** Leaves nothing behind on a terminal. */
  end(): void;
}

/** What is known of a scenario file's cases while they run. */
interface FileProgress {
  left: number;
  readonly counts: Record<Outcome, number>;
  first: number;
  last: number;
}

/** Shows a person how far the run is: one line that changes on a terminal, one line a scenario file elsewhere. */
export function createProgress(
  out: NodeJS.WritableStream & Partial<Pick<WriteStream, 'isTTY'>>,
  selected: readonly SelectedScenario[],
): Progress {
  const live = out.isTTY === true && process.env.CI === undefined;
  const files = filesOf(selected);
  const total = selected.reduce((sum, { cases }) => sum + cases.length, 0);
  const seen = { done: 0, troubled: 0, shown: 0 };
  const draw = (): void => {
    const bar = '█'.repeat(Math.round((seen.done / total) * 24)).padEnd(24, '░');
    const troubled = seen.troubled > 0 ? `, ${seen.troubled} not passed` : '';
    out.write(`\r\u001b[2K${bar} ${seen.done}/${total} cases${troubled}`);
    seen.shown = performance.now();
  };
  return {
    add(result) {
      const file = files.get(result.span.file);
      if (result.kind !== 'case' || file === undefined) return;
      count(file, result);
      seen.done += 1;
      if (result.outcome !== 'passed' && result.outcome !== 'skipped') seen.troubled += 1;
      if (!live && file.left === 0) out.write(`${fileLine(result.span.file, file)}\n`);
      if (live && performance.now() - seen.shown > 100) draw();
    },
    end() {
      if (live) out.write('\r\u001b[2K');
    },
  };
}

function filesOf(selected: readonly SelectedScenario[]): ReadonlyMap<string, FileProgress> {
  const files = new Map<string, FileProgress>();
  for (const { scenario, cases } of selected) {
    const counts = { passed: 0, failed: 0, errored: 0, inconclusive: 0, skipped: 0 };
    const file = files.get(scenario.file) ?? { left: 0, counts, first: Number.POSITIVE_INFINITY, last: 0 };
    file.left += cases.length;
    files.set(scenario.file, file);
  }
  return files;
}

function count(file: FileProgress, { outcome, startedAt, durationMs }: CaseResult): void {
  file.left -= 1;
  file.counts[outcome] += 1;
  file.first = Math.min(file.first, startedAt);
  file.last = Math.max(file.last, startedAt + durationMs);
}

function fileLine(name: string, { counts, first, last }: FileProgress): string {
  const troubled = counts.failed + counts.errored + counts.inconclusive;
  const failed = troubled > 0 ? `, ${troubled} not passed` : '';
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  return `${troubled > 0 ? '✗' : '✓'} ${visible(name)}: ${counts.passed} passed${failed}${skipped} (${Math.round(last - first)} ms)`;
}
