import type { CompiledContracts } from '../contract/contracts.ts';
import type { FuzzTask } from '../domain/fuzz.ts';
import type { Case, Scenario } from '../domain/scenario.ts';
import type { Forecast } from '../engine/forecast.ts';
import { probeCatalogue } from './catalogue.ts';
import { pairsOf } from './pairs.ts';
import type { Classified } from './probe.ts';
import { stepsOf } from './probe-steps.ts';
import { DEFAULT_RUNS, isDrawn } from './tasks.ts';
import { MOST_ROWS, probesTogether } from './together.ts';

/**
 * What fuzz cases will send and receive if the provider keeps its word, and takes all that is contested. What is enumerated is
 * counted; what is drawn costs about so much a run.
 */
export function forecastFuzz(scenario: Scenario, cases: readonly Case[], contracts: CompiledContracts): Forecast {
  const sum = { cases: cases.length, sessions: 0, exchanges: 0, webhooks: 0 };
  if (scenario.skip !== null) return sum;
  for (const { fuzz } of cases) {
    if (fuzz === undefined) continue;
    const cost = isDrawn(fuzz) ? drawn(scenario, fuzz) : enumerated(fuzz, contracts);
    sum.sessions += cost.sessions;
    sum.exchanges += cost.exchanges;
    sum.webhooks += cost.webhooks;
  }
  return sum;
}

type Cost = Omit<Forecast, 'cases'>;

function enumerated({ phase, operation, key }: FuzzTask, contracts: CompiledContracts): Cost {
  if (operation === null) return { sessions: 0, exchanges: 0, webhooks: 0 };
  const { clauses, probes } = probeCatalogue(contracts, operation);
  const clause = clauses.find((one) => one.key === key);
  const whole =
    phase === 'pairs' ? pairsOf(contracts, operation) : probesTogether(contracts, operation).slice(0, MOST_ROWS);
  const tried = clause === undefined ? whole : probes(clause);
  const creating = operation === 'createSession';
  const taken = tried.filter(({ side }) => side !== 'outside');
  const shared = creating || tried.length === 0 ? 0 : 1;
  return {
    sessions: creating ? taken.length : shared,
    exchanges: tried.length + shared,
    webhooks: tried.filter(isFollowed).length,
  };
}

function isFollowed(classified: Classified): boolean {
  const place = { span: { file: '', line: 1, column: 1 }, sharedKey: null };
  return stepsOf(classified, place).some(({ kind }) => kind === 'awaitWebhook');
}

/** What one run takes, by the task's key. */
const PER_RUN: Readonly<Record<string, Cost>> = {
  'createSession.valid-bodies': { sessions: 1, exchanges: 1, webhooks: 1 },
  'createSession.one-violation': { sessions: 0, exchanges: 1, webhooks: 0 },
  'createSession.names': { sessions: 1, exchanges: 1, webhooks: 1 },
  'addManualStatus.one-violation': { sessions: 1, exchanges: 2, webhooks: 0 },
  'addManualStatus.decisions': { sessions: 1, exchanges: 2, webhooks: 2 },
  'model.sequences': { sessions: 2, exchanges: 7, webhooks: 3 },
  'model.races': { sessions: 3, exchanges: 9, webhooks: 4 },
};

function drawn({ fuzz }: Scenario, { key }: FuzzTask): Cost {
  const runs = fuzz?.runs ?? DEFAULT_RUNS;
  const { sessions = 0, exchanges = 0, webhooks = 0 } = PER_RUN[key] ?? {};
  return { sessions: sessions * runs, exchanges: exchanges * runs, webhooks: webhooks * runs };
}
