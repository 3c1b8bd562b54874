import type { Observation } from '../domain/contract.ts';
import type { Failure } from '../domain/failure.ts';
import { HarnessError, InternalError } from '../domain/harness-error.ts';
import type { Json } from '../domain/json.ts';
import type { Delivery, DeliveryReceipt, Exchange } from '../domain/message.ts';
import type { RecordedDelivery } from '../domain/result.ts';
import type { Case, Scenario, Step } from '../domain/scenario.ts';
import type { SourceSpan } from '../domain/span.ts';
import type { Ports } from './ports.ts';
import type { RunWatch } from './run-watch.ts';
import type { Session } from './session.ts';

/** What one case knows while it runs; every step adds to it. */
export interface CaseRun {
  readonly scenario: Scenario;
  readonly case: Case;
  /** Those that were begun. */
  readonly steps: Step[];
  readonly ports: Ports;
  readonly watch: RunWatch;
  readonly failures: Failure[];
  readonly observations: Observation[];
  readonly exchanges: Exchange[];
  readonly deliveries: RecordedDelivery[];
  /** Bodies that steps named with `as`. */
  readonly captures: Map<string, Json>;
  readonly sessions: Map<string, Session>;
  /** Deliveries that were assigned in this case, by their receipts. */
  readonly received: Map<DeliveryReceipt, Delivery>;
  /** Every authToken that was seen, for the redactor. */
  readonly tokens: Set<string>;
  /** How many sessions this case created. */
  created: number;
}

/** Why a case ends before its last step. */
export interface EarlyEnd {
  readonly outcome: 'skipped' | 'inconclusive' | 'errored' | 'failed';
  readonly reason: string;
  readonly error?: HarnessError;
}

/** The end of a case in which something was thrown, expected or not. */
export function endByError(thrown: unknown): EarlyEnd {
  const error = thrown instanceof HarnessError ? thrown : new InternalError(thrown);
  return { outcome: 'errored', reason: error.message, error };
}

/** Where in the case something happened. */
export interface StepPlace {
  readonly step: number;
  readonly span: SourceSpan;
}

/** Creates the state of a case about to run. */
export function createCaseRun(scenario: Scenario, testCase: Case, ports: Ports, watch: RunWatch): CaseRun {
  return {
    scenario,
    case: testCase,
    steps: [],
    ports,
    watch,
    failures: [],
    observations: [],
    exchanges: [],
    deliveries: [],
    captures: new Map(),
    sessions: new Map(),
    received: new Map(),
    tokens: new Set(),
    created: 0,
  };
}
