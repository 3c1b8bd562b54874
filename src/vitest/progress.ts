import type { WriteStream } from 'node:tty';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import { CLOSING_FILE } from './files.ts';
import { shownPath } from './shown-path.ts';

/** Shows how far a run is; nothing before it has begun. */
export interface Progress extends Reporter {
  /** `cases`: how many are going to run. */
  begin(cases: number): void;
}

/** Shows a person how far the run is: one line that changes on a terminal, one line a scenario file elsewhere. */
export function createProgress(out: NodeJS.WritableStream & Partial<Pick<WriteStream, 'isTTY' | 'columns'>>): Progress {
  const live = out.isTTY === true && process.env.CI === undefined;
  const seen = { done: 0, failed: 0, shown: 0 };
  let total: number | null = null;
  const draw = (): void => {
    const part = total ? Math.min(1, seen.done / total) : 1;
    const bar = '█'.repeat(Math.round(part * 24)).padEnd(24, '░');
    out.write(`\r\u001b[2K${bar} ${seen.done}/${total} cases${seen.failed > 0 ? `, ${seen.failed} not passed` : ''}`);
    seen.shown = performance.now();
  };
  return {
    begin(cases) {
      total = cases;
    },
    onTestCaseResult(testCase: TestCase) {
      if (testCase.module.moduleId === CLOSING_FILE) return;
      seen.done += 1;
      if (testCase.result().state === 'failed') seen.failed += 1;
      if (live && performance.now() - seen.shown > 100) draw();
    },
    onTestModuleEnd(module: TestModule) {
      if (!live && total !== null && module.moduleId !== CLOSING_FILE) out.write(`${moduleLine(module)}\n`);
    },
    onTestRunEnd() {
      if (live) out.write('\r\u001b[2K');
    },
  };
}

function moduleLine(module: TestModule): string {
  const counts = { passed: 0, failed: 0, skipped: 0, pending: 0 };
  for (const test of module.children.allTests()) counts[test.result().state] += 1;
  const mark = module.ok() ? '✓' : '✗';
  const failed = counts.failed > 0 ? `, ${counts.failed} not passed` : '';
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  return `${mark} ${shownPath(module.moduleId)}: ${counts.passed} passed${failed}${skipped} (${Math.round(module.diagnostic().duration)} ms)`;
}
