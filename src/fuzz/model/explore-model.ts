import fc from 'fast-check';
import type { Exploration, Explored } from '../exploration.ts';
import { type Draw, searchRandomly } from '../random-search.ts';
import { type ApiModel, createModel } from './api-model.ts';
import { type Command, commandOf, racingCommandOf } from './commands.ts';
import { createModelSteps } from './model-steps.ts';
import { type Acts, attempt, type Performer } from './performer.ts';
import { createRounds } from './rounds.ts';

/** Most commands of one sequence, more would be read by nobody, and most sessions. */
const USUAL = { commands: { maxCommands: 12 }, sessions: 4 } as const;
/** Where sessions are dear, few of them have to do for many commands. */
const THRIFTY = { commands: { maxCommands: 40, size: 'max' }, sessions: 2 } as const;

/** Most commands of each of the sequences that race. */
const MOST_RACING_COMMANDS = 6;

/** Random sequences over several sessions, one after the other or several at once, held against a small model of the API. */
export async function exploreModel(exploration: Exploration): Promise<Explored> {
  const races = exploration.task.key === 'model.races';
  const draws = races ? raceDraws : sequenceDraws;
  // What other strands send would be a part of the race, and be missing when it is repeated.
  const alone = races ? { ...exploration, strands: 1 } : exploration;
  return { ...(await searchRandomly(alone, () => draws(alone))), clauses: [], observations: [] };
}

function sequenceDraws(exploration: Exploration): fc.Arbitrary<Draw> {
  const { contracts, case: testCase, replayPath, thrift } = exploration;
  const { commands: length, sessions } = thrift === null ? USUAL : THRIFTY;
  const command = commandOf(contracts, createModelSteps(testCase.span), settleMs(exploration), sessions);
  const settings = { ...length, ...(replayPath === null ? {} : { replayPath }) };
  return fc.commands([command], settings).map((commands) => ({
    // Of commands fast-check writes those that were run; every sequence ends with a watch.
    subject: () => `the sequence ${String(commands).replace(/(?:,watch)*\s*(?:\/\*.*\*\/\s*)?$/, '')}`,
    replayPath: () => /replayPath="([^"]+)"/.exec(String(commands))?.[1] ?? null,
    attempt: (hurried) =>
      attempt(
        hurried,
        (performer) => fc.asyncModelRun(() => ({ model: createModel('s'), real: performer() }), commands),
        ({ run }) => settle(hurried, [...run.sessions.keys()]),
      ),
  }));
}

/**
 * Sequences with sessions of their own, their requests in flight at the same time.
 * They are plain lists, whose path alone replays them: a path to several `fc.commands` would need a replay path of each.
 */
function raceDraws(exploration: Exploration): fc.Arbitrary<Draw> {
  const { contracts, case: testCase } = exploration;
  const command = racingCommandOf(contracts, createModelSteps(testCase.span));
  const racer = fc.array(command, { minLength: 1, maxLength: MOST_RACING_COMMANDS });
  const racers = fc.array(racer, { minLength: 2, maxLength: RACERS.length });
  return fc.tuple(fc.scheduler(), racers).map(([scheduler, sequences]) => {
    const ran: string[][] = sequences.map(() => []);
    return {
      subject: () => `at the same time ${ran.map((labels) => labels.join() || 'nothing').join(' and ')}`,
      attempt: (hurried) =>
        attempt(
          hurried,
          (performer) => {
            const rounds = createRounds(scheduler, sequences.length);
            const racing = performer(rounds.turn);
            const all = sequences.map((commands, at) =>
              race(commands, createModel(RACERS[at] ?? 'x'), racing, ran[at] ?? []).finally(rounds.leave),
            );
            return allOf(all);
          },
          ({ run }) => settle(hurried, [...run.sessions.keys()]),
        ),
      // One after the other the steps may show nothing.
      isRace: true,
    };
  });
}

/** Begin the names of the sessions of each sequence. */
const RACERS = ['a', 'b', 'c'] as const;

async function race(commands: readonly Command[], model: ApiModel, performer: Performer, ran: string[]): Promise<void> {
  for (const command of commands) {
    if (!command.check(model)) continue;
    ran.push(String(command));
    await command.run(model, performer);
  }
}

/** Waits for all of them even when one fails: nothing is under way when their case is closed. */
async function allOf(acts: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(acts)).find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** The share of the time that a webhook may take for which a sequence watches that none comes unasked, and its least, in ms. */
const SETTLE_SHARE = 1 / 250;
const LEAST_SETTLE_MS = 20;

function settleMs({ ports }: Exploration): number {
  return Math.max(LEAST_SETTLE_MS, Math.ceil(ports.webhookDeadlineMs * SETTLE_SHARE));
}

/** What comes unasked, comes soon; what comes later is found when the run ends. */
function settle(exploration: Exploration, sessions: readonly string[]): Acts {
  return createModelSteps(exploration.case.span).watch(sessions, settleMs(exploration));
}
