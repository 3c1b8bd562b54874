import fc from 'fast-check';
import type { Step } from '../../domain/scenario.ts';
import type { EarlyEnd } from '../../engine/case-run.ts';
import { type OpenCase, openCase } from '../../engine/run-case.ts';
import { count, type Exploration, type Explored } from '../exploration.ts';
import { type Attempted, type Draw, searchRandomly } from '../random-search.ts';
import { type ApiModel, createModel } from './api-model.ts';
import { type Command, commandArbitraries, type Performer } from './commands.ts';

/** Most commands of one sequence: more would be read by nobody. Where sessions are dear, few sessions have to do for many commands. */
const MOST_COMMANDS = 12;
const MOST_THRIFTY_COMMANDS = 40;
const MOST_SESSIONS = 4;
const MOST_THRIFTY_SESSIONS = 2;

/** Random sequences over several sessions, one after the other or several at once, held against a small model of the API. */
export async function exploreModel(exploration: Exploration): Promise<Explored> {
  const draws = exploration.task.key === 'model.races' ? raceDraws : sequenceDraws;
  return { ...(await searchRandomly(exploration, () => draws(exploration))), clauses: [], observations: [] };
}

function sequences({ contracts, case: { span }, replayPath, thrift }: Exploration): fc.Arbitrary<Iterable<Command>> {
  const length =
    thrift === null ? { maxCommands: MOST_COMMANDS } : { maxCommands: MOST_THRIFTY_COMMANDS, size: 'max' as const };
  const sessions = thrift === null ? MOST_SESSIONS : MOST_THRIFTY_SESSIONS;
  const settings = { ...length, ...(replayPath === null ? {} : { replayPath }) };
  return fc.commands(commandArbitraries(contracts, span, sessions), settings);
}

function sequenceDraws(exploration: Exploration): fc.Arbitrary<Draw> {
  return sequences(exploration).map((commands) => ({
    subject: () => `the sequence ${labels(commands)}`,
    replayPath: () => replayPathOf(commands),
    attempt: (hurried) =>
      attempt(hurried, (performer) => fc.asyncModelRun(() => ({ model: createModel('s'), real: performer }), commands)),
  }));
}

/** Sequences with sessions of their own, their requests in flight at the same time, in an order that is drawn as well. */
function raceDraws(exploration: Exploration): fc.Arbitrary<Draw> {
  const { contracts, case: testCase } = exploration;
  const one = fc.array(fc.oneof(...commandArbitraries(contracts, testCase.span, MOST_THRIFTY_SESSIONS)), {
    maxLength: MOST_COMMANDS,
  });
  return fc.tuple(fc.scheduler(), one, one).map(([scheduler, ...racers]) => ({
    subject: () => `at the same time ${racers.map((commands) => `[${commands.join()}]`).join(' and ')}`,
    attempt: (hurried) =>
      attempt(hurried, async (performer) => {
        const run = async (commands: Iterable<Command>, prefix: string): Promise<void> => {
          const model: ApiModel = createModel(prefix);
          for (const command of commands) {
            if (!command.check(model)) continue;
            await scheduler.schedule(Promise.resolve(), String(command));
            await command.run(model, performer);
          }
        };
        await scheduler.waitFor(Promise.all(racers.map((commands, index) => run(commands, 'ab'.charAt(index)))));
      }),
    // One after the other the steps may show nothing.
    isRace: true,
  }));
}

/** Ends a sequence: the provider broke its word, or the case cannot go on. */
class SequenceEnd extends Error {
  readonly end: EarlyEnd | null;

  constructor(end: EarlyEnd | null) {
    super('the sequence ends');
    this.end = end;
  }
}

/** Performs commands as one case, watches briefly that nothing comes unasked, and gives what came of it all. */
async function attempt(exploration: Exploration, run: (performer: Performer) => Promise<void>): Promise<Attempted> {
  const { scenario, case: testCase, ports, watch, counts } = exploration;
  const open = openCase(scenario, testCase, ports, watch);
  const performer: Performer = {
    async perform(steps) {
      for (const step of steps) await performOne(open, step);
    },
  };
  let end: EarlyEnd | null = null;
  try {
    await run(performer);
    await performer.perform(settleSteps(open, exploration));
  } catch (error) {
    if (!(error instanceof SequenceEnd)) throw error;
    end = error.end;
  }
  const tried = await open.close(end);
  count(counts, tried);
  return { tried, steps: open.run.steps };
}

async function performOne(open: OpenCase, step: Step): Promise<void> {
  const end = await open.perform(step);
  if (end !== null || open.run.failures.length > 0) throw new SequenceEnd(end);
}

/** The share of the time that a webhook may take for which a sequence watches that none comes unasked, and its least, in ms. */
const SETTLE_SHARE = 1 / 250;
const LEAST_SETTLE_MS = 20;

/** What comes unasked, comes soon; what comes later is found when the run ends. */
function settleSteps({ run }: OpenCase, { ports, case: { span } }: Exploration): readonly Step[] {
  const forMs = Math.max(LEAST_SETTLE_MS, Math.ceil(ports.webhookDeadlineMs * SETTLE_SHARE));
  return [...run.sessions.keys()].map((session, index) => ({
    kind: 'expectNoWebhook',
    session,
    forMs: index === 0 ? forMs : 1,
    span,
  }));
}

/** The commands of a sequence that were run, as fast-check writes them. */
function labels(commands: Iterable<Command>): string {
  return String(commands).replace(/\s*\/\*.*\*\/\s*$/, '');
}

function replayPathOf(commands: Iterable<Command>): string | null {
  return /replayPath="([^"]+)"/.exec(String(commands))?.[1] ?? null;
}
