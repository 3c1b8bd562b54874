import { isLoopback } from '../domain/loopback.ts';
import { visible, visibleJsonText } from '../domain/visible.ts';
import { type Forecast, forecast, sumForecasts } from '../engine/forecast.ts';
import { forecastFuzz } from '../fuzz/forecast.ts';
import { group } from '../report/verdict.ts';
import { sharedContracts } from '../runner/shared-contracts.ts';
import { findScenarioFiles, loadScenarioFiles } from './scenario-files.ts';
import { type SelectionFlags, selectScenarios } from './selection.ts';

/** Flags of `plan`. */
export interface PlanFlags extends SelectionFlags {
  readonly target: 'sandbox' | 'live';
  readonly baseUrl?: string;
  readonly concurrency?: number;
  readonly rate?: number;
  readonly json?: boolean;
}

/** The plan of one scenario. */
interface ScenarioPlan extends Forecast {
  readonly id: string;
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

/** Prints what a run would create, send and await, per scenario and in all. Nothing is sent. */
export async function plan(paths: readonly string[], flags: PlanFlags): Promise<void> {
  const files = await loadScenarioFiles(await findScenarioFiles(paths), flags.seed);
  const plans = selectScenarios(files, flags).map(({ scenario, cases }): ScenarioPlan => {
    const { file, line } = scenario.span;
    const expected =
      scenario.fuzz === null ? forecast(scenario, cases) : forecastFuzz(scenario, cases, sharedContracts());
    return { id: scenario.id, name: scenario.name, file, line, ...expected };
  });
  const total = sumForecasts(plans);
  const estimatedMs = estimate(total, flags);
  if (flags.json)
    process.stdout.write(`${visibleJsonText({ scenarios: plans, total: { ...total, estimatedMs } }, 2)}\n`);
  else process.stdout.write(table(plans, total, estimatedMs, flags));
}

/**
 * Assumed times of one exchange and of one case's webhooks, in ms: measured on loopback, guessed from the vendor's words elsewhere. `atOnce` is how
 * many cases make a run faster by default, `most` at all: on loopback there are only this machine's processors to share.
 */
const NEAR = { exchange: 4, webhooks: 2, atOnce: 6, most: 6 };
const FAR = { exchange: 400, webhooks: 4_000, atOnce: 4, most: Number.POSITIVE_INFINITY };

function estimate(total: Forecast, flags: PlanFlags): number {
  const near =
    flags.target === 'sandbox' ||
    (flags.baseUrl !== undefined && URL.canParse(flags.baseUrl) && isLoopback(new URL(flags.baseUrl).hostname));
  const assumed = near ? NEAR : FAR;
  const busy = total.exchanges * assumed.exchange + total.webhooks * assumed.webhooks;
  const paced = flags.rate === undefined ? 0 : (total.exchanges / flags.rate) * 1000;
  return Math.round(Math.max(paced, busy / Math.min(flags.concurrency ?? assumed.atOnce, assumed.most)));
}

const COLUMNS = ['cases', 'sessions', 'exchanges', 'webhooks'] as const;

/** Numbers first, so that they stay in their columns however long a scenario's name is. */
function table(plans: readonly ScenarioPlan[], total: Forecast, estimatedMs: number, flags: PlanFlags): string {
  const lines = [`${COLUMNS.join(' ')}  scenario`];
  for (const [index, one] of plans.entries()) {
    if (one.file !== plans[index - 1]?.file) lines.push(visible(one.file));
    lines.push(cutAtEdge(`${numbers(one)}  :${one.line} ${visible(one.name.replaceAll(/\s+/g, ' '))}`));
  }
  lines.push(`${numbers(total)}  in all`);
  const rate =
    flags.rate === undefined ? 'no rate limit' : `at most ${Number(flags.rate.toPrecision(3))} requests a second`;
  lines.push('', `about ${time(estimatedMs)} on the ${flags.target} target (${rate}); nothing was sent`);
  return `${lines.join('\n')}\n`;
}

function numbers(forecast: Forecast): string {
  return COLUMNS.map((column) => group(forecast[column]).padStart(column.length)).join(' ');
}

/** Cuts a line at the edge of the terminal; what is piped elsewhere stays whole. */
function cutAtEdge(line: string): string {
  const { isTTY, columns } = process.stdout;
  return isTTY && line.length > columns ? `${line.slice(0, columns - 1)}…` : line;
}

function time(ms: number): string {
  if (ms < 90_000) return `${Math.max(1, Math.round(ms / 1000))} s`;
  return ms < 5_400_000 ? `${Math.round(ms / 60_000)} min` : `${(ms / 3_600_000).toFixed(1)} h`;
}
