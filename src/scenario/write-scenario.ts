import { Document, isMap, isSeq, type Node, visit } from 'yaml';
import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import type { ContestedExpectation, RequestStep, ResponseExpectation, Step } from '../domain/scenario.ts';
import { DEFAULT_SESSION } from './default-body.ts';
import { DEFAULT_CAPTURES } from './explicit-steps.ts';

/** What a scenario file is to say. */
export interface ScenarioText {
  readonly name: string;
  /** Comments at the top. */
  readonly description: readonly string[];
  readonly source: readonly string[];
  readonly tags: readonly string[];
  readonly steps: readonly Step[];
}

/** A whole scenario file whose one case performs these steps; reading it gives the same steps again, but for their places. */
export function writeScenario({ name, description, source, tags, steps }: ScenarioText): string {
  const head = ['yaml-language-server: $schema=../../contracts/scenario.schema.json', ...description];
  const content = {
    name: name.replaceAll(/\s+/g, ' '),
    ...(source.length === 0 ? {} : { source: [...source] }),
    ...(tags.length === 0 ? {} : { tags: [...tags] }),
    steps: steps.map(stepMapping),
  };
  const document = new Document(content);
  visit(document, { Collection: (_, node, path) => shape(node, path.length) });
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'string' && INVISIBLE.test(node.value)) node.type = 'QUOTE_DOUBLE';
    },
  });
  const comments = head.map((line) => `# ${line.replaceAll(/\s+/g, ' ')}`);
  return showInvisible(`${comments.join('\n')}\n${document.toString({ lineWidth: 0, flowCollectionPadding: false })}`);
}

/** The steps stand one a line; what belongs to one stands in it. */
function shape(node: Node, depth: number): void {
  if (isMap(node) || isSeq(node)) node.flow = depth > STEP_DEPTH || (isSeq(node) && !isMap(node.items[0]));
}

/** Document, mapping, pair, list, step: what is deeper is written in flow style. */
const STEP_DEPTH = 5;

/** Control and format characters, halves of surrogate pairs, and line separators: no editor shows them. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/u;
const EVERY_INVISIBLE = /[^\P{C}\n]|[\p{Zl}\p{Zp}]/gu;

/** Whatever the YAML writer left as it is, as an escape; all texts with such characters are in double quotes. */
function showInvisible(text: string): string {
  return text.replaceAll(EVERY_INVISIBLE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
  });
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

function stepMapping(step: Step): JsonObject {
  switch (step.kind) {
    case 'wait':
      return { wait: `${step.forMs}ms` };
    case 'expectNoWebhook':
      return { expectNoWebhook: { for: `${step.forMs}ms`, ...sessionOption(step.session) } };
    case 'awaitWebhook': {
      const { event, session, withinMs, as, body, headers } = step;
      const within = withinMs === null ? {} : { within: `${withinMs}ms` };
      const options = { event, ...sessionOption(session), ...within, ...(as === null ? {} : { as }) };
      const expect = { ...(headers === null ? {} : { headers }), ...(body === null ? {} : { body }) };
      return { awaitWebhook: options, ...(Object.keys(expect).length === 0 ? {} : { expect }) };
    }
    default:
      return {
        [step.operation ?? 'request']: requestOptions(step),
        ...(step.expect === null ? {} : { expect: expectation(step.expect) }),
        ...(step.contested === null ? {} : { contested: contested(step.contested) }),
      };
  }
}

function sessionOption(session: string): JsonObject {
  return session === 'session' ? {} : { session };
}

function requestOptions(step: RequestStep): JsonObject {
  const { operation, as, credentials, callback, refuseWebhooks, headers, method, path } = step;
  return {
    ...(operation === null ? { method, path } : {}),
    ...bodyOptions(step),
    ...(as === DEFAULT_CAPTURES[operation ?? 'request'] ? {} : { as }),
    ...(credentials === 'DEV' ? {} : { credentials }),
    ...(operation === 'createSession' && !callback && step.payload.kind === 'json' ? { callback } : {}),
    ...(refuseWebhooks === 0 ? {} : { refuseWebhooks }),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
  };
}

function bodyOptions({ operation, payload }: RequestStep): JsonObject {
  if (payload.kind === 'none') return {};
  if (payload.kind === 'raw') return { raw: payload.text };
  const { value } = payload;
  if (!isJsonObject(value)) return { body: value };
  if (operation === 'createSession') return sessionOptions(value);
  const session = /^\$\{\{ (\w+)\.scanRef \}\}$/.exec(String(value.scanRef))?.[1];
  const keys = Object.keys(value).sort().join();
  if (session === undefined || keys !== USUAL_KEYS[operation ?? '']) return { body: value };
  const { scanRef: _, ...rest } = value;
  return { ...sessionOption(session), ...rest };
}

/** The fields of a body that is written as the options of its step. */
const USUAL_KEYS: Readonly<Record<string, string>> = {
  addManualStatus: 'manualDocumentValidity,manualFaceMatchResult,scanRef',
  getStatus: 'scanRef',
};

/** Most fields in which a session differs from the usual one and is still told by the difference. */
const MOST_CHANGES = 8;

function sessionOptions(body: JsonObject): JsonObject {
  const changed = Object.entries(body).filter(([field, value]) => !isSame(value, DEFAULT_SESSION[field]));
  const left = Object.keys(DEFAULT_SESSION).filter((field) => body[field] === undefined);
  if (changed.length + left.length > MOST_CHANGES) return { body };
  if (changed.length + left.length === 0) return {};
  return { with: { ...Object.fromEntries(changed), ...Object.fromEntries(left.map((field) => [field, ABSENT])) } };
}

const ABSENT: Json = { $absent: true };

function isSame(one: Json, other: Json | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function expectation({ status, error, headers, body }: ResponseExpectation): JsonObject {
  return {
    ...(status === undefined ? {} : { status: [...status] }),
    ...(error === undefined ? {} : { error: [...error] }),
    ...(headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
  };
}

function contested({ question, readings }: ContestedExpectation): JsonObject {
  return { question, readings: Object.fromEntries(readings.map(({ name, expect }) => [name, expectation(expect)])) };
}
