// Generated from contracts/ by contracts/generate.js; do not edit.
/** Automatic result of a dummy session. */
export type DummyStatus =
  | 'APPROVED'
  | 'DENIED'
  | 'SUSPECTED'
  | 'ACTIVE'
  | 'EXPIRED';

/** Automatic result of a dummy session. */
export const DUMMY_STATUS: readonly DummyStatus[] = [
  'APPROVED',
  'DENIED',
  'SUSPECTED',
  'ACTIVE',
  'EXPIRED',
];

/** Face results that add-dummy-status takes. */
export type ManualFaceMatchResult =
  | 'FACE_MATCH'
  | 'FACE_MISMATCH'
  | 'NO_FACE_FOUND'
  | 'TOO_MANY_FACES'
  | 'FACE_TOO_BLURRY'
  | 'FACE_UNCERTAIN'
  | 'FACE_NOT_ANALYSED'
  | 'FACE_NOT_CHECKED'
  | 'FACE_ERROR'
  | 'AUTO_UNVERIFIABLE'
  | 'FAKE_FACE';

/** Face results that add-dummy-status takes. */
export const MANUAL_FACE_MATCH_RESULT: readonly ManualFaceMatchResult[] = [
  'FACE_MATCH',
  'FACE_MISMATCH',
  'NO_FACE_FOUND',
  'TOO_MANY_FACES',
  'FACE_TOO_BLURRY',
  'FACE_UNCERTAIN',
  'FACE_NOT_ANALYSED',
  'FACE_NOT_CHECKED',
  'FACE_ERROR',
  'AUTO_UNVERIFIABLE',
  'FAKE_FACE',
];

/** Document results that add-dummy-status takes. */
export type ManualDocumentValidity =
  | 'DOC_VALIDATED'
  | 'DOC_INFO_MISMATCH'
  | 'DOC_NOT_FOUND'
  | 'DOC_NOT_FULLY_VISIBLE'
  | 'DOC_NOT_SUPPORTED'
  | 'DOC_FACE_NOT_FOUND'
  | 'DOC_TOO_BLURRY'
  | 'DOC_FACE_GLARED'
  | 'MRZ_NOT_FOUND'
  | 'MRZ_OCR_READING_ERROR'
  | 'BARCODE_NOT_FOUND'
  | 'DOC_EXPIRED'
  | 'COUNTRY_MISMATCH'
  | 'DOC_TYPE_MISMATCH'
  | 'DOC_DAMAGED'
  | 'DOC_FAKE'
  | 'DOC_ERROR'
  | 'AUTO_UNVERIFIABLE'
  | 'DOC_NOT_ANALYSED'
  | 'DOC_NAME_ERROR'
  | 'DOC_SURNAME_ERROR'
  | 'DOC_EXPIRY_ERROR'
  | 'DOC_DOB_ERROR'
  | 'DOC_PERSONAL_NUMBER_ERROR'
  | 'DOC_NUMBER_ERROR'
  | 'DOC_DATE_OF_ISSUE_ERROR'
  | 'DOC_SEX_ERROR'
  | 'DOC_NATIONALITY_ERROR';

/** Document results that add-dummy-status takes. */
export const MANUAL_DOCUMENT_VALIDITY: readonly ManualDocumentValidity[] = [
  'DOC_VALIDATED',
  'DOC_INFO_MISMATCH',
  'DOC_NOT_FOUND',
  'DOC_NOT_FULLY_VISIBLE',
  'DOC_NOT_SUPPORTED',
  'DOC_FACE_NOT_FOUND',
  'DOC_TOO_BLURRY',
  'DOC_FACE_GLARED',
  'MRZ_NOT_FOUND',
  'MRZ_OCR_READING_ERROR',
  'BARCODE_NOT_FOUND',
  'DOC_EXPIRED',
  'COUNTRY_MISMATCH',
  'DOC_TYPE_MISMATCH',
  'DOC_DAMAGED',
  'DOC_FAKE',
  'DOC_ERROR',
  'AUTO_UNVERIFIABLE',
  'DOC_NOT_ANALYSED',
  'DOC_NAME_ERROR',
  'DOC_SURNAME_ERROR',
  'DOC_EXPIRY_ERROR',
  'DOC_DOB_ERROR',
  'DOC_PERSONAL_NUMBER_ERROR',
  'DOC_NUMBER_ERROR',
  'DOC_DATE_OF_ISSUE_ERROR',
  'DOC_SEX_ERROR',
  'DOC_NATIONALITY_ERROR',
];

