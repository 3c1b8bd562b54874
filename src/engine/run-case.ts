import type { Observation } from '../domain/contract.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { CaseResult } from '../domain/result.ts';
import type { Case, Scenario, Step } from '../domain/scenario.ts';
import { type CaseRun, createCaseRun, type EarlyEnd, endByError } from './case-run.ts';
import { performStep } from './perform-step.ts';
import type { Ports } from './ports.ts';
import type { Unredacted } from './redaction.ts';
import type { RunWatch } from './run-watch.ts';
import { releaseSession } from './session.ts';
import { drain } from './webhook-step.ts';

/**
 * Runs one case: its steps in order, every exchange and delivery judged, all failures collected. Never throws for what a
 * provider does; a harness error, and any other that nobody expected, becomes the outcome `errored`.
 */
export async function runCase(scenario: Scenario, testCase: Case, ports: Ports, watch: RunWatch): Promise<Unredacted> {
  const open = openCase(scenario, testCase, ports, watch);
  const skip = skipReason(scenario, ports);
  return open.close(skip === null ? await runSteps(open) : { outcome: 'skipped', reason: skip });
}

/** A case whose steps are decided on while it runs. */
export interface OpenCase {
  readonly run: CaseRun;
  /** Performs the next step. An early end means that the case cannot go on. Never throws. */
  perform(step: Step): Promise<EarlyEnd | null>;
  /** Judges what has come unasked and gives the result; call it once. */
  close(end: EarlyEnd | null): Promise<Unredacted>;
}

/** Opens a case; nothing is sent before its first step. */
export function openCase(scenario: Scenario, testCase: Case, ports: Ports, watch: RunWatch): OpenCase {
  const run = createCaseRun(scenario, testCase, ports, watch);
  const startedAt = ports.now();
  const started = performance.now();
  const turns: (() => void)[] = [];
  return {
    run,
    perform: (step) => orError(() => performStep(run, step, run.steps.push(step) - 1, turns)),
    async close(end) {
      const finished = await orError(async () => finishSessions(run));
      for (const done of turns) done();
      return createResult(run, 'case', end ?? finished, startedAt, performance.now() - started);
    },
  };
}

/** Why a scenario cannot be tried with the keys at hand; null when it can. */
export function skipReason(scenario: Scenario, ports: Ports): string | null {
  if (scenario.skip !== null) return scenario.skip;
  const missing = scenario.needs.filter((environment) => ports.keys[environment] === undefined);
  if (missing.length === 0) return null;
  const names = missing.map((one) => (one === 'DEV' ? 'IDENFY_API_KEY' : `IDENFY_${one}_API_KEY`));
  return `needs a ${missing.join(' and a ')} key pair (set ${names.join(', ')} and the secret)`;
}

async function runSteps(open: OpenCase): Promise<EarlyEnd | null> {
  return orError(async () => {
    for (const step of open.run.case.steps()) {
      const end = await open.perform(step);
      if (end !== null) return end;
    }
    return null;
  });
}

async function orError(act: () => Promise<EarlyEnd | null>): Promise<EarlyEnd | null> {
  try {
    return await act();
  } catch (error) {
    return endByError(error);
  }
}

/** Judges what has come unasked by the end of the case; what comes later is for the closing check. */
function finishSessions(run: CaseRun): null {
  for (const session of run.sessions.values()) {
    drain(run, session, null, { step: Math.max(0, run.steps.length - 1), span: run.case.span });
    releaseSession(session);
  }
  return null;
}

/** Many messages of a case say the same of a contested clause; once is enough. */
export function distinct(observations: readonly Observation[]): readonly Observation[] {
  const seen = new Map<string, Observation>();
  for (const one of observations) seen.set(`${one.clause} ${one.readings.join()}`, one);
  return [...seen.values()];
}

/** The result of a case or of a closing check. */
export function createResult(
  run: CaseRun,
  kind: CaseResult['kind'],
  end: EarlyEnd | null,
  startedAt: number,
  durationMs: number,
): Unredacted {
  const outcome: Outcome = run.failures.length > 0 ? 'failed' : (end?.outcome ?? 'passed');
  const error = end?.error === undefined ? null : { code: end.error.code, message: end.error.describe() };
  const result: CaseResult = {
    kind,
    id: run.case.id,
    scenario: run.scenario.id,
    scenarioName: run.scenario.name,
    title: run.case.title,
    values: run.case.values,
    span: run.case.span,
    source: run.scenario.source,
    tags: run.scenario.tags,
    outcome,
    failures: run.failures,
    error,
    reason: outcome === 'passed' ? null : (end?.reason ?? null),
    observations: distinct(run.observations),
    sessions: run.created,
    exchanges: run.exchanges,
    deliveries: run.deliveries,
    startedAt,
    durationMs,
  };
  return { result, tokens: run.tokens };
}
