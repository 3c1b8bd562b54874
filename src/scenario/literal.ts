import { isJsonObject, type Json } from '../domain/json.ts';
import { isAbsent, parseTemplates, resolveTemplates, templateReferences } from '../domain/template.ts';

const OPEN = '${{';

/** A short text at least twenty times in a row. */
const RUN = /(.{1,4}?)\1{19,}/gsu;

/**
 * The value as it stands in a scenario file: reading it gives the value back. Templates that name nothing but `captures` and what every case knows
 * stay templates; whatever else looks like one becomes a template of the text itself, and a long run a template that repeats.
 */
export function literal(value: Json, captures: ReadonlySet<string>): Json {
  if (typeof value === 'string') return literalText(value, captures);
  if (Array.isArray(value)) return value.map((item: Json) => literal(item, captures));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [literalKey(key, captures), literal(item, captures)]),
  );
}

/** As `literal`, for a text. */
export function literalText(text: string, captures: ReadonlySet<string>): string {
  return parseTemplates(text)
    .parts.map((part) => {
      if (typeof part === 'string') return part.split(OPEN).map(withoutRuns).join(quoted(OPEN));
      return isMeant(part.source, captures) ? part.source : quoted(part.source);
    })
    .join('');
}

/** Reading takes `<<` for a merge key, however it is written. */
function literalKey(key: string, captures: ReadonlySet<string>): string {
  return key === '<<' ? quoted(key) : literalText(key, captures);
}

/** A template whose value is this text. */
function quoted(text: string): string {
  return `\${{ ${JSON.stringify(text)} }}`;
}

function withoutRuns(text: string): string {
  return text.replaceAll(
    RUN,
    (run, unit: string) => `\${{ repeat(${JSON.stringify(unit)}, ${run.length / unit.length}) }}`,
  );
}

/** Whether a template may stand as it is: reading knows its names, and leaves it to the run. */
function isMeant(source: string, captures: ReadonlySet<string>): boolean {
  const isKnown = ([root = '', name, ...rest]: readonly string[]): boolean => {
    if (root === 'uuid' || root === 'clientId') return name === undefined;
    if (root === 'env') return name !== undefined && rest.length === 0;
    return root !== 'matrix' && captures.has(root);
  };
  return (
    templateReferences(source).every(isKnown) &&
    resolveTemplates(source, { lookup: () => undefined }, 'keep') === source
  );
}

/** Deepest nesting of a value that a file may hold as the body of a step (`yaml-reader.ts`). */
const DEEPEST = 60;

/** False for JSON that no file can hold as such: nested too deep, or with the very mapping that leaves a field out. */
export function isWritable(value: Json, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return depth <= DEEPEST;
  if (depth > DEEPEST || isAbsent(value)) return false;
  return Object.values(value).every((item: Json) => isWritable(item, depth + 1));
}
