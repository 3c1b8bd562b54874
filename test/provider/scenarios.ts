/** Automatic results only: every dummyStatus. */
const AUTOMATIC = `
scenarios:
  - name: automatic
    source: seed
    matrix: {dummyStatus: [APPROVED, DENIED, SUSPECTED, EXPIRED, ACTIVE]}
`;

const SESSION = `{
      firstName: John Tom, lastName: Smith, successUrl: "https://a.example/good", errorUrl: "https://a.example/bad",
      unverifiedUrl: "https://a.example/none", locale: lt, showInstructions: false, expiryTime: 700, sessionLength: 800,
      country: lt, documents: [PASSPORT, ID_CARD], dateOfBirth: "1990-12-20", dateOfExpiry: "2030-12-20",
      dateOfIssue: "2020-12-20", nationality: lv, personalNumber: "123456789", documentNumber: "123456", sex: M,
      generateDigitString: true, address: Address, tokenType: DOCUMENT, externalRef: reference,
      reviewSuccessful: false, reviewFailed: false}`;

/** The natural flow with every field of a session: automatic results, then manual ones. */
const FLOW = `
scenarios:
  - name: flow
    source: seed
    session: ${SESSION}
    matrix:
      dummyStatus: [APPROVED, DENIED, SUSPECTED]
      manualFaceMatchResult: [FAKE_FACE, FACE_MATCH]
      manualDocumentValidity: [DOC_VALIDATED, DOC_EXPIRED]
    combine: each
`;

/** The natural flow once. */
const ONE = `
scenarios:
  - name: one
    source: seed
    session: ${SESSION}
    manual: {manualFaceMatchResult: FAKE_FACE}
`;

/** An automatic denial that the review turns into an approval. */
const REVIEW = `
scenarios:
  - name: review
    source: seed
    session: {dummyStatus: DENIED}
    manual: {manualFaceMatchResult: FACE_MATCH}
`;

/** A session that names as little as it may. */
const DEFAULTS = `
scenarios:
  - name: defaults
    source: docs
    steps:
      - createSession: {callback: false, body: {clientId: "\${{ clientId }}", dummyStatus: APPROVED}}
`;

/** The status of two sessions, of which one is reviewed. */
const STATUS = `
scenarios:
  - name: status
    source: docs
    matrix: {dummyStatus: [SUSPECTED, DENIED]}
    steps:
      - createSession: {}
      - awaitWebhook: {event: auto, as: webhook}
      - getStatus: {}
        expect: {body: {status: "\${{ matrix.dummyStatus }}", scanRef: "\${{ session.scanRef }}", clientId: "\${{ session.clientId }}"}}
      - addManualStatus: {manualFaceMatchResult: FACE_MATCH, manualDocumentValidity: DOC_FAKE}
      - awaitWebhook: {event: manual, as: webhook}
      - getStatus: {}
        expect: {body: {status: DENIED, manualFace: FACE_MATCH, manualDocument: DOC_FAKE}}
`;

/** Requests that have to be refused. */
const REFUSED = `
scenarios:
  - name: refused
    source: docs
    steps:
      - createSession: {credentials: wrong-key}
        expect: {status: [400, 401], error: UNAUTHORIZED}
      - createSession: {with: {clientId: null}}
        expect: {status: 400, error: [MISSING_VALUE, BAD_VALUE, VALIDATION_ERROR]}
      - addManualStatus: {scanRef: "\${{ uuid }}", manualFaceMatchResult: FACE_MATCH, manualDocumentValidity: DOC_VALIDATED}
        expect: {status: [400, 404]}
      - createSession: {}
      - awaitWebhook: {event: auto}
      - addManualStatus: {manualFaceMatchResult: FACE_MATCH, manualDocumentValidity: DOC_NO_SUCH}
        expect: {status: 400, error: [BAD_VALUE, VALIDATION_ERROR]}
  - name: wrong environment
    source: seed
    environment: TEST
    steps:
      - createSession: {}
        expect: {status: 400, error: PERMISSIONS_ERROR, body: {message: This endpoint is not available for TESTING/PRODUCTION partners.}}
`;

/** A manual status that does not wait for the automatic webhook. */
const HASTY = `
scenarios:
  - name: hasty
    source: seed
    steps:
      - createSession: {}
      - addManualStatus: {manualFaceMatchResult: FACE_MISMATCH, manualDocumentValidity: DOC_VALIDATED}
      - awaitWebhook: {event: manual}
      - awaitWebhook: {event: auto}
`;

/** Two manual statuses in a row. */
const TWICE = `
scenarios:
  - name: twice
    source: seed
    steps:
      - createSession: {}
      - awaitWebhook: {event: auto}
      - addManualStatus: {manualFaceMatchResult: FAKE_FACE, manualDocumentValidity: DOC_VALIDATED}
      - addManualStatus: {manualFaceMatchResult: FACE_MATCH, manualDocumentValidity: DOC_VALIDATED}
      - awaitWebhook: {event: manual}
      - awaitWebhook: {event: manual}
`;

/** A webhook that is refused once, so that it has to come again. */
const RETRIED = `
scenarios:
  - name: retried
    source: docs
    steps:
      - createSession: {refuseWebhooks: 1}
      - awaitWebhook: {event: auto}
`;

/** Names in letters beyond ASCII. */
const LETTERS = `
scenarios:
  - name: letters
    source: docs
    session: {firstName: "\u017dygimant\u0117", lastName: "\u674e"}
    manual: {manualFaceMatchResult: FAKE_FACE}
`;

/** The scenarios that are run through the proxy. */
export const SCENARIOS: Readonly<Record<ScenarioName, string>> = {
  AUTOMATIC,
  FLOW,
  ONE,
  REVIEW,
  DEFAULTS,
  STATUS,
  REFUSED,
  HASTY,
  TWICE,
  RETRIED,
  LETTERS,
};

/** Name of one of them. */
export type ScenarioName =
  | 'AUTOMATIC'
  | 'FLOW'
  | 'ONE'
  | 'REVIEW'
  | 'DEFAULTS'
  | 'STATUS'
  | 'REFUSED'
  | 'HASTY'
  | 'TWICE'
  | 'RETRIED'
  | 'LETTERS';
