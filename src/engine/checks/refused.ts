import type { RefusedRequest } from '../../domain/message.ts';
import type { CaseRun } from '../case-run.ts';

/** Most kinds of them that one failure lists. */
const MOST_LISTED = 5;

/** Most failures that one scenario makes of them. */
const MOST_FAILURES = 20;

/** What the inbox refused so far, one line for each kind: any of it may have been the webhook that is missing. */
export function listRefused(run: CaseRun): readonly string[] {
  const kinds = kindsOf(run.ports.inbox.refused()).slice(0, MOST_LISTED);
  for (const request of kinds.flatMap(({ requests }) => requests)) run.watch.told.add(request);
  return kinds.map(lineOf);
}

/**
 * The failures that came to our callbackUrl what is no webhook that can be read. Nobody but the provider knows that URL. Each
 * is told once, by a webhook that is missing or by the first scenario that is closed. A connection that broke off is nobody's
 * fault: the webhook may have come again.
 */
export function closeRefused(run: CaseRun): void {
  const { inbox } = run.ports;
  const untold = inbox.refused().filter((request) => request.answered !== null && !run.watch.told.has(request));
  for (const request of untold) run.watch.told.add(request);
  const kinds = kindsOf(untold);
  const shown = kinds.slice(0, MOST_FAILURES);
  const more =
    inbox.counts().refused -
    inbox.refused().length +
    kinds.slice(MOST_FAILURES).flatMap(({ requests }) => requests).length;
  for (const [index, kind] of shown.entries()) {
    const rest = more > 0 && index === shown.length - 1 ? `; and ${more} more that were refused` : '';
    const { method, path, headers, answered } = kind.requests[0];
    run.failures.push({
      kind: 'webhook-unreadable',
      message: `the provider sent ${lineOf(kind)}${rest}`,
      expected: 'a POST of a webhook',
      actual: { method, path, headers, answered },
      step: 0,
      span: run.scenario.span,
    });
  }
}

/** Requests that read alike. */
interface Kind {
  readonly description: string;
  readonly requests: [RefusedRequest, ...RefusedRequest[]];
}

function kindsOf(requests: readonly RefusedRequest[]): readonly Kind[] {
  const kinds = new Map<string, Kind>();
  for (const request of requests) {
    const description = describeRefused(request);
    const kind = kinds.get(description);
    if (kind === undefined) kinds.set(description, { description, requests: [request] });
    else kind.requests.push(request);
  }
  return [...kinds.values()];
}

function lineOf({ description, requests }: Kind): string {
  return requests.length === 1 ? description : `${description} (${requests.length} times)`;
}

/** What a refused request was, for a person. */
function describeRefused({ method, path, headers, answered, reason }: RefusedRequest): string {
  const length = headers['content-length'];
  const size = length === undefined ? '' : ` of ${Number(length).toLocaleString('en')} bytes`;
  const type = headers['idenfy-event-type'] === undefined ? '' : ` with ${headers['idenfy-event-type']}`;
  const where = path.split('?', 1)[0] === '/…' ? 'our callbackUrl' : `${path} (… is our callbackUrl's)`;
  const end = answered === null ? 'which broke off' : `refused with ${answered}: ${reason}`;
  return `a ${method}${size}${type} to ${where}, ${end}`;
}
