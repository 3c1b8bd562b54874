import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import { equalJson } from '../domain/matcher.ts';
import { OPERATIONS } from '../domain/operations.generated.ts';
import type {
  AwaitWebhookStep,
  ContestedExpectation,
  RequestStep,
  ResponseExpectation,
  Step,
} from '../domain/scenario.ts';
import { DEFAULT_SESSION } from './default-body.ts';
import { DEFAULT_CAPTURES } from './explicit-steps.ts';
import { isWritable, literal, literalText } from './literal.ts';
import { shown, yamlText } from './yaml-text.ts';

/** What a scenario file is to say. */
export interface ScenarioText {
  readonly name: string;
  /** Comments at the top. */
  readonly description: readonly string[];
  readonly source: readonly string[];
  readonly tags: readonly string[];
  readonly steps: readonly Step[];
}

/**
 * A whole scenario file whose one case performs these steps; reading it gives the same steps again, but for their places and shared keys. A body that
 * no YAML can hold as JSON (`isWritable`) becomes raw text, into which the harness puts no callbackUrl.
 */
export function writeScenario({ name, description, source, tags, steps }: ScenarioText): string {
  const head = ['yaml-language-server: $schema=../../contracts/scenario.schema.json', ...description];
  const comments = head.flatMap((text) => text.split('\n')).map((line) => `# ${shown(line)}`.trimEnd());
  const writer = new StepWriter();
  const content = {
    name: name.replaceAll(/\s+/g, ' ').trim(),
    ...(source.length === 0 ? {} : { source }),
    ...(tags.length === 0 ? {} : { tags }),
    steps: steps.map((step) => writer.write(step)),
  };
  return `${comments.join('\n')}\n${yamlText(content)}`;
}

/** Writes steps in order; templates may name what the steps before have captured. */
class StepWriter {
  readonly #captures = new Set<string>();
  readonly #sessions = new Set<string>();

  write(step: Step): JsonObject {
    switch (step.kind) {
      case 'wait':
        return { wait: durationText(step.forMs) };
      case 'expectNoWebhook':
        return { expectNoWebhook: { for: durationText(step.forMs), ...sessionOption(step.session) } };
      case 'awaitWebhook':
        return this.#webhook(step);
      default:
        return this.#request(step);
    }
  }

  #webhook({ event, session, withinMs, as, body, headers }: AwaitWebhookStep): JsonObject {
    const within = withinMs === null ? {} : { within: durationText(withinMs) };
    if (as !== null) this.#captures.add(as);
    const expect = this.#literals({ ...(headers === null ? {} : { headers }), ...(body === null ? {} : { body }) });
    return {
      awaitWebhook: { event, ...sessionOption(session), ...within, ...(as === null ? {} : { as }) },
      ...(Object.keys(expect).length === 0 ? {} : { expect }),
    };
  }

  #request(step: RequestStep): JsonObject {
    const { operation, as, expect, contested } = step;
    const options = this.#requestOptions(step);
    this.#captures.add(as);
    if (operation === 'createSession') this.#sessions.add(as);
    return {
      [operation ?? 'request']: options,
      ...(expect === null ? {} : { expect: this.#expectation(expect) }),
      ...(contested === null ? {} : { contested: this.#contested(contested) }),
    };
  }

  #requestOptions({ operation, payload, ...step }: RequestStep): JsonObject {
    const { as, credentials, callback, refuseWebhooks, headers } = step;
    const usual = operation === null ? { method: 'GET', path: '' } : OPERATIONS[operation];
    return {
      ...(step.method === usual.method ? {} : { method: step.method }),
      ...(step.path === usual.path ? {} : { path: literalText(step.path, this.#captures) }),
      ...this.#bodyOptions(operation, payload),
      ...(as === DEFAULT_CAPTURES[operation ?? 'request'] ? {} : { as }),
      ...(credentials === 'DEV' ? {} : { credentials }),
      ...(operation === 'createSession' && !callback && payload.kind === 'json' ? { callback } : {}),
      ...(refuseWebhooks === 0 ? {} : { refuseWebhooks }),
      ...(Object.keys(headers).length === 0 ? {} : { headers: this.#literals(headers) }),
    };
  }

  #bodyOptions(operation: RequestStep['operation'], payload: RequestStep['payload']): JsonObject {
    if (payload.kind === 'none') return operation === null ? {} : { body: ABSENT };
    if (payload.kind === 'raw') return { raw: literalText(payload.text, this.#captures) };
    const { value } = payload;
    if (!isWritable(value)) return { raw: literalText(JSON.stringify(value), this.#captures) };
    const options = isJsonObject(value) ? this.#fieldOptions(operation, value) : null;
    return this.#literals(options ?? { body: value });
  }

  /** A body told by how it differs from the usual one; null when that would not be simpler. */
  #fieldOptions(operation: RequestStep['operation'], body: JsonObject): JsonObject | null {
    if (operation === 'createSession') return changesOf(body);
    const { scanRef, ...rest } = body;
    const session = typeof scanRef === 'string' ? SCAN_REF_OF.exec(scanRef)?.[1] : undefined;
    if (session === undefined || !this.#sessions.has(session)) return null;
    if (Object.keys(body).sort().join() !== USUAL_KEYS[operation ?? '']) return null;
    return { ...sessionOption(session), ...rest };
  }

  #expectation({ status, error, headers, body }: ResponseExpectation): JsonObject {
    return this.#literals({
      ...(status === undefined ? {} : { status: single(status) }),
      ...(error === undefined ? {} : { error: single(error) }),
      ...(headers === undefined ? {} : { headers }),
      ...(body === undefined ? {} : { body }),
    });
  }

  #contested({ question, readings }: ContestedExpectation): JsonObject {
    const named = readings.map(({ name, expect }): [string, Json] => [name, this.#expectation(expect)]);
    return { question, readings: Object.fromEntries(named) };
  }

  #literals(value: JsonObject): JsonObject {
    return literal(value, this.#captures) as JsonObject;
  }
}

const ABSENT: Json = { $absent: true };

/** The template of a session's own scanRef. */
const SCAN_REF_OF = /^\$\{\{ ([\w-]+)\.scanRef \}\}$/;

/** The fields of a body that is written as the options of its step. */
const USUAL_KEYS: Readonly<Record<string, string>> = {
  addManualStatus: 'manualDocumentValidity,manualFaceMatchResult,scanRef',
  getStatus: 'scanRef',
};

/** Most fields in which a session differs from the usual one and is still told by the difference. */
const MOST_CHANGES = 8;

function changesOf(body: JsonObject): JsonObject | null {
  const usual = new Map(Object.entries(DEFAULT_SESSION));
  const changed = Object.entries(body).filter(([field, value]) => !equalJson(value, usual.get(field)));
  const left = [...usual.keys()].filter((field) => !Object.hasOwn(body, field));
  if (changed.length + left.length > MOST_CHANGES) return null;
  if (changed.length + left.length === 0) return {};
  return { with: Object.fromEntries([...changed, ...left.map((field) => [field, ABSENT] as const)]) };
}

function sessionOption(session: string): JsonObject {
  return session === 'session' ? {} : { session };
}

/** The only element of a list, or the list. */
function single(list: readonly Json[]): Json {
  return list.length === 1 && list[0] !== undefined ? list[0] : list;
}

/** Up to nine digits and a unit are a duration (`domain/duration.ts`). */
function durationText(ms: number): string {
  if (ms > 0 && ms % 60_000 === 0) return `${ms / 60_000}m`;
  return ms > 0 && (ms % 1_000 === 0 || ms >= 1e9) ? `${ms / 1_000}s` : `${ms}ms`;
}
