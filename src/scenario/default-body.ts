import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import { isAbsent } from '../domain/template.ts';
import { dropAbsent, type Fill } from './matrix-scope.ts';

/** The token request of an invented person; a scenario's `session` and the matrix go over it. */
export const DEFAULT_SESSION: JsonObject = {
  dummyStatus: 'APPROVED',
  clientId: '${{ clientId }}',
  firstName: 'Ona Marija',
  lastName: 'Pavyzdyte',
  locale: 'en',
  country: 'lt',
  documents: ['PASSPORT', 'ID_CARD'],
  dateOfBirth: '1990-12-20',
  nationality: 'lt',
  tokenType: 'IDENTIFICATION',
};

/** The manual status that approves; a scenario's `manual` and the matrix go over it. */
export const DEFAULT_MANUAL: JsonObject = {
  manualFaceMatchResult: 'FACE_MATCH',
  manualDocumentValidity: 'DOC_VALIDATED',
};

/** What the default bodies of a scenario are made of. */
export interface BodyParts {
  readonly session: JsonObject;
  readonly manual: JsonObject;
  /** Axes that are fields of the token request. */
  readonly sessionAxes: readonly string[];
  /** Axes that are fields of the manual status. */
  readonly manualAxes: readonly string[];
}

/** The token request of a case; `over` is what the step itself adds. `hidesCallback`: callbackUrl is left out on purpose. */
export function sessionBody(
  parts: BodyParts,
  values: JsonObject,
  fill: Fill,
  over: JsonObject = {},
): { readonly body: Json; readonly hidesCallback: boolean } {
  const body = fill({ ...DEFAULT_SESSION, ...parts.session, ...pick(values, parts.sessionAxes), ...over });
  const hidesCallback = isJsonObject(body) && body.callbackUrl !== undefined && isAbsent(body.callbackUrl);
  return { body: dropAbsent(body), hidesCallback };
}

/** The manual status of a case for the scanRef given. */
export function manualBody(parts: BodyParts, values: JsonObject, fill: Fill, over: JsonObject): Json {
  return dropAbsent(fill({ ...DEFAULT_MANUAL, ...parts.manual, ...pick(values, parts.manualAxes), ...over }));
}

function pick(values: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.flatMap((name): [string, Json][] => (values[name] === undefined ? [] : [[name, values[name]]])),
  );
}
