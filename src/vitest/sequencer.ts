import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { CLOSING_FILE } from './files.ts';

/** Runs scenario files in the order of their names and the closing checks last. */
export class ClosingLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = (file: TestSpecification): number => (file.moduleId === CLOSING_FILE ? 1 : 0);
    return [...files].sort((a, b) => rank(a) - rank(b) || (a.moduleId < b.moduleId ? -1 : 1));
  }

  override async shard(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files;
  }
}
