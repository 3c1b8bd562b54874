import fc from 'fast-check';
import type { Unredacted } from '../engine/redaction.ts';
import { type Exploration, type Explored, type ExploringEnd, endOf, type Finding } from './exploration.ts';
import { inStrands } from './strands.ts';

/** One value that was drawn, ready to be tried. */
export interface Draw {
  /** Sends it and judges what comes of it. */
  readonly attempt: () => Promise<Unredacted>;
  readonly steps: Finding['steps'];
  readonly subject: string;
}

/** Runs of one batch: a seed of its own, and the unit in which strands share the work. */
const BATCH = 25;

const SEEDS = 2 ** 32;

/** Tries draws until one fails and is as small as it gets, or all runs are done. Given a path it tries that one draw. */
export async function searchRandomly(
  exploration: Exploration,
  draws: fc.Arbitrary<Draw>,
): Promise<Pick<Explored, 'findings' | 'end'>> {
  const { seed, path, runs, strands } = exploration;
  const findings: Finding[] = [];
  const search = async (batch: Batch): Promise<ExploringEnd | null> => {
    if (findings.length > 0) return null;
    const { finding, end } = await searchBatch(exploration, draws, batch);
    if (finding !== null && findings.length === 0) findings.push(finding);
    return end;
  };
  const end =
    path === null
      ? await inStrands(batchesOf(seed, runs), strands, search)
      : await search({ seed, runs: Number.POSITIVE_INFINITY, path });
  return { findings, end };
}

interface Batch {
  readonly seed: number;
  readonly runs: number;
  readonly path?: string;
}

function* batchesOf(seed: number, runs: number): Generator<Batch> {
  for (let done = 0; done < runs; done += BATCH) {
    yield { seed: (seed + done / BATCH) % SEEDS, runs: Math.min(BATCH, runs - done) };
  }
}

async function searchBatch(
  exploration: Exploration,
  draws: fc.Arbitrary<Draw>,
  { seed, runs, path }: Batch,
): Promise<{ readonly finding: Finding | null; readonly end: ExploringEnd | null }> {
  let end: ExploringEnd | null = exploration.stopped();
  let smallest: { readonly draw: Draw; readonly tried: Unredacted } | null = null;
  const property = fc.asyncProperty(draws, async (draw) => {
    // fast-check draws the rest of the batch in any case; nothing is sent for it.
    end ??= exploration.stopped();
    if (end !== null) return true;
    if (smallest !== null) exploration.counts.shrinks += 1;
    const tried = await draw.attempt();
    if (tried.result.failures.length === 0) {
      end = endOf(tried);
      return true;
    }
    smallest = { draw, tried };
    return false;
  });
  const details = await fc.check(property, {
    // fast-check takes seeds as signed.
    seed: seed | 0,
    ...(path === undefined ? { numRuns: runs } : { path, endOnFailure: true }),
  });
  if (smallest === null) return { finding: null, end };
  const { draw, tried } = smallest as { draw: Draw; tried: Unredacted };
  const { steps, subject } = draw;
  return { finding: { steps, tried, subject, seed, path: details.counterexamplePath, replayPath: null }, end };
}
