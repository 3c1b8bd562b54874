import type { Operation } from '../domain/message.ts';
import {
  COUNTRY,
  DOCUMENT_TYPE,
  DUMMY_STATUS,
  LEGACY_TOKEN_TYPE,
  LOCALE,
  MANUAL_DOCUMENT_VALIDITY,
  MANUAL_FACE_MATCH_RESULT,
  SEX,
  TOKEN_TYPE,
} from '../domain/vocabulary.generated.ts';

/** How a text has to be formed, beyond its length and characters. */
export type TextFormat = 'url' | 'callback-url' | 'date';

interface RuleBase {
  /** Missing, null and '' are answered with MISSING_VALUE. */
  readonly required?: true;
  /** Null is taken, and means the same as leaving the field out. */
  readonly nullable?: true;
}

/** A text; `min` and `max` count code points. */
export interface TextRule extends RuleBase {
  readonly kind: 'text';
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
  readonly format?: TextFormat;
  /** The values that are taken. */
  readonly oneOf?: ReadonlySet<string>;
  /** `oneOf` is in upper case and the text may be in any. */
  readonly anyCase?: true;
}

/** A whole number between `min` and `max`, both taken. */
interface IntegerRule extends RuleBase {
  readonly kind: 'integer';
  readonly min: number;
  readonly max: number;
}

/** A boolean. */
interface FlagRule extends RuleBase {
  readonly kind: 'flag';
}

/** A list of texts out of `oneOf`. */
interface ListRule extends RuleBase {
  readonly kind: 'list';
  readonly oneOf: ReadonlySet<string>;
}

/** What one field of a request has to be. */
export type FieldRule = TextRule | IntegerRule | FlagRule | ListRule;

/** The rules of one request, by field; plain data, so that a named defect can shift one limit of a copy. */
export type FieldRules = Readonly<Record<string, FieldRule>>;

// The facts name 16 of 37 codes; the others are the languages that the vendor's screens are offered in.
const FURTHER_LOCALES = 'da nl fi no pt el sk sl hr sr uk tr ar hi id vi th ka ko zh az'.split(' ');

const NAME: TextRule = {
  kind: 'text',
  nullable: true,
  min: 1,
  max: 100,
  pattern: /^[^0-9~!@#$%^*()_+={}[\]\\|:;",<>/?]*$/,
};
const LINK: TextRule = { kind: 'text', nullable: true, min: 5, max: 2048, format: 'url' };
const DATE: TextRule = { kind: 'text', nullable: true, format: 'date' };
const NUMBER: TextRule = { kind: 'text', nullable: true, min: 1, max: 50 };
// The pattern keeps out letters such as ſ, whose upper case is an ASCII letter.
const NATION: TextRule = {
  kind: 'text',
  nullable: true,
  oneOf: new Set(COUNTRY),
  anyCase: true,
  pattern: /^[A-Za-z]{2}$/,
};

/** The fields of POST /api/v2/token (facts: `docs`, `openapi`, `seed`); contested limits as decision 020 reads them. */
export const TOKEN_RULES: FieldRules = {
  dummyStatus: { kind: 'text', max: 30, oneOf: new Set(DUMMY_STATUS) },
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what the source says
  clientId: { kind: 'text', required: true, min: 1, max: 100, pattern: /^[\x00-\x7f]*$/ },
  firstName: NAME,
  lastName: NAME,
  successUrl: LINK,
  errorUrl: LINK,
  unverifiedUrl: LINK,
  callbackUrl: { kind: 'text', nullable: true, max: 2048, format: 'callback-url' },
  locale: { kind: 'text', nullable: true, max: 7, oneOf: new Set([...LOCALE, ...FURTHER_LOCALES]) },
  showInstructions: { kind: 'flag' },
  expiryTime: { kind: 'integer', min: 1, max: 2_592_000 },
  sessionLength: { kind: 'integer', min: 60, max: 3_600 },
  country: NATION,
  documents: { kind: 'list', nullable: true, oneOf: new Set(DOCUMENT_TYPE) },
  dateOfBirth: DATE,
  dateOfExpiry: DATE,
  dateOfIssue: DATE,
  nationality: NATION,
  personalNumber: NUMBER,
  documentNumber: NUMBER,
  sex: { kind: 'text', nullable: true, oneOf: new Set(SEX) },
  generateDigitString: { kind: 'flag' },
  address: { kind: 'text', nullable: true, max: 255 },
  tokenType: { kind: 'text', oneOf: new Set<string>([...TOKEN_TYPE, ...LEGACY_TOKEN_TYPE]) },
  externalRef: { kind: 'text', nullable: true, max: 40 },
  reviewSuccessful: { kind: 'flag' },
  reviewFailed: { kind: 'flag' },
};

/** The fields of POST /api/v2/add-dummy-status (`seed`). */
export const MANUAL_STATUS_RULES: FieldRules = {
  scanRef: { kind: 'text', required: true, max: 40 },
  manualFaceMatchResult: { kind: 'text', required: true, max: 30, oneOf: new Set(MANUAL_FACE_MATCH_RESULT) },
  manualDocumentValidity: { kind: 'text', required: true, max: 30, oneOf: new Set(MANUAL_DOCUMENT_VALIDITY) },
};

/** The fields of POST /api/v2/status (`docs`). */
const STATUS_RULES: FieldRules = {
  scanRef: { kind: 'text', required: true, max: 40 },
};

/** The rules of every request. */
export type RequestRules = Readonly<Record<Operation, FieldRules>>;

/** The rules of each request as the sources have them. */
export const DOCUMENTED_RULES: RequestRules = {
  createSession: TOKEN_RULES,
  addManualStatus: MANUAL_STATUS_RULES,
  getStatus: STATUS_RULES,
};
