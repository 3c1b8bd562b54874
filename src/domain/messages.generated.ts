// Generated from contracts/ by contracts/generate.js; do not edit.
/** Name of a contract: the file `contracts/<name>.schema.json`. */
export type ContractName =
  | 'add-dummy-status-request'
  | 'add-dummy-status-response'
  | 'error'
  | 'results'
  | 'scenario'
  | 'status-request'
  | 'status-response'
  | 'token-request'
  | 'token-response'
  | 'verification-webhook'
  | 'vocabulary'
  | 'webhook-delivery'
  | 'webhook-headers';

/** Every contract. */
export const CONTRACT_NAMES: readonly ContractName[] = [
  'add-dummy-status-request',
  'add-dummy-status-response',
  'error',
  'results',
  'scenario',
  'status-request',
  'status-response',
  'token-request',
  'token-response',
  'verification-webhook',
  'vocabulary',
  'webhook-delivery',
  'webhook-headers',
];

/**
 * POST /api/v2/add-dummy-status.
 */
export type AddDummyStatusRequest = {
scanRef: (string | [string, ...(string)[]])
/**
 * Face results that add-dummy-status takes.
 */
manualFaceMatchResult: ("FACE_MATCH" | "FACE_MISMATCH" | "NO_FACE_FOUND" | "TOO_MANY_FACES" | "FACE_TOO_BLURRY" | "FACE_UNCERTAIN" | "FACE_NOT_ANALYSED" | "FACE_NOT_CHECKED" | "FACE_ERROR" | "AUTO_UNVERIFIABLE" | "FAKE_FACE")
/**
 * Document results that add-dummy-status takes.
 */
manualDocumentValidity: ("DOC_VALIDATED" | "DOC_INFO_MISMATCH" | "DOC_NOT_FOUND" | "DOC_NOT_FULLY_VISIBLE" | "DOC_NOT_SUPPORTED" | "DOC_FACE_NOT_FOUND" | "DOC_TOO_BLURRY" | "DOC_FACE_GLARED" | "MRZ_NOT_FOUND" | "MRZ_OCR_READING_ERROR" | "BARCODE_NOT_FOUND" | "DOC_EXPIRED" | "COUNTRY_MISMATCH" | "DOC_TYPE_MISMATCH" | "DOC_DAMAGED" | "DOC_FAKE" | "DOC_ERROR" | "AUTO_UNVERIFIABLE" | "DOC_NOT_ANALYSED" | "DOC_NAME_ERROR" | "DOC_SURNAME_ERROR" | "DOC_EXPIRY_ERROR" | "DOC_DOB_ERROR" | "DOC_PERSONAL_NUMBER_ERROR" | "DOC_NUMBER_ERROR" | "DOC_DATE_OF_ISSUE_ERROR" | "DOC_SEX_ERROR" | "DOC_NATIONALITY_ERROR")
[k: string]: unknown
}
/**
 * The body of every refusal.
 */
export type Error = {
/**
 * Identifiers of errors.
 */
identifier: ("INTERNAL_ERROR" | "BAD_VALUE" | "MISSING_VALUE" | "UNAUTHORIZED" | "ENCODING_ERROR" | "JSON_ERROR" | "TOKEN_NOT_VALID" | "PARTNER_CONTRACT_ERROR" | "METHOD_NOT_ALLOWED" | "PERMISSIONS_ERROR" | "TOO_MANY_REQUESTS" | "VALIDATION_ERROR" | "PARTNER_ERROR")
message: string
documentation?: string
severity?: string
[k: string]: unknown
}
/**
 * POST /api/v2/status.
 */
export type StatusRequest = {
scanRef: string
[k: string]: unknown
}
/**
 * The status of a session; a fallback for a webhook that never came.
 */
