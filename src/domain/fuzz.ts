import type { Json } from './json.ts';
import type { Operation } from './message.ts';

/** The ways of fuzzing, in the order in which they run. */
export const FUZZ_PHASES = ['boundaries', 'pairs', 'properties', 'model'] as const;

/** One way of fuzzing. */
export type FuzzPhase = (typeof FUZZ_PHASES)[number];

/** What the `fuzz` mapping of a scenario asks for. */
export interface FuzzSection {
  readonly requests: readonly Operation[];
  readonly phases: readonly FuzzPhase[];
  /** Fields of the requests; null: all. */
  readonly fields: readonly string[] | null;
  /** Runs of each property and of the model; null: the run's default. */
  readonly runs: number | null;
  /** Seed of everything that is drawn; null: the run's own. */
  readonly seed: number | null;
}

/** What the flags of a run say of fuzzing; they weigh more than a scenario's section. */
export interface FuzzOptions {
  /** Seed of the sections that name none. */
  readonly seed: number;
  readonly runs: number | null;
  /** Path to a value that one property or model found before, as its failure printed it; null: none. */
  readonly path: string | null;
  /** Commands of a model that were run, as its failure printed them; null: none. */
  readonly replayPath: string | null;
  /** Unix time in ms at which exploring ends; null: never. */
  readonly deadline: number | null;
}

/** What one fuzz case explores; its key is `<operation>.<field>.<subject>`. */
export interface FuzzTask {
  readonly phase: FuzzPhase;
  /** What a person types after `--only`: `createSession.firstName.maxLength`, `createSession.pairs`, `model.races`. */
  readonly key: string;
  /** null: several of them. */
  readonly operation: Operation | null;
  readonly field: string | null;
  /** Id of the clause that is probed; null unless the phase is `boundaries`. */
  readonly clause: string | null;
}

/** What was tried on one side of a clause. */
export interface SideEvidence {
  readonly tried: number;
  readonly accepted: number;
  readonly refused: number;
  /** One of the values, shortened for a person; absent when none was tried. */
  readonly example?: Json;
}

/** What was tried of one clause of a request contract. */
export interface ClauseEvidence {
  /** Id of the clause. */
  readonly clause: string;
  /** Key of its task. */
  readonly key: string;
  readonly operation: Operation;
  /** null: the body as a whole. */
  readonly field: string | null;
  readonly keyword: string;
  readonly source: readonly string[];
  readonly inside: SideEvidence;
  readonly outside: SideEvidence;
  /** Values about which the sources disagree; never judged. */
  readonly contested: SideEvidence;
  /** Why a side was not tried; null when both were, or when the clause is contested. */
  readonly exception: string | null;
}

/** A value or a sequence by which the provider breaks its word, made small. */
export interface Counterexample {
  /** File name in the run's `counterexamples` folder. */
  readonly name: string;
  /** The whole scenario file. */
  readonly yaml: string;
  /** One sentence: what was sent, what was due, what came. */
  readonly message: string;
  /** The one command that repeats it. */
  readonly command: string;
  /** Null for values that are enumerated, not drawn. */
  readonly seed: number | null;
  readonly path: string | null;
  readonly replayPath: string | null;
  /** Of so many repeats. */
  readonly repeats: number;
  /** So many failed in the same way. */
  readonly repeated: number;
}

/** What a fuzz case did. */
export interface FuzzEvidence {
  readonly task: FuzzTask;
  readonly seed: number | null;
  /** Values or sequences that were tried, those of shrinking and repeating included. */
  readonly probes: number;
  /** Requests that were sent to make findings smaller. */
  readonly shrinks: number;
  readonly exchanges: number;
  readonly deliveries: number;
  readonly clauses: readonly ClauseEvidence[];
  /** Findings that repeat. */
  readonly counterexamples: readonly Counterexample[];
  /** Findings that did not repeat every time: told apart. */
  readonly flaky: readonly Counterexample[];
}
