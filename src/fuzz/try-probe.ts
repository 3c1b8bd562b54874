import type { Observation } from '../domain/contract.ts';
import type { Failure } from '../domain/failure.ts';
import type { Unredacted } from '../engine/redaction.ts';
import { type Exploration, type Finding, trySteps } from './exploration.ts';
import { type Classified, describeProbe } from './probe.ts';
import { stepsOf } from './probe-steps.ts';

/** What became of a probe. */
export interface TriedProbe {
  readonly classified: Classified;
  readonly tried: Unredacted;
  /** Whether the provider took it; null when no answer came. */
  readonly accepted: boolean | null;
}

/** Sends a probe and judges all that comes of it. Probes that are about a session share the one of that key, if there is one. */
export async function tryProbe(
  exploration: Exploration,
  classified: Classified,
  sharedKey: string | null = null,
): Promise<TriedProbe> {
  const place = { span: exploration.case.span, sharedKey };
  const tried = await trySteps(exploration, stepsOf(classified, place));
  const { result } = tried;
  const status = result.exchanges.at(-1)?.response.status;
  const accepted = status === undefined || result.error !== null ? null : status < 300;
  return { classified, tried: withoutNoise(tried, classified.side), accepted };
}

/**
 * A value about which the sources disagree may also come back altered: trimmed, or without what is invisible. And what was
 * wrongly taken has no identifier of an error, which is nothing more to say.
 */
function withoutNoise(tried: Unredacted, side: Classified['side']): Unredacted {
  if (side === 'inside') return tried;
  const taken = tried.result.failures.some(({ kind }) => kind === 'status');
  const failures = tried.result.failures.filter((one) =>
    side === 'contested'
      ? one.kind !== 'contract' || one.clause.keyword !== 'x-echo'
      : !(taken && one.kind === 'expectation' && one.at === '/identifier'),
  );
  if (failures.length === tried.result.failures.length) return tried;
  return { ...tried, result: { ...tried.result, failures, outcome: failures.length === 0 ? 'passed' : 'failed' } };
}

/** What the answer to a contested probe says of its questions. */
export function observationsOf({ classified, accepted }: TriedProbe): readonly Observation[] {
  if (accepted === null) return [];
  return classified.open.map((one) => (accepted ? one : { ...one, readings: one.refuted, refuted: one.readings }));
}

/** The finding that a probe is; it has no seed, because probes are enumerated. */
export function findingOf({ classified, tried }: TriedProbe): Finding {
  return {
    steps: stepsOf(classified, { span: tried.result.span, sharedKey: null }),
    tried,
    subject: subjectOf(classified),
    seed: null,
    path: null,
    replayPath: null,
  };
}

/** What a probe is and what the contract says of it: `createSession with firstName "A7B", against createSession.firstName.pattern`. */
export function subjectOf({ probe, side, broken }: Classified): string {
  const says = {
    inside: 'which the contract allows',
    outside: `against ${broken.join(' and ')}`,
    contested: 'about which the sources disagree',
  };
  return `${describeProbe(probe)}, ${says[side]}`;
}

/** What two failures have in common when the same mistake made them. */
export function signatureOf(failure: Failure): string {
  if (failure.kind === 'contract') return `${failure.clause.id} ${failure.at}`;
  return `${failure.kind} ${'at' in failure ? failure.at : ''}`;
}
