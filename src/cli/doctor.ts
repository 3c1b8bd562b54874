import { createContracts } from '../contract/contracts.ts';
import { HarnessError, ProviderUnreachableError } from '../domain/harness-error.ts';
import { EXIT } from '../domain/outcome.ts';
import { visible, visibleJsonText } from '../domain/visible.ts';
import { askAccess } from '../runner/access.ts';
import { type PreparedTarget, prepareTarget } from '../runner/target.ts';

/** Flags of `doctor`. */
export interface DoctorFlags {
  readonly target: 'sandbox' | 'live';
  readonly baseUrl?: string;
  readonly json?: boolean;
}

/** One thing that a run needs, and whether it is there. */
interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** Checks one by one what a run needs; exit 3 when something is missing. Creates no session. */
export async function doctor(flags: DoctorFlags): Promise<void> {
  const checks = [await check('Node.js', nodeVersion), await check('contracts', compileContracts)];
  checks.push(await check(`${flags.target} target`, () => askTarget(flags)));
  const ok = checks.every((one) => one.ok);
  if (flags.json) process.stdout.write(`${visibleJsonText({ ok, checks }, 2)}\n`);
  else for (const one of checks) process.stdout.write(`${one.ok ? '✓' : '✗'} ${one.name}: ${visible(one.detail)}\n`);
  process.exitCode = ok ? EXIT.ok : EXIT.environment;
}

async function check(name: string, look: () => string | Promise<string>): Promise<Check> {
  try {
    return { name, ok: true, detail: await look() };
  } catch (error) {
    const detail =
      error instanceof HarnessError ? error.describe() : error instanceof Error ? error.message : String(error);
    return { name, ok: false, detail };
  }
}

function nodeVersion(): string {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return `${process.version} (20.19 or newer is needed)`;
  throw new Error(`${process.version} is too old: install Node.js 20.19 or newer`);
}

function compileContracts(): string {
  const contracts = createContracts();
  const clauses = contracts.clauses();
  for (const name of new Set(clauses.map((clause) => clause.contract))) contracts.judge(name, null);
  return `${new Set(clauses.map((clause) => clause.contract)).size} contracts with ${clauses.length} clauses compile`;
}

async function askTarget(flags: DoctorFlags): Promise<string> {
  await using target: PreparedTarget = await prepareTarget(flags, process.env);
  const { baseUrl } = target.settings;
  const status = await askAccess(target.settings);
  if (status >= 500)
    throw new ProviderUnreachableError(`${baseUrl} answers with HTTP ${status}`, { hint: 'try again later' });
  return `${baseUrl} answers and takes the credentials (HTTP ${status})`;
}
