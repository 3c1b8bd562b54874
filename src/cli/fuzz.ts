import { randomInt } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { ConfigurationError } from '../domain/harness-error.ts';
import { type RunFlags, run } from './run.ts';

/** Flags of `fuzz`. */
export interface FuzzFlags extends Omit<RunFlags, 'fuzz' | 'resume'> {
  readonly runs?: number;
  /** In ms. */
  readonly maxTime?: number;
  readonly path?: string;
  readonly replayPath?: string;
}

/** Everything that the contracts say of requests; what `fuzz` explores when it is given no file. */
const EVERYTHING = fileURLToPath(new URL('../../contracts/fuzz.yaml', import.meta.url));

/** Sessions that a live provider is asked for unless the flags say more: each may cost something. */
const LIVE_BUDGET = 50;

const SEEDS = 2 ** 32;

/** Fuzzes the requests: a run of nothing but fuzz cases, with a seed of its own unless it is given one. */
export async function fuzz(paths: readonly string[], flags: FuzzFlags): Promise<void> {
  const { runs, maxTime, path, replayPath, only = [], seed, ...others } = flags;
  if (path !== undefined && (seed === undefined || only.length !== 1)) {
    throw new ConfigurationError(
      '--path leads to a value only from the seed and within the task that it was found with',
      {
        hint: 'give --only, --seed and --path together, as the finding printed them',
      },
    );
  }
  const budget = flags.budget ?? (flags.target === 'live' ? LIVE_BUDGET : undefined);
  await run(paths.length > 0 ? paths : [EVERYTHING], {
    ...others,
    only,
    seed: seed ?? randomInt(SEEDS),
    ...(budget === undefined ? {} : { budget }),
    fuzz: {
      ...(runs === undefined ? {} : { runs }),
      ...(maxTime === undefined ? {} : { maxTimeMs: maxTime }),
      ...(path === undefined ? {} : { path }),
      ...(replayPath === undefined ? {} : { replayPath }),
    },
  });
}