/** Face results that a webhook may carry. */
export type FaceResult =
  | 'FACE_MATCH'
  | 'FACE_MISMATCH'
  | 'NO_FACE_FOUND'
  | 'TOO_MANY_FACES'
  | 'FACE_TOO_BLURRY'
  | 'FACE_UNCERTAIN'
  | 'FACE_NOT_ANALYSED'
  | 'FACE_NOT_CHECKED'
  | 'FACE_ERROR'
  | 'AUTO_UNVERIFIABLE'
  | 'FAKE_FACE'
  | 'FACE_GLARED';

/** Face results that a webhook may carry. */
export const FACE_RESULT: readonly FaceResult[] = [
  'FACE_MATCH',
  'FACE_MISMATCH',
  'NO_FACE_FOUND',
  'TOO_MANY_FACES',
  'FACE_TOO_BLURRY',
  'FACE_UNCERTAIN',
  'FACE_NOT_ANALYSED',
  'FACE_NOT_CHECKED',
  'FACE_ERROR',
  'AUTO_UNVERIFIABLE',
  'FAKE_FACE',
  'FACE_GLARED',
];

/** Document results that a webhook may carry. */
export type DocumentResult =
  | 'DOC_VALIDATED'
  | 'DOC_INFO_MISMATCH'
  | 'DOC_NOT_FOUND'
  | 'DOC_NOT_FULLY_VISIBLE'
  | 'DOC_NOT_SUPPORTED'
  | 'DOC_FACE_NOT_FOUND'
  | 'DOC_TOO_BLURRY'
  | 'DOC_FACE_GLARED'
  | 'MRZ_NOT_FOUND'
  | 'MRZ_OCR_READING_ERROR'
  | 'BARCODE_NOT_FOUND'
  | 'DOC_EXPIRED'
  | 'COUNTRY_MISMATCH'
  | 'DOC_TYPE_MISMATCH'
  | 'DOC_DAMAGED'
  | 'DOC_FAKE'
  | 'DOC_ERROR'
  | 'AUTO_UNVERIFIABLE'
  | 'DOC_NOT_ANALYSED'
  | 'DOC_NAME_ERROR'
  | 'DOC_SURNAME_ERROR'
  | 'DOC_EXPIRY_ERROR'
  | 'DOC_DOB_ERROR'
  | 'DOC_PERSONAL_NUMBER_ERROR'
  | 'DOC_NUMBER_ERROR'
  | 'DOC_DATE_OF_ISSUE_ERROR'
  | 'DOC_SEX_ERROR'
  | 'DOC_NATIONALITY_ERROR'
  | 'DOC_GLARED'
  | 'COUNTRY_NOT_SUPPORTED'
  | 'DOC_SUBTYPE_MISMATCH'
  | 'DOC_SIDE_MISMATCH'
  | 'DOC_PERSONAL_CODE_INVALID'
  | 'DOC_NOT_ALLOWED'
  | 'DOC_SPOOF_DETECTED'
  | 'MRZ_INVALID'
  | 'EID_FAILED'
  | 'NFC_INIT_FAILED'
  | 'NFC_FAILED'
  | 'NFC_TIMEOUT';

/** Document results that a webhook may carry. */
export const DOCUMENT_RESULT: readonly DocumentResult[] = [
  'DOC_VALIDATED',
  'DOC_INFO_MISMATCH',
  'DOC_NOT_FOUND',
  'DOC_NOT_FULLY_VISIBLE',
  'DOC_NOT_SUPPORTED',
  'DOC_FACE_NOT_FOUND',
  'DOC_TOO_BLURRY',
  'DOC_FACE_GLARED',
  'MRZ_NOT_FOUND',
  'MRZ_OCR_READING_ERROR',
  'BARCODE_NOT_FOUND',
  'DOC_EXPIRED',
  'COUNTRY_MISMATCH',
  'DOC_TYPE_MISMATCH',
  'DOC_DAMAGED',
  'DOC_FAKE',
  'DOC_ERROR',
  'AUTO_UNVERIFIABLE',
  'DOC_NOT_ANALYSED',
  'DOC_NAME_ERROR',
  'DOC_SURNAME_ERROR',
  'DOC_EXPIRY_ERROR',
  'DOC_DOB_ERROR',
  'DOC_PERSONAL_NUMBER_ERROR',
  'DOC_NUMBER_ERROR',
  'DOC_DATE_OF_ISSUE_ERROR',
  'DOC_SEX_ERROR',
  'DOC_NATIONALITY_ERROR',
  'DOC_GLARED',
  'COUNTRY_NOT_SUPPORTED',
  'DOC_SUBTYPE_MISMATCH',
  'DOC_SIDE_MISMATCH',
  'DOC_PERSONAL_CODE_INVALID',
  'DOC_NOT_ALLOWED',
  'DOC_SPOOF_DETECTED',
  'MRZ_INVALID',
  'EID_FAILED',
  'NFC_INIT_FAILED',
  'NFC_FAILED',
  'NFC_TIMEOUT',
];

