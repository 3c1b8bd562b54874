import { createHash } from 'node:crypto';
import { createContracts } from '../contract/contracts.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import type { Mailbox, WebhookInbox } from '../domain/mailbox.ts';
import type { Delivery, DeliveryReceipt, Exchange, ProviderRequest, RefusedRequest } from '../domain/message.ts';
import type { AwaitWebhookStep, Case, RequestStep, ResponseExpectation, Scenario, Step } from '../domain/scenario.ts';
import type { SourceSpan } from '../domain/span.ts';
import { createBudget, type Ports } from './ports.ts';

/** A place in a scenario file that does not exist. */
export function spanAt(line: number): SourceSpan {
  return { file: 'scenarios/a.yaml', line, column: 1 };
}

/** What a test says of a delivery; the rest is as a faithful provider sends it. */
export interface DeliveryChanges {
  readonly body?: Json;
  readonly rawBody?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signature?: Delivery['signature'];
  readonly answered?: number;
  readonly acknowledged?: boolean;
}

let arrived = 0;

/** A webhook of this event type as the inbox hands it over. */
export function createDelivery(eventType: string, changes: DeliveryChanges = {}): Delivery {
  const text = changes.rawBody ?? JSON.stringify(changes.body ?? {});
  const body = changes.rawBody === undefined ? (changes.body ?? {}) : undefined;
  const answered = changes.answered ?? 200;
  const receipt: DeliveryReceipt = {
    digest: createHash('sha256').update(text).digest('hex'),
    eventType,
    answered,
    acknowledged: changes.acknowledged ?? answered < 300,
  };
  arrived += 1;
  return {
    sequence: arrived,
    receivedAt: 1_700_000_000_000 + arrived,
    headers: {
      'content-type': 'application/json',
      ...(eventType === '' ? {} : { 'idenfy-event-type': eventType }),
      'idenfy-signature': 'a'.repeat(64),
      ...changes.headers,
    },
    rawBody: Buffer.from(text),
    body,
    signature: changes.signature ?? 'valid',
    scanRef: (body as JsonObject | undefined)?.scanRef as string | undefined,
    receipt,
  };
}

/** A mailbox in memory. */
export interface TestMailbox extends Mailbox {
  deliver(delivery: Delivery): void;
}

/** Creates an empty mailbox. */
export function createMailbox(scanRef: string): TestMailbox {
  let deliveries: Delivery[] = [];
  let wake: () => void = () => {};
  return {
    scanRef,
    get deliveries() {
      return deliveries;
    },
    deliver(delivery) {
      deliveries.push(delivery);
      wake();
    },
    async arrival(seen, ms) {
      if (deliveries.length > seen) return true;
      if (ms <= 0) return false;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      return deliveries.length > seen;
    },
    release() {
      deliveries = [];
    },
  };
}

/** What a provider in memory answers. */
export interface TestAnswer {
  readonly status: number;
  readonly body?: Json;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly bodyProblem?: string;
}

/** Ports that open nothing, and what went through them. */
export interface TestPorts {
  readonly ports: Ports;
  readonly requests: ProviderRequest[];
  /** Puts a delivery into the mailbox of its scanRef, or among the unmatched. */
  deliver(delivery: Delivery, scanRef?: string): void;
  /** Has the inbox refuse a request. */
  refuse(changes: Partial<RefusedRequest>): void;
}

const contracts = createContracts();