export type StatusResponse = ({
[k: string]: unknown
} & {
/**
 * Status that /api/v2/status answers.
 */
status: ("APPROVED" | "DENIED" | "SUSPECTED" | "REVIEWING" | "ACTIVE" | "EXPIRED")
autoFace: (("FACE_MATCH" | "FACE_MISMATCH" | "NO_FACE_FOUND" | "TOO_MANY_FACES" | "FACE_TOO_BLURRY" | "FACE_UNCERTAIN" | "FACE_NOT_ANALYSED" | "FACE_NOT_CHECKED" | "FACE_ERROR" | "AUTO_UNVERIFIABLE" | "FAKE_FACE" | "FACE_GLARED") | "" | null)
manualFace: (("FACE_MATCH" | "FACE_MISMATCH" | "NO_FACE_FOUND" | "TOO_MANY_FACES" | "FACE_TOO_BLURRY" | "FACE_UNCERTAIN" | "FACE_NOT_ANALYSED" | "FACE_NOT_CHECKED" | "FACE_ERROR" | "AUTO_UNVERIFIABLE" | "FAKE_FACE" | "FACE_GLARED") | "" | null)
autoDocument: (("DOC_VALIDATED" | "DOC_INFO_MISMATCH" | "DOC_NOT_FOUND" | "DOC_NOT_FULLY_VISIBLE" | "DOC_NOT_SUPPORTED" | "DOC_FACE_NOT_FOUND" | "DOC_TOO_BLURRY" | "DOC_FACE_GLARED" | "MRZ_NOT_FOUND" | "MRZ_OCR_READING_ERROR" | "BARCODE_NOT_FOUND" | "DOC_EXPIRED" | "COUNTRY_MISMATCH" | "DOC_TYPE_MISMATCH" | "DOC_DAMAGED" | "DOC_FAKE" | "DOC_ERROR" | "AUTO_UNVERIFIABLE" | "DOC_NOT_ANALYSED" | "DOC_NAME_ERROR" | "DOC_SURNAME_ERROR" | "DOC_EXPIRY_ERROR" | "DOC_DOB_ERROR" | "DOC_PERSONAL_NUMBER_ERROR" | "DOC_NUMBER_ERROR" | "DOC_DATE_OF_ISSUE_ERROR" | "DOC_SEX_ERROR" | "DOC_NATIONALITY_ERROR" | "DOC_GLARED" | "COUNTRY_NOT_SUPPORTED" | "DOC_SUBTYPE_MISMATCH" | "DOC_SIDE_MISMATCH" | "DOC_PERSONAL_CODE_INVALID" | "DOC_NOT_ALLOWED" | "DOC_SPOOF_DETECTED" | "MRZ_INVALID" | "EID_FAILED" | "NFC_INIT_FAILED" | "NFC_FAILED" | "NFC_TIMEOUT") | "" | null)
manualDocument: (("DOC_VALIDATED" | "DOC_INFO_MISMATCH" | "DOC_NOT_FOUND" | "DOC_NOT_FULLY_VISIBLE" | "DOC_NOT_SUPPORTED" | "DOC_FACE_NOT_FOUND" | "DOC_TOO_BLURRY" | "DOC_FACE_GLARED" | "MRZ_NOT_FOUND" | "MRZ_OCR_READING_ERROR" | "BARCODE_NOT_FOUND" | "DOC_EXPIRED" | "COUNTRY_MISMATCH" | "DOC_TYPE_MISMATCH" | "DOC_DAMAGED" | "DOC_FAKE" | "DOC_ERROR" | "AUTO_UNVERIFIABLE" | "DOC_NOT_ANALYSED" | "DOC_NAME_ERROR" | "DOC_SURNAME_ERROR" | "DOC_EXPIRY_ERROR" | "DOC_DOB_ERROR" | "DOC_PERSONAL_NUMBER_ERROR" | "DOC_NUMBER_ERROR" | "DOC_DATE_OF_ISSUE_ERROR" | "DOC_SEX_ERROR" | "DOC_NATIONALITY_ERROR" | "DOC_GLARED" | "COUNTRY_NOT_SUPPORTED" | "DOC_SUBTYPE_MISMATCH" | "DOC_SIDE_MISMATCH" | "DOC_PERSONAL_CODE_INVALID" | "DOC_NOT_ALLOWED" | "DOC_SPOOF_DETECTED" | "MRZ_INVALID" | "EID_FAILED" | "NFC_INIT_FAILED" | "NFC_FAILED" | "NFC_TIMEOUT") | "" | null)
/**
 * Items: Tags of suspected fraud.
 */
fraudTags: ("FACE_IN_BLACKLIST" | "DOC_FACE_IN_BLACKLIST" | "DATA_BLACKLISTED" | "DATA_IN_BLACKLIST" | "DUPLICATE_FACE" | "DUPLICATE_DOC_FACE" | "DUPLICATE_PERSONAL_DATA" | "VIRTUAL_CAMERA" | "ADDRESS_UNVERIFIED" | "PORTRAIT_SUBSTITUTION" | "FACE_SUSPECTED" | "FACE_BLACKLISTED" | "DOC_FACE_BLACKLISTED" | "DOC_MOBILE_PHOTO" | "DEV_TOOLS_OPENED" | "DOC_PRINT_SPOOFED" | "FAKE_PHOTO" | "AML_SUSPECTION" | "AML_FAILED" | "LID_SUSPECTION" | "LID_FAILED" | "SANCTIONS_SUSPECTION" | "SANCTIONS_FAILED" | "CRIMINAL_SUSPECTED" | "CRIMINAL_CHECK_FAILED" | "RC_FAILED" | "DL_FAILED" | "AUTO_UNVERIFIABLE")[]
/**
 * Items: Tags of data that do not agree.
 */
mismatchTags: ("NAME" | "SURNAME" | "DOCUMENT_NUMBER" | "PERSONAL_CODE" | "EXPIRY_DATE" | "DATE_OF_BIRTH" | "DATE_OF_ISSUE" | "NATIONALITY" | "SEX" | "FULL_NAME" | "DOC_INFO_MISMATCH" | "UNDER_AGE" | "OVER_AGE" | "UNKNOWN_AGE" | "UTILITY_ADDRESS" | "UTILITY_NAME" | "EXPIRED_UTILITY_BILL" | "INVALID_ADDITIONAL_STEP" | "ADDITIONAL_STEP_NOT_FOUND" | "ADDITIONAL_STEP_INFORMATION_MISMATCH" | "EXPIRED_ADDITIONAL_STEP_INFORMATION" | "REGISTRY_CENTER_INFO_MISMATCH" | "DRIVER_LICENSE_INFO_MISMATCH" | "NOT_SUPPORTED_POA_DOCUMENT_TYPE" | "NOT_SUPPORTED_POA_DOCUMENT_COUNTRY" | "POA_COUNTRIES_MISMATCH" | "POA_SCREENSHOT_DETECTED")[]
scanRef: string
clientId: string
[k: string]: unknown
})
/**
 * POST /api/v2/token, with dummyStatus for a dummy session.
 */
export type TokenRequest = {
/**
 * Automatic result of a dummy session.
 */
dummyStatus?: ("APPROVED" | "DENIED" | "SUSPECTED" | "ACTIVE" | "EXPIRED")
clientId: string
firstName?: (string | null)
lastName?: (string | null)
successUrl?: (string | null)
errorUrl?: (string | null)
unverifiedUrl?: (string | null)
callbackUrl?: (string | null)
locale?: (string | null)
showInstructions?: boolean
/**
 * Seconds.
 */
expiryTime?: number
/**
 * Seconds.
 */
sessionLength?: number
country?: (string | null | string[])
nationality?: (string | null)
documents?: (("ID_CARD" | "PASSPORT" | "RESIDENCE_PERMIT" | "DRIVER_LICENSE" | "OTHER" | "AADHAAR" | "PAN_CARD" | "VISA" | "BORDER_CROSSING" | "ASYLUM" | "NATIONAL_PASSPORT" | "INTERNATIONAL_PASSPORT" | "VOTER_CARD" | "OLD_ID_CARD" | "TRAVEL_CARD" | "PHOTO_CARD" | "MILITARY_CARD" | "PROOF_OF_AGE_CARD" | "DIPLOMATIC_ID")[] | null)
dateOfBirth?: (string | null)
dateOfExpiry?: (string | null)
dateOfIssue?: (string | null)
personalNumber?: (string | null)
documentNumber?: (string | null)
sex?: (("M" | "F") | null)
generateDigitString?: boolean
address?: (string | null)
tokenType?: (("IDENTIFICATION" | "DOCUMENT") | ("VIDEO_CALL" | "VIDEO_CALL_PHOTOS" | "VIDEO_CALL_IDENTIFICATION"))
externalRef?: (string | null)
reviewSuccessful?: boolean
reviewFailed?: boolean
[k: string]: unknown
}
/**
 * The body of a verification webhook.
 */
