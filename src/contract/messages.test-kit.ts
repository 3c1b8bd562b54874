import type { JsonObject } from '../domain/json.ts';

/** The vendor page's example request, word for word (`seed`). */
export const SEED_REQUEST: JsonObject = {
  dummyStatus: 'APPROVED',
  clientId: '100000',
  firstName: 'John Tom',
  lastName: 'Smith',
  successUrl: 'https://www.my-company.com/idenfy/success',
  errorUrl: 'https://www.my-company.com/idenfy/fail',
  locale: 'en',
  showInstructions: true,
  expiryTime: 600,
  sessionLength: 600,
  country: 'lt',
  documents: ['PASSPORT', 'ID_CARD'],
  dateOfBirth: '1990-12-20',
  dateOfExpiry: '1990-12-20',
  dateOfIssue: '1990-12-20',
  nationality: 'lt',
  personalNumber: '123456789',
  documentNumber: '123456',
  sex: 'M',
  address: 'Address',
  tokenType: 'IDENTIFICATION',
  externalRef: 'reference',
};

/** The vendor page's example response (`seed`), with the request's documents echoed: the page's OTHER is its own slip. */
export const SEED_RESPONSE: JsonObject = {
  message: 'Dummy token and verification created successfully',
  authToken: 'pgYQX0z2T8mtcpNj9I20uWVCLKNuG0vgr12f0wAC',
  scanRef: 'ec6a7108-8c26-11e9-9758-309c231b1bac',
  clientId: '100000',
  firstName: 'JOHN TOM',
  lastName: 'SMITH',
  successUrl: 'https://www.my-company.com/idenfy/success',
  errorUrl: 'https://www.my-company.com/idenfy/fail',
  locale: 'en',
  showInstructions: true,
  country: 'lt',
  expiryTime: 600,
  sessionLength: 600,
  documents: ['PASSPORT', 'ID_CARD'],
  dateOfBirth: '1990-12-20',
  dateOfExpiry: '1990-12-20',
  dateOfIssue: '1990-12-20',
  nationality: 'lt',
  personalNumber: '123456789',
  documentNumber: '123456',
  sex: 'M',
  digitString: '4823657',
  address: 'Address',
  tokenType: 'IDENTIFICATION',
  externalRef: 'reference',
};

/** The vendor page's example of a manual status, word for word (`seed`). */
export const SEED_MANUAL_STATUS: JsonObject = {
  scanRef: 'unique_scan_ref',
  manualDocumentValidity: 'DOC_ERROR',
  manualFaceMatchResult: 'FACE_MATCH',
};

/** The refusal of keys that are not for development, word for word (`seed`). */
export const SEED_ERROR: JsonObject = {
  message: 'This endpoint is not available for TESTING/PRODUCTION partners.',
  identifier: 'PERMISSIONS_ERROR',
};

const DATA: JsonObject = {
  docFirstName: 'JOHN TOM',
  docLastName: 'SMITH',
  docNumber: '123456',
  docPersonalCode: '123456789',
  docExpiry: '2030-12-20',
  docDob: '1990-12-20',
  docDateOfIssue: '2020-02-29',
  docType: 'PASSPORT',
  docSex: 'MALE',
  docNationality: 'LT',
  docIssuingCountry: 'LT',
  birthPlace: 'Vilnius',
  authority: '1',
  address: 'Address',
  docTemporaryAddress: null,
  mothersMaidenName: null,
  docBirthName: null,
  docPatronymic: null,
  driverLicenseCategory: null,
  manuallyDataChanged: false,
  fullName: 'JOHN TOM SMITH',
  selectedCountry: 'LT',
  orgFirstName: 'John Tom',
  orgLastName: 'Smith',
  orgNationality: 'Lietuva',
  orgBirthPlace: null,
  orgAuthority: null,
  orgAddress: null,
  orgTemporaryAddress: null,
  orgMothersMaidenName: null,
  orgBirthName: null,
  orgPatronymic: null,
  ageEstimate: 'OVER_30',
  clientIpProxyRiskLevel: 'LOW',
  duplicateFaces: null,
  duplicateDocFaces: [],
  additionalData: {},
};

/** A webhook that breaks nothing: an automatic approval. */
export const WEBHOOK: JsonObject = {
  final: true,
  platform: 'PC',
  status: {
    overall: 'APPROVED',
    fraudTags: [],
    mismatchTags: [],
    autoFace: 'FACE_MATCH',
    manualFace: null,
    autoDocument: 'DOC_VALIDATED',
    manualDocument: null,
    additionalSteps: null,
    suspicionReasons: [],
  },
  data: DATA,
  fileUrls: { FRONT: 'https://files.example.com/front.png', BACK: null },
  scanRef: 'ec6a7108-8c26-11e9-9758-309c231b1bac',
  clientId: '100000',
  companyId: null,
  beneficiaryId: null,
  startTime: 1_700_000_000,
  finishTime: 1_700_000_001,
  clientIp: '192.0.2.1',
  clientIpCountry: 'LT',
  clientLocation: 'Vilnius, Lithuania',
  externalRef: 'reference',
};

/** Headers that break nothing, with the names as Node gives them. */
export const WEBHOOK_HEADERS: JsonObject = {
  'content-type': 'application/json; charset=utf-8',
  'idenfy-event-type': 'IDENTIFICATION_AUTO_FINISHED',
  'idenfy-signature': 'a'.repeat(64),
};

/** An answer of /api/v2/status that breaks nothing. */
export const STATUS_RESPONSE: JsonObject = {
  status: 'APPROVED',
  autoDocument: 'DOC_VALIDATED',
  autoFace: 'FACE_MATCH',
  manualDocument: '',
  manualFace: '',
  fraudTags: [],
  mismatchTags: [],
  scanRef: 'ec6a7108-8c26-11e9-9758-309c231b1bac',
  clientId: '100000',
};
