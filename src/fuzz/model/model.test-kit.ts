import { randomUUID } from 'node:crypto';
import { type Alteration, startAlteringProxy } from '../../../test/provider/altering-proxy.ts';
import { createContracts } from '../../contract/contracts.ts';
import type { Scenario } from '../../domain/scenario.ts';
import { createBudget, type Ports } from '../../engine/ports.ts';
import { createRunWatch } from '../../engine/run-watch.ts';
import { startProviderClient } from '../../provider-client/provider-client.ts';
import type { Sandbox } from '../../sandbox/start-sandbox.ts';
import { startInbox } from '../../webhook/inbox.ts';
import type { Exploration, Explored } from '../exploration.ts';
import { fuzzCases } from '../tasks.ts';
import { exploreModel } from './explore-model.ts';

/** What a test says of an exploration; the rest is as a run has it. */
export type Choice = Partial<
  Pick<Exploration, 'seed' | 'runs' | 'path' | 'replayPath' | 'strands' | 'stopped'> &
    Pick<Ports, 'webhookDeadlineMs' | 'budget'>
>;

/** What exploring has shown and cost, and what `watch` makes of it while sockets are open. */
export interface Outcome<Seen> {
  readonly explored: Explored;
  readonly counts: Exploration['counts'];
  readonly seen: Seen;
}

const contracts = createContracts();

const SPAN = { file: 'fuzz.yaml', line: 1, column: 1 };

function modelScenario(): Scenario {
  const scenario: Scenario = {
    id: 'fuzz/model',
    name: 'Model',
    file: SPAN.file,
    span: SPAN,
    source: ['docs'],
    tags: [],
    environment: 'DEV',
    needs: ['DEV'],
    skip: null,
    sessions: 'per-case',
    fuzz: { requests: [], phases: ['model'], fields: null, runs: null, seed: null },
    cases: [],
  };
  return { ...scenario, cases: fuzzCases(scenario, contracts) };
}

/** Explores a task of the model against a sandbox behind a proxy that alters one thing, over real sockets. */
export async function explore<Seen = undefined>(
  sandbox: Sandbox,
  key: 'model.sequences' | 'model.races',
  alteration: Alteration,
  choice: Choice = {},
  watch?: (exploration: Exploration, explored: Explored) => Promise<Seen>,
): Promise<Outcome<Seen>> {
  await using proxy = await startAlteringProxy(sandbox, alteration);
  await using inbox = await startInbox({ signingKey: sandbox.signingKey, port: 0 });
  await using provider = startProviderClient({ baseUrl: proxy.baseUrl, connections: 16 });
  const { webhookDeadlineMs = 400, budget = createBudget(Number.POSITIVE_INFINITY), ...settings } = choice;
  let clients = 0;
  const ports: Ports = {
    provider,
    inbox,
    contracts,
    keys: sandbox.keys,
    env: {},
    now: Date.now,
    uuid: randomUUID,
    clientId: () => `ic-model-${++clients}`,
    webhookDeadlineMs,
    budget,
  };
  const exploration = createExploration(key, ports, settings);
  const explored = await exploreModel(exploration);
  return {
    explored,
    counts: { ...exploration.counts },
    seen: (await watch?.(exploration, explored)) as Seen,
  };
}

function createExploration(key: string, ports: Ports, settings: Partial<Exploration>): Exploration {
  const scenario = modelScenario();
  const testCase = scenario.cases.find(({ fuzz }) => fuzz?.key === key);
  if (testCase?.fuzz === undefined) throw new Error(`there is no task ${key}`);
  return {
    scenario,
    case: testCase,
    task: testCase.fuzz,
    contracts,
    ports,
    watch: createRunWatch(),
    seed: 1,
    runs: 100,
    path: null,
    replayPath: null,
    strands: 4,
    stopped: () => null,
    thrift: null,
    allPorts: ports,
    counts: { probes: 0, shrinks: 0, sessions: 0, exchanges: 0, deliveries: 0 },
    ...settings,
  };
}
