import type { Delivery } from '../domain/message.ts';

/** The deliveries of one session, in order of arrival. */
export interface SessionMail {
  readonly scanRef: string;
  readonly deliveries: readonly Delivery[];
  /** Resolves with true when there are more than `seen` deliveries, with false after `ms` without. */
  arrival(seen: number, ms: number): Promise<boolean>;
  /** Forgets the deliveries so far, so that memory stays flat over a long run. */
  release(): void;
}

/** Sorts deliveries into the mailboxes of sessions; nothing that comes is lost. */
export interface MailRoom {
  receive(delivery: Delivery): void;
  /** Counts a request that could not become a delivery. */
  refuse(): void;
  nextSequence(): number;
  /** The mailbox of a session, deliveries that came before it was asked for included. */
  mailbox(scanRef: string): SessionMail;
  /** True when somebody asked for this mailbox before. */
  isOpen(scanRef: string): boolean;
  /** Deliveries that no session has asked for. */
  unmatched(): readonly Delivery[];
  /** How many deliveries came, how many of them carried a wrong or no signature, how many requests were refused. */
  counts(): { readonly received: number; readonly badSignatures: number; readonly refused: number };
  /** Resolves when no delivery has come for `ms`. */
  quiet(ms: number): Promise<void>;
}

interface OpenMail extends SessionMail {
  readonly deliveries: Delivery[];
  opened: boolean;
  wake: Set<() => void>;
}

/** Creates an empty mail room. */
export function createMailRoom(): MailRoom {
  const boxes = new Map<string, OpenMail>();
  const homeless: Delivery[] = [];
  const wake = new Set<() => void>();
  let received = 0;
  let badSignatures = 0;
  let refused = 0;
  let sequence = 0;

  const boxOf = (scanRef: string): OpenMail => {
    let box = boxes.get(scanRef);
    if (box === undefined) {
      box = createBox(scanRef);
      boxes.set(scanRef, box);
    }
    return box;
  };

  return {
    nextSequence: () => ++sequence,
    receive(delivery) {
      received += 1;
      if (delivery.signature !== 'valid') badSignatures += 1;
      if (delivery.scanRef === undefined) homeless.push(delivery);
      else {
        const box = boxOf(delivery.scanRef);
        box.deliveries.push(delivery);
        wakeAll(box.wake);
      }
      wakeAll(wake);
    },
    mailbox(scanRef) {
      const box = boxOf(scanRef);
      box.opened = true;
      return box;
    },
    isOpen: (scanRef) => boxes.get(scanRef)?.opened === true,
    unmatched: () => [
      ...homeless,
      ...[...boxes.values()].filter((box) => !box.opened).flatMap((box) => box.deliveries),
    ],
    counts: () => ({ received, badSignatures, refused }),
    refuse: () => {
      refused += 1;
    },
    async quiet(ms) {
      // A sender that never stops must not keep the run alive for ever; what it sent is judged as it is.
      const deadline = performance.now() + Math.max(1_000, 5 * ms);
      while (performance.now() < deadline && (await woken(wake, ms)));
    },
  };
}

function createBox(scanRef: string): OpenMail {
  const deliveries: Delivery[] = [];
  const wake = new Set<() => void>();
  const arrival = async (seen: number, ms: number): Promise<boolean> => {
    const deadline = performance.now() + ms;
    while (deliveries.length <= seen) {
      const left = deadline - performance.now();
      if (left <= 0 || !(await woken(wake, left))) return deliveries.length > seen;
    }
    return true;
  };
  const release = (): void => {
    deliveries.length = 0;
  };
  return { scanRef, deliveries, opened: false, wake, arrival, release };
}

function wakeAll(sleepers: Set<() => void>): void {
  for (const wakeUp of [...sleepers]) wakeUp();
}

/** True when somebody wakes us within `ms`, false when the time is up. */
function woken(sleepers: Set<() => void>, ms: number): Promise<boolean> {
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
