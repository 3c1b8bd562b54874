import type { CompiledContracts } from '../contract/contracts.ts';
import type { Observation } from '../domain/contract.ts';
import type { ClauseEvidence, FuzzTask } from '../domain/fuzz.ts';
import type { RecordedError } from '../domain/result.ts';
import type { Case, Scenario, Step } from '../domain/scenario.ts';
import type { EarlyEnd } from '../engine/case-run.ts';
import type { Ports } from '../engine/ports.ts';
import type { Unredacted } from '../engine/redaction.ts';
import { openCase } from '../engine/run-case.ts';
import type { RunWatch } from '../engine/run-watch.ts';
import type { Thrift } from './thrift.ts';

/** What exploring one task needs, and how far it may go. */
export interface Exploration {
  readonly scenario: Scenario;
  readonly case: Case;
  readonly task: FuzzTask;
  readonly contracts: CompiledContracts;
  readonly ports: Ports;
  readonly watch: RunWatch;
  readonly seed: number;
  /** Runs of a property or of the model; Infinity when only the time bounds them. */
  readonly runs: number;
  readonly path: string | null;
  readonly replayPath: string | null;
  /** How many tries may be under way at once. */
  readonly strands: number;
  /** Why exploring has to end now; null: it may go on. */
  readonly stopped: () => ExploringEnd | null;
  readonly counts: ExplorationCounts;
  /** How to spend few sessions; null when they cost nothing. */
  readonly thrift: Thrift | null;
  /** The ports without the reserve of sessions that is kept for findings. */
  readonly allPorts: Ports;
}

/** An exploration that may also spend the reserve: to make a finding smaller, and to repeat it. */
export function unreserved(exploration: Exploration): Exploration {
  return { ...exploration, ports: exploration.allPorts };
}

/** What exploring has cost so far. */
export interface ExplorationCounts {
  probes: number;
  shrinks: number;
  sessions: number;
  exchanges: number;
  deliveries: number;
}

/** Steps by which the provider broke its word, and what came of them. */
export interface Finding {
  readonly steps: readonly Step[];
  readonly tried: Unredacted;
  /** What the steps try, as the beginning of a sentence about a failure: `createSession with firstName "A1"`. */
  readonly subject: string;
  /** How to draw it again; null for what is enumerated. */
  readonly seed: number | null;
  readonly path: string | null;
  readonly replayPath: string | null;
  /** How to repeat what the steps, one after the other, do not show; absent when they do. */
  readonly repeat?: () => Promise<Unredacted>;
}

/** What exploring a task has shown. */
export interface Explored {
  readonly findings: readonly Finding[];
  readonly clauses: readonly ClauseEvidence[];
  readonly observations: readonly Observation[];
  /** Why it ended before everything was tried; null: it did not. */
  readonly end: ExploringEnd | null;
}

/** Why exploring ended before everything was tried. */
export interface ExploringEnd {
  readonly outcome: EarlyEnd['outcome'];
  readonly reason: string;
  readonly error?: RecordedError;
}

/** The end of exploring that the outcome of a try means; null when it passed or failed, or was about what a provider need not take. */
export function endOf({ result: { outcome, reason, error } }: Unredacted): ExploringEnd | null {
  if (outcome === 'passed' || outcome === 'failed' || outcome === 'skipped') return null;
  return { outcome, reason: reason ?? outcome, ...(error === null ? {} : { error }) };
}

/** Tries steps in order, as a case of their own, and counts what they cost. Never throws. */
export async function trySteps(exploration: Exploration, steps: Iterable<Step>): Promise<Unredacted> {
  const open = openCase(exploration.scenario, exploration.case, exploration.ports, exploration.watch);
  let end: EarlyEnd | null = null;
  for (const step of steps) {
    end = await open.perform(step);
    if (end !== null) break;
  }
  const tried = await open.close(end);
  count(exploration.counts, tried);
  return tried;
}

/** Adds the cost of one try. */
export function count(counts: ExplorationCounts, { result }: Unredacted): void {
  counts.probes += 1;
  counts.sessions += result.sessions;
  counts.exchanges += result.exchanges.length;
  counts.deliveries += result.deliveries.length;
}