/** Overall status of a verification. */
export type OverallStatus =
  | 'APPROVED'
  | 'DENIED'
  | 'SUSPECTED'
  | 'REVIEWING'
  | 'EXPIRED'
  | 'ACTIVE'
  | 'DELETED'
  | 'ARCHIVED';

/** Overall status of a verification. */
export const OVERALL_STATUS: readonly OverallStatus[] = [
  'APPROVED',
  'DENIED',
  'SUSPECTED',
  'REVIEWING',
  'EXPIRED',
  'ACTIVE',
  'DELETED',
  'ARCHIVED',
];

/** Status that /api/v2/status answers. */
export type StatusResult =
  | 'APPROVED'
  | 'DENIED'
  | 'SUSPECTED'
  | 'REVIEWING'
  | 'ACTIVE'
  | 'EXPIRED';

/** Status that /api/v2/status answers. */
export const STATUS_RESULT: readonly StatusResult[] = [
  'APPROVED',
  'DENIED',
  'SUSPECTED',
  'REVIEWING',
  'ACTIVE',
  'EXPIRED',
];

/** Tags of suspected fraud. */
export type FraudTag =
  | 'FACE_IN_BLACKLIST'
  | 'DOC_FACE_IN_BLACKLIST'
  | 'DATA_BLACKLISTED'
  | 'DATA_IN_BLACKLIST'
  | 'DUPLICATE_FACE'
  | 'DUPLICATE_DOC_FACE'
  | 'DUPLICATE_PERSONAL_DATA'
  | 'VIRTUAL_CAMERA'
  | 'ADDRESS_UNVERIFIED'
  | 'PORTRAIT_SUBSTITUTION'
  | 'FACE_SUSPECTED'
  | 'FACE_BLACKLISTED'
  | 'DOC_FACE_BLACKLISTED'
  | 'DOC_MOBILE_PHOTO'
  | 'DEV_TOOLS_OPENED'
  | 'DOC_PRINT_SPOOFED'
  | 'FAKE_PHOTO'
  | 'AML_SUSPECTION'
  | 'AML_FAILED'
  | 'LID_SUSPECTION'
  | 'LID_FAILED'
  | 'SANCTIONS_SUSPECTION'
  | 'SANCTIONS_FAILED'
  | 'CRIMINAL_SUSPECTED'
  | 'CRIMINAL_CHECK_FAILED'
  | 'RC_FAILED'
  | 'DL_FAILED'
  | 'AUTO_UNVERIFIABLE';

/** Tags of suspected fraud. */
export const FRAUD_TAG: readonly FraudTag[] = [
  'FACE_IN_BLACKLIST',
  'DOC_FACE_IN_BLACKLIST',
  'DATA_BLACKLISTED',
  'DATA_IN_BLACKLIST',
  'DUPLICATE_FACE',
  'DUPLICATE_DOC_FACE',
  'DUPLICATE_PERSONAL_DATA',
  'VIRTUAL_CAMERA',
  'ADDRESS_UNVERIFIED',
  'PORTRAIT_SUBSTITUTION',
  'FACE_SUSPECTED',
  'FACE_BLACKLISTED',
  'DOC_FACE_BLACKLISTED',
  'DOC_MOBILE_PHOTO',
  'DEV_TOOLS_OPENED',
  'DOC_PRINT_SPOOFED',
  'FAKE_PHOTO',
  'AML_SUSPECTION',
  'AML_FAILED',
  'LID_SUSPECTION',
  'LID_FAILED',
  'SANCTIONS_SUSPECTION',
  'SANCTIONS_FAILED',
  'CRIMINAL_SUSPECTED',
  'CRIMINAL_CHECK_FAILED',
  'RC_FAILED',
  'DL_FAILED',
  'AUTO_UNVERIFIABLE',
];

