import type { JsonObject } from '../domain/json.ts';
import type { Environment, WebhookKind } from '../domain/message.ts';
import type {
  DocumentResult,
  DummyStatus,
  FaceResult,
  FraudTag,
  ManualDocumentValidity,
  ManualFaceMatchResult,
  MismatchTag,
  StatusResult,
} from '../domain/vocabulary.generated.ts';

/** Where a verification stands; null is a result that its step has not reached. */
export interface SessionStatus {
  readonly overall: StatusResult;
  readonly autoFace: FaceResult | null;
  readonly autoDocument: DocumentResult | null;
  readonly manualFace: FaceResult | null;
  readonly manualDocument: DocumentResult | null;
  readonly fraudTags: readonly FraudTag[];
  readonly mismatchTags: readonly MismatchTag[];
}

/** One verification; a value, replaced as a whole at every transition. */
export interface Session {
  readonly scanRef: string;
  readonly environment: Environment;
  /** The accepted fields of the token request. */
  readonly request: JsonObject;
  /** Unix time in ms. */
  readonly createdAt: number;
  readonly companyId: string;
  readonly beneficiaryId: string;
  readonly status: SessionStatus;
}

/** A webhook that a transition has caused. */
export interface Cause {
  readonly kind: WebhookKind;
  /** The webhook's `final`: true when no manual review follows. */
  readonly final: boolean;
}

const UNDECIDED: SessionStatus = {
  overall: 'ACTIVE',
  autoFace: null,
  autoDocument: null,
  manualFace: null,
  manualDocument: null,
  fraudTags: [],
  mismatchTags: [],
};

/** What each dummyStatus stands for (`docs`, vocabulary; decision 021). */
const AUTOMATIC: Readonly<Record<DummyStatus, SessionStatus>> = {
  APPROVED: { ...UNDECIDED, overall: 'APPROVED', autoFace: 'FACE_MATCH', autoDocument: 'DOC_VALIDATED' },
  DENIED: { ...UNDECIDED, overall: 'DENIED', autoFace: 'FACE_MISMATCH', autoDocument: 'DOC_VALIDATED' },
  SUSPECTED: {
    ...UNDECIDED,
    overall: 'SUSPECTED',
    autoFace: 'FACE_MATCH',
    autoDocument: 'DOC_VALIDATED',
    mismatchTags: ['NAME'],
  },
  ACTIVE: UNDECIDED,
  EXPIRED: { ...UNDECIDED, overall: 'EXPIRED' },
};

/** The status of a session that has just been created; a plain token (no dummyStatus) waits for its user. */
export function automaticStatus(dummyStatus: DummyStatus | undefined): SessionStatus {
  return dummyStatus === undefined ? UNDECIDED : AUTOMATIC[dummyStatus];
}

/** The webhook that creating `session` causes; undefined while there is no result. */
export function automaticCause({ status, request }: Session): Cause | undefined {
  if (status.overall === 'ACTIVE') return undefined;
  if (status.overall === 'EXPIRED') return { kind: 'expired', final: true };
  const reviewed = status.overall === 'APPROVED' ? request.reviewSuccessful : request.reviewFailed;
  return { kind: 'auto', final: reviewed !== true };
}

/** The session after a manual review: FACE_MATCH with DOC_VALIDATED approves and clears the tags, all else denies (`seed`). */
export function reviewSession(
  session: Session,
  face: ManualFaceMatchResult,
  document: ManualDocumentValidity,
): Session {
  const approved = face === 'FACE_MATCH' && document === 'DOC_VALIDATED';
  const { fraudTags, mismatchTags } = approved ? UNDECIDED : session.status;
  const overall = approved ? 'APPROVED' : 'DENIED';
  const status: SessionStatus = {
    ...session.status,
    overall,
    manualFace: face,
    manualDocument: document,
    fraudTags,
    mismatchTags,
  };
  return { ...session, status };
}
