import type { Json, JsonObject } from '../domain/json.ts';
import type { DocumentSex } from '../domain/vocabulary.generated.ts';
import type { Session } from './session.ts';
import { upperCase } from './token-response.ts';

const DOCUMENT_SEX: Readonly<Record<string, DocumentSex>> = { M: 'MALE', F: 'FEMALE' };

/** The webhook of a session as it stands (`openapi`, IdentificationWebhook); `now` is Unix time in ms. */
export function createWebhookBody(session: Session, final: boolean, now: number): JsonObject {
  const { request, status } = session;
  return {
    final,
    platform: 'PC',
    status: { ...status, additionalSteps: null },
    data: createData(session),
    fileUrls: {},
    scanRef: session.scanRef,
    clientId: request.clientId ?? null,
    companyId: session.companyId,
    beneficiaryId: session.beneficiaryId,
    startTime: Math.floor(session.createdAt / 1000),
    finishTime: Math.floor(Math.max(now, session.createdAt) / 1000),
    clientIp: '127.0.0.1',
    clientIpCountry: null,
    clientLocation: null,
    externalRef: request.externalRef ?? null,
  };
}

/** What was read from the document: the request's own data, or nothing while no document has been looked at. */
function createData({ request, status }: Session): JsonObject {
  const seen = status.autoDocument !== null || status.manualDocument !== null;
  const given = (field: string): Json | undefined => (seen ? request[field] : undefined);
  const text = (field: string, max: number): string | null => cut(given(field), max);
  const [firstName, lastName] = [upperCase(given('firstName')), upperCase(given('lastName'))];
  return {
    docFirstName: cut(firstName, 100),
    docLastName: cut(lastName, 100),
    docNumber: text('documentNumber', 100),
    docPersonalCode: text('personalNumber', 30),
    docExpiry: text('dateOfExpiry', 10),
    docDob: text('dateOfBirth', 10),
    docDateOfIssue: text('dateOfIssue', 10),
    docType: seen ? documentType(request.documents) : null,
    docSex: DOCUMENT_SEX[text('sex', 1) ?? ''] ?? null,
    docNationality: upperCase(given('nationality')),
    docIssuingCountry: upperCase(given('country')),
    manuallyDataChanged: false,
    fullName: cut([firstName, lastName].filter((name) => name !== null).join(' ') || null, 201),
    selectedCountry: upperCase(request.country),
    address: text('address', 100),
    ...originals(given),
    ageEstimate: null,
    clientIpProxyRiskLevel: 'NOT_CHECKED',
    duplicateFaces: null,
    duplicateDocFaces: null,
    additionalData: {},
  };
}

/** The `org...` fields: the data in the document's own script. */
function originals(given: (field: string) => Json | undefined): JsonObject {
  return {
    orgFirstName: cut(given('firstName'), 255),
    orgLastName: cut(given('lastName'), 255),
    orgNationality: cut(given('nationality'), 255),
    orgBirthPlace: null,
    orgAuthority: null,
    orgAddress: cut(given('address'), 500),
    orgTemporaryAddress: null,
    orgMothersMaidenName: null,
    orgBirthName: null,
    orgPatronymic: null,
  };
}

function documentType(documents: Json | undefined): Json {
  return (Array.isArray(documents) ? documents[0] : undefined) ?? 'PASSPORT';
}

/** `value` with `max` code points at most: some fields of the webhook are shorter than the request's. */
function cut(value: Json | undefined, max: number): string | null {
  if (typeof value !== 'string') return null;
  return value.length <= max ? value : [...value].slice(0, max).join('');
}
