import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { SchemaViolation } from '../src/domain/diagnostic.ts';
import type { ScenarioGrammar } from '../src/domain/grammar.ts';
import type { Json } from '../src/domain/json.ts';
import type { Operation } from '../src/domain/message.ts';

const schema = JSON.parse(readFileSync(new URL('../contracts/scenario.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({
  allErrors: true,
  verbose: true,
  strict: true,
  allowUnionTypes: true,
  strictTypes: false,
}).compile(schema);

const FIELDS: Readonly<Record<Operation, Readonly<Record<string, readonly Json[] | undefined>>>> = {
  createSession: {
    dummyStatus: ['APPROVED', 'DENIED', 'SUSPECTED', 'ACTIVE', 'EXPIRED'],
    sex: ['M', 'F'],
    showInstructions: [true, false],
    generateDigitString: [true, false],
    tokenType: ['IDENTIFICATION', 'DOCUMENT'],
    ...Object.fromEntries(
      'clientId firstName lastName successUrl errorUrl callbackUrl locale expiryTime sessionLength country nationality documents dateOfBirth personalNumber address externalRef'
        .split(' ')
        .map((name) => [name, undefined]),
    ),
  },
  addManualStatus: {
    scanRef: undefined,
    manualFaceMatchResult:
      'FACE_MATCH FACE_MISMATCH NO_FACE_FOUND TOO_MANY_FACES FACE_TOO_BLURRY FACE_UNCERTAIN FACE_NOT_ANALYSED FACE_NOT_CHECKED FACE_ERROR AUTO_UNVERIFIABLE FAKE_FACE'.split(
        ' ',
      ),
    manualDocumentValidity:
      'DOC_VALIDATED DOC_INFO_MISMATCH DOC_NOT_FOUND DOC_NOT_FULLY_VISIBLE DOC_NOT_SUPPORTED DOC_FACE_NOT_FOUND DOC_TOO_BLURRY DOC_FACE_GLARED MRZ_NOT_FOUND MRZ_OCR_READING_ERROR BARCODE_NOT_FOUND DOC_EXPIRED COUNTRY_MISMATCH DOC_TYPE_MISMATCH DOC_DAMAGED DOC_FAKE DOC_ERROR AUTO_UNVERIFIABLE DOC_NOT_ANALYSED DOC_NAME_ERROR DOC_SURNAME_ERROR DOC_EXPIRY_ERROR DOC_DOB_ERROR DOC_PERSONAL_NUMBER_ERROR DOC_NUMBER_ERROR DOC_DATE_OF_ISSUE_ERROR DOC_SEX_ERROR DOC_NATIONALITY_ERROR'.split(
        ' ',
      ),
  },
  getStatus: { scanRef: undefined },
};

/** The grammar over the real scenario schema, with the vocabulary of the seed page written out: the scenario tests need no other part. */
export const GRAMMAR: ScenarioGrammar = {
  structure(value: unknown): readonly SchemaViolation[] {
    if (validate(value)) return [];
    return (validate.errors ?? []).map((error) => ({
      at: error.instancePath,
      keyword: error.keyword,
      params: error.params,
      schemaPath: error.schemaPath,
      allowed:
        error.keyword === 'additionalProperties'
          ? Object.keys((error.parentSchema?.properties as object | undefined) ?? {})
          : [],
    }));
  },
  fieldValues: (operation, field) => FIELDS[operation][field],
  fieldNames: (operation) => Object.keys(FIELDS[operation]),
  operations: {
    createSession: { method: 'POST', path: '/api/v2/token' },
    addManualStatus: { method: 'POST', path: '/api/v2/add-dummy-status' },
    getStatus: { method: 'POST', path: '/api/v2/status' },
  },
};