export type VerificationWebhook = {
final: boolean
/**
 * Where the person did the verification.
 */
platform: ("PC" | "MOBILE" | "TABLET" | "MOBILE_APP" | "MOBILE_SDK" | "OTHER")
status: {
/**
 * Overall status of a verification.
 */
overall: ("APPROVED" | "DENIED" | "SUSPECTED" | "REVIEWING" | "EXPIRED" | "ACTIVE" | "DELETED" | "ARCHIVED")
/**
 * Items: Tags of suspected fraud.
 */
fraudTags: ("FACE_IN_BLACKLIST" | "DOC_FACE_IN_BLACKLIST" | "DATA_BLACKLISTED" | "DATA_IN_BLACKLIST" | "DUPLICATE_FACE" | "DUPLICATE_DOC_FACE" | "DUPLICATE_PERSONAL_DATA" | "VIRTUAL_CAMERA" | "ADDRESS_UNVERIFIED" | "PORTRAIT_SUBSTITUTION" | "FACE_SUSPECTED" | "FACE_BLACKLISTED" | "DOC_FACE_BLACKLISTED" | "DOC_MOBILE_PHOTO" | "DEV_TOOLS_OPENED" | "DOC_PRINT_SPOOFED" | "FAKE_PHOTO" | "AML_SUSPECTION" | "AML_FAILED" | "LID_SUSPECTION" | "LID_FAILED" | "SANCTIONS_SUSPECTION" | "SANCTIONS_FAILED" | "CRIMINAL_SUSPECTED" | "CRIMINAL_CHECK_FAILED" | "RC_FAILED" | "DL_FAILED" | "AUTO_UNVERIFIABLE")[]
/**
 * Items: Tags of data that do not agree.
 */
mismatchTags: ("NAME" | "SURNAME" | "DOCUMENT_NUMBER" | "PERSONAL_CODE" | "EXPIRY_DATE" | "DATE_OF_BIRTH" | "DATE_OF_ISSUE" | "NATIONALITY" | "SEX" | "FULL_NAME" | "DOC_INFO_MISMATCH" | "UNDER_AGE" | "OVER_AGE" | "UNKNOWN_AGE" | "UTILITY_ADDRESS" | "UTILITY_NAME" | "EXPIRED_UTILITY_BILL" | "INVALID_ADDITIONAL_STEP" | "ADDITIONAL_STEP_NOT_FOUND" | "ADDITIONAL_STEP_INFORMATION_MISMATCH" | "EXPIRED_ADDITIONAL_STEP_INFORMATION" | "REGISTRY_CENTER_INFO_MISMATCH" | "DRIVER_LICENSE_INFO_MISMATCH" | "NOT_SUPPORTED_POA_DOCUMENT_TYPE" | "NOT_SUPPORTED_POA_DOCUMENT_COUNTRY" | "POA_COUNTRIES_MISMATCH" | "POA_SCREENSHOT_DETECTED")[]
autoFace: (("FACE_MATCH" | "FACE_MISMATCH" | "NO_FACE_FOUND" | "TOO_MANY_FACES" | "FACE_TOO_BLURRY" | "FACE_UNCERTAIN" | "FACE_NOT_ANALYSED" | "FACE_NOT_CHECKED" | "FACE_ERROR" | "AUTO_UNVERIFIABLE" | "FAKE_FACE" | "FACE_GLARED") | "" | null)
manualFace: (("FACE_MATCH" | "FACE_MISMATCH" | "NO_FACE_FOUND" | "TOO_MANY_FACES" | "FACE_TOO_BLURRY" | "FACE_UNCERTAIN" | "FACE_NOT_ANALYSED" | "FACE_NOT_CHECKED" | "FACE_ERROR" | "AUTO_UNVERIFIABLE" | "FAKE_FACE" | "FACE_GLARED") | "" | null)
autoDocument: (("DOC_VALIDATED" | "DOC_INFO_MISMATCH" | "DOC_NOT_FOUND" | "DOC_NOT_FULLY_VISIBLE" | "DOC_NOT_SUPPORTED" | "DOC_FACE_NOT_FOUND" | "DOC_TOO_BLURRY" | "DOC_FACE_GLARED" | "MRZ_NOT_FOUND" | "MRZ_OCR_READING_ERROR" | "BARCODE_NOT_FOUND" | "DOC_EXPIRED" | "COUNTRY_MISMATCH" | "DOC_TYPE_MISMATCH" | "DOC_DAMAGED" | "DOC_FAKE" | "DOC_ERROR" | "AUTO_UNVERIFIABLE" | "DOC_NOT_ANALYSED" | "DOC_NAME_ERROR" | "DOC_SURNAME_ERROR" | "DOC_EXPIRY_ERROR" | "DOC_DOB_ERROR" | "DOC_PERSONAL_NUMBER_ERROR" | "DOC_NUMBER_ERROR" | "DOC_DATE_OF_ISSUE_ERROR" | "DOC_SEX_ERROR" | "DOC_NATIONALITY_ERROR" | "DOC_GLARED" | "COUNTRY_NOT_SUPPORTED" | "DOC_SUBTYPE_MISMATCH" | "DOC_SIDE_MISMATCH" | "DOC_PERSONAL_CODE_INVALID" | "DOC_NOT_ALLOWED" | "DOC_SPOOF_DETECTED" | "MRZ_INVALID" | "EID_FAILED" | "NFC_INIT_FAILED" | "NFC_FAILED" | "NFC_TIMEOUT") | "" | null)
manualDocument: (("DOC_VALIDATED" | "DOC_INFO_MISMATCH" | "DOC_NOT_FOUND" | "DOC_NOT_FULLY_VISIBLE" | "DOC_NOT_SUPPORTED" | "DOC_FACE_NOT_FOUND" | "DOC_TOO_BLURRY" | "DOC_FACE_GLARED" | "MRZ_NOT_FOUND" | "MRZ_OCR_READING_ERROR" | "BARCODE_NOT_FOUND" | "DOC_EXPIRED" | "COUNTRY_MISMATCH" | "DOC_TYPE_MISMATCH" | "DOC_DAMAGED" | "DOC_FAKE" | "DOC_ERROR" | "AUTO_UNVERIFIABLE" | "DOC_NOT_ANALYSED" | "DOC_NAME_ERROR" | "DOC_SURNAME_ERROR" | "DOC_EXPIRY_ERROR" | "DOC_DOB_ERROR" | "DOC_PERSONAL_NUMBER_ERROR" | "DOC_NUMBER_ERROR" | "DOC_DATE_OF_ISSUE_ERROR" | "DOC_SEX_ERROR" | "DOC_NATIONALITY_ERROR" | "DOC_GLARED" | "COUNTRY_NOT_SUPPORTED" | "DOC_SUBTYPE_MISMATCH" | "DOC_SIDE_MISMATCH" | "DOC_PERSONAL_CODE_INVALID" | "DOC_NOT_ALLOWED" | "DOC_SPOOF_DETECTED" | "MRZ_INVALID" | "EID_FAILED" | "NFC_INIT_FAILED" | "NFC_FAILED" | "NFC_TIMEOUT") | "" | null)
additionalSteps: (("VALID" | "INVALID" | "NOT_FOUND") | null)
suspicionReasons?: (string[] | null)
[k: string]: unknown
}
data: {
docFirstName: (string | null)
docLastName: (string | null)
docNumber: (string | null)
docPersonalCode: (string | null)
docExpiry: (string | null)
docDob: (string | null)
docDateOfIssue: (string | null)
docType: (("ID_CARD" | "PASSPORT" | "RESIDENCE_PERMIT" | "DRIVER_LICENSE" | "OTHER" | "AADHAAR" | "PAN_CARD" | "VISA" | "BORDER_CROSSING" | "ASYLUM" | "NATIONAL_PASSPORT" | "INTERNATIONAL_PASSPORT" | "VOTER_CARD" | "OLD_ID_CARD" | "TRAVEL_CARD" | "PHOTO_CARD" | "MILITARY_CARD" | "PROOF_OF_AGE_CARD" | "DIPLOMATIC_ID" | "PROVISIONAL_DRIVER_LICENSE" | "ADDRESS_CARD" | "SMART_ID" | "SOCIAL_SECURITY_CARD" | "WORK_PERMIT" | "CLEAR" | "ONE_ID" | "BANK_ID_SE" | "BANK_ID_NO" | "BANK_ID_CZ" | "FTN" | "MIT_ID" | "VERIMI" | "LA_WALLET" | "SAMSUNG_WALLET" | "MOJE_ID_CZ" | "YOTI_ID") | null)
docSex: (("MALE" | "FEMALE" | "UNDEFINED") | null)
docNationality: (string | null)
docIssuingCountry: (string | null)
selectedCountry: (string | null)
birthPlace?: (string | null)
authority?: (string | null)
address?: (string | null)
docTemporaryAddress?: (string | null)
mothersMaidenName?: (string | null)
docBirthName?: (string | null)
docPatronymic?: (string | null)
driverLicenseCategory?: (string | null)
manuallyDataChanged: (boolean | null)
fullName: (string | null)
orgFirstName: (string | null)
orgLastName: (string | null)
orgNationality: (string | null)
orgBirthPlace: (string | null)
orgAuthority: (string | null)
orgAddress: (string | null)
orgTemporaryAddress: (string | null)
orgMothersMaidenName: (string | null)
orgBirthName: (string | null)
orgPatronymic: (string | null)
ageEstimate: (("UNDER_13" | "UNDER_8" | "OVER_8" | "OVER_13" | "OVER_16" | "OVER_18" | "OVER_21" | "OVER_22" | "OVER_25" | "OVER_30") | null)
clientIpProxyRiskLevel: (("VERY_LOW" | "LOW" | "MEDIUM" | "HIGH" | "VERY_HIGH" | "NOT_CHECKED") | null)
duplicateFaces: (string[] | null)
duplicateDocFaces: (string[] | null)
additionalData?: ({
[k: string]: unknown
} | null)
[k: string]: unknown
}
fileUrls: {
[k: string]: string | null
}
scanRef: string
clientId: string
companyId?: (string | null)
beneficiaryId?: (string | null)
/**
 * Unix seconds; a larger number would be milliseconds.
 */
startTime: number
/**
 * Unix seconds, not before startTime.
 */
finishTime: number
clientIp: (string | null)
clientIpCountry: (string | null)
clientLocation: (string | null)
externalRef?: (string | null)
/**
 * Described by no source this project has.
 */
AML?: {
[k: string]: unknown
}
/**
 * Described by no source this project has.
 */
amlCheck?: {
[k: string]: unknown
}
/**
 * Described by no source this project has.
 */
LID?: {
[k: string]: unknown
}
/**
 * Described by no source this project has.
 */
additionalStepPdfUrls?: {
[k: string]: unknown
}
/**
 * Described by no source this project has.
 */
manualAddress?: {
[k: string]: unknown
}
/**
 * Described by no source this project has.
 */
manualAddressMatch?: {
[k: string]: unknown
}
/**
 * Described by no source this project has.
 */
registryCenterCheck?: {
[k: string]: unknown
}
/**
 * Described by no source this project has.
 */
addressVerification?: {
[k: string]: unknown
}
/**
 * Described by no source this project has.
 */
questionnaireAnswers?: {
[k: string]: unknown
}
/**
 * Described by no source this project has.
 */
riskAssessment?: {
[k: string]: unknown
}
[k: string]: unknown
}
/**
 * A webhook as it arrives: headers and body, and what they say together.
 */