/** Tags of data that do not agree. */
export type MismatchTag =
  | 'NAME'
  | 'SURNAME'
  | 'DOCUMENT_NUMBER'
  | 'PERSONAL_CODE'
  | 'EXPIRY_DATE'
  | 'DATE_OF_BIRTH'
  | 'DATE_OF_ISSUE'
  | 'NATIONALITY'
  | 'SEX'
  | 'FULL_NAME'
  | 'DOC_INFO_MISMATCH'
  | 'UNDER_AGE'
  | 'OVER_AGE'
  | 'UNKNOWN_AGE'
  | 'UTILITY_ADDRESS'
  | 'UTILITY_NAME'
  | 'EXPIRED_UTILITY_BILL'
  | 'INVALID_ADDITIONAL_STEP'
  | 'ADDITIONAL_STEP_NOT_FOUND'
  | 'ADDITIONAL_STEP_INFORMATION_MISMATCH'
  | 'EXPIRED_ADDITIONAL_STEP_INFORMATION'
  | 'REGISTRY_CENTER_INFO_MISMATCH'
  | 'DRIVER_LICENSE_INFO_MISMATCH'
  | 'NOT_SUPPORTED_POA_DOCUMENT_TYPE'
  | 'NOT_SUPPORTED_POA_DOCUMENT_COUNTRY'
  | 'POA_COUNTRIES_MISMATCH'
  | 'POA_SCREENSHOT_DETECTED';

/** Tags of data that do not agree. */
export const MISMATCH_TAG: readonly MismatchTag[] = [
  'NAME',
  'SURNAME',
  'DOCUMENT_NUMBER',
  'PERSONAL_CODE',
  'EXPIRY_DATE',
  'DATE_OF_BIRTH',
  'DATE_OF_ISSUE',
  'NATIONALITY',
  'SEX',
  'FULL_NAME',
  'DOC_INFO_MISMATCH',
  'UNDER_AGE',
  'OVER_AGE',
  'UNKNOWN_AGE',
  'UTILITY_ADDRESS',
  'UTILITY_NAME',
  'EXPIRED_UTILITY_BILL',
  'INVALID_ADDITIONAL_STEP',
  'ADDITIONAL_STEP_NOT_FOUND',
  'ADDITIONAL_STEP_INFORMATION_MISMATCH',
  'EXPIRED_ADDITIONAL_STEP_INFORMATION',
  'REGISTRY_CENTER_INFO_MISMATCH',
  'DRIVER_LICENSE_INFO_MISMATCH',
  'NOT_SUPPORTED_POA_DOCUMENT_TYPE',
  'NOT_SUPPORTED_POA_DOCUMENT_COUNTRY',
  'POA_COUNTRIES_MISMATCH',
  'POA_SCREENSHOT_DETECTED',
];

/** Documents that a token request may allow. */
export type DocumentType =
  | 'ID_CARD'
  | 'PASSPORT'
  | 'RESIDENCE_PERMIT'
  | 'DRIVER_LICENSE'
  | 'OTHER'
  | 'AADHAAR'
  | 'PAN_CARD'
  | 'VISA'
  | 'BORDER_CROSSING'
  | 'ASYLUM'
  | 'NATIONAL_PASSPORT'
  | 'INTERNATIONAL_PASSPORT'
  | 'VOTER_CARD'
  | 'OLD_ID_CARD'
  | 'TRAVEL_CARD'
  | 'PHOTO_CARD'
  | 'MILITARY_CARD'
  | 'PROOF_OF_AGE_CARD'
  | 'DIPLOMATIC_ID';

/** Documents that a token request may allow. */
export const DOCUMENT_TYPE: readonly DocumentType[] = [
  'ID_CARD',
  'PASSPORT',
  'RESIDENCE_PERMIT',
  'DRIVER_LICENSE',
  'OTHER',
  'AADHAAR',
  'PAN_CARD',
  'VISA',
  'BORDER_CROSSING',
  'ASYLUM',
  'NATIONAL_PASSPORT',
  'INTERNATIONAL_PASSPORT',
  'VOTER_CARD',
  'OLD_ID_CARD',
  'TRAVEL_CARD',
  'PHOTO_CARD',
  'MILITARY_CARD',
  'PROOF_OF_AGE_CARD',
  'DIPLOMATIC_ID',
];