/** Creates ports around a provider that is a function; it may deliver webhooks before it answers. */
export function createTestPorts(
  respond: (request: ProviderRequest, body: JsonObject) => TestAnswer,
  changes: Partial<Ports> = {},
): TestPorts {
  const mailboxes = new Map<string, TestMailbox>();
  const unmatched: Delivery[] = [];
  const refused: RefusedRequest[] = [];
  const requests: ProviderRequest[] = [];
  const mailbox = (scanRef: string): TestMailbox => {
    const box = mailboxes.get(scanRef) ?? createMailbox(scanRef);
    mailboxes.set(scanRef, box);
    return box;
  };
  const opened = new Set<string>();
  const callbackUrl = 'http://127.0.0.1:1/inbox';
  const inbox: WebhookInbox = {
    callbackUrl,
    refusingUrl: (times) => `${callbackUrl}/refusing-${times}`,
    receives: (url) => url.startsWith(callbackUrl),
    mailbox(scanRef) {
      opened.add(scanRef);
      return mailbox(scanRef);
    },
    isOpen: (scanRef) => opened.has(scanRef),
    forget: (scanRef) => void opened.delete(scanRef),
    unmatched: () => unmatched,
    refused: () => refused,
    counts: () => ({ received: 0, badSignatures: 0, refused: refused.length, elsewhere: 0 }),
    quiet: async () => {},
  };
  const send = async (request: ProviderRequest): Promise<Exchange> => {
    requests.push(request);
    const { status, body, text, headers, bodyProblem } = respond(request, parse(request.body));
    const response = {
      status,
      headers: { 'content-type': 'application/json', ...headers },
      body: text ?? JSON.stringify(body ?? {}),
      ...(bodyProblem === undefined ? {} : { bodyProblem }),
    };
    return { request, response, sentAt: Date.now(), latencyMs: 1 };
  };
  let count = 0;
  const ports: Ports = {
    provider: { send },
    inbox,
    contracts,
    keys: { DEV: { apiKey: 'dev-key', apiSecret: 'dev-secret' } },
    env: {},
    now: Date.now,
    uuid: () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`,
    clientId: () => `client-${++count}`,
    webhookDeadlineMs: 30,
    budget: createBudget(Number.POSITIVE_INFINITY),
    ...changes,
  };
  const deliver = (delivery: Delivery, scanRef = delivery.scanRef): void => {
    if (scanRef === undefined) unmatched.push(delivery);
    else mailbox(scanRef).deliver(delivery);
  };
  const refuse: TestPorts['refuse'] = (changes) => void refused.push({ ...REFUSED, ...changes });
  return { ports, requests, deliver, refuse };
}

const REFUSED: RefusedRequest = {
  receivedAt: 1_700_000_000_000,
  method: 'PUT',
  path: '/…',
  headers: {},
  answered: 405,
  reason: 'only POST is taken',
};

function parse(text: string | null): JsonObject {
  try {
    return JSON.parse(text ?? '{}') as JsonObject;
  } catch {
    return {};
  }
}

/** A step that sends a body to an operation. */
export function createRequestStep(
  operation: RequestStep['operation'],
  body: Json,
  changes: Partial<RequestStep> = {},
): RequestStep {
  return {
    kind: 'request',
    operation,
    method: 'POST',
    path: operation === null ? '/elsewhere' : contracts.operations[operation].path,
    headers: {},
    credentials: 'DEV',
    payload: { kind: 'json', value: body },
    callback: true,
    as: operation === 'createSession' ? 'session' : 'response',
    refuseWebhooks: 0,
    sharedKey: null,
    expect: null,
    contested: null,
    span: spanAt(10),
    ...changes,
  };
}

/** A step that waits for a webhook of the session `session`. */
export function createAwaitStep(
  event: AwaitWebhookStep['event'],
  changes: Partial<AwaitWebhookStep> = {},
): AwaitWebhookStep {
  return {
    kind: 'awaitWebhook',
    session: 'session',
    event,
    withinMs: null,
    as: null,
    body: null,
    headers: null,
    span: spanAt(20),
    ...changes,
  };
}

/** What a step expects of its response. */
export function expecting(changes: Partial<ResponseExpectation>): ResponseExpectation {
  return { span: spanAt(11), ...changes };
}

/** A scenario of cases with these steps; ids are `s/0`, `s/1`, ... */
export function createScenario(steps: readonly (readonly Step[])[], changes: Partial<Scenario> = {}): Scenario {
  const id = changes.id ?? 's';
  const cases = steps.map(
    (one, at): Case => ({ id: `${id}/${at}`, title: `case ${at}`, values: {}, span: spanAt(5 + at), steps: () => one }),
  );
  return {
    id,
    name: 'Scenario',
    file: 'scenarios/a.yaml',
    span: spanAt(1),
    source: ['seed'],
    tags: [],
    environment: 'DEV',
    needs: ['DEV'],
    skip: null,
    sessions: 'per-case',
    fuzz: null,
    cases,
    ...changes,
  };
}
