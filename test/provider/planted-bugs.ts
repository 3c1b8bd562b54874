import type { Alteration, PassingMessage } from './altering-proxy.ts';

/** A constraint bug of a provider, and what has to be said of it. */
export interface PlantedBug {
  readonly name: string;
  /** What `--only` would say; the fuzzer gets no other hint. */
  readonly only: string;
  readonly alteration: Alteration;
  /** Found by this task, told in words like these. */
  readonly task: RegExp;
  readonly message: RegExp;
}

type Ask = (body: PassingMessage['body']) => unknown;

/** Refuses a request that the sandbox would take. */
export function refusing(when: Ask, path = '/api/v2/token', field = 'clientId'): Alteration {
  return {
    request: (message) => {
      if (message.path === path && message.body !== undefined && when(message.body)) message.body[field] = 7;
    },
  };
}

/** Takes a value that the sandbox would refuse: it never sees it. */
function taking(field: string, when: Ask, instead: unknown, path = '/api/v2/token'): Alteration {
  return {
    request: (message) => {
      if (message.path === path && message.body !== undefined && when(message.body)) message.body[field] = instead;
    },
    response: (message) => {
      if (message.path !== path || message.asked === undefined || message.status >= 300) return;
      if (when(message.asked) && field in message.body)
        message.body[field] = upper(field, message.asked[field] ?? null);
    },
  };
}

function upper(field: string, value: unknown): unknown {
  return /Name$/.test(field) && typeof value === 'string' ? value.toUpperCase() : value;
}

const isText = (value: unknown, test: (text: string) => boolean): boolean => typeof value === 'string' && test(value);

