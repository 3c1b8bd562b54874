import type { CompiledContracts } from '../contract/contracts.ts';
import type { FuzzPhase, FuzzSection, FuzzTask } from '../domain/fuzz.ts';
import type { Case, Scenario } from '../domain/scenario.ts';
import { requestClauses } from './request-clauses.ts';

/** Runs of a property or of the model when nobody says how many. */
export const DEFAULT_RUNS = 100;

/** The cases of a scenario that fuzzes: one for each clause, each request's pairs, each property, and the model. */
export function fuzzCases(scenario: Scenario, contracts: CompiledContracts): readonly Case[] {
  const { fuzz } = scenario;
  if (fuzz === null) return [];
  return tasksOf(fuzz, contracts).map((task) => ({
    id: `${scenario.id}/${task.key}`,
    title: task.key,
    values: { phase: task.phase, request: task.operation, field: task.field },
    span: scenario.span,
    fuzz: task,
    steps: () => [],
  }));
}

function tasksOf(section: FuzzSection, contracts: CompiledContracts): readonly FuzzTask[] {
  const { requests, fields } = section;
  const boundaries = requests.flatMap((operation) =>
    requestClauses(contracts, operation)
      .filter(({ field }) => fields === null || (field !== null && fields.includes(field)))
      .map((clause): FuzzTask => {
        const { key, field, id } = clause;
        return { phase: 'boundaries', key, operation, field, clause: id };
      }),
  );
  const whole = (phase: FuzzPhase, key: string, operation: FuzzTask['operation']): FuzzTask => ({
    phase,
    key,
    operation,
    field: null,
    clause: null,
  });
  const together = requests
    .filter((operation) => operation === 'createSession')
    .map((operation) => whole('boundaries', `${operation}.together`, operation));
  const pairs = requests.map((operation) => whole('pairs', `${operation}.pairs`, operation));
  const properties = PROPERTIES.filter(({ operation }) => requests.includes(operation)).map(({ key, operation }) =>
    whole('properties', key, operation),
  );
  const model = ['model.sequences', 'model.races'].map((key) => whole('model', key, null));
  // Properties and the model are about whole sessions: a choice of fields is not theirs.
  const others = fields === null ? [...pairs, ...model, ...properties] : [];
  // What many fields share comes first and what is never judged last: a budget may end in between.
  const tasks = [
    ...(fields === null ? together : []),
    ...boundaries.filter((task) => !isContested(task)),
    ...others,
    ...boundaries.filter(isContested),
  ];
  return tasks.filter(({ phase }) => section.phases.includes(phase));
}

/** True when a task probes a clause about which the sources disagree: it is never judged. */
export function isContested({ clause }: FuzzTask): boolean {
  return clause?.endsWith('/x-contested') === true;
}

/** True when a task draws what it tries; other tasks enumerate it. */
export function isDrawn({ phase }: FuzzTask): boolean {
  return phase === 'properties' || phase === 'model';
}

/** What is true of every body or result; explored by `properties.ts`. */
const PROPERTIES = [
  { key: 'createSession.valid-bodies', operation: 'createSession' },
  { key: 'createSession.one-violation', operation: 'createSession' },
  { key: 'createSession.names', operation: 'createSession' },
  { key: 'addManualStatus.one-violation', operation: 'addManualStatus' },
  { key: 'addManualStatus.decisions', operation: 'addManualStatus' },
] as const;

/** Key of a property. */
export type PropertyKey = (typeof PROPERTIES)[number]['key'];
