import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import { planContested, planExpectation } from './expectation.ts';
import { DEFAULT_CAPTURES, type StepPlan, VERBS, type Verb } from './explicit-steps.ts';
import type { Findings } from './findings.ts';
import { checkMatchers } from './matcher-check.ts';
import type { Path } from './path.ts';
import { suggestion } from './suggestion.ts';
import { checkTemplates, type KnownNames } from './template-check.ts';
import type { YamlFile } from './yaml-file.ts';

/** Verbs that have no message to expect anything of. */
const SILENT: readonly Verb[] = ['wait', 'expectNoWebhook'];

/** Reads `steps`; mistakes go to `findings`, and steps that cannot be understood are left out. */
export function readSteps(
  raw: readonly Json[],
  path: Path,
  matrix: readonly string[] | null,
  yaml: YamlFile,
  findings: Findings,
): readonly StepPlan[] {
  const reader = new StepReader(matrix, yaml, findings);
  return raw.flatMap((step, index) => reader.read(isJsonObject(step) ? step : {}, [...path, index]));
}

class StepReader {
  readonly #matrix: readonly string[] | null;
  readonly #yaml: YamlFile;
  readonly #findings: Findings;
  readonly #captures: string[] = [];
  readonly #sessions: string[] = [];
  /** False once a step could not be read: what it would have captured is not known. */
  #complete = true;

  constructor(matrix: readonly string[] | null, yaml: YamlFile, findings: Findings) {
    this.#matrix = matrix;
    this.#yaml = yaml;
    this.#findings = findings;
  }

  read(raw: JsonObject, path: Path): readonly StepPlan[] {
    if (this.#findings.isBroken(path)) this.#complete = false;
    const verb = this.#verbOf(raw, path);
    if (verb === undefined) {
      this.#complete = false;
      return [];
    }
    const options = isJsonObject(raw[verb]) ? raw[verb] : {};
    this.#checkOptions(verb, options, [...path, verb]);
    this.#checkExpectation(verb, raw, path);
    this.#checkSession(verb, options, [...path, verb]);
    checkTemplates(raw[verb] ?? null, [...path, verb], this.#known(), this.#findings);
    this.#capture(verb, options);
    for (const key of ['expect', 'contested']) checkTemplates(raw[key], [...path, key], this.#known(), this.#findings);
    return [
      {
        verb,
        options,
        wait: String(raw.wait ?? ''),
        expect: planExpectation(raw.expect, [...path, 'expect'], this.#yaml),
        contested: planContested(raw.contested, [...path, 'contested'], this.#yaml),
        repeat: typeof raw.repeat === 'number' ? raw.repeat : 1,
        span: this.#yaml.spanOf([...path, verb], 'key'),
      },
    ];
  }

  #known(): KnownNames {
    return { matrix: this.#matrix, captures: this.#complete ? this.#captures : null };
  }

  #verbOf(raw: JsonObject, path: Path): Verb | undefined {
    const verbs = VERBS.filter((verb) => verb in raw);
    const [first, second] = verbs;
    if (first === undefined && !this.#findings.isBroken(path)) {
      this.#findings.report(
        'no-verb',
        path,
        'The step does nothing: it has no verb.',
        `Add one of ${VERBS.join(', ')}.`,
      );
    }
    if (second !== undefined) {
      const message = `The step has ${verbs.length} verbs: ${verbs.map((verb) => `\`${verb}\``).join(', ')}.`;
      this.#findings.report(
        'two-verbs',
        [...path, second],
        message,
        'Begin a new step with `- ` for each verb.',
        'key',
      );
    }
    return second === undefined ? first : undefined;
  }

  #checkOptions(verb: Verb, options: JsonObject, path: Path): void {
    const given = ['raw', 'body', 'with'].filter((key) => options[key] !== undefined);
    if (given.length > 1) {
      const message = `Only one of ${given.map((key) => `\`${key}\``).join(' and ')} can say what the body is.`;
      const hint = '`raw` is the exact text, `body` the exact JSON, `with` changes fields of the default body.';
      this.#findings.report('two-bodies', [...path, given[0] ?? ''], message, hint, 'key');
    }
    if (verb !== 'addManualStatus' && verb !== 'getStatus') return;
    const ignored = ['scanRef', 'manualFaceMatchResult', 'manualDocumentValidity'].find(
      (key) => options[key] !== undefined,
    );
    if (given.length === 0 || ignored === undefined) return;
    const message = `\`${ignored}\` has no effect beside \`${given[0]}\`, which is the exact body.`;
    this.#findings.report('two-bodies', [...path, ignored], message, 'Keep one of them.', 'key');
  }

  #checkExpectation(verb: Verb, raw: JsonObject, path: Path): void {
    const expect = isJsonObject(raw.expect) ? raw.expect : {};
    const given = ['expect', 'contested'].find((key) => raw[key] !== undefined);
    if (given !== undefined && SILENT.includes(verb)) {
      const hint = 'Move it to the step whose response or webhook it is about.';
      this.#findings.report(
        'expect-nothing',
        [...path, given],
        `\`${verb}\` receives nothing that \`${given}\` could be about.`,
        hint,
        'key',
      );
    }
    if (verb === 'awaitWebhook') {
      const misplaced = ['status', 'error'].find((key) => expect[key] !== undefined);
      const at = misplaced === undefined ? [...path, 'contested'] : [...path, 'expect', misplaced];
      if (misplaced !== undefined || raw.contested !== undefined) {
        this.#findings.report(
          'expect-webhook',
          at,
          'A webhook is expected by `body` and `headers` only.',
          'Remove it, or move it to a request.',
          'key',
        );
      }
    }
    checkMatchers(expect.body, [...path, 'expect', 'body'], this.#findings);
    checkMatchers(expect.headers, [...path, 'expect', 'headers'], this.#findings);
    checkContested(raw.contested, [...path, 'contested'], this.#findings);
  }

  #checkSession(verb: Verb, options: JsonObject, path: Path): void {
    const named = options.session !== undefined;
    const needed = verb === 'awaitWebhook' || verb === 'expectNoWebhook';
    const scanned = verb === 'addManualStatus' || verb === 'getStatus';
    const own = ['scanRef', 'body', 'raw'].some((key) => options[key] !== undefined);
    if (!this.#complete || !(named || needed || (scanned && !own))) return;
    const session = String(options.session ?? 'session');
    if (this.#sessions.includes(session)) return;
    const hint =
      this.#sessions.length === 0
        ? 'Create the session in a step above.'
        : suggestion(session, this.#sessions, 'Create the session in a step above.');
    const at = named ? [...path, 'session'] : path;
    this.#findings.report(
      'unknown-session',
      at,
      `No earlier step creates the session \`${session}\`.`,
      hint,
      named ? 'value' : 'key',
    );
  }

  #capture(verb: Verb, options: JsonObject): void {
    const name = options.as ?? DEFAULT_CAPTURES[verb];
    if (typeof name !== 'string') return;
    this.#captures.push(name);
    if (verb === 'createSession') this.#sessions.push(name);
  }
}

/** Checks the matchers of a `contested` mapping. */
export function checkContested(raw: Json | undefined, path: Path, findings: Findings): void {
  if (raw === undefined || !isJsonObject(raw) || !isJsonObject(raw.readings)) return;
  for (const [name, reading] of Object.entries(raw.readings)) {
    if (!isJsonObject(reading)) continue;
    checkMatchers(reading.body, [...path, 'readings', name, 'body'], findings);
    checkMatchers(reading.headers, [...path, 'readings', name, 'headers'], findings);
  }
}