/** Bugs of the kinds that providers have; none of them is known to the fuzzer. */
export const PLANTED_BUGS: readonly PlantedBug[] = [
  {
    name: 'a name may have 99 characters at most',
    only: 'createSession.firstName',
    alteration: refusing(({ firstName }) => isText(firstName, (text) => text.length === 100)),
    task: /firstName\.maxLength/,
    message: /firstName "A+…" \(100 characters\).*HTTP 400/,
  },
  {
    name: 'an address may have 256 characters',
    only: 'createSession.address',
    alteration: taking('address', ({ address }) => isText(address, (text) => text.length === 256), 'x'),
    task: /address\.maxLength/,
    message: /address "A+…" \(256 characters\).*HTTP 201; the scenario expects a 4xx/,
  },
  {
    name: 'sessionLength has to be less than 3599',
    only: 'createSession.sessionLength',
    alteration: refusing(({ sessionLength }) => sessionLength === 3599),
    task: /sessionLength\.maximum/,
    message: /sessionLength 3599, which the contract allows: .*HTTP 400/,
  },
  {
    name: 'expiryTime has no upper limit',
    only: 'createSession.expiryTime',
    alteration: taking('expiryTime', ({ expiryTime }) => expiryTime > 2_592_000, 600),
    task: /expiryTime\.maximum/,
    message: /expiryTime 2592001/,
  },
  {
    name: 'one country is not taken',
    only: 'createSession.nationality',
    alteration: refusing(({ nationality }) => nationality === 'MT'),
    task: /nationality\.anyOf/,
    message: /nationality "MT"/,
  },
  {
    name: 'one document result is refused',
    only: 'addManualStatus.manualDocumentValidity',
    alteration: refusing(
      ({ manualDocumentValidity }) => manualDocumentValidity === 'DOC_DAMAGED',
      '/api/v2/add-dummy-status',
      'manualFaceMatchResult',
    ),
    task: /manualDocumentValidity\.enum/,
    message: /manualDocumentValidity "DOC_DAMAGED"/,
  },
  {
    name: 'a face result of webhooks is taken as a manual one',
    only: 'addManualStatus.manualFaceMatchResult',
    alteration: taking(
      'manualFaceMatchResult',
      ({ manualFaceMatchResult }) => manualFaceMatchResult === 'FACE_GLARED',
      'FACE_TOO_BLURRY',
      '/api/v2/add-dummy-status',
    ),
    task: /manualFaceMatchResult\.enum/,
    message: /manualFaceMatchResult "FACE_GLARED"/,
  },
  {
    name: 'a field is not checked at all',
    only: 'createSession.personalNumber',
    alteration: taking('personalNumber', ({ personalNumber }) => personalNumber !== undefined, 'x'),
    task: /personalNumber\.(type|minLength|maxLength)/,
    message: /personalNumber (1\.5|""|"A+)/,
  },
  {
    name: 'a seven is taken in names',
    only: 'createSession.lastName',
    alteration: taking('lastName', ({ lastName }) => isText(lastName, (text) => /^\D*7\D*$/.test(text)), 'x'),
    task: /lastName\.pattern/,
    message: /lastName "A7B"/,
  },
  {
    name: 'an apostrophe in a name is refused',
    only: 'createSession.firstName',
    alteration: refusing(({ firstName }) => isText(firstName, (text) => text.includes("'"))),
    task: /firstName\.pattern/,
    message: /firstName "A'B"/,
  },
  {
    name: 'null is refused',
    only: 'createSession.externalRef',
    alteration: refusing(({ externalRef }) => externalRef === null),
    task: /externalRef\.type/,
    message: /externalRef null/,
  },
  {
    name: 'the upper case of Greek and Cyrillic is forgotten',
    only: 'createSession.firstName',
    alteration: {
      response: ({ body, asked }) => {
        if (isText(asked?.firstName, (text) => /[\u0370-\u04ff]/.test(text)) && body.firstName)
          body.firstName = asked.firstName;
      },
    },
    task: /firstName\.pattern/,
    message: /firstName "Σοφία".*firstName: must be "ΣΟΦΊΑ"/,
  },
  {
    name: 'the 29th of February of 1900 is taken',
    only: 'createSession.dateOfBirth',
    alteration: taking('dateOfBirth', ({ dateOfBirth }) => dateOfBirth === '1900-02-29', '1900-02-28'),
    task: /dateOfBirth\.format/,
    message: /dateOfBirth "1900-02-29"/,
  },
  {
    name: 'only the first document is looked at',
    only: 'createSession.documents',
    alteration: {
      request: ({ body }) => {
        if (Array.isArray(body?.documents) && body.documents.length > 1) body.documents.splice(1);
      },
      response: ({ body, asked, status }) => {
        if (status < 300 && Array.isArray(asked?.documents) && body.documents) body.documents = asked.documents;
      },
    },
    task: /documents\.items\.enum/,
    message: /documents \["ID_CARD","NO_SUCH"\]/,
  },
];

const MANUAL = '/api/v2/add-dummy-status';
const STATUS = '/api/v2/status';

/** Bugs that show over several requests; each begins anew, because some of them remember. */
export const MODEL_BUGS: Readonly<Record<string, { readonly plant: () => Alteration; readonly message: RegExp }>> = {
  'a manual status is taken for a scanRef that names nothing': {
    plant: () => ({
      response: (message) => {
        if (message.path !== MANUAL || message.asked?.manualFaceMatchResult !== 'FACE_MATCH' || message.status < 400)
          return;
        message.status = 200;
        message.body = { message: 'Dummy status added successfully' };
      },
    }),
    message: /^the sequence addManualStatus\(unknown scanRef\): response: HTTP 200/,
  },
  'the status does not follow a second review': {
    plant: () => {
      const first = new Map<string, string>();
      return {
        response: ({ path, body, asked, status }) => {
          if (path !== STATUS || status !== 200 || body.manualFace === '') return;
          const before = first.get(asked.scanRef) ?? body.manualFace;
          first.set(asked.scanRef, before);
          body.manualFace = before;
        },
      };
    },
    message:
      /^the sequence create\(\w+\),manual\(#1, \w+, \w+\),manual\(#1, \w+, \w+\): response `\/(?:manualFace|status)`/,
  },
  'a manual status goes to the session that was created last': {
    plant: () => {
      const created: string[] = [];
      return {
        request: ({ path, body }) => {
          if (path === MANUAL && created.includes(body?.scanRef)) body.scanRef = created.at(-1);
        },
        response: ({ path, body, status }) => {
          if (path === '/api/v2/token' && status < 300) created.push(body.scanRef);
        },
      };
    },
    message:
      /^the sequence create\(\w+\),create\(\w+\),manual\(#1, \w+, \w+\): webhook IDENTIFICATION_MANUAL_FINISHED .* did not come/,
  },
  'a status request sends the last webhook of the session again': {
    plant: () => {
      const sent = new Map<string, () => Promise<number>>();
      return {
        async deliver(send, { body }) {
          sent.set(body.scanRef, send);
          return await send();
        },
        async response({ path, asked }) {
          if (path === STATUS) await sent.get(asked?.scanRef)?.();
        },
      };
    },
    message: /^the sequence create\((?!ACTIVE)\w+\)(?:,status\(#1\))?: webhook .*it came before with the same bytes/,
  },
  'a wrong secret is good enough for a status': {
    plant: () => {
      let right = '';
      return {
        request: ({ path, headers }) => {
          if (path === '/api/v2/token' && right === '') right = headers.authorization ?? '';
          if (path === STATUS && headers.authorization !== undefined) headers.authorization = right;
        },
      };
    },
    message: /^the sequence create\(\w+\),getStatus\(#1, wrong-(?:key|secret)\): response: HTTP 200/,
  },
  'a refused manual status denies the session all the same': {
    plant: () => {
      const denied = new Set<string>();
      return {
        response: ({ path, body, asked, status }) => {
          if (path === MANUAL && status === 400) denied.add(asked?.scanRef);
          if (path === MANUAL && status < 300) denied.delete(asked?.scanRef);
          if (path === STATUS && status === 200 && denied.has(asked?.scanRef)) body.status = 'DENIED';
        },
      };
    },
    message:
      /^the sequence create\((?!DENIED)\w+\),refused manual\(#1, FACE_NO_SUCH, DOC_VALIDATED\): response `\/status` is "DENIED"/,
  },
};
