import type { Delivery } from '../../domain/message.ts';
import type { CaseRun, StepPlace } from '../case-run.ts';
import type { RunWatch, WatchedSession } from '../run-watch.ts';
import { clientOf, describeDelivery } from '../session.ts';
import { record } from '../webhook-step.ts';

/** Most of them that one scenario tells of. */
const MOST_STRAYS = 20;

/**
 * The failures that webhooks came for no session that this run follows. Nobody but the provider knows the run's callbackUrl,
 * so nothing caused them. Each is told once: by the scenario whose client it names, or by the first that is closed.
 */
export function closeStrays(run: CaseRun): void {
  const strays = run.ports.inbox.unmatched().filter(({ receipt }) => !run.watch.told.has(receipt));
  if (strays.length === 0) return;
  const owners = ownersOf(run.watch);
  const mine = strays.filter((delivery) => isOwn(run, owners.get(clientOf(delivery) ?? '')));
  for (const { receipt } of mine) run.watch.told.add(receipt);
  for (const [index, delivery] of mine.slice(0, MOST_STRAYS).entries()) {
    const more = index === MOST_STRAYS - 1 && mine.length > MOST_STRAYS ? mine.length - MOST_STRAYS : 0;
    pushStray(run, delivery, owners.get(clientOf(delivery) ?? ''), more);
  }
}

/** Who asked for a session as a client; `blameless`: nobody knows whether there is a session, so it may send its webhook. */
type Owner = Omit<WatchedSession, 'session'> & { readonly blameless: boolean };

function ownersOf({ sessions, unopened }: RunWatch): ReadonlyMap<string, Owner> {
  const owners = new Map<string, Owner>();
  for (const [clientId, owner] of unopened) owners.set(clientId, { ...owner, blameless: !owner.refused });
  for (const { session, ...owner } of sessions.values()) {
    if (session.clientId !== null) owners.set(session.clientId, { ...owner, blameless: false });
  }
  return owners;
}

function isOwn(run: CaseRun, owner: Owner | undefined): boolean {
  return owner === undefined || (!owner.blameless && owner.scenario === run.scenario);
}

function pushStray(run: CaseRun, delivery: Delivery, owner: Owner | undefined, more: number): void {
  run.deliveries.push(record(run, delivery, null));
  const place: StepPlace = { step: 0, span: owner?.case.span ?? run.scenario.span };
  const whose = owner === undefined ? '' : `case ${owner.case.id}: `;
  const rest = more === 0 ? '' : `; and ${more} more like this`;
  const message = `${whose}webhook ${describeDelivery(delivery)} names no session of this run${rest}`;
  run.failures.push({ kind: 'correlation', message, expected: null, actual: delivery.scanRef ?? null, ...place });
}
