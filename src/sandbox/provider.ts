import type { Json, JsonObject } from '../domain/json.ts';
import type { Environment, Operation } from '../domain/message.ts';
import { EVENT_TYPES } from '../domain/message.ts';
import type { DummyStatus, ManualDocumentValidity, ManualFaceMatchResult } from '../domain/vocabulary.generated.ts';
import type { Acceptance, DueWebhook } from './acceptance.ts';
import { acceptedFields, checkFields } from './field-check.ts';
import { DOCUMENTED_RULES, type RequestRules } from './field-rules.ts';
import { type Refusal, refuse } from './refusal.ts';
import { automaticCause, automaticStatus, type Cause, reviewSession, type Session } from './session.ts';
import { createSessionStore, type SessionStore } from './session-store.ts';
import { createTokenResponse } from './token-response.ts';
import { createWebhookBody } from './webhook-body.ts';

/** Where new names come from; injected, so that tests can foresee them. */
export interface ProviderIds {
  uuid(): string;
  /** 40 characters. */
  authToken(): string;
  /** 8 digits. */
  digits(): string;
}

/** What a provider needs from outside. */
export interface ProviderOptions {
  readonly ids: ProviderIds;
  /** Unix time in ms. */
  readonly now: () => number;
  /** Where webhooks go when a session names no callbackUrl; without either none is sent. */
  readonly webhookUrl?: string;
  /** Sends the legacy event type IDENTIFICATION for every outcome. */
  readonly legacyEvents?: boolean;
  /** The rules of each request; the documented ones unless told otherwise. */
  readonly rules?: RequestRules;
}

/** The provider without its sockets: requests in, answers and due webhooks out. */
export interface Provider {
  handle(operation: Operation, environment: Environment, body: JsonObject): Acceptance | Refusal;
}

interface Context extends ProviderOptions {
  readonly sessions: SessionStore;
  readonly fields: RequestRules[Operation];
  readonly environment: Environment;
}

type Handler = (context: Context, body: JsonObject) => Acceptance | Refusal;

const HANDLERS: Readonly<Record<Operation, Handler>> = {
  createSession,
  addManualStatus,
  getStatus,
};

/** Creates a provider with no sessions. */
export function createProvider(options: ProviderOptions): Provider {
  const sessions = createSessionStore();
  const rules = options.rules ?? DOCUMENTED_RULES;
  return {
    handle(operation, environment, body) {
      const context: Context = { ...options, sessions, fields: rules[operation], environment };
      const dummy = operation === 'addManualStatus' || (operation === 'createSession' && isGiven(body, 'dummyStatus'));
      const refusal = (dummy ? dummyRefusal(environment) : undefined) ?? checkFields(context.fields, body);
      return refusal ?? HANDLERS[operation](context, body);
    },
  };
}

function isGiven(body: JsonObject, field: string): boolean {
  return Object.hasOwn(body, field) && body[field] !== null;
}

/** Dummy results work in DEV only (`seed`; the DEMO message is from `docs`). */
function dummyRefusal(environment: Environment): Refusal | undefined {
  if (environment === 'DEV') return undefined;
  const partners = environment === 'DEMO' ? 'DEMO' : 'TESTING/PRODUCTION';
  return refuse('PERMISSIONS_ERROR', `This endpoint is not available for ${partners} partners.`);
}

function createSession(context: Context, body: JsonObject): Acceptance {
  const { ids, sessions, environment } = context;
  const request = acceptedFields(context.fields, body);
  const session: Session = {
    scanRef: ids.uuid(),
    environment,
    request,
    createdAt: context.now(),
    companyId: ids.uuid(),
    beneficiaryId: ids.uuid(),
    status: automaticStatus(request.dummyStatus as DummyStatus | undefined),
  };
  sessions.put(session);
  const authToken = ids.authToken();
  const response = createTokenResponse(session, {
    authToken,
    digitString: request.generateDigitString === true ? ids.digits() : null,
    // A reserved name that never resolves: nobody is sent to the vendor's pages with a token that means nothing there.
    redirectUrl: `https://sandbox.invalid/redirect?authToken=${authToken}`,
  });
  return accept(201, response, dueWebhook(context, session, automaticCause(session)));
}

function addManualStatus(context: Context, body: JsonObject): Acceptance | Refusal {
  const session = findSession(context, body);
  if (session === undefined) return unknownSession();
  const { manualFaceMatchResult: face, manualDocumentValidity: document } = body;
  const reviewed = reviewSession(session, face as ManualFaceMatchResult, document as ManualDocumentValidity);
  context.sessions.put(reviewed);
  const answer = { message: 'Dummy status added successfully' };
  return accept(200, answer, dueWebhook(context, reviewed, { kind: 'manual', final: true }));
}

function getStatus(context: Context, body: JsonObject): Acceptance | Refusal {
  const session = findSession(context, body);
  if (session === undefined) return unknownSession();
  const { status, scanRef, request } = session;
  return accept(200, {
    status: status.overall,
    autoDocument: status.autoDocument ?? '',
    autoFace: status.autoFace ?? '',
    manualDocument: status.manualDocument ?? '',
    manualFace: status.manualFace ?? '',
    fraudTags: status.fraudTags,
    mismatchTags: status.mismatchTags,
    scanRef,
    clientId: request.clientId ?? null,
  });
}

function findSession({ sessions, environment }: Context, body: JsonObject): Session | undefined {
  const session = sessions.get(String(body.scanRef));
  return session?.environment === environment ? session : undefined;
}

function unknownSession(): Refusal {
  return refuse('BAD_VALUE', 'Field "scanRef" names no verification of this environment.');
}

function accept(status: number, body: Json, webhook?: DueWebhook): Acceptance {
  return { kind: 'acceptance', status, body, ...(webhook === undefined ? {} : { webhook }) };
}

function dueWebhook(context: Context, session: Session, cause: Cause | undefined): DueWebhook | undefined {
  const url = session.request.callbackUrl ?? context.webhookUrl;
  if (cause === undefined || typeof url !== 'string') return undefined;
  const [specific = '', legacy = ''] = EVENT_TYPES[cause.kind];
  return {
    scanRef: session.scanRef,
    eventType: context.legacyEvents === true ? legacy : specific,
    url,
    body: createWebhookBody(session, cause.final, context.now()),
  };
}
