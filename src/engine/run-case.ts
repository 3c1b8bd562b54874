import type { Observation } from '../domain/contract.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { CaseResult } from '../domain/result.ts';
import type { Case, RequestStep, Scenario, Step } from '../domain/scenario.ts';
import { type CaseRun, createCaseRun, type EarlyEnd, endByError } from './case-run.ts';
import type { Ports } from './ports.ts';
import type { Unredacted } from './redaction.ts';
import { runRequestStep } from './request-step.ts';
import { type RunWatch, type SharedSession, takeTurn } from './run-watch.ts';
import { releaseSession } from './session.ts';
import { drain, runAwaitStep, runExpectNoWebhookStep } from './webhook-step.ts';

/**
 * Runs one case: its steps in order, every exchange and delivery judged, all failures collected. Never throws for what a
 * provider does; a harness error, and any other that nobody expected, becomes the outcome `errored`.
 */
export async function runCase(scenario: Scenario, testCase: Case, ports: Ports, watch: RunWatch): Promise<Unredacted> {
  const run = createCaseRun(scenario, testCase, ports, watch);
  const startedAt = ports.now();
  const started = performance.now();
  const skip = skipReason(scenario, ports);
  const end = skip === null ? await runSteps(run) : ({ outcome: 'skipped', reason: skip } as const);
  return createResult(run, 'case', end, startedAt, performance.now() - started);
}

/** Why a scenario cannot be tried with the keys at hand; null when it can. */
export function skipReason(scenario: Scenario, ports: Ports): string | null {
  if (scenario.skip !== null) return scenario.skip;
  const missing = scenario.needs.filter((environment) => ports.keys[environment] === undefined);
  if (missing.length === 0) return null;
  const names = missing.map((one) => (one === 'DEV' ? 'IDENFY_API_KEY' : `IDENFY_${one}_API_KEY`));
  return `needs a ${missing.join(' and a ')} key pair (set ${names.join(', ')} and the secret)`;
}

async function runSteps(run: CaseRun): Promise<EarlyEnd | null> {
  const turns: (() => void)[] = [];
  const end = await orError(() => runEachStep(run, turns));
  const finished = await orError(async () => finishSessions(run));
  for (const done of turns) done();
  return end ?? finished;
}

async function orError(act: () => Promise<EarlyEnd | null>): Promise<EarlyEnd | null> {
  try {
    return await act();
  } catch (error) {
    return endByError(error);
  }
}

async function runEachStep(run: CaseRun, turns: (() => void)[]): Promise<EarlyEnd | null> {
  run.steps = run.case.steps();
  for (const [index, step] of run.steps.entries()) {
    const end = await runStep(run, step, index, turns);
    if (end !== null) return end;
  }
  return null;
}

async function runStep(run: CaseRun, step: Step, index: number, turns: (() => void)[]): Promise<EarlyEnd | null> {
  switch (step.kind) {
    case 'request':
      return step.sharedKey === null ? runRequestStep(run, step, index) : runSharedStep(run, step, index, turns);
    case 'awaitWebhook':
      return runAwaitStep(run, step, index);
    case 'expectNoWebhook':
      return runExpectNoWebhookStep(run, step, index);
    case 'wait':
      await new Promise((resolve) => setTimeout(resolve, step.forMs));
      return null;
  }
}

/** The first case that needs a shared session creates it; the others take it over, one after the other. */
async function runSharedStep(
  run: CaseRun,
  step: RequestStep,
  index: number,
  turns: (() => void)[],
): Promise<EarlyEnd | null> {
  const { shared, done } = await takeTurn(run.watch, `${run.scenario.id}\n${step.sharedKey}`);
  turns.push(done);
  if (shared.broken !== null) return { outcome: 'inconclusive', reason: shared.broken };
  if (shared.session !== null) {
    run.sessions.set(step.as, shared.session);
    run.captures.set(step.as, shared.body);
    for (const token of shared.tokens) run.tokens.add(token);
    return null;
  }
  const end = await runRequestStep(run, step, index);
  keepShared(run, step, shared, end);
  return end;
}

function keepShared(run: CaseRun, step: RequestStep, shared: SharedSession, end: EarlyEnd | null): void {
  shared.session = run.sessions.get(step.as) ?? null;
  shared.body = run.captures.get(step.as) ?? null;
  shared.tokens = run.tokens;
  if (shared.session === null) {
    shared.broken = `the session that it shares with ${run.case.id} was not created: ${end?.reason ?? 'it was refused'}`;
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
function distinct(observations: readonly Observation[]): readonly Observation[] {
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
