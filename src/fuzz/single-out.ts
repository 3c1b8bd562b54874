import { type Exploration, unreserved } from './exploration.ts';
import type { Classify, Probe } from './probe.ts';
import { signatureOf, type TriedProbe, tryProbe } from './try-probe.ts';

/** Of a probe that was put together, the smallest part that fails in the same way by itself; the whole when none does. */
export async function singleOut(exploration: Exploration, whole: TriedProbe, classify: Classify): Promise<TriedProbe> {
  const parts = whole.classified.probe.parts ?? [];
  const attempt = async (part: Probe): Promise<TriedProbe | null> => {
    const one = await tryProbe(unreserved(exploration), classify(part));
    exploration.counts.shrinks += one.tried.result.exchanges.length;
    return one.tried.result.failures.length > 0 && failureKey(one) === failureKey(whole) ? one : null;
  };
  const smaller =
    (await firstOf(
      parts.filter((part) => isMentioned(part, whole)),
      attempt,
    )) ?? (isOneField(parts) ? await firstOf(parts, attempt) : await halve(parts, attempt));
  return smaller === null ? whole : singleOut(exploration, smaller, classify);
}

/** What failures of probes have in common when the same mistake made them. */
export function failureKey({ classified, tried }: TriedProbe): string {
  return `${classified.side} ${tried.result.failures.map(signatureOf)[0] ?? ''}`;
}

type Attempt = (part: Probe) => Promise<TriedProbe | null>;

async function firstOf(parts: readonly Probe[], attempt: Attempt): Promise<TriedProbe | null> {
  for (const part of parts) {
    const one = await attempt(part);
    if (one !== null) return one;
  }
  return null;
}

/** The half that fails, and of that the half that fails, as long as one does. */
async function halve(parts: readonly Probe[], attempt: Attempt): Promise<TriedProbe | null> {
  let left = parts;
  let smallest: TriedProbe | null = null;
  while (left.length > 1) {
    const middle = Math.ceil(left.length / 2);
    const half = await firstOf([left.slice(0, middle), left.slice(middle)].map(together), attempt);
    if (half === null) return smallest;
    smallest = half;
    left = half.classified.probe.parts ?? [];
  }
  return smallest;
}

/** One probe that alters all that some probes alter. */
export function together(parts: readonly Probe[]): Probe {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const over = Object.assign({}, ...parts.map((part) => part.over)) as Probe['over'];
  return { operation: only?.operation ?? 'createSession', over, parts };
}

function isOneField(parts: readonly Probe[]): boolean {
  return new Set(parts.flatMap(({ over }) => Object.keys(over))).size <= 1;
}

/** True when a failure names the field that a part alters, and that part alters nothing else. */
function isMentioned({ over }: Probe, { tried }: TriedProbe): boolean {
  const [field = '', ...more] = Object.keys(over);
  if (more.length > 0 || field === '') return false;
  const told = tried.result.failures.map((one) => `${one.message} ${'at' in one ? one.at : ''}`).join(' ');
  return new RegExp(`\\b${field}\\b`).test(told);
}