/** Documents that a webhook may name. */
export type WebhookDocumentType =
  | 'ID_CARD'
  | 'PASSPORT'
  | 'RESIDENCE_PERMIT'
  | 'DRIVER_LICENSE'
  | 'OTHER'
  | 'AADHAAR'
  | 'PAN_CARD'
  | 'VISA'
  | 'BORDER_CROSSING'
  | 'ASYLUM'
  | 'NATIONAL_PASSPORT'
  | 'INTERNATIONAL_PASSPORT'
  | 'VOTER_CARD'
  | 'OLD_ID_CARD'
  | 'TRAVEL_CARD'
  | 'PHOTO_CARD'
  | 'MILITARY_CARD'
  | 'PROOF_OF_AGE_CARD'
  | 'DIPLOMATIC_ID'
  | 'PROVISIONAL_DRIVER_LICENSE'
  | 'ADDRESS_CARD'
  | 'SMART_ID'
  | 'SOCIAL_SECURITY_CARD'
  | 'WORK_PERMIT'
  | 'CLEAR'
  | 'ONE_ID'
  | 'BANK_ID_SE'
  | 'BANK_ID_NO'
  | 'BANK_ID_CZ'
  | 'FTN'
  | 'MIT_ID'
  | 'VERIMI'
  | 'LA_WALLET'
  | 'SAMSUNG_WALLET'
  | 'MOJE_ID_CZ'
  | 'YOTI_ID';

/** Documents that a webhook may name. */
export const WEBHOOK_DOCUMENT_TYPE: readonly WebhookDocumentType[] = [
  'ID_CARD',
  'PASSPORT',
  'RESIDENCE_PERMIT',
  'DRIVER_LICENSE',
  'OTHER',
  'AADHAAR',
  'PAN_CARD',
  'VISA',
  'BORDER_CROSSING',
  'ASYLUM',
  'NATIONAL_PASSPORT',
  'INTERNATIONAL_PASSPORT',
  'VOTER_CARD',
  'OLD_ID_CARD',
  'TRAVEL_CARD',
  'PHOTO_CARD',
  'MILITARY_CARD',
  'PROOF_OF_AGE_CARD',
  'DIPLOMATIC_ID',
  'PROVISIONAL_DRIVER_LICENSE',
  'ADDRESS_CARD',
  'SMART_ID',
  'SOCIAL_SECURITY_CARD',
  'WORK_PERMIT',
  'CLEAR',
  'ONE_ID',
  'BANK_ID_SE',
  'BANK_ID_NO',
  'BANK_ID_CZ',
  'FTN',
  'MIT_ID',
  'VERIMI',
  'LA_WALLET',
  'SAMSUNG_WALLET',
  'MOJE_ID_CZ',
  'YOTI_ID',
];

/** Language codes that the facts name; there are 37 in all. */
export type Locale =
  | 'en'
  | 'lt'
  | 'ru'
  | 'pl'
  | 'lv'
  | 'ro'
  | 'it'
  | 'de'
  | 'fr'
  | 'sv'
  | 'es'
  | 'hu'
  | 'ja'
  | 'bg'
  | 'et'
  | 'cs';

/** Language codes that the facts name; there are 37 in all. */
export const LOCALE: readonly Locale[] = [
  'en',
  'lt',
  'ru',
  'pl',
  'lv',
  'ro',
  'it',
  'de',
  'fr',
  'sv',
  'es',
  'hu',
  'ja',
  'bg',
  'et',
  'cs',
];

