import { FUZZ_PHASES, type FuzzPhase, type FuzzSection } from '../domain/fuzz.ts';
import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import type { Operation } from '../domain/message.ts';
import type { ReadingContext } from './flow.ts';
import type { Path } from './path.ts';
import { suggestion } from './suggestion.ts';

/** What a scenario that fuzzes takes from the contracts instead. */
const NEIGHBOURS = ['matrix', 'combine', 'sessions', 'session', 'manual', 'expect', 'steps', 'timeout'];

const OPERATIONS: readonly Operation[] = ['createSession', 'addManualStatus', 'getStatus'];

/** Reads the `fuzz` mapping of a scenario; mistakes go to `findings`, and then the result must not be used. */
export function readFuzzSection(raw: JsonObject, path: Path, reading: ReadingContext): FuzzSection {
  const fuzz = isJsonObject(raw.fuzz) ? raw.fuzz : {};
  const requests = choice(fuzz.request, OPERATIONS);
  const fields = Array.isArray(fuzz.fields) ? (fuzz.fields as readonly string[]) : null;
  checkNeighbours(raw, path, reading);
  checkFields(requests, fields, [...path, 'fuzz', 'fields'], reading);
  checkPhases(fuzz, fields, [...path, 'fuzz'], reading);
  return {
    requests,
    phases: choice<FuzzPhase>(fuzz.phases, FUZZ_PHASES),
    fields,
    runs: typeof fuzz.runs === 'number' ? fuzz.runs : null,
    seed: typeof fuzz.seed === 'number' ? fuzz.seed : null,
  };
}

/** One value or several out of a list; none, or `all`, are all of them. */
function choice<Value extends string>(value: Json | undefined, all: readonly Value[]): readonly Value[] {
  if (value === undefined || value === 'all') return all;
  const chosen = [value].flat();
  return all.filter((one) => chosen.includes(one));
}

function checkNeighbours(raw: JsonObject, path: Path, { findings }: ReadingContext): void {
  for (const key of NEIGHBOURS) {
    if (raw[key] === undefined) continue;
    const hint = 'A scenario that fuzzes makes its own cases: move this into a scenario of its own, or remove it.';
    findings.report('misplaced-key', [...path, key], `\`${key}\` cannot stand beside \`fuzz\`.`, hint, 'key');
  }
  if (raw.environment === undefined || raw.environment === 'DEV') return;
  const hint = 'Remove `environment`.';
  findings.report('unknown-value', [...path, 'environment'], 'Fuzzing needs the DEV environment.', hint);
}

function checkFields(
  requests: readonly Operation[],
  fields: FuzzSection['fields'],
  path: Path,
  { findings, grammar }: ReadingContext,
): void {
  const known = requests.flatMap((operation) => grammar.fieldNames(operation));
  for (const [index, field] of (fields ?? []).entries()) {
    if (known.includes(field)) continue;
    const elsewhere = OPERATIONS.find((operation) => grammar.fieldNames(operation).includes(field));
    const hint =
      elsewhere === undefined
        ? suggestion(field, known, 'See the request contracts for the names of fields.')
        : `It is a field of ${elsewhere}: add that to \`request\`.`;
    findings.report(
      'unknown-field',
      [...path, index],
      `There is no field \`${field}\` in ${requests.join(' or ')}.`,
      hint,
    );
  }
}

/** Only boundaries are about single fields. */
function checkPhases(fuzz: JsonObject, fields: FuzzSection['fields'], path: Path, { findings }: ReadingContext): void {
  if (fields === null || fuzz.phases === undefined || fuzz.phases === 'all') return;
  if ([fuzz.phases].flat().includes('boundaries')) return;
  const hint = 'Remove `fields`, or add `boundaries` to `phases`.';
  findings.report(
    'unused-value',
    [...path, 'fields'],
    '`fields` is about boundaries, which `phases` leaves out.',
    hint,
  );
}