export type WebhookDelivery = {
headers: WebhookHeaders
body: VerificationWebhook1
/**
 * What is known to have caused it; absent when nothing is. The legacy event type IDENTIFICATION does not tell.
 */
cause?: ("auto" | "manual" | "expired")
[k: string]: unknown
}
/**
 * The body of a verification webhook.
 */
export type VerificationWebhook1 = {
final: boolean
/**
 * Where the person did the verification.
 */
platform: ("PC" | "MOBILE" | "TABLET" | "MOBILE_APP" | "MOBILE_SDK" | "OTHER")
status: {
/**
 * Overall status of a verification.
 */
overall: ("APPROVED" | "DENIED" | "SUSPECTED" | "REVIEWING" | "EXPIRED" | "ACTIVE" | "DELETED" | "ARCHIVED")
/**
 * Items: Tags of suspected fraud.
 */
fraudTags: ("FACE_IN_BLACKLIST" | "DOC_FACE_IN_BLACKLIST" | "DATA_BLACKLISTED" | "DATA_IN_BLACKLIST" | "DUPLICATE_FACE" | "DUPLICATE_DOC_FACE" | "DUPLICATE_PERSONAL_DATA" | "VIRTUAL_CAMERA" | "ADDRESS_UNVERIFIED" | "PORTRAIT_SUBSTITUTION" | "FACE_SUSPECTED" | "FACE_BLACKLISTED" | "DOC_FACE_BLACKLISTED" | "DOC_MOBILE_PHOTO" | "DEV_TOOLS_OPENED" | "DOC_PRINT_SPOOFED" | "FAKE_PHOTO" | "AML_SUSPECTION" | "AML_FAILED" | "LID_SUSPECTION" | "LID_FAILED" | "SANCTIONS_SUSPECTION" | "SANCTIONS_FAILED" | "CRIMINAL_SUSPECTED" | "CRIMINAL_CHECK_FAILED" | "RC_FAILED" | "DL_FAILED" | "AUTO_UNVERIFIABLE")[]
/**
 * Items: Tags of data that do not agree.
 */
mismatchTags: ("NAME" | "SURNAME" | "DOCUMENT_NUMBER" | "PERSONAL_CODE" | "EXPIRY_DATE" | "DATE_OF_BIRTH" | "DATE_OF_ISSUE" | "NATIONALITY" | "SEX" | "FULL_NAME" | "DOC_INFO_MISMATCH" | "UNDER_AGE" | "OVER_AGE" | "UNKNOWN_AGE" | "UTILITY_ADDRESS" | "UTILITY_NAME" | "EXPIRED_UTILITY_BILL" | "INVALID_ADDITIONAL_STEP" | "ADDITIONAL_STEP_NOT_FOUND" | "ADDITIONAL_STEP_INFORMATION_MISMATCH" | "EXPIRED_ADDITIONAL_STEP_INFORMATION" | "REGISTRY_CENTER_INFO_MISMATCH" | "DRIVER_LICENSE_INFO_MISMATCH" | "NOT_SUPPORTED_POA_DOCUMENT_TYPE" | "NOT_SUPPORTED_POA_DOCUMENT_COUNTRY" | "POA_COUNTRIES_MISMATCH" | "POA_SCREENSHOT_DETECTED")[]
autoFace: (("FACE_MATCH" | "FACE_MISMATCH" | "NO_FACE_FOUND" | "TOO_MANY_FACES" | "FACE_TOO_BLURRY" | "FACE_UNCERTAIN" | "FACE_NOT_ANALYSED" | "FACE_NOT_CHECKED" | "FACE_ERROR" | "AUTO_UNVERIFIABLE" | "FAKE_FACE" | "FACE_GLARED") | "" | null)
manualFace: (("FACE_MATCH" | "FACE_MISMATCH" | "NO_FACE_FOUND" | "TOO_MANY_FACES" | "FACE_TOO_BLURRY" | "FACE_UNCERTAIN" | "FACE_NOT_ANALYSED" | "FACE_NOT_CHECKED" | "FACE_ERROR" | "AUTO_UNVERIFIABLE" | "FAKE_FACE" | "FACE_GLARED") | "" | null)
autoDocument: (("DOC_VALIDATED" | "DOC_INFO_MISMATCH" | "DOC_NOT_FOUND" | "DOC_NOT_FULLY_VISIBLE" | "DOC_NOT_SUPPORTED" | "DOC_FACE_NOT_FOUND" | "DOC_TOO_BLURRY" | "DOC_FACE_GLARED" | "MRZ_NOT_FOUND" | "MRZ_OCR_READING_ERROR" | "BARCODE_NOT_FOUND" | "DOC_EXPIRED" | "COUNTRY_MISMATCH" | "DOC_TYPE_MISMATCH" | "DOC_DAMAGED" | "DOC_FAKE" | "DOC_ERROR" | "AUTO_UNVERIFIABLE" | "DOC_NOT_ANALYSED" | "DOC_NAME_ERROR" | "DOC_SURNAME_ERROR" | "DOC_EXPIRY_ERROR" | "DOC_DOB_ERROR" | "DOC_PERSONAL_NUMBER_ERROR" | "DOC_NUMBER_ERROR" | "DOC_DATE_OF_ISSUE_ERROR" | "DOC_SEX_ERROR" | "DOC_NATIONALITY_ERROR" | "DOC_GLARED" | "COUNTRY_NOT_SUPPORTED" | "DOC_SUBTYPE_MISMATCH" | "DOC_SIDE_MISMATCH" | "DOC_PERSONAL_CODE_INVALID" | "DOC_NOT_ALLOWED" | "DOC_SPOOF_DETECTED" | "MRZ_INVALID" | "EID_FAILED" | "NFC_INIT_FAILED" | "NFC_FAILED" | "NFC_TIMEOUT") | "" | null)
manualDocument: (("DOC_VALIDATED" | "DOC_INFO_MISMATCH" | "DOC_NOT_FOUND" | "DOC_NOT_FULLY_VISIBLE" | "DOC_NOT_SUPPORTED" | "DOC_FACE_NOT_FOUND" | "DOC_TOO_BLURRY" | "DOC_FACE_GLARED" | "MRZ_NOT_FOUND" | "MRZ_OCR_READING_ERROR" | "BARCODE_NOT_FOUND" | "DOC_EXPIRED" | "COUNTRY_MISMATCH" | "DOC_TYPE_MISMATCH" | "DOC_DAMAGED" | "DOC_FAKE" | "DOC_ERROR" | "AUTO_UNVERIFIABLE" | "DOC_NOT_ANALYSED" | "DOC_NAME_ERROR" | "DOC_SURNAME_ERROR" | "DOC_EXPIRY_ERROR" | "DOC_DOB_ERROR" | "DOC_PERSONAL_NUMBER_ERROR" | "DOC_NUMBER_ERROR" | "DOC_DATE_OF_ISSUE_ERROR" | "DOC_SEX_ERROR" | "DOC_NATIONALITY_ERROR" | "DOC_GLARED" | "COUNTRY_NOT_SUPPORTED" | "DOC_SUBTYPE_MISMATCH" | "DOC_SIDE_MISMATCH" | "DOC_PERSONAL_CODE_INVALID" | "DOC_NOT_ALLOWED" | "DOC_SPOOF_DETECTED" | "MRZ_INVALID" | "EID_FAILED" | "NFC_INIT_FAILED" | "NFC_FAILED" | "NFC_TIMEOUT") | "" | null)
additionalSteps: (("VALID" | "INVALID" | "NOT_FOUND") | null)
suspicionReasons?: (string[] | null)
[k: string]: unknown
}
data: {
docFirstName: (string | null)
docLastName: (string | null)
docNumber: (string | null)
docPersonalCode: (string | null)
docExpiry: (string | null)
docDob: (string | null)
docDateOfIssue: (string | null)
docType: (("ID_CARD" | "PASSPORT" | "RESIDENCE_PERMIT" | "DRIVER_LICENSE" | "OTHER" | "AADHAAR" | "PAN_CARD" | "VISA" | "BORDER_CROSSING" | "ASYLUM" | "NATIONAL_PASSPORT" | "INTERNATIONAL_PASSPORT" | "VOTER_CARD" | "OLD_ID_CARD" | "TRAVEL_CARD" | "PHOTO_CARD" | "MILITARY_CARD" | "PROOF_OF_AGE_CARD" | "DIPLOMATIC_ID" | "PROVISIONAL_DRIVER_LICENSE" | "ADDRESS_CARD" | "SMART_ID" | "SOCIAL_SECURITY_CARD" | "WORK_PERMIT" | "CLEAR" | "ONE_ID" | "BANK_ID_SE" | "BANK_ID_NO" | "BANK_ID_CZ" | "FTN" | "MIT_ID" | "VERIMI" | "LA_WALLET" | "SAMSUNG_WALLET" | "MOJE_ID_CZ" | "YOTI_ID") | null)
docSex: (("MALE" | "FEMALE" | "UNDEFINED") | null)
docNationality: (string | null)
docIssuingCountry: (string | null)
selectedCountry: (string | null)
birthPlace?: (string | null)
authority?: (string | null)
address?: (string | null)
docTemporaryAddress?: (string | null)
mothersMaidenName?: (string | null)
docBirthName?: (string | null)
docPatronymic?: (string | null)
driverLicenseCategory?: (string | null)
manuallyDataChanged: (boolean | null)
fullName: (string | null)
orgFirstName: (string | null)
orgLastName: (string | null)
orgNationality: (string | null)
orgBirthPlace: (string | null)
orgAuthority: (string | null)
orgAddress: (string | null)
orgTemporaryAddress: (string | null)
orgMothersMaidenName: (string | null)
orgBirthName: (string | null)
orgPatronymic: (string | null)
ageEstimate: (("UNDER_13" | "UNDER_8" | "OVER_8" | "OVER_13" | "OVER_16" | "OVER_18" | "OVER_21" | "OVER_22" | "OVER_25" | "OVER_30") | null)
clientIpProxyRiskLevel: (("VERY_LOW" | "LOW" | "MEDIUM" | "HIGH" | "VERY_HIGH" | "NOT_CHECKED") | null)
duplicateFaces: (string[] | null)
duplicateDocFaces: (string[] | null)
additionalData?: ({
[k: string]: unknown
} | null)
[k: string]: unknown
}
fileUrls: {
[k: string]: string | null
}
scanRef: string
clientId: string
companyId?: (string | null)
beneficiaryId?: (string | null)
/**
 * Unix seconds; a larger number would be milliseconds.
 */
startTime: number
/**
 * Unix seconds, not before startTime.
 */
finishTime: number
clientIp: (string | null)
clientIpCountry: (string | null)
clientLocation: (string | null)
externalRef?: (string | null)
/**
 * Described by no source this project has.
 */
AML?: {
[k: string]: unknown
}
/**
 * Described by no source this project has.
 */
amlCheck?: {
[k: string]: unknown
}
/**
 * Described by no source this project has.
 */
LID?: {
[k: string]: unknown
}
/**
 * Described by no source this project has.
 */
additionalStepPdfUrls?: {
[k: string]: unknown
}
/**
 * Described by no source this project has.
 */
manualAddress?: {
[k: string]: unknown
}
/**
 * Described by no source this project has.
 */
manualAddressMatch?: {
[k: string]: unknown
}
/**
 * Described by no source this project has.
 */
registryCenterCheck?: {
[k: string]: unknown
}
/**
 * Described by no source this project has.
 */
addressVerification?: {
[k: string]: unknown
}
/**
 * Described by no source this project has.
 */
questionnaireAnswers?: {
[k: string]: unknown
}
/**
 * Described by no source this project has.
 */
riskAssessment?: {
[k: string]: unknown
}
[k: string]: unknown
}

