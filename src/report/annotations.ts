import { visible } from '../domain/visible.ts';
import type { Tally } from './tally.ts';

/** GitHub shows at most 10 annotations of a kind for a step. */
const LIMIT = 10;

/** Workflow commands that put the first failures beside their YAML lines in a pull request. */
export function githubAnnotations(tally: Tally): readonly string[] {
  return tally.causes.slice(0, LIMIT).map(({ outcome, message, example, span, cases, repeat }) => {
    const title = cases === 1 ? `${outcome}: ${example}` : `${outcome}: ${example} and ${cases - 1} more`;
    const where = `file=${property(span.file)},line=${span.line},col=${span.column},title=${property(title)}`;
    return `::error ${where}::${data(repeat === null ? message : `${message}\nrepeat: ${repeat.command}`)}`;
  });
}

function data(value: string): string {
  return visible(value).replaceAll('%', '%25').replaceAll('\n', '%0A');
}

function property(value: string): string {
  return data(value).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
