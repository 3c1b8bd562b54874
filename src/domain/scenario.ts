import type { FuzzSection, FuzzTask } from './fuzz.ts';
import type { Json, JsonObject } from './json.ts';
import type { Environment, Operation, WebhookKind } from './message.ts';
import type { SourceSpan } from './span.ts';

/** Whose credentials a request carries. `wrong-key` and `wrong-secret` alter one half of the environment's pair. */
export type Credentials = Environment | 'none' | 'wrong-key' | 'wrong-secret';

/** What a step expects of a response. Values may hold matchers and templates. */
export interface ResponseExpectation {
  readonly status?: readonly number[];
  /** Allowed `identifier` values of the error body. */
  readonly error?: readonly string[];
  /** Partial match of the response headers, lower-case names. */
  readonly headers?: JsonObject;
  /** Partial match of the body. */
  readonly body?: Json;
  readonly span: SourceSpan;
}

/** Where the sources disagree: each reading is an expectation, and any of them will do. */
export interface ContestedExpectation {
  readonly question: string;
  readonly readings: readonly { readonly name: string; readonly expect: ResponseExpectation }[];
  readonly span: SourceSpan;
}

/** The body of a request: JSON built from templates, raw text sent as it is, or none. */
export type Payload =
  | { readonly kind: 'json'; readonly value: Json }
  | { readonly kind: 'raw'; readonly text: string }
  | { readonly kind: 'none' };

/** Sends one request. */
export interface RequestStep {
  readonly kind: 'request';
  /** The operation whose contract judges the exchange; null for a request outside the API's operations. */
  readonly operation: Operation | null;
  readonly method: string;
  readonly path: string;
  /** Header fields beyond authorization, lower-case names; they replace the default content type. */
  readonly headers: Readonly<Record<string, string>>;
  readonly credentials: Credentials;
  readonly payload: Payload;
  /** The harness puts its inbox into `callbackUrl` when the body does not name one. */
  readonly callback: boolean;
  /** How often the inbox refuses each webhook of the session before it takes it. */
  readonly refuseWebhooks: number;
  /** Name under which later steps find the response body; for createSession also the session's name. */
  readonly as: string;
  /** Cases with the same key share the session that the first of them creates; null: a session of its own. */
  readonly sharedKey: string | null;
  readonly expect: ResponseExpectation | null;
  readonly contested: ContestedExpectation | null;
  readonly span: SourceSpan;
}

/** Waits for a webhook of one session and judges it. */
export interface AwaitWebhookStep {
  readonly kind: 'awaitWebhook';
  /** Name of the session, as given by `as`. */
  readonly session: string;
  readonly event: WebhookKind;
  /** Deadline in ms; null takes the run's default. */
  readonly withinMs: number | null;
  readonly as: string | null;
  /** Partial match of the body. */
  readonly body: Json | null;
  /** Partial match of the headers, lower-case names. */
  readonly headers: JsonObject | null;
  readonly span: SourceSpan;
}

/** Watches for `forMs` that no webhook comes for a session which no step awaits. */
export interface ExpectNoWebhookStep {
  readonly kind: 'expectNoWebhook';
  readonly session: string;
  readonly forMs: number;
  readonly span: SourceSpan;
}

/** Lets time pass, because the provider's clock is what is being tested. */
export interface WaitStep {
  readonly kind: 'wait';
  readonly forMs: number;
  readonly span: SourceSpan;
}

/** One act in a case. */
export type Step = RequestStep | AwaitWebhookStep | ExpectNoWebhookStep | WaitStep;

/** A YAML file's entry, checked; `scenario/` makes it and expands it into cases. */
export interface Scenario {
  /** `<file stem>/<slug of the name>`: stable, unique within a run. */
  readonly id: string;
  readonly name: string;
  /** Path of the file as given. */
  readonly file: string;
  readonly span: SourceSpan;
  /** Where its rules come from: `seed#...`, `docs#...`. */
  readonly source: readonly string[];
  readonly tags: readonly string[];
  /** Key pair that steps use unless they name another. */
  readonly environment: Environment;
  /** Key pairs without which the scenario cannot run. */
  readonly needs: readonly Environment[];
  readonly skip: string | null;
  readonly sessions: 'per-case' | 'shared';
  /** What is to be fuzzed; null for a scenario of cases. Its cases are made from the contracts. */
  readonly fuzz: FuzzSection | null;
  readonly cases: readonly Case[];
}

/** One expanded combination of a scenario. Small: steps are made when the case runs. */
export interface Case {
  /** Stable across runs and machines: `<file stem>/<scenario slug>/<values>`. */
  readonly id: string;
  /** What a person reads in a list of tests. */
  readonly title: string;
  readonly values: JsonObject;
  readonly span: SourceSpan;
  /** What is explored, when this is a fuzz case; it has no steps. */
  readonly fuzz?: FuzzTask;
  /** The steps of this case, with `matrix` values filled in; captures and `uuid` stay templates. */
  steps(): readonly Step[];
}
