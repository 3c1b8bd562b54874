import { createHash, randomBytes } from 'node:crypto';

/**
 * The webhooks that scenarios have refused on purpose. How often is known on our side only: nothing that a provider can
 * write into a URL makes us refuse.
 */
export interface PlannedRefusals {
  /** A new, unguessable path segment: each body that is sent there is refused so many times. */
  plan(times: number): string;
  isPlanned(segment: string): boolean;
  /** True when these bytes, sent to this segment, are to be refused once more. */
  take(segment: string, rawBody: Uint8Array): boolean;
}

/** Creates an empty plan. */
export function createPlannedRefusals(): PlannedRefusals {
  const segments = new Map<string, { readonly times: number; readonly refused: Map<string, number> }>();
  return {
    plan(times) {
      const segment = randomBytes(9).toString('base64url');
      segments.set(segment, { times, refused: new Map() });
      return segment;
    },
    isPlanned: (segment) => segments.has(segment),
    take(segment, rawBody) {
      const planned = segments.get(segment);
      if (planned === undefined) return false;
      const digest = createHash('sha256').update(rawBody).digest('base64');
      const before = planned.refused.get(digest) ?? 0;
      planned.refused.set(digest, before + 1);
      return before < planned.times;
    },
  };
}
