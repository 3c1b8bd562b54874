import { isJsonObject, type Json } from '../domain/json.ts';
import type { Operation } from '../domain/message.ts';
import { OPERATIONS } from '../domain/operations.generated.ts';
import type {
  AwaitWebhookStep,
  ContestedExpectation,
  RequestStep,
  ResponseExpectation,
  Step,
} from '../domain/scenario.ts';
import type { SourceSpan } from '../domain/span.ts';
import type { ErrorIdentifier } from '../domain/vocabulary.generated.ts';
import { ABOUT_VALUES } from '../engine/checks/response.ts';
import { AUTOMATIC } from '../engine/session-step.ts';
import { DEFAULT_SESSION } from '../scenario/default-body.ts';
import { DEFAULT_CAPTURES } from '../scenario/explicit-steps.ts';
import type { Classified } from './probe.ts';

/** A provider may refuse a value of another JSON type while it still reads the body. */
const ABOUT_JSON: readonly ErrorIdentifier[] = [...ABOUT_VALUES, 'JSON_ERROR', 'ENCODING_ERROR'];

/** Statuses of a refusal that is about what a request says: neither credentials, nor funds, nor too many requests. */
const REFUSALS: readonly number[] = [400, 404, 405, 409, 410, 413, 415, 422];

/** Where the steps stand, and whether the probes of a task share a session. */
export interface StepsPlace {
  readonly span: SourceSpan;
  /** Probes with the same key share the session that they are about; null: each has one of its own. */
  readonly sharedKey: string | null;
}

/** The steps that try a probe: what it is about comes last, but for the webhook that it makes due. */
export function stepsOf(classified: Classified, place: StepsPlace): readonly Step[] {
  const { probe, body } = classified;
  const request = requestStep(probe.operation, body, place.span, expectationOf(classified, place.span));
  if (probe.operation === 'createSession')
    return [request, ...(classified.side === 'inside' ? awaited(body, place) : [])];
  const session = requestStep('createSession', DEFAULT_SESSION, place.span, { sharedKey: place.sharedKey });
  const manual = classified.side === 'inside' && probe.operation === 'addManualStatus';
  return [session, awaitStep('auto', place.span), request, ...(manual ? [awaitStep('manual', place.span)] : [])];
}

/** What is due of the response to a probe. */
function expectationOf(
  { side, broken, probe, open }: Classified,
  span: SourceSpan,
): Pick<RequestStep, 'expect' | 'contested'> | Record<string, never> {
  if (side === 'inside') return {};
  if (side === 'outside') return { expect: refusal(probe.operation, broken, span), contested: null };
  const contested: ContestedExpectation = {
    question: open.map(({ question }) => question).join(' '),
    readings: [
      { name: 'taken', expect: { status: OPERATIONS[probe.operation].success, span } },
      { name: 'refused', expect: { status: REFUSALS, span } },
    ],
    span,
  };
  return { expect: null, contested };
}

/** What a scanRef that cannot be is refused with, no source says (facts, "add-dummy-status"). */
function refusal(operation: Operation, broken: readonly string[], span: SourceSpan): ResponseExpectation {
  if (operation !== 'createSession' && broken.some((key) => key.includes('.scanRef.')))
    return { status: REFUSALS, span };
  return { error: broken.some((key) => key.endsWith('.type')) ? ABOUT_JSON : ABOUT_VALUES, span };
}

function awaited(body: Json, { span }: StepsPlace): readonly Step[] {
  const kind = isJsonObject(body) && !('callbackUrl' in body) ? AUTOMATIC[String(body.dummyStatus)] : undefined;
  return kind === undefined ? [] : [awaitStep(kind, span)];
}

/** Waits for the webhook of a kind. */
export function awaitStep(event: AwaitWebhookStep['event'], span: SourceSpan): AwaitWebhookStep {
  return { kind: 'awaitWebhook', session: 'session', event, withinMs: null, as: null, body: null, headers: null, span };
}

/** A request of an operation as the DEV key pair sends it. */
export function requestStep(
  operation: Operation,
  value: Json,
  span: SourceSpan,
  over: Partial<RequestStep>,
): RequestStep {
  const { method, path } = OPERATIONS[operation];
  return {
    kind: 'request',
    operation,
    method,
    path,
    headers: {},
    credentials: 'DEV',
    payload: { kind: 'json', value },
    callback: operation === 'createSession',
    refuseWebhooks: 0,
    as: DEFAULT_CAPTURES[operation] ?? operation,
    sharedKey: null,
    expect: null,
    contested: null,
    span,
    ...over,
  };
}
