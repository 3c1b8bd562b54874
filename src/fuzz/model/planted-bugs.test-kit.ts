import type { Alteration, PassingMessage } from '../../../test/provider/altering-proxy.ts';

const CREATE = '/api/v2/token';
const MANUAL = '/api/v2/add-dummy-status';
const STATUS = '/api/v2/status';

/** A bug that shows over several requests. */
export interface ModelBug {
  readonly name: string;
  /** Begins anew each time, because some bugs remember; it is given the right `Authorization`. */
  readonly plant: (right: string) => Alteration;
  /** What the smallest sequence is, and what has to be said of it. */
  readonly subject: RegExp;
  readonly message: RegExp;
}

const isTaken = ({ status }: PassingMessage): boolean => status < 300;

/** Sends the last webhook of a session again whenever `when` says so of a response. */
function repeating(when: (response: PassingMessage) => boolean): Alteration {
  const sent = new Map<string, () => Promise<number>>();
  return {
    async deliver(send, { body }) {
      sent.set(body.scanRef, send);
      return await send();
    },
    async response(message) {
      if (when(message)) await sent.get(message.asked?.scanRef)?.();
    },
  };
}

/** Puts the right credentials in place of any others. */
function trusting(kind: string): (right: string) => Alteration {
  return (right) => ({
    request: ({ path, headers }) => {
      if (path === kind) headers.authorization = right;
    },
  });
}