/** ISO 3166-1 alpha-2 codes, upper case. */
export type Country =
  | 'AD'
  | 'AE'
  | 'AF'
  | 'AG'
  | 'AI'
  | 'AL'
  | 'AM'
  | 'AO'
  | 'AQ'
  | 'AR'
  | 'AS'
  | 'AT'
  | 'AU'
  | 'AW'
  | 'AX'
  | 'AZ'
  | 'BA'
  | 'BB'
  | 'BD'
  | 'BE'
  | 'BF'
  | 'BG'
  | 'BH'
  | 'BI'
  | 'BJ'
  | 'BL'
  | 'BM'
  | 'BN'
  | 'BO'
  | 'BQ'
  | 'BR'
  | 'BS'
  | 'BT'
  | 'BV'
  | 'BW'
  | 'BY'
  | 'BZ'
  | 'CA'
  | 'CC'
  | 'CD'
  | 'CF'
  | 'CG'
  | 'CH'
  | 'CI'
  | 'CK'
  | 'CL'
  | 'CM'
  | 'CN'
  | 'CO'
  | 'CR'
  | 'CU'
  | 'CV'
  | 'CW'
  | 'CX'
  | 'CY'
  | 'CZ'
  | 'DE'
  | 'DJ'
  | 'DK'
  | 'DM'
  | 'DO'
  | 'DZ'
  | 'EC'
  | 'EE'
  | 'EG'
  | 'EH'
  | 'ER'
  | 'ES'
  | 'ET'
  | 'FI'
  | 'FJ'
  | 'FK'
  | 'FM'
  | 'FO'
  | 'FR'
  | 'GA'
  | 'GB'
  | 'GD'
  | 'GE'
  | 'GF'
  | 'GG'
  | 'GH'
  | 'GI'
  | 'GL'
  | 'GM'
  | 'GN'
  | 'GP'
  | 'GQ'
  | 'GR'
  | 'GS'
  | 'GT'
  | 'GU'
  | 'GW'
  | 'GY'
  | 'HK'
  | 'HM'
  | 'HN'
  | 'HR'
  | 'HT'
  | 'HU'
  | 'ID'
  | 'IE'
  | 'IL'
  | 'IM'
  | 'IN'
  | 'IO'
  | 'IQ'
  | 'IR'
  | 'IS'
  | 'IT'
  | 'JE'
  | 'JM'
  | 'JO'
  | 'JP'
  | 'KE'
  | 'KG'
  | 'KH'
  | 'KI'
  | 'KM'
  | 'KN'
  | 'KP'
  | 'KR'
  | 'KW'
  | 'KY'
  | 'KZ'
  | 'LA'
  | 'LB'
  | 'LC'
  | 'LI'
  | 'LK'
  | 'LR'
  | 'LS'
  | 'LT'
  | 'LU'
  | 'LV'
  | 'LY'
  | 'MA'
  | 'MC'
  | 'MD'
  | 'ME'
  | 'MF'
  | 'MG'
  | 'MH'
  | 'MK'
  | 'ML'
  | 'MM'
  | 'MN'
  | 'MO'
  | 'MP'
  | 'MQ'
  | 'MR'
  | 'MS'
  | 'MT'
  | 'MU'
  | 'MV'
  | 'MW'
  | 'MX'
  | 'MY'
  | 'MZ'
  | 'NA'
  | 'NC'
  | 'NE'
  | 'NF'
  | 'NG'
  | 'NI'
  | 'NL'
  | 'NO'
  | 'NP'
  | 'NR'
  | 'NU'
  | 'NZ'
  | 'OM'
  | 'PA'
  | 'PE'
  | 'PF'
  | 'PG'
  | 'PH'
  | 'PK'
  | 'PL'
  | 'PM'
  | 'PN'
  | 'PR'
  | 'PS'
  | 'PT'
  | 'PW'
  | 'PY'
  | 'QA'
  | 'RE'
  | 'RO'
  | 'RS'
  | 'RU'
  | 'RW'
  | 'SA'
  | 'SB'
  | 'SC'
  | 'SD'
  | 'SE'
  | 'SG'
  | 'SH'
  | 'SI'
  | 'SJ'
  | 'SK'
  | 'SL'
  | 'SM'
  | 'SN'
  | 'SO'
  | 'SR'
  | 'SS'
  | 'ST'
  | 'SV'
  | 'SX'
  | 'SY'
  | 'SZ'
  | 'TC'
  | 'TD'
  | 'TF'
  | 'TG'
  | 'TH'
  | 'TJ'
  | 'TK'
  | 'TL'
  | 'TM'
  | 'TN'
  | 'TO'
  | 'TR'
  | 'TT'
  | 'TV'
  | 'TW'
  | 'TZ'
  | 'UA'
  | 'UG'
  | 'UM'
  | 'US'
  | 'UY'
  | 'UZ'
  | 'VA'
  | 'VC'
  | 'VE'
  | 'VG'
  | 'VI'
  | 'VN'
  | 'VU'
  | 'WF'
  | 'WS'
  | 'YE'
  | 'YT'
  | 'ZA'
  | 'ZM'
  | 'ZW';