export interface Messages {
"add-dummy-status-request"?: AddDummyStatusRequest
"add-dummy-status-response"?: AddDummyStatusResponse
error?: Error
results?: Results
"status-request"?: StatusRequest
"status-response"?: StatusResponse
"token-request"?: TokenRequest
"token-response"?: TokenResponse
"verification-webhook"?: VerificationWebhook
"webhook-delivery"?: WebhookDelivery
"webhook-headers"?: WebhookHeaders1
}
/**
 * HTTP 200; no source describes the body.
 */
export interface AddDummyStatusResponse {
[k: string]: unknown
}
/**
 * results.json, written by every run into reports/<run>/. The evidence of each case is in evidence.jsonl under the same id.
 */
export interface Results {
version: 1
/**
 * The verdict in words.
 */
verdict: string
exitCode: (0 | 1 | 3 | 4 | 130)
interrupted: boolean
run: ({
id: string
/**
 * Unix time in ms.
 */
startedAt: number
target: ("sandbox" | "live")
baseUrl: string
environments: ("DEV" | "TEST" | "PROD" | "DEMO")[]
version: string
node: string
commit: (string | null)
/**
 * Cases that the flags selected: how many a whole run has.
 */
selected: number
concurrency: number
/**
 * Tags of which a scenario must have one; empty: all scenarios.
 */
tags: string[]
/**
 * Regular expression of the selected cases; null: all.
 */
grep: (string | null)
/**
 * `2/4`: the second of four parts; null: all cases.
 */
shard: (string | null)
/**
 * Seed of the samples that name none.
 */
seed: number
/**
 * The scenario files as they were when the run began.
 */
scenarioFiles: {
file: string
sha256: string
[k: string]: unknown
}[]
[k: string]: unknown
} | null)
counts: Counts
closing: Counts1
totals: {
sessions: number
exchanges: number
deliveries: number
/**
 * From the start of the first case to the end of the last, in ms.
 */
casesMs: number
[k: string]: unknown
}
inbox: ({
received: number
badSignatures: number
/**
 * Requests to our callbackUrl that could not become deliveries: wrong method or path, too large, unreadable, broken off.
 */
refused: number
/**
 * Requests to other paths than our callbackUrl's.
 */
elsewhere: number
/**
 * The first 50 of those that were refused.
 * 
 * @maxItems 50
 */
refusedRequests: {
/**
 * Unix time in ms.
 */
receivedAt: number
method: string
/**
 * With `…` for its secret part.
 */
path: string
headers: {
[k: string]: string
}
/**
 * The HTTP status of our answer; null: the connection broke off before.
 */
answered: (number | null)
reason: string
[k: string]: unknown
}[]
unmatched: number
unmatchedSamples: string[]
[k: string]: unknown
} | null)
scenarios: {
id: string
name: string
file: string
line: number
cases: number
counts: Counts2
[k: string]: unknown
}[]
/**
 * Which reading of each contested clause this provider was seen to follow, and how often.
 */
observations: {
clause: string
question: string
readings: {
[k: string]: number
}
[k: string]: unknown
}[]
/**
 * Why cases did not pass, the commonest reason first; at most 200.
 */
causes: {
outcome: ("failed" | "errored" | "inconclusive")
/**
 * The message of the first case.
 */
message: string
clause: ({
id: string
source: string[]
[k: string]: unknown
} | null)
/**
 * Id of the first case.
 */
example: string
span: Span
cases: number
/**
 * Of a finding of fuzzing: the one command that repeats it, and its scenario file, relative to the run's folder.
 */
repeat: ({
command: string
file: string
[k: string]: unknown
} | null)
[k: string]: unknown
}[]
cases: Case[]
/**
 * What all fuzz cases did together; null when there was none.
 */
fuzz: ({
/**
 * How many cases fuzzed.
 */
cases: number
/**
 * Values and sequences that were tried, those of shrinking and repeating included.
 */
probes: number
/**
 * Requests that were sent to make findings smaller.
 */
shrinks: number
/**
 * What was tried of each clause in all cases together: request by request, field by field, that of the whole body first.
 */
clauses: ClauseEvidence[]
/**
 * Uncontested clauses of which a value was tried on both sides.
 */
bothSides: number
/**
 * Clauses that are not contested.
 */
uncontested: number
/**
 * Contested clauses of which a value was tried: how it was answered is observed, never judged.
 */
contested: number
/**
 * Clauses of which one side was not tried, or never by itself, and why.
 */
exceptions: {
/**
 * Key of the clause.
 */
key: string
/**
 * One sentence.
 */
reason: string
[k: string]: unknown
}[]
/**
 * Findings that came again each time; their scenario files are in the folder `counterexamples`.
 */
counterexamples: Finding[]
/**
 * Findings that did not come again each time; their scenario files are in the folder `flaky`.
 */
flaky: Finding[]
[k: string]: unknown
} | null)
[k: string]: unknown
}
/**
 * Cases by outcome.
 */
