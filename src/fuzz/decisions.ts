import fc from 'fast-check';
import type { Json } from '../domain/json.ts';
import type { Step } from '../domain/scenario.ts';
import { AUTOMATIC } from '../engine/session-step.ts';
import { DEFAULT_SESSION } from '../scenario/default-body.ts';
import type { Exploration } from './exploration.ts';
import { trySteps } from './exploration.ts';
import { decided, type Review } from './model/api-model.ts';
import { awaitStep, requestStep } from './probe-steps.ts';
import type { Draw } from './random-search.ts';

/** Any automatic result with any manual one: the overall status is the one that the vendor's page decides on. */
export function decisionDraws(exploration: Exploration): fc.Arbitrary<Draw> {
  const { contracts } = exploration;
  const values = (operation: 'createSession' | 'addManualStatus', field: string): fc.Arbitrary<Json> =>
    fc.constantFrom(...(contracts.fieldValues(operation, field) ?? []));
  return fc
    .record({
      dummyStatus: values('createSession', 'dummyStatus'),
      manualFaceMatchResult: values('addManualStatus', 'manualFaceMatchResult'),
      manualDocumentValidity: values('addManualStatus', 'manualDocumentValidity'),
    })
    .map((decision) => {
      const steps = stepsOfDecision(exploration, decision);
      const subject = `a ${String(decision.dummyStatus)} session reviewed as ${String(decision.manualFaceMatchResult)} with ${String(decision.manualDocumentValidity)}`;
      return { subject: () => subject, attempt: async (hurried) => ({ steps, tried: await trySteps(hurried, steps) }) };
    });
}

function reviewOf({ manualFaceMatchResult, manualDocumentValidity }: Omit<Decision, 'dummyStatus'>): Review {
  return { face: String(manualFaceMatchResult), document: String(manualDocumentValidity) };
}

interface Decision {
  readonly dummyStatus: Json;
  readonly manualFaceMatchResult: Json;
  readonly manualDocumentValidity: Json;
}

function stepsOfDecision({ case: { span } }: Exploration, { dummyStatus, ...manual }: Decision): readonly Step[] {
  const kind = AUTOMATIC[String(dummyStatus)];
  return [
    requestStep('createSession', { ...DEFAULT_SESSION, dummyStatus }, span, {}),
    ...(kind === undefined ? [] : [awaitStep(kind, span)]),
    requestStep('addManualStatus', { scanRef: '${{ session.scanRef }}', ...manual }, span, {}),
    { ...awaitStep('manual', span), body: { final: true, status: { overall: decided(reviewOf(manual)) } } },
  ];
}
