import type { Tally } from './tally.ts';

/** GitHub shows at most 10 annotations of a kind for a step. */
const LIMIT = 10;

/** Workflow commands that put the first failures beside their YAML lines in a pull request. */
export function githubAnnotations(tally: Tally): readonly string[] {
  const lines: string[] = [];
  for (const result of tally.troubled) {
    const [failure] = result.failures;
    const { file, line, column } = failure?.span ?? result.span;
    const message = failure?.message ?? result.reason ?? result.outcome;
    const where = `file=${property(file)},line=${line},col=${column},title=${property(`${result.outcome}: ${result.id}`)}`;
    lines.push(`::error ${where}::${data(message)}`);
    if (lines.length === LIMIT) break;
  }
  return lines;
}

function data(value: string): string {
  return value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(value: string): string {
  return data(value).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