/** ISO 3166-1 alpha-2 codes, upper case. */
export const COUNTRY: readonly Country[] = [
  'AD',
  'AE',
  'AF',
  'AG',
  'AI',
  'AL',
  'AM',
  'AO',
  'AQ',
  'AR',
  'AS',
  'AT',
  'AU',
  'AW',
  'AX',
  'AZ',
  'BA',
  'BB',
  'BD',
  'BE',
  'BF',
  'BG',
  'BH',
  'BI',
  'BJ',
  'BL',
  'BM',
  'BN',
  'BO',
  'BQ',
  'BR',
  'BS',
  'BT',
  'BV',
  'BW',
  'BY',
  'BZ',
  'CA',
  'CC',
  'CD',
  'CF',
  'CG',
  'CH',
  'CI',
  'CK',
  'CL',
  'CM',
  'CN',
  'CO',
  'CR',
  'CU',
  'CV',
  'CW',
  'CX',
  'CY',
  'CZ',
  'DE',
  'DJ',
  'DK',
  'DM',
  'DO',
  'DZ',
  'EC',
  'EE',
  'EG',
  'EH',
  'ER',
  'ES',
  'ET',
  'FI',
  'FJ',
  'FK',
  'FM',
  'FO',
  'FR',
  'GA',
  'GB',
  'GD',
  'GE',
  'GF',
  'GG',
  'GH',
  'GI',
  'GL',
  'GM',
  'GN',
  'GP',
  'GQ',
  'GR',
  'GS',
  'GT',
  'GU',
  'GW',
  'GY',
  'HK',
  'HM',
  'HN',
  'HR',
  'HT',
  'HU',
  'ID',
  'IE',
  'IL',
  'IM',
  'IN',
  'IO',
  'IQ',
  'IR',
  'IS',
  'IT',
  'JE',
  'JM',
  'JO',
  'JP',
  'KE',
  'KG',
  'KH',
  'KI',
  'KM',
  'KN',
  'KP',
  'KR',
  'KW',
  'KY',
  'KZ',
  'LA',
  'LB',
  'LC',
  'LI',
  'LK',
  'LR',
  'LS',
  'LT',
  'LU',
  'LV',
  'LY',
  'MA',
  'MC',
  'MD',
  'ME',
  'MF',
  'MG',
  'MH',
  'MK',
  'ML',
  'MM',
  'MN',
  'MO',
  'MP',
  'MQ',
  'MR',
  'MS',
  'MT',
  'MU',
  'MV',
  'MW',
  'MX',
  'MY',
  'MZ',
  'NA',
  'NC',
  'NE',
  'NF',
  'NG',
  'NI',
  'NL',
  'NO',
  'NP',
  'NR',
  'NU',
  'NZ',
  'OM',
  'PA',
  'PE',
  'PF',
  'PG',
  'PH',
  'PK',
  'PL',
  'PM',
  'PN',
  'PR',
  'PS',
  'PT',
  'PW',
  'PY',
  'QA',
  'RE',
  'RO',
  'RS',
  'RU',
  'RW',
  'SA',
  'SB',
  'SC',
  'SD',
  'SE',
  'SG',
  'SH',
  'SI',
  'SJ',
  'SK',
  'SL',
  'SM',
  'SN',
  'SO',
  'SR',
  'SS',
  'ST',
  'SV',
  'SX',
  'SY',
  'SZ',
  'TC',
  'TD',
  'TF',
  'TG',
  'TH',
  'TJ',
  'TK',
  'TL',
  'TM',
  'TN',
  'TO',
  'TR',
  'TT',
  'TV',
  'TW',
  'TZ',
  'UA',
  'UG',
  'UM',
  'US',
  'UY',
  'UZ',
  'VA',
  'VC',
  'VE',
  'VG',
  'VI',
  'VN',
  'VU',
  'WF',
  'WS',
  'YE',
  'YT',
  'ZA',
  'ZM',
  'ZW',
];

/** Sex in a token request. */
export type Sex =
  | 'M'
  | 'F';

/** Sex in a token request. */
export const SEX: readonly Sex[] = [
  'M',
  'F',
];

/** Token types that all sources know. */
export type TokenType =
  | 'IDENTIFICATION'
  | 'DOCUMENT';

/** Token types that all sources know. */
export const TOKEN_TYPE: readonly TokenType[] = [
  'IDENTIFICATION',
  'DOCUMENT',
];

/** Token types of older pages. */
export type LegacyTokenType =
  | 'VIDEO_CALL'
  | 'VIDEO_CALL_PHOTOS'
  | 'VIDEO_CALL_IDENTIFICATION';

/** Token types of older pages. */
export const LEGACY_TOKEN_TYPE: readonly LegacyTokenType[] = [
  'VIDEO_CALL',
  'VIDEO_CALL_PHOTOS',
  'VIDEO_CALL_IDENTIFICATION',
];

