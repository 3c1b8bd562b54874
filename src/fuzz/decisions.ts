import fc from 'fast-check';
import type { Json } from '../domain/json.ts';
import type { Step } from '../domain/scenario.ts';
import { AUTOMATIC } from '../engine/session-step.ts';
import { DEFAULT_SESSION } from '../scenario/default-body.ts';
import type { Exploration } from './exploration.ts';
import { trySteps } from './exploration.ts';
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
      return { steps, subject, attempt: () => trySteps(exploration, steps) };
    });
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
    { ...awaitStep('manual', span), body: { final: true, status: { overall: decided(manual) } } },
  ];
}

/** Only FACE_MATCH with DOC_VALIDATED gives an approved verification (`seed`). */
export function decided(manual: Omit<Decision, 'dummyStatus'>): 'APPROVED' | 'DENIED' {
  const approved = manual.manualFaceMatchResult === 'FACE_MATCH' && manual.manualDocumentValidity === 'DOC_VALIDATED';
  return approved ? 'APPROVED' : 'DENIED';
}