export interface Counts {
passed: number
failed: number
errored: number
inconclusive: number
skipped: number
}
/**
 * Closing checks by outcome: one a scenario, that nothing came which no step caused.
 */
export interface Counts1 {
passed: number
failed: number
errored: number
inconclusive: number
skipped: number
}
export interface Counts2 {
passed: number
failed: number
errored: number
inconclusive: number
skipped: number
}
export interface Span {
file: string
line: number
column: number
endColumn?: number
[k: string]: unknown
}
export interface Case {
kind: ("case" | "closing")
id: string
scenario: string
scenarioName: string
title: string
values: {
[k: string]: unknown
}
span: Span
source: string[]
tags: string[]
outcome: ("passed" | "failed" | "errored" | "inconclusive" | "skipped")
failures: Failure[]
error: ({
code: string
message: string
[k: string]: unknown
} | null)
reason: (string | null)
sessions: number
exchanges: number
deliveries: number
startedAt: number
durationMs: number
fuzz?: CaseFuzz
[k: string]: unknown
}
export interface Failure {
kind: ("contract" | "status" | "body" | "expectation" | "correlation" | "webhook-missing" | "webhook-unexpected" | "webhook-duplicate" | "webhook-order" | "webhook-altered-retry" | "webhook-signature")
message: string
span: Span
step: number
curl?: string
/**
 * JSON pointer into the message.
 */
at?: string
subject?: ("response" | "webhook" | "webhook-headers")
clause?: {
id: string
contract: string
pointer: string
keyword: string
source: string[]
[k: string]: unknown
}
arrived?: string[]
[k: string]: unknown
}
/**
 * What a fuzz case did.
 */
