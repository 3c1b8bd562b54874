import { parseDuration } from '../domain/duration.ts';
import { ScenarioError } from '../domain/harness-error.ts';
import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import type { Operation, WebhookKind } from '../domain/message.ts';
import type { Credentials, Payload, RequestStep, Step } from '../domain/scenario.ts';
import type { SourceSpan } from '../domain/span.ts';
import { isAbsent } from '../domain/template.ts';
import { manualBody, sessionBody } from './default-body.ts';
import {
  type ContestedPlan,
  type ExpectationPlan,
  fillContested,
  fillExpectation,
  lowerCaseNames,
} from './expectation.ts';
import { dropAbsent, type Fill, fillWith } from './matrix-scope.ts';
import type { FlowContext } from './natural-flow.ts';
import { quote } from './quote.ts';

/** The verbs of explicit steps. */
export const VERBS = [
  'createSession',
  'addManualStatus',
  'getStatus',
  'request',
  'awaitWebhook',
  'expectNoWebhook',
  'wait',
] as const;
/** What a step does. */
export type Verb = (typeof VERBS)[number];

/** Default name of what each verb receives. */
export const DEFAULT_CAPTURES: Readonly<Record<string, string>> = {
  createSession: 'session',
  addManualStatus: 'manualStatus',
  getStatus: 'status',
  request: 'response',
};

/** A step as written, before a case fills in its values. */
export interface StepPlan {
  readonly verb: Verb;
  readonly options: JsonObject;
  /** The duration of `wait`. */
  readonly wait: string;
  readonly expect: ExpectationPlan | null;
  readonly contested: ContestedPlan | null;
  readonly repeat: number;
  readonly span: SourceSpan;
}

const CREDENTIALS: readonly Json[] = ['DEV', 'TEST', 'PROD', 'DEMO', 'none', 'wrong-key', 'wrong-secret'];

/** The steps of one case. Throws ScenarioError when a template put a value of the wrong kind into a step. */
export function explicitSteps(context: FlowContext, plans: readonly StepPlan[], values: JsonObject): readonly Step[] {
  const fill = fillWith(values, context.names);
  return plans.flatMap((plan) => {
    const step = fillStep(context, plan, values, fill);
    return Array.from({ length: plan.repeat }, () => step);
  });
}

function fillStep(context: FlowContext, plan: StepPlan, values: JsonObject, fill: Fill): Step {
  const { options, span } = plan;
  const session = String(options.session ?? 'session');
  switch (plan.verb) {
    case 'wait':
      return { kind: 'wait', forMs: parseDuration(plan.wait) ?? 0, span };
    case 'expectNoWebhook':
      return { kind: 'expectNoWebhook', session, forMs: parseDuration(String(options.for)) ?? 0, span };
    case 'awaitWebhook': {
      const expect = fillExpectation(plan.expect, fill);
      return {
        kind: 'awaitWebhook',
        session,
        event: options.event as WebhookKind,
        withinMs: parseDuration(String(options.within)) ?? context.timeoutMs,
        as: options.as === undefined ? null : String(options.as),
        body: expect?.body ?? null,
        headers: expect?.headers ?? null,
        span,
      };
    }
    default:
      return fillRequest(context, plan, plan.verb, values, fill);
  }
}

function fillRequest(
  context: FlowContext,
  plan: StepPlan,
  verb: Operation | 'request',
  values: JsonObject,
  fill: Fill,
): RequestStep {
  const { options, span } = plan;
  const operation = verb === 'request' ? null : verb;
  const { payload, hidesCallback } = payloadOf(context, plan, verb, values, fill);
  const target = operation === null ? { method: 'GET', path: '/' } : context.grammar.operations[operation];
  const text = (key: string, otherwise: string): string =>
    options[key] === undefined ? otherwise : textOf(fill(options[key]), key, span);
  const callback =
    operation === 'createSession' && options.callback !== false && payload.kind === 'json' && !hidesCallback;
  const sharing = verb === 'createSession' ? context.sharedKey : null;
  const credentials = credentialsOf(text('credentials', context.credentials), span);
  return {
    kind: 'request',
    operation,
    method: text('method', target.method).toUpperCase(),
    path: text('path', target.path),
    headers: headersOf(options, fill),
    credentials,
    payload,
    callback,
    refuseWebhooks: typeof options.refuseWebhooks === 'number' ? options.refuseWebhooks : 0,
    as: String(options.as ?? DEFAULT_CAPTURES[verb]),
    sharedKey:
      sharing === null
        ? null
        : sharing([payload.kind === 'json' ? payload.value : payload, credentials, options.as ?? null]),
    expect: fillExpectation(plan.expect, fill),
    contested: fillContested(plan.contested, fill),
    span,
  };
}

function payloadOf(
  context: FlowContext,
  plan: StepPlan,
  verb: Operation | 'request',
  values: JsonObject,
  fill: Fill,
): { readonly payload: Payload; readonly hidesCallback: boolean } {
  const { options } = plan;
  const json = (value: Json): Payload => ({ kind: 'json', value });
  if (options.raw !== undefined) {
    return { payload: { kind: 'raw', text: textOf(fill(options.raw), 'raw', plan.span) }, hidesCallback: false };
  }
  if (options.body !== undefined) {
    const body = fill(options.body);
    return { payload: isAbsent(body) ? { kind: 'none' } : json(dropAbsent(body)), hidesCallback: false };
  }
  if (verb === 'request') return { payload: { kind: 'none' }, hidesCallback: false };
  if (verb === 'createSession') {
    const { body, hidesCallback } = sessionBody(
      context.bodies,
      values,
      fill,
      isJsonObject(options.with) ? options.with : {},
    );
    return { payload: json(body), hidesCallback };
  }
  const scanRef = options.scanRef ?? `\${{ ${String(options.session ?? 'session')}.scanRef }}`;
  if (verb === 'getStatus') return { payload: json(dropAbsent(fill({ scanRef }))), hidesCallback: false };
  const over = Object.fromEntries(
    ['manualFaceMatchResult', 'manualDocumentValidity'].flatMap((name): [string, Json][] =>
      options[name] === undefined ? [] : [[name, options[name]]],
    ),
  );
  return { payload: json(manualBody(context.bodies, values, fill, { scanRef, ...over })), hidesCallback: false };
}

function headersOf(options: JsonObject, fill: Fill): Readonly<Record<string, string>> {
  const given = lowerCaseNames(dropAbsent(fill(options.headers ?? {})));
  const type = options.contentType === undefined ? {} : { 'content-type': fill(options.contentType) };
  return Object.fromEntries(Object.entries({ ...type, ...given }).map(([name, value]) => [name, String(value)]));
}

function credentialsOf(value: string, span: SourceSpan): Credentials {
  if (CREDENTIALS.includes(value)) return value as Credentials;
  throw new ScenarioError(`The template gives ${quote(value)} where credentials are needed.`, {
    span,
    hint: `Credentials are ${CREDENTIALS.join(', ')}.`,
  });
}

function textOf(value: Json, key: string, span: SourceSpan): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new ScenarioError(`The template gives ${quote(value)} where \`${key}\` needs a text.`, {
    span,
    hint: 'Mend the values of the axis it refers to.',
  });
}
