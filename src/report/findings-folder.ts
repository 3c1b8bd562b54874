import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Counterexample } from '../domain/fuzz.ts';
import type { CaseResult } from '../domain/result.ts';
import type { Redact } from '../engine/redaction.ts';
import type { FuzzSummary, ReportedFinding } from './fuzz-tally.ts';

/** Keeps the scenario files of findings in a run's folder: in `counterexamples`, and in `flaky` what did not repeat. */
export interface FindingsFolder {
  /** Writes the files of a result at once, so that an interrupted run keeps them. Throws what `node:fs` throws. */
  keep(result: CaseResult): FuzzSummary | undefined;
}

/** Opens the folders of a run; they are made when there is something to keep. */
export function openFindingsFolder(runDir: string, redact: Redact): FindingsFolder {
  const owners = new Map<string, string>();
  const keepOne = (folder: string, { yaml, name, ...rest }: Counterexample, id: string): ReportedFinding => {
    const file = freeName(owners, `${folder}/${basename(name)}`, id);
    mkdirSync(join(runDir, folder), { recursive: true });
    writeFileSync(join(runDir, file), redact(yaml));
    return { ...rest, case: id, file };
  };
  return {
    keep({ id, fuzz }) {
      if (fuzz === undefined) return undefined;
      const { counterexamples, flaky, ...rest } = fuzz;
      return {
        ...rest,
        counterexamples: counterexamples.map((one) => keepOne('counterexamples', one, id)),
        flaky: flaky.map((one) => keepOne('flaky', one, id)),
      };
    },
  };
}

/** Two scenarios may find the same: each keeps its file. */
function freeName(owners: Map<string, string>, wanted: string, id: string): string {
  let file = wanted;
  for (let number = 2; (owners.get(file) ?? id) !== id; number += 1)
    file = wanted.replace(/\.yaml$/, `-${number}.yaml`);
  owners.set(file, id);
  return file;
}
