import { isJsonObject } from '../../src/domain/json.ts';
import { pointerTokens } from '../../src/domain/json-pointer.ts';
import type { Alteration, PassingMessage } from './altering-proxy.ts';

/** Changes one message in place. */
export type Change = (message: PassingMessage) => void;

const PATHS = { token: '/api/v2/token', manual: '/api/v2/add-dummy-status', status: '/api/v2/status' } as const;

/** Changes the responses of one call that succeeded. */
export function accepted(call: keyof typeof PATHS, change: Change): Alteration {
  return { response: (message) => void (message.path === PATHS[call] && message.status < 300 && change(message)) };
}

/** Applies a change to some messages only. */
export function when(which: (message: PassingMessage) => boolean, change: Change): Change {
  return (message) => {
    if (which(message)) change(message);
  };
}

/** Changes the responses that refuse. */
export function refused(change: Change): Alteration {
  return { response: (message) => void (message.status >= 400 && change(message)) };
}

/** Changes the webhooks of one kind; `any` for all. */
export function webhooks(kind: 'auto' | 'manual' | 'any', change: Change): Alteration {
  return { webhook: (message) => void ((kind === 'any' || kindOf(message) === kind) && change(message)) };
}

/** Which kind of event a webhook is of. */
export function kindOf(message: PassingMessage): 'auto' | 'manual' | 'expired' {
  const type = String(message.headers['idenfy-event-type']);
  if (type.endsWith('MANUAL_FINISHED')) return 'manual';
  return type.endsWith('EXPIRED') ? 'expired' : 'auto';
}

/** Several alterations of messages at once, one after the other. */
export function together(...alterations: readonly Alteration[]): Alteration {
  const inTurn = (part: 'request' | 'response' | 'webhook') => async (message: PassingMessage) => {
    for (const alteration of alterations) await alteration[part]?.(message);
  };
  return { request: inTurn('request'), response: inTurn('response'), webhook: inTurn('webhook') };
}

/** Leaves a field of the body out; `pointer` is a JSON pointer. */
export function without(pointer: string): Change {
  return (message) => {
    const { owner, name } = ownerOf(message, pointer);
    delete owner[name];
  };
}

/** Puts a value into a field of the body; a function is given what was there, and the message. */
export function having(pointer: string, value: unknown): Change {
  return (message) => {
    const { owner, name } = ownerOf(message, pointer);
    owner[name] = typeof value === 'function' ? value(owner[name], message) : value;
  };
}

/** Sends the value that the message before this one had: a stale one, or another session's. */
export function stale(pointer: string): Change {
  const before: unknown[] = [];
  return having(pointer, (now: unknown) => {
    before.push(now);
    return before.at(-2) ?? now;
  });
}

/** Sends a header with another value; undefined leaves it out. */
export function header(name: string, value: string | undefined): Change {
  return ({ headers }) => {
    if (value === undefined) delete headers[name];
    else headers[name] = value;
  };
}

/** Sends other text than the body's JSON. */
export function raw(make: (json: string) => NonNullable<PassingMessage['raw']>): Change {
  return (message) => {
    message.raw = make(JSON.stringify(message.body));
  };
}

/** A response with another HTTP status. */
export function status(code: number): Change {
  return (message) => {
    message.status = code;
  };
}

/** Turns a response into a refusal of a value. */
export function refuse(message: PassingMessage): void {
  message.status = 400;
  message.body = { identifier: 'BAD_VALUE', message: 'This value is not taken.', documentation: '', severity: '' };
}

/** A provider that refuses some token requests; the sandbox itself refuses them, because they lose their clientId. */
export function refusing(which: (body: Record<string, unknown>) => boolean): Alteration {
  const meant = (path: string, body: unknown): boolean => path === PATHS.token && isJsonObject(body) && which(body);
  return {
    request({ path, body }) {
      if (meant(path, body)) delete body.clientId;
    },
    response(message) {
      if (meant(message.path, message.asked) && message.body.identifier === 'MISSING_VALUE') refuse(message);
    },
  };
}

/** A provider that takes some values of a field which the sandbox refuses; the sandbox is asked for `instead`. */
export function taking(field: string, which: (value: unknown) => boolean, instead: unknown): Alteration {
  return {
    request({ body }) {
      if (which(body?.[field])) body[field] = instead;
    },
    response({ body, asked }) {
      if (which(asked?.[field]) && field in body) body[field] = asked[field];
    },
  };
}

/** A provider with other scanRefs than the sandbox's. */
export function renamed(rename: (scanRef: string) => string): Alteration {
  const originals = new Map<string, string>();
  const change: Change = ({ body }) => {
    if (typeof body?.scanRef !== 'string') return;
    originals.set(rename(body.scanRef), body.scanRef);
    body.scanRef = rename(body.scanRef);
  };
  return {
    request({ body }) {
      if (originals.has(body?.scanRef)) body.scanRef = originals.get(body.scanRef);
    },
    response: change,
    webhook: change,
  };
}

/** What stands for results that their step has not reached; without a value the older FACE_ and DOC_NOT_ANALYSED. */
export function unreached(value?: '' | null): Change {
  return ({ body }) => {
    const results = body.status?.overall === undefined ? body : body.status;
    for (const name of ['autoFace', 'autoDocument', 'manualFace', 'manualDocument']) {
      if (results[name] === null || results[name] === '')
        results[name] = value === undefined ? `${name.endsWith('Face') ? 'FACE' : 'DOC'}_NOT_ANALYSED` : value;
    }
  };
}

/** A value in lower case. */
export function lower(value: string): string {
  return value.toLowerCase();
}

/** Another value of the same type. */
export function another(value: unknown): unknown {
  if (typeof value === 'string') return `${value}x`;
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  return [...(value as string[]), 'VISA'];
}

/** Puts one value in place of another; the rest stays. */
export function replaced(from: string, to: string): (value: string) => string {
  return (value) => (value === from ? to : value);
}

/** Puts two values in place of each other. */
export function swapped(one: string, other: string): (value: string) => string {
  return (value) => (value === one ? other : value === other ? one : value);
}

function ownerOf({ body }: PassingMessage, pointer: string): { owner: Record<string, unknown>; name: string } {
  const tokens = [...pointerTokens(pointer)];
  const name = tokens.pop() ?? '';
  let owner: unknown = body;
  for (const token of tokens) owner = isJsonObject(owner) ? owner[token] : undefined;
  if (!isJsonObject(owner)) throw new Error(`no ${pointer} in ${JSON.stringify(body)}`);
  return { owner: owner as Record<string, unknown>, name };
}
