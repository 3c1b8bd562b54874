import type { Case, Scenario } from '../domain/scenario.ts';
import { createCaseRun, type StepPlace } from './case-run.ts';
import { closeRefused } from './checks/refused.ts';
import { missingWebhook } from './checks/sequence.ts';
import { closeStrays } from './checks/strays.ts';
import type { Ports } from './ports.ts';
import type { Unredacted } from './redaction.ts';
import { createResult } from './run-case.ts';
import type { RunWatch, WatchedSession } from './run-watch.ts';
import type { Cause } from './session.ts';
import { drain } from './webhook-step.ts';

/**
 * Waits, once for the whole run, until every webhook that is still due has come or is overdue and then until nothing has
 * come for `quietMs`.
 */
export async function awaitQuiet(watch: RunWatch, ports: Ports, quietMs: number): Promise<void> {
  await Promise.all([...watch.sessions.values()].map((watched) => awaitOutstanding(watched, ports)));
  await ports.inbox.quiet(quietMs);
}

/** Sessions that the case itself did not wait for may still have a webhook on its way. */
async function awaitOutstanding({ session }: WatchedSession, ports: Ports): Promise<void> {
  const outstanding = session.causes.filter(isOutstanding);
  const last = outstanding.at(-1);
  if (last === undefined) return;
  const deadline = last.at + ports.webhookDeadlineMs;
  let seen = session.seen;
  while (session.mailbox.deliveries.length - session.seen < outstanding.length) {
    if (!(await session.mailbox.arrival(seen, deadline - ports.now()))) return;
    seen = session.mailbox.deliveries.length;
  }
}

function isOutstanding(cause: Cause): boolean {
  return !cause.awaited && cause.specific === null && cause.legacy === null;
}

/** The closing check of one scenario, after `awaitQuiet`: names the cases that got too much, or never got what was due. */
export function closeScenario(scenario: Scenario, ports: Ports, watch: RunWatch): Unredacted {
  const closing: Case = {
    id: `${scenario.id}/closing`,
    title: 'closing: nothing came that no step caused, and all that was due came',
    values: {},
    span: scenario.span,
    steps: () => [],
  };
  const run = createCaseRun(scenario, closing, ports, watch);
  const startedAt = ports.now();
  for (const watched of watch.sessions.values()) {
    if (watched.scenario !== scenario) continue;
    const before = run.failures.length;
    closeSession(run, watched);
    for (let at = before; at < run.failures.length; at += 1) {
      const failure = run.failures[at];
      if (failure !== undefined)
        run.failures[at] = { ...failure, message: `case ${watched.case.id}: ${failure.message}` };
    }
  }
  closeStrays(run);
  closeRefused(run);
  return createResult(run, 'closing', null, startedAt, ports.now() - startedAt);
}

function closeSession(run: ReturnType<typeof createCaseRun>, { session, case: owner }: WatchedSession): void {
  const place: StepPlace = { step: 0, span: owner.span };
  drain(run, session, null, place);
  for (const cause of session.causes.filter(isOutstanding)) {
    run.failures.push(
      missingWebhook(run, session, cause, run.ports.webhookDeadlineMs, { step: cause.step, span: cause.span }),
    );
  }
}
