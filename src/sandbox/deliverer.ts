import { createHmac } from 'node:crypto';
import { isLoopback } from '../domain/loopback.ts';
import type { DueWebhook } from './acceptance.ts';
import type { DeliveryEvent } from './sandbox-event.ts';
import { type PostResult, startPoster, type WebhookPost } from './webhook-post.ts';

/** How webhooks are delivered. */
export interface DelivererOptions {
  readonly signingKey: string;
  /** From the answer of the request that caused it to the first attempt, in ms. */
  readonly latencyMs: number;
  /** Pause before each retry, in ms; as many retries as there are pauses. */
  readonly retryDelaysMs: readonly number[];
  readonly onEvent: (event: DeliveryEvent) => void;
}

/** Delivers webhooks: one session's in their order, different sessions' independently. */
export interface Deliverer extends Disposable {
  enqueue(webhook: DueWebhook): void;
}

interface Parcel extends WebhookPost {
  readonly scanRef: string;
  readonly eventType: string;
}

/** Starts a deliverer; disposing of it drops what is still due and closes its connections. */
export function startDeliverer(options: DelivererOptions): Deliverer {
  const poster = startPoster();
  const queues = new Map<string, Parcel[]>();
  const timers = new Set<NodeJS.Timeout>();
  let disposed = false;

  function after(delayMs: number, act: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, delayMs);
    timers.add(timer);
  }

  function attempt(queue: Parcel[], count: number): void {
    const parcel = queue[0];
    if (parcel === undefined) return;
    if (!isDeliverable(parcel.url)) settle(queue, count, { error: 'not sent: not a loopback address' }, false);
    else poster.post(parcel, (result) => settle(queue, count, result, true));
  }

  function settle(queue: Parcel[], count: number, result: PostResult, sent: boolean): void {
    const [parcel] = queue;
    if (parcel === undefined) return;
    const { scanRef, eventType, url } = parcel;
    options.onEvent({ kind: 'delivery', scanRef, eventType, url: url.origin, attempt: count, ...result });
    const accepted = 'status' in result && result.status >= 200 && result.status < 300;
    const pause = accepted || !sent ? undefined : options.retryDelaysMs[count - 1];
    if (pause !== undefined) {
      after(pause, () => attempt(queue, count + 1));
      return;
    }
    queue.shift();
    if (queue.length > 0) attempt(queue, 1);
    else queues.delete(scanRef);
  }

  return {
    enqueue(webhook) {
      // An answer that was being held back may go out while the sandbox stops.
      if (disposed) return;
      const parcel = createParcel(webhook, options.signingKey);
      const queue = queues.get(parcel.scanRef);
      if (queue !== undefined) {
        queue.push(parcel);
        return;
      }
      const started = [parcel];
      queues.set(parcel.scanRef, started);
      after(options.latencyMs, () => attempt(started, 1));
    },
    [Symbol.dispose]() {
      disposed = true;
      for (const timer of timers) clearTimeout(timer);
      queues.clear();
      poster[Symbol.dispose]();
    },
  };
}

/** The signature is over exactly these bytes, which every retry sends again (`docs`, callback signing). */
function createParcel({ scanRef, eventType, url, body }: DueWebhook, signingKey: string): Parcel {
  const bytes = Buffer.from(JSON.stringify(body), 'utf8');
  const signature = createHmac('sha256', signingKey).update(bytes).digest('hex');
  const headers = {
    'content-type': 'application/json',
    'Idenfy-Event-Type': eventType,
    'Idenfy-Signature': signature,
  };
  return { scanRef, eventType, url: new URL(url), headers, bytes };
}

/** True for http and https on loopback: the sandbox sends nothing to another machine (decision 023). */
export function isDeliverable({ protocol, hostname }: URL): boolean {
  return (protocol === 'http:' || protocol === 'https:') && isLoopback(hostname);
}
