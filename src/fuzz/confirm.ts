import type { Failure } from '../domain/failure.ts';
import type { Counterexample } from '../domain/fuzz.ts';
import { writeScenario } from '../scenario/write-scenario.ts';
import { type Exploration, type Finding, trySteps, unreserved } from './exploration.ts';
import { signatureOf } from './try-probe.ts';

/** A finding that was repeated and written down. */
export interface Confirmed {
  /** False when it did not come again every time: flaky. */
  readonly repeats: boolean;
  readonly counterexample: Counterexample;
  /** Its failures, each as a sentence that begins with what was sent. */
  readonly failures: readonly Failure[];
}

/** So often a finding has to come again. */
const REPEATS = 3;

/** Repeats a finding by its steps alone, and makes the scenario file that anyone can repeat it with. */
export async function confirm(
  exploration: Exploration,
  finding: Finding,
  index: number,
  targetFlags: string,
): Promise<Confirmed> {
  const { task, scenario } = exploration;
  const shown = signaturesOf(finding.tried.result.failures);
  let repeated = 0;
  for (let time = 0; time < REPEATS; time += 1) {
    const again = await (finding.repeat?.() ?? trySteps(unreserved(exploration), finding.steps));
    const shownAgain = signaturesOf(again.result.failures);
    if ([...shown].every((one) => shownAgain.has(one))) repeated += 1;
  }
  const failures = finding.tried.result.failures.map((failure) => ({
    ...failure,
    message: `${finding.subject}: ${failure.message}`,
  }));
  const message = failures[0]?.message ?? finding.subject;
  const { seed, path, replayPath } = finding;
  const command = commandOf(exploration, finding, targetFlags);
  const yaml = writeScenario({
    name: `${task.key}: ${finding.subject}`,
    description: [
      message,
      `Clause: ${task.clause ?? task.key}`,
      `Found by: ${command}`,
      ...(finding.repeat === undefined
        ? []
        : ['It was found while requests were under way at the same time: only that command repeats it.']),
    ],
    source: scenario.source,
    tags: ['regression'],
    steps: finding.steps,
  });
  const name = `${task.key}${index === 0 ? '' : `-${index + 1}`}.yaml`;
  const counterexample = { name, yaml, message, command, seed, path, replayPath, repeats: REPEATS, repeated };
  return { repeats: repeated === REPEATS, counterexample, failures };
}

function signaturesOf(failures: readonly Failure[]): ReadonlySet<string> {
  return new Set(failures.map(signatureOf));
}

/** The command that finds it again; what is enumerated needs no seed. */
function commandOf({ task, scenario }: Exploration, { seed, path, replayPath }: Finding, targetFlags: string): string {
  const drawn = [
    seed === null ? '' : ` --seed ${seed}`,
    path === null ? '' : ` --path ${path}`,
    replayPath === null ? '' : ` --replay-path ${replayPath}`,
  ];
  const file = /^[\w./-]+$/.test(scenario.span.file) ? scenario.span.file : `'${scenario.span.file}'`;
  return `idenfy-contracts fuzz ${file} --only ${task.key}${drawn.join('')}${targetFlags}`;
}
