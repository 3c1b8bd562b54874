import type { Mailbox, ReceivedMail } from '../domain/mailbox.ts';
import type { Delivery, RefusedRequest } from '../domain/message.ts';

/** Sorts deliveries into the mailboxes of sessions. */
export interface MailRoom extends ReceivedMail {
  receive(delivery: Delivery): void;
  /** Keeps what is known of a request to our callbackUrl that could not become a delivery. */
  refuse(request: RefusedRequest): void;
  /** Counts a request to another path. */
  passBy(): void;
}

/** Most refused requests that are kept; a provider that never stops must not fill the memory. */
const MOST_REFUSED = 50;

/** Creates an empty mail room. */
export function createMailRoom(): MailRoom {
  const boxes = new Map<string, Box>();
  const homeless: Delivery[] = [];
  const refusals: RefusedRequest[] = [];
  const sleepers: Sleepers = new Set();
  const counts = { received: 0, badSignatures: 0, refused: 0, elsewhere: 0 };

  const boxOf = (scanRef: string): Box => {
    let box = boxes.get(scanRef);
    if (box === undefined) {
      box = new Box(scanRef);
      boxes.set(scanRef, box);
    }
    return box;
  };

  return {
    receive(delivery) {
      counts.received += 1;
      if (delivery.signature !== 'valid') counts.badSignatures += 1;
      if (delivery.scanRef === undefined) homeless.push(delivery);
      else boxOf(delivery.scanRef).put(delivery);
      wakeAll(sleepers);
    },
    refuse(request) {
      counts.refused += 1;
      if (refusals.length < MOST_REFUSED) refusals.push(request);
      wakeAll(sleepers);
    },
    passBy() {
      counts.elsewhere += 1;
    },
    mailbox(scanRef) {
      const box = boxOf(scanRef);
      box.opened = true;
      return box;
    },
    isOpen: (scanRef) => boxes.get(scanRef)?.opened === true,
    forget: (scanRef) => void boxes.delete(scanRef),
    unmatched: () => [
      ...homeless,
      ...[...boxes.values()].filter((box) => !box.opened).flatMap((box) => box.deliveries),
    ],
    refused: () => refusals,
    counts: () => ({ ...counts }),
    async quiet(ms) {
      // A sender that never stops must not keep the run alive for ever; what it sent is judged as it is.
      const deadline = performance.now() + Math.max(1_000, 5 * ms);
      while (performance.now() < deadline && (await woken(sleepers, ms)));
    },
  };
}

/** A class, because a run has one for each of its sessions until it ends: they share their methods. */
class Box implements Mailbox {
  readonly scanRef: string;
  readonly deliveries: Delivery[] = [];
  opened = false;
  /** Made when somebody waits. */
  #sleepers: Sleepers | null = null;

  constructor(scanRef: string) {
    this.scanRef = scanRef;
  }

  put(delivery: Delivery): void {
    this.deliveries.push(delivery);
    if (this.#sleepers !== null) wakeAll(this.#sleepers);
  }

  async arrival(seen: number, ms: number): Promise<boolean> {
    const deadline = performance.now() + ms;
    for (let left = ms; this.deliveries.length <= seen; left = deadline - performance.now()) {
      this.#sleepers ??= new Set();
      if (left <= 0 || !(await woken(this.#sleepers, left))) return this.deliveries.length > seen;
    }
    return true;
  }

  release(): void {
    this.deliveries.length = 0;
    if (this.#sleepers?.size === 0) this.#sleepers = null;
  }
}

type Sleepers = Set<() => void>;

function wakeAll(sleepers: Sleepers): void {
  for (const wakeUp of sleepers) wakeUp();
}

/** True when somebody wakes us within `ms`, false when the time is up. */
function woken(sleepers: Sleepers, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, ms, false);
    const wakeUp = (): void => end(true);
    sleepers.add(wakeUp);
    function end(result: boolean): void {
      clearTimeout(timer);
      sleepers.delete(wakeUp);
      resolve(result);
    }
  });
}