/** Bugs that one sequence shows. */
export const SEQUENCE_BUGS: readonly ModelBug[] = [
  {
    name: 'a manual status is taken for a scanRef that names nothing',
    plant: () => ({
      response: (message) => {
        if (message.path !== MANUAL || !/names no verification/.test(message.body?.message)) return;
        message.status = 200;
        message.body = { message: 'Dummy status added successfully' };
      },
    }),
    subject: /^the sequence addManualStatus\(unknown scanRef\)$/,
    message: /^response: HTTP 200; the scenario expects 400 or 404/,
  },
  {
    name: 'a repeated manual status sends two webhooks',
    plant: () => {
      const reviewed = new Map<string, number>();
      return {
        response: (message) => {
          const { path, asked } = message;
          if (path === MANUAL && isTaken(message)) reviewed.set(asked.scanRef, (reviewed.get(asked.scanRef) ?? 0) + 1);
        },
        async deliver(send, { body, headers }) {
          const answer = await send();
          const isManual = /MANUAL/.test(headers['idenfy-event-type'] ?? '');
          if (isManual && (reviewed.get(body.scanRef) ?? 0) > 1) await send();
          return answer;
        },
      };
    },
    subject: /^the sequence create\(\w+\),manual\(#1, \w+, \w+\),manual\(#1, \w+, \w+\)$/,
    message: /it came before with the same bytes and was acknowledged with 200/,
  },
  {
    name: 'the status does not follow the manual review',
    plant: () => {
      const automatic = new Map<string, string>();
      return {
        response: ({ path, body, asked, status }) => {
          if (path !== STATUS || status !== 200) return;
          const before = automatic.get(asked.scanRef) ?? body.status;
          automatic.set(asked.scanRef, before);
          body.status = before;
        },
      };
    },
    subject: /^the sequence create\(\w+\),manual\(#1, \w+, \w+\)$/,
    message: /^response `\/status` is "(\w+)".*(APPROVED|DENIED)/,
  },
  {
    name: 'a manual status goes to the session that was created last',
    plant: () => {
      const created: string[] = [];
      return {
        request: ({ path, body }) => {
          if (path === MANUAL && created.includes(body?.scanRef)) body.scanRef = created.at(-1);
        },
        response: (message) => {
          if (message.path === CREATE && isTaken(message)) created.push(message.body.scanRef);
        },
      };
    },
    subject: /^the sequence create\(\w+\),create\(\w+\),manual\(#1, \w+, \w+\)$/,
    message: /IDENTIFICATION_MANUAL_FINISHED .* did not come/,
  },
  {
    name: 'wrong credentials are good enough for a session',
    plant: trusting(CREATE),
    subject: /^the sequence createSession\(none\)$/,
    message: /^response: HTTP 201; the scenario expects 400 or 401/,
  },
  {
    name: 'wrong credentials are good enough for a manual status',
    plant: trusting(MANUAL),
    subject: /^the sequence create\(\w+\),addManualStatus\(#1, none\)$/,
    message: /^response: HTTP 200; the scenario expects 400 or 401/,
  },
  {
    name: 'wrong credentials are good enough for a status',
    plant: trusting(STATUS),
    subject: /^the sequence create\(\w+\),getStatus\(#1, none\)$/,
    message: /^response: HTTP 200; the scenario expects 400 or 401/,
  },
  {
    name: 'a refused manual status sends a webhook all the same',
    plant: () => repeating(({ path, status }) => path === MANUAL && status === 400),
    subject: /^the sequence create\((?!ACTIVE)\w+\),refused manual\(#1, \w+, \w+\)$/,
    message: /webhook .* it came before with the same bytes/,
  },
  {
    name: 'a status request sends the last webhook of the session again',
    plant: () => repeating(({ path }) => path === STATUS),
    subject: /^the sequence create\((?!ACTIVE)\w+\)$/,
    message: /webhook .* it came before with the same bytes/,
  },
  {
    name: 'a refused manual status shows in the manual results, not in the status',
    plant: () => {
      const refused = new Set<string>();
      return {
        response: ({ path, body, asked, status }) => {
          if (path === MANUAL && status === 400) refused.add(asked?.scanRef);
          if (path === MANUAL && status < 300) refused.delete(asked?.scanRef);
          if (path === STATUS && status === 200 && refused.has(asked?.scanRef)) body.manualFace = 'FACE_ERROR';
        },
      };
    },
    subject: /^the sequence create\(\w+\),refused manual\(#1, \w+, \w+\)$/,
    message: /^response `\/manualFace` is "FACE_ERROR"/,
  },
];

/** How long a provider takes that is slow enough for two requests to meet in it. */
const MEETING_MS = 30;

/** Holds requests back until another of their kind is there too, or for a short while. */
function createMeeting(): () => Promise<void> {
  let wake = (): void => undefined;
  return () => {
    wake();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, MEETING_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  };
}

/** Requests of a kind about sessions that exist, when they are under way at the same time, are all taken for the last of them. */
function mixingUp(kind: string, right: string): Alteration {
  const created = new Set<string>();
  const meet = createMeeting();
  let last = '';
  return {
    async request({ path, body, headers }) {
      const isRefused =
        !created.has(body?.scanRef) || headers.authorization !== right || /NO_SUCH/.test(JSON.stringify(body));
      if (path !== kind || isRefused) return;
      last = body.scanRef;
      await meet();
      body.scanRef = last;
    },
    response: (message) => {
      if (message.path === CREATE && isTaken(message)) created.add(message.body.scanRef);
    },
  };
}

/** Bugs that only requests show which are under way at the same time. */
export const RACE_BUGS: readonly ModelBug[] = [
  {
    name: 'manual statuses at the same time all go to the session of the last',
    plant: (right) => mixingUp(MANUAL, right),
    subject: /^at the same time (?=.*create\(.* and .*create\()(?:[^()]+\([^()]*\)[^()]*){4,6}$/,
    message: /MANUAL_FINISHED|manualFace|manualDocument|`\/status`/,
  },
  {
    name: 'status requests at the same time all get the answer to the last',
    plant: (right) => mixingUp(STATUS, right),
    subject: /^at the same time (?=.*create\(.* and .*create\()(?:[^()]+\([^()]*\)[^()]*){2,5}$/,
    message: /scanRef: must be/,
  },
  {
    name: 'a session that is being read cannot be read',
    plant: () => {
      const reading = new Map<string, number>();
      const change = (scanRef: string, by: number): number => {
        reading.set(scanRef, (reading.get(scanRef) ?? 0) + by);
        return reading.get(scanRef) ?? 0;
      };
      return {
        async request({ path, body }) {
          if (path !== STATUS) return;
          if (change(body.scanRef, 1) > 1) body.scanRef = 'crowded';
          await new Promise((resolve) => setTimeout(resolve, MEETING_MS));
        },
        response: ({ path, asked }) => {
          if (path === STATUS) change(asked?.scanRef, -1);
        },
      };
    },
    subject: /^at the same time (?:.* and )?create\(\w+\),3 x status\(#1\)(?: and .*)?$/,
    message: /^response: HTTP 400 where 200 is documented/,
  },
];

/** Sends every webhook again, a moment after all is done. */
export function repeatingLate(): Alteration {
  return {
    async deliver(send) {
      const answer = await send();
      setTimeout(() => void send().catch(() => undefined), LATE_MS);
      return answer;
    },
  };
}

const LATE_MS = 12;