export interface CaseFuzz {
/**
 * What it explored.
 */
task: {
/**
 * The way of fuzzing.
 */
phase: ("boundaries" | "pairs" | "properties" | "model")
/**
 * What `--only` takes.
 */
key: string
/**
 * null: several of them.
 */
operation: (string | null)
/**
 * null: several of them.
 */
field: (string | null)
/**
 * Id of the clause; null unless the phase is `boundaries`.
 */
clause: (string | null)
[k: string]: unknown
}
/**
 * Seed of what was drawn; null when nothing was.
 */
seed: (number | null)
/**
 * Values or sequences that were tried, those of shrinking and repeating included.
 */
probes: number
/**
 * Requests that were sent to make findings smaller.
 */
shrinks: number
/**
 * All that were made; evidence.jsonl has those of the findings.
 */
exchanges: number
/**
 * All that came; evidence.jsonl has those of the findings.
 */
deliveries: number
/**
 * What this case tried.
 */
clauses: ClauseEvidence[]
/**
 * Its findings that came again each time.
 */
counterexamples: Finding[]
/**
 * Its findings that did not.
 */
flaky: Finding[]
[k: string]: unknown
}
/**
 * What was tried of one clause of a request contract.
 */
export interface ClauseEvidence {
/**
 * Id of the clause; fields that share a definition share its clauses.
 */
clause: string
/**
 * `createSession.firstName.maxLength`: unique, and what `--only` takes.
 */
key: string
/**
 * The request.
 */
operation: ("createSession" | "addManualStatus" | "getStatus")
/**
 * null: the body as a whole.
 */
field: (string | null)
/**
 * Keyword of the contract.
 */
keyword: string
/**
 * Where the clause comes from.
 */
source: string[]
inside: Side
outside: Side1
contested: Side2
/**
 * Why a side was not tried, or never alone.
 */
exception: (string | null)
[k: string]: unknown
}
/**
 * Values that keep the clause.
 */