/** Identifiers of errors. */
export type ErrorIdentifier =
  | 'INTERNAL_ERROR'
  | 'BAD_VALUE'
  | 'MISSING_VALUE'
  | 'UNAUTHORIZED'
  | 'ENCODING_ERROR'
  | 'JSON_ERROR'
  | 'TOKEN_NOT_VALID'
  | 'PARTNER_CONTRACT_ERROR'
  | 'METHOD_NOT_ALLOWED'
  | 'PERMISSIONS_ERROR'
  | 'TOO_MANY_REQUESTS'
  | 'VALIDATION_ERROR'
  | 'PARTNER_ERROR';

/** Identifiers of errors. */
export const ERROR_IDENTIFIER: readonly ErrorIdentifier[] = [
  'INTERNAL_ERROR',
  'BAD_VALUE',
  'MISSING_VALUE',
  'UNAUTHORIZED',
  'ENCODING_ERROR',
  'JSON_ERROR',
  'TOKEN_NOT_VALID',
  'PARTNER_CONTRACT_ERROR',
  'METHOD_NOT_ALLOWED',
  'PERMISSIONS_ERROR',
  'TOO_MANY_REQUESTS',
  'VALIDATION_ERROR',
  'PARTNER_ERROR',
];

/** Values of the Idenfy-Event-Type header; IDENTIFICATION is the legacy event for every outcome. */
export type EventType =
  | 'IDENTIFICATION_AUTO_FINISHED'
  | 'IDENTIFICATION_MANUAL_FINISHED'
  | 'IDENTIFICATION_EXPIRED'
  | 'IDENTIFICATION_CANCELLED'
  | 'IDENTIFICATION_RESUBMITTED'
  | 'IDENTIFICATION';

/** Values of the Idenfy-Event-Type header; IDENTIFICATION is the legacy event for every outcome. */
export const EVENT_TYPE: readonly EventType[] = [
  'IDENTIFICATION_AUTO_FINISHED',
  'IDENTIFICATION_MANUAL_FINISHED',
  'IDENTIFICATION_EXPIRED',
  'IDENTIFICATION_CANCELLED',
  'IDENTIFICATION_RESUBMITTED',
  'IDENTIFICATION',
];

/** Where the person did the verification. */
export type Platform =
  | 'PC'
  | 'MOBILE'
  | 'TABLET'
  | 'MOBILE_APP'
  | 'MOBILE_SDK'
  | 'OTHER';

/** Where the person did the verification. */
export const PLATFORM: readonly Platform[] = [
  'PC',
  'MOBILE',
  'TABLET',
  'MOBILE_APP',
  'MOBILE_SDK',
  'OTHER',
];

/** Result of an additional step. */
export type AdditionalStep =
  | 'VALID'
  | 'INVALID'
  | 'NOT_FOUND';

/** Result of an additional step. */
export const ADDITIONAL_STEP: readonly AdditionalStep[] = [
  'VALID',
  'INVALID',
  'NOT_FOUND',
];

/** Sex as a document says it. */
export type DocumentSex =
  | 'MALE'
  | 'FEMALE'
  | 'UNDEFINED';

/** Sex as a document says it. */
export const DOCUMENT_SEX: readonly DocumentSex[] = [
  'MALE',
  'FEMALE',
  'UNDEFINED',
];

/** Estimated age. */
export type AgeEstimate =
  | 'UNDER_13'
  | 'UNDER_8'
  | 'OVER_8'
  | 'OVER_13'
  | 'OVER_16'
  | 'OVER_18'
  | 'OVER_21'
  | 'OVER_22'
  | 'OVER_25'
  | 'OVER_30';

/** Estimated age. */
export const AGE_ESTIMATE: readonly AgeEstimate[] = [
  'UNDER_13',
  'UNDER_8',
  'OVER_8',
  'OVER_13',
  'OVER_16',
  'OVER_18',
  'OVER_21',
  'OVER_22',
  'OVER_25',
  'OVER_30',
];

/** Risk that the client's address is a proxy. */
export type ProxyRiskLevel =
  | 'VERY_LOW'
  | 'LOW'
  | 'MEDIUM'
  | 'HIGH'
  | 'VERY_HIGH'
  | 'NOT_CHECKED';

/** Risk that the client's address is a proxy. */
export const PROXY_RISK_LEVEL: readonly ProxyRiskLevel[] = [
  'VERY_LOW',
  'LOW',
  'MEDIUM',
  'HIGH',
  'VERY_HIGH',
  'NOT_CHECKED',
];
