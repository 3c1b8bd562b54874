import type { Observation } from '../domain/contract.ts';
import { probeCatalogue } from './catalogue.ts';
import { createEvidence } from './evidence.ts';
import { type Exploration, type Explored, endOf, type Finding } from './exploration.ts';
import type { Classified, Classify } from './probe.ts';
import { failureKey, singleOut } from './single-out.ts';
import { inStrands } from './strands.ts';
import { findingOf, observationsOf, type TriedProbe, tryProbe } from './try-probe.ts';

/** Tries one clause of a request contract at its edges and beyond, every value there is. */
export async function exploreBoundaries(exploration: Exploration): Promise<Explored> {
  const { contracts, task } = exploration;
  if (task.operation === null) throw new Error(`the task ${task.key} names no request`);
  const { clauses, classify, probes } = probeCatalogue(contracts, task.operation);
  const clause = clauses.find(({ key }) => key === task.key);
  if (clause === undefined) throw new Error(`there is no clause ${task.key}`);
  const evidence = createEvidence(clauses);
  const tried = exploration.thrift?.choose(probes(clause)) ?? probes(clause);
  const explored = await exploreProbes(exploration, tried, classify, (one) => {
    if (one.accepted !== null) evidence.add(one.classified, one.accepted);
  });
  return { ...explored, clauses: evidence.clauses(clause) };
}

/** Tries probes, several at once, and keeps the plainest of those that fail in the same way. */
export async function exploreProbes(
  exploration: Exploration,
  probes: readonly Classified[],
  classify: Classify,
  onTried: (one: TriedProbe) => void,
): Promise<Omit<Explored, 'clauses'>> {
  const failed = new Map<string, { readonly index: number; readonly one: TriedProbe; others: number }>();
  const observations: Observation[] = [];
  const shared = probes[0]?.probe.operation !== 'createSession';
  const sessions: number[] = [];
  const strands = shared ? Math.min(exploration.strands, MOST_SESSIONS) : exploration.strands;
  const end = await inStrands(probes, strands, async (probe, index, strand) => {
    const stop = exploration.stopped();
    if (stop !== null) return stop;
    const session = exploration.thrift?.session() ?? `${exploration.task.key}#${strand}#${sessions[strand] ?? 0}`;
    const one = await tryProbe(exploration, probe, shared ? session : null);
    onTried(one);
    observations.push(...observationsOf(one));
    if (one.tried.result.failures.length === 0) return endOf(one.tried);
    // What a session has been through must not show in the next probe.
    sessions[strand] = (sessions[strand] ?? 0) + 1;
    exploration.thrift?.renewSession();
    const key = failureKey(one);
    const before = failed.get(key);
    const others = before === undefined ? 0 : before.others + 1;
    failed.set(key, before === undefined || index < before.index ? { index, one, others } : { ...before, others });
    return null;
  });
  const plainest = [...failed.values()].sort((a, b) => a.index - b.index).slice(0, MOST_FINDINGS);
  const findings: Finding[] = [];
  for (const { one, others } of plainest) {
    const finding = findingOf(await singleOut(exploration, one, classify));
    findings.push(others === 0 ? finding : { ...finding, subject: `${finding.subject} (and ${others} more values)` });
  }
  return { findings, observations, end };
}

/** Probes that are about a session take turns on so many. */
const MOST_SESSIONS = 4;

/** Findings of one task that are told apart. */
const MOST_FINDINGS = 3;
