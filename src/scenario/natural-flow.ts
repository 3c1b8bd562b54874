import type { ScenarioGrammar } from '../domain/grammar.ts';
import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import type { Operation, WebhookKind } from '../domain/message.ts';
import type { AwaitWebhookStep, Credentials, RequestStep, Step } from '../domain/scenario.ts';
import type { SourceSpan } from '../domain/span.ts';
import type { Row, WebhookPlan } from './decision-table.ts';
import { type BodyParts, manualBody, sessionBody } from './default-body.ts';
import { expectsError, fillContested, fillExpectation } from './expectation.ts';
import { type Fill, fillWith } from './matrix-scope.ts';

/** What every step of a scenario needs to know of it. */
export interface FlowContext {
  readonly grammar: ScenarioGrammar;
  readonly bodies: BodyParts;
  readonly names: readonly string[];
  readonly credentials: Credentials;
  /** Deadline of awaited webhooks in ms; null takes the run's default. */
  readonly timeoutMs: number | null;
  /** Turns the request of a createSession step into the key under which its session is shared; null: not shared. */
  readonly sharedKey: ((request: Json) => string) | null;
  readonly span: SourceSpan;
}

/** Names under which the steps of the natural flow keep what they receive. */
export const NATURAL_CAPTURES = ['session', 'autoWebhook', 'manualStatus', 'manualWebhook'] as const;

/** The webhook a dummyStatus causes by itself; ACTIVE means that no decision is due (`docs`, vocabulary). */
const AUTOMATIC: ReadonlyMap<Json, WebhookKind> = new Map<Json, WebhookKind>([
  ['APPROVED', 'auto'],
  ['DENIED', 'auto'],
  ['SUSPECTED', 'auto'],
  ['EXPIRED', 'expired'],
]);

/** True when the natural flow of a case adds a manual status. */
export function hasManual(bodies: BodyParts, values: JsonObject): boolean {
  return Object.keys(bodies.manual).length > 0 || bodies.manualAxes.some((name) => values[name] !== undefined);
}

/** Create the session, await its automatic webhook, add the manual status, await its webhook: as far as the row expects success. */
export function naturalSteps(context: FlowContext, row: Row | undefined, values: JsonObject): readonly Step[] {
  const fill = fillWith(values, context.names);
  const { body, hidesCallback } = sessionBody(context.bodies, values, fill);
  const created = requestStep(context, 'createSession', body, row, fill, !hidesCallback);
  if (expectsError(created.expect, created.contested)) return [created];
  const status = isJsonObject(body) ? body.dummyStatus : undefined;
  const steps: Step[] = [created];
  const event = status === undefined ? undefined : AUTOMATIC.get(status);
  steps.push(...awaited(context, row?.autoWebhook ?? null, event, 'autoWebhook', fill));
  if (!hasManual(context.bodies, values)) return steps;
  const added = requestStep(
    context,
    'addManualStatus',
    manualBody(context.bodies, values, fill, SESSION_SCAN_REF),
    row,
    fill,
    false,
  );
  steps.push(added);
  if (expectsError(added.expect, added.contested)) return steps;
  return [...steps, ...awaited(context, row?.manualWebhook ?? null, 'manual', 'manualWebhook', fill)];
}

const SESSION_SCAN_REF: JsonObject = { scanRef: '${{ session.scanRef }}' };

function requestStep(
  context: FlowContext,
  operation: Exclude<Operation, 'getStatus'>,
  body: Json,
  row: Row | undefined,
  fill: Fill,
  callback: boolean,
): RequestStep {
  const created = operation === 'createSession';
  const plan = (created ? row?.response : row?.manualResponse) ?? null;
  const { method, path } = context.grammar.operations[operation];
  return {
    kind: 'request',
    operation,
    method,
    path,
    headers: {},
    credentials: context.credentials,
    payload: { kind: 'json', value: body },
    callback,
    refuseWebhooks: 0,
    as: created ? 'session' : 'manualStatus',
    sharedKey: created && context.sharedKey !== null ? context.sharedKey(body) : null,
    expect: fillExpectation(plan?.expect ?? null, fill),
    contested: fillContested(plan?.contested ?? null, fill),
    span: plan?.expect?.span ?? plan?.contested?.span ?? row?.span ?? context.span,
  };
}

/** The step that awaits a webhook: when the row states one, or when it says nothing and one is due by itself. */
function awaited(
  context: FlowContext,
  plan: WebhookPlan | null,
  event: WebhookKind | undefined,
  as: string,
  fill: Fill,
): readonly AwaitWebhookStep[] {
  if (plan === null ? event === undefined : plan.body === null) return [];
  return [
    {
      kind: 'awaitWebhook',
      session: 'session',
      event: event ?? 'auto',
      withinMs: context.timeoutMs,
      as,
      body: plan?.body == null ? null : fill(plan.body),
      headers: null,
      span: plan?.span ?? context.span,
    },
  ];
}
