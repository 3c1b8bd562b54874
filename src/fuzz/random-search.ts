import fc from 'fast-check';
import type { Unredacted } from '../engine/redaction.ts';
import { type Exploration, type Explored, type ExploringEnd, endOf, type Finding, trySteps } from './exploration.ts';
import { inStrands } from './strands.ts';

/** One value that was drawn, ready to be tried. */
export interface Draw {
  /** Sends it and judges what comes of it. */
  readonly attempt: (exploration: Exploration) => Promise<Attempted>;
  readonly subject: () => string;
  /** Of commands only: which of them were run. */
  readonly replayPath?: () => string | null;
  /** True when its steps, one after the other, are not what was tried. */
  readonly isRace?: boolean;
}

/** What came of a draw, and the steps that were taken. */
export interface Attempted {
  readonly tried: Unredacted;
  readonly steps: Finding['steps'];
}

/** Runs of one batch: a seed of its own, and the unit in which strands share the work. */
const BATCH = 25;

const SEEDS = 2 ** 32;

/** Makes what draws; anew for each batch, because fast-check's commands remember what was run. */
export type CreateDraws = () => fc.Arbitrary<Draw>;

/** Tries draws until one fails and is as small as it gets, or all runs are done. Given a path it tries that one draw. */
export async function searchRandomly(
  exploration: Exploration,
  draws: CreateDraws,
): Promise<Pick<Explored, 'findings' | 'end'>> {
  const { seed, path, strands } = exploration;
  if (path !== null) {
    const { finding, end } = await searchBatch(exploration, draws, { seed, runs: 1, path }, { failing: null });
    return { findings: finding === null ? [] : [finding], end };
  }
  const found = await searchInStrands(exploration, draws, strands);
  const [finding] = found.findings;
  if (finding === undefined || strands === 1 || (await failsAgain(exploration, finding))) return found;
  // Strands may have been in each other's way: what they have shown together, one alone may show for certain.
  const alone = await searchInStrands(exploration, draws, 1);
  return alone.findings.length > 0 ? alone : found;
}

async function searchInStrands(
  exploration: Exploration,
  draws: CreateDraws,
  strands: number,
): Promise<Pick<Explored, 'findings' | 'end'>> {
  const findings: Finding[] = [];
  const search: Search = { failing: null };
  const end = await inStrands(batchesOf(exploration.seed, exploration.runs), strands, async (batch) => {
    if (search.failing !== null) return null;
    const { finding, end: ended } = await searchBatch(exploration, draws, batch, search);
    if (finding !== null) findings.push(finding);
    return ended;
  });
  return { findings, end };
}

async function failsAgain(exploration: Exploration, { steps, repeat }: Finding): Promise<boolean> {
  const { result } = await (repeat?.() ?? trySteps(exploration, steps));
  return result.failures.length > 0;
}

/** What the strands of one search have in common. */
interface Search {
  /** The batch that has found something; while it makes that smaller, the others send nothing. */
  failing: Batch | null;
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
  draws: CreateDraws,
  batch: Batch,
  search: Search,
): Promise<{ readonly finding: Finding | null; readonly end: ExploringEnd | null }> {
  const { seed, runs, path } = batch;
  let end: ExploringEnd | null = exploration.stopped();
  let smallest: ({ readonly draw: Draw } & Attempted) | null = null;
  let isReplayed = false;
  const property = fc.asyncProperty(draws(), async (draw) => {
    // fast-check draws the rest of the batch in any case, and beyond a path what would follow; nothing is sent for it.
    end ??= exploration.stopped();
    if (end !== null || isReplayed || (search.failing ?? batch) !== batch) return true;
    isReplayed = path !== undefined;
    const isShrink = smallest !== null;
    const attempted = await draw.attempt(isShrink ? inHaste(exploration) : exploration);
    if (isShrink) exploration.counts.shrinks += attempted.tried.result.exchanges.length;
    if (attempted.tried.result.failures.length === 0) {
      end = endOf(attempted.tried);
      return true;
    }
    // Another may have failed while this one was under way.
    if ((search.failing ?? batch) !== batch) return true;
    search.failing = batch;
    smallest = { draw, ...attempted };
    return false;
  });
  const details = await fc.check(property, {
    // fast-check takes seeds as signed.
    seed: seed | 0,
    ...(path === undefined ? { numRuns: runs } : { path, endOnFailure: true }),
  });
  // An error of our own is no finding, and no proof that there is none.
  if (smallest === null && details.failed) throw details.errorInstance;
  if (smallest === null) return { finding: null, end };
  return { finding: findingOf(exploration, draws, smallest, seed, details.counterexamplePath), end };
}

/** The part of a webhook's time after which, while a finding is made smaller, it is taken as not coming; repeating waits in full. */
const HASTE = 0.1;

function inHaste(exploration: Exploration): Exploration {
  const webhookDeadlineMs = Math.ceil(exploration.ports.webhookDeadlineMs * HASTE);
  return { ...exploration, ports: { ...exploration.ports, webhookDeadlineMs } };
}

function findingOf(
  exploration: Exploration,
  draws: CreateDraws,
  { draw, tried, steps }: { readonly draw: Draw } & Attempted,
  seed: number,
  path: string | null,
): Finding {
  const finding = { steps, tried, subject: draw.subject(), seed, path, replayPath: draw.replayPath?.() ?? null };
  if (draw.isRace !== true || path === null) return finding;
  const again = async (): Promise<Unredacted> => {
    const { finding: same } = await searchBatch(exploration, draws, { seed, runs: 1, path }, { failing: null });
    return same?.tried ?? { ...tried, result: { ...tried.result, failures: [] } };
  };
  return { ...finding, repeat: again };
}
