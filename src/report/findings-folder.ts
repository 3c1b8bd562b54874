import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseResult } from '../domain/result.ts';
import type { Redact } from '../engine/redaction.ts';
import { type FuzzSummary, summarizeFuzz } from './findings.ts';

/** Keeps the scenario files of findings in a run's folder: in `counterexamples`, and in `flaky` what did not repeat. */
export interface FindingsFolder {
  /** Writes the files of a result at once, so that an interrupted run keeps them. Throws what `node:fs` throws. */
  keep(result: CaseResult): FuzzSummary | undefined;
}

/** Opens the folders of a run; they are made when there is something to keep. */
export function openFindingsFolder(runDir: string, redact: Redact): FindingsFolder {
  const taken = new Set<string>();
  return {
    keep: (result) =>
      summarizeFuzz(result, (folder, { name, yaml }) => {
        const file = freeFile(taken, `${folder}/${stemOf(name)}`);
        mkdirSync(join(runDir, folder), { recursive: true });
        writeFileSync(join(runDir, file), redact(yaml));
        return file;
      }),
  };
}

/** Most characters of a name: file systems take 255 bytes. */
const LONGEST = 200;

/** What is left of a name when nothing in it means anything to a file system. */
function stemOf(name: string): string {
  const stem = name.replace(/\.yaml$/, '').replace(/[^\w.-]+/g, '_');
  return stem.replace(/^\.+/, '').slice(0, LONGEST) || 'finding';
}

/** Two cases may find the same: each keeps its file, where `a` and `A` are one as well. */
function freeFile(taken: Set<string>, wanted: string): string {
  let file = `${wanted}.yaml`;
  for (let number = 2; taken.has(file.toLowerCase()); number += 1) file = `${wanted}-${number}.yaml`;
  taken.add(file.toLowerCase());
  return file;
}
