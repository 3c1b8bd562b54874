import type { RequestStep, Step } from '../domain/scenario.ts';
import type { CaseRun, EarlyEnd } from './case-run.ts';
import { runRequestStep } from './request-step.ts';
import { type SharedSession, takeTurn } from './run-watch.ts';
import { runAwaitStep, runExpectNoWebhookStep } from './webhook-step.ts';

/** Performs one step of a case; `turns` collects what has to be called at the end of the case for the sessions that it shares. */
export async function performStep(
  run: CaseRun,
  step: Step,
  index: number,
  turns: (() => void)[],
): Promise<EarlyEnd | null> {
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
