import { ConfigurationError } from '../domain/harness-error.ts';
import { isLoopback } from '../domain/loopback.ts';
import { type Forecast, forecast, sumForecasts } from '../engine/forecast.ts';
import { selectCases } from '../engine/selection.ts';
import { findScenarioFiles, loadScenarioFiles } from './scenario-files.ts';
import { type SelectionFlags, selectionOf } from './selection.ts';

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
  const selection = selectionOf(flags);
  const plans: ScenarioPlan[] = [];
  for (const scenario of files.flatMap(({ scenarios }) => scenarios)) {
    const cases = selectCases(scenario, selection);
    const { file, line } = scenario.span;
    if (cases.length > 0)
      plans.push({ id: scenario.id, name: scenario.name, file, line, ...forecast(scenario, cases) });
  }
  if (plans.length === 0) {
    throw new ConfigurationError('the flags select no case', { hint: 'loosen --tag, --grep or --shard' });
  }
  const total = sumForecasts(plans);
  const estimatedMs = estimate(total, flags);
  if (flags.json)
    process.stdout.write(`${JSON.stringify({ scenarios: plans, total: { ...total, estimatedMs } }, null, 2)}\n`);
  else process.stdout.write(table(plans, total, estimatedMs, flags));
}

/** Assumed times of one exchange and of one case's webhooks, in ms: measured on loopback, guessed from the vendor's words elsewhere. */
const NEAR = { exchange: 4, webhooks: 2, concurrency: 32 };
const FAR = { exchange: 400, webhooks: 4_000, concurrency: 4 };

function estimate(total: Forecast, flags: PlanFlags): number {
  const near =
    flags.target === 'sandbox' ||
    (flags.baseUrl !== undefined && URL.canParse(flags.baseUrl) && isLoopback(new URL(flags.baseUrl).hostname));
  const assumed = near ? NEAR : FAR;
  const busy = total.exchanges * assumed.exchange + total.webhooks * assumed.webhooks;
  const paced = flags.rate === undefined ? 0 : (total.exchanges / flags.rate) * 1000;
  return Math.round(Math.max(paced, near ? busy / 6 : busy / (flags.concurrency ?? assumed.concurrency)));
}

function table(plans: readonly ScenarioPlan[], total: Forecast, estimatedMs: number, flags: PlanFlags): string {
  const width = Math.min(60, Math.max(8, ...plans.map(({ name }) => name.length)));
  const row = (name: string, f: Forecast, place: string): string =>
    `${name.slice(0, width).padEnd(width)} ${number(f.cases)} ${number(f.sessions)} ${number(f.exchanges)} ${number(f.webhooks)}  ${place}`.trimEnd();
  const head = `${'scenario'.padEnd(width)} ${['cases', 'sessions', 'exchanges', 'webhooks'].map((title) => title.padStart(9)).join(' ')}`;
  const rows = plans.map((one) => row(one.name, one, `${one.file}:${one.line}`));
  const rate = flags.rate === undefined ? 'no rate limit' : `at most ${flags.rate} requests a second`;
  return `${[head, ...rows, row('in all', total, '')].join('\n')}\n\nabout ${time(estimatedMs)} on the ${flags.target} target (${rate}); nothing was sent\n`;
}

function number(value: number): string {
  return value.toLocaleString('en-US').padStart(9);
}

function time(ms: number): string {
  if (ms < 90_000) return `${Math.max(1, Math.round(ms / 1000))} s`;
  return ms < 5_400_000 ? `${Math.round(ms / 60_000)} min` : `${(ms / 3_600_000).toFixed(1)} h`;
}
