import type { Step } from '../domain/scenario.ts';
export interface ScenarioText {
  readonly name: string;
  readonly description: readonly string[];
  readonly source: readonly string[];
  readonly tags: readonly string[];
  readonly steps: readonly Step[];
}
export function writeScenario(text: ScenarioText): string {
  return JSON.stringify(text, null, 1);
}