export interface Side {
/**
 * Values that were sent.
 */
tried: number
/**
 * Of them, those that the provider took.
 */
accepted: number
/**
 * Of them, those that it refused.
 */
refused: number
/**
 * One of them, in words.
 */
example?: {
[k: string]: unknown
}
[k: string]: unknown
}
/**
 * Values that break it.
 */
export interface Side1 {
/**
 * Values that were sent.
 */
tried: number
/**
 * Of them, those that the provider took.
 */
accepted: number
/**
 * Of them, those that it refused.
 */
refused: number
/**
 * One of them, in words.
 */
example?: {
[k: string]: unknown
}
[k: string]: unknown
}
/**
 * Values about which the sources disagree: never judged.
 */
export interface Side2 {
/**
 * Values that were sent.
 */
tried: number
/**
 * Of them, those that the provider took.
 */
accepted: number
/**
 * Of them, those that it refused.
 */
refused: number
/**
 * One of them, in words.
 */
example?: {
[k: string]: unknown
}
[k: string]: unknown
}
/**
 * A value or sequence by which the provider broke its word.
 */
export interface Finding {
/**
 * Id of the case that found it.
 */
case: string
/**
 * Key of that case's task.
 */
key: string
/**
 * Its scenario file, relative to the run's folder.
 */
file: string
/**
 * One sentence: what was sent, what was due, what came.
 */
message: string
/**
 * The one command that repeats it.
 */
command: string
/**
 * Null for values that are enumerated, not drawn.
 */
seed: (number | null)
/**
 * Leads from the seed to the value.
 */
path: (string | null)
/**
 * The commands of a model that were run.
 */
replayPath: (string | null)
/**
 * How often it was repeated.
 */
repeats: number
/**
 * How often it then came again.
 */
repeated: number
}
/**
 * The answer to an accepted token request: its fields again, defaults filled in, and the session's scanRef. x-echo names how a field repeats the request; x-default what stands there when the request left it out (null when x-default is absent); x-set-when the switch of the request that sets a field.
 */
export interface TokenResponse {
message: string
authToken: string
scanRef: string
clientId: string
firstName: (string | null)
lastName: (string | null)
successUrl: (string | null)
errorUrl: (string | null)
unverifiedUrl?: (string | null)
callbackUrl?: (string | null)
locale: (string | null)
showInstructions: boolean
country: (string | unknown[] | null)
expiryTime: number
sessionLength: number
documents: (("ID_CARD" | "PASSPORT" | "RESIDENCE_PERMIT" | "DRIVER_LICENSE" | "OTHER" | "AADHAAR" | "PAN_CARD" | "VISA" | "BORDER_CROSSING" | "ASYLUM" | "NATIONAL_PASSPORT" | "INTERNATIONAL_PASSPORT" | "VOTER_CARD" | "OLD_ID_CARD" | "TRAVEL_CARD" | "PHOTO_CARD" | "MILITARY_CARD" | "PROOF_OF_AGE_CARD" | "DIPLOMATIC_ID")[] | null)
dateOfBirth: (string | null)
dateOfExpiry: (string | null)
dateOfIssue: (string | null)
nationality: (string | null)
personalNumber: (string | null)
documentNumber: (string | null)
sex: (("M" | "F") | null)
digitString: (string | null)
address: (string | null)
tokenType: string
externalRef: (string | null)
reviewSuccessful?: (boolean | null)
reviewFailed?: (boolean | null)
redirectUrl?: (string | null)
personScanRef?: (string | null)
[k: string]: unknown
}
/**
 * The headers of a verification webhook, names in lower case.
 */
export interface WebhookHeaders {
"content-type": string
/**
 * Values of the Idenfy-Event-Type header; IDENTIFICATION is the legacy event for every outcome.
 */
"idenfy-event-type": ("IDENTIFICATION_AUTO_FINISHED" | "IDENTIFICATION_MANUAL_FINISHED" | "IDENTIFICATION_EXPIRED" | "IDENTIFICATION_CANCELLED" | "IDENTIFICATION_RESUBMITTED" | "IDENTIFICATION")
"idenfy-signature": string
[k: string]: unknown
}
/**
 * The headers of a verification webhook, names in lower case.
 */
export interface WebhookHeaders1 {
"content-type": string
/**
 * Values of the Idenfy-Event-Type header; IDENTIFICATION is the legacy event for every outcome.
 */
"idenfy-event-type": ("IDENTIFICATION_AUTO_FINISHED" | "IDENTIFICATION_MANUAL_FINISHED" | "IDENTIFICATION_EXPIRED" | "IDENTIFICATION_CANCELLED" | "IDENTIFICATION_RESUBMITTED" | "IDENTIFICATION")
"idenfy-signature": string
[k: string]: unknown
}
