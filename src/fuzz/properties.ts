import fc from 'fast-check';
import type { Operation } from '../domain/message.ts';
import { brokenProbes, texts, validProbes } from './arbitraries.ts';
import { probeCatalogue } from './catalogue.ts';
import { decisionDraws } from './decisions.ts';
import { createEvidence, type EvidenceCollection } from './evidence.ts';
import type { Exploration, Explored } from './exploration.ts';
import type { Classified } from './probe.ts';
import { stepsOf } from './probe-steps.ts';
import { type Draw, searchRandomly } from './random-search.ts';
import { requestField } from './request-field.ts';
import type { PropertyKey } from './tasks.ts';
import { subjectOf, tryProbe } from './try-probe.ts';

/** Tries what is true of every body or every result: values drawn from the contracts, at their edges more often than between. */
export async function exploreProperty(exploration: Exploration): Promise<Explored> {
  const { contracts, task } = exploration;
  const operation: Operation = task.operation ?? 'createSession';
  const evidence = createEvidence(probeCatalogue(contracts, operation).clauses);
  const draws = DRAWS[task.key as PropertyKey](exploration, operation, evidence);
  const explored = await searchRandomly(exploration, () => draws);
  return { ...explored, clauses: evidence.clauses(null), observations: [] };
}

type DrawsOf = (exploration: Exploration, operation: Operation, evidence: EvidenceCollection) => fc.Arbitrary<Draw>;

const DRAWS: Readonly<Record<PropertyKey, DrawsOf>> = {
  'createSession.valid-bodies': (exploration, operation, evidence) =>
    validProbes(exploration.contracts, operation).map(drawOf(exploration, evidence)),
  'createSession.one-violation': (exploration, operation, evidence) =>
    brokenProbes(exploration.contracts, operation).map(drawOf(exploration, evidence)),
  'createSession.names': (exploration, _operation, evidence) =>
    namesOfAnyScript(exploration).map(drawOf(exploration, evidence)),
  'addManualStatus.one-violation': (exploration, operation, evidence) =>
    brokenProbes(exploration.contracts, operation).map(drawOf(exploration, evidence)),
  'addManualStatus.decisions': decisionDraws,
};

function drawOf(exploration: Exploration, evidence: EvidenceCollection): (classified: Classified) => Draw {
  return (classified) => ({
    subject: () => subjectOf(classified),
    async attempt(hurried) {
      const { tried, accepted } = await tryProbe(hurried, classified);
      if (accepted !== null) evidence.add(classified, accepted);
      return { tried, steps: stepsOf(classified, { span: exploration.case.span, sharedKey: null }) };
    },
  });
}

/** Names in letters of any script; how they come back is for the contract of the response to say. */
function namesOfAnyScript({ contracts }: Exploration): fc.Arbitrary<Classified> {
  const { classify } = probeCatalogue(contracts, 'createSession');
  const name = texts({ ...requestField(contracts, 'createSession', 'firstName'), maxLength: 12 });
  return fc
    .record({ firstName: name, lastName: name }, { requiredKeys: [] })
    .map((over) => classify({ operation: 'createSession', over }))
    .filter(({ side }) => side === 'inside');
}
