import type { JsonObject } from '../domain/json.ts';
import type { ErrorIdentifier } from '../domain/vocabulary.generated.ts';

/** A request that the provider turns down. */
export interface Refusal {
  readonly kind: 'refusal';
  /** HTTP status. */
  readonly status: number;
  readonly identifier: ErrorIdentifier;
  /** One sentence that names the field, if one is to blame. */
  readonly message: string;
}

/** A refusal; HTTP status 400 unless told otherwise (`docs`). */
export function refuse(identifier: ErrorIdentifier, message: string, status = 400): Refusal {
  return { kind: 'refusal', status, identifier, message };
}

/** The body of an error response: `{identifier, message, documentation, severity}` (`docs`). */
export function refusalBody({ identifier, message }: Refusal): JsonObject {
  return { identifier, message, documentation: '', severity: 'NOT_SEVERE' };
}
