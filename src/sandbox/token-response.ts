import type { Json, JsonObject } from '../domain/json.ts';
import { DOCUMENT_TYPE } from '../domain/vocabulary.generated.ts';
import type { Session } from './session.ts';

/** What a created session is given beside its scanRef. */
export interface TokenParts {
  /** 40 characters at most. */
  readonly authToken: string;
  /** 8 digits, or null when none were asked for. */
  readonly digitString: string | null;
  readonly redirectUrl: string;
}

/** The body that answers an accepted token request: its fields again in the order of `seed`, defaults filled in, else null. */
export function createTokenResponse({ request, scanRef }: Session, parts: TokenParts): JsonObject {
  const echo = (field: string, fallback: Json = null): Json => request[field] ?? fallback;
  return {
    message:
      request.dummyStatus === undefined
        ? 'Token created successfully'
        : 'Dummy token and verification created successfully',
    authToken: parts.authToken,
    scanRef,
    clientId: echo('clientId'),
    firstName: upperCase(echo('firstName')),
    lastName: upperCase(echo('lastName')),
    successUrl: echo('successUrl'),
    errorUrl: echo('errorUrl'),
    unverifiedUrl: echo('unverifiedUrl'),
    callbackUrl: echo('callbackUrl'),
    locale: echo('locale', 'en'),
    showInstructions: echo('showInstructions', true),
    country: echo('country'),
    expiryTime: echo('expiryTime', 3600),
    sessionLength: echo('sessionLength', 600),
    documents: echo('documents', DOCUMENT_TYPE),
    dateOfBirth: echo('dateOfBirth'),
    dateOfExpiry: echo('dateOfExpiry'),
    dateOfIssue: echo('dateOfIssue'),
    nationality: echo('nationality'),
    personalNumber: echo('personalNumber'),
    documentNumber: echo('documentNumber'),
    sex: echo('sex'),
    digitString: parts.digitString,
    address: echo('address'),
    tokenType: echo('tokenType', 'IDENTIFICATION'),
    externalRef: echo('externalRef'),
    ...reviewFlags(request),
    redirectUrl: parts.redirectUrl,
  };
}

/** `value` in upper case as the provider stores names; null stays null. */
export function upperCase(value: Json | undefined): string | null {
  return typeof value === 'string' ? value.toUpperCase() : null;
}

function reviewFlags(request: JsonObject): JsonObject {
  const flags = ['reviewSuccessful', 'reviewFailed'].map((field) => [field, request[field]] as const);
  return Object.fromEntries(flags.flatMap(([field, value]) => (value === undefined ? [] : [[field, value]])));
}
