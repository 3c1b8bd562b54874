import type { Alteration } from './altering-proxy.ts';
import type { ScenarioName } from './scenarios.ts';

/** What is run, what the proxy changes, and what a failure has to say of it. */
export type Row = readonly [name: string, scenario: ScenarioName, alteration: Alteration, says: RegExp];

/** Alterations of one kind. */
export interface Alterations {
  readonly title: string;
  readonly rows: readonly Row[];
  /** How long webhooks are waited for, in ms; short where some never come. */
  readonly deadlineMs?: number;
  /** How long the end of a run watches for more, in ms. */
  readonly quietMs?: number;
}
