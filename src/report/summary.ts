import { OUTCOMES } from '../domain/outcome.ts';
import { formatSpan } from '../domain/span.ts';
import type { TroubleCause } from './causes.ts';
import { code, inert } from './markdown.ts';
import { fuzzSection } from './summary-fuzz.ts';
import type { Tally } from './tally.ts';
import { verdictLine } from './verdict.ts';

/** GitHub refuses a step summary over 1 MiB. */
const LIMIT_BYTES = 1024 * 1024;
const SHOWN_CAUSES = 50;

/** The run as Markdown, at most 1 MiB: verdict, outcomes, the first failures, the scenarios, the contested clauses. */
export function summaryMarkdown(tally: Tally): string {
  const parts = [headOf(tally), failuresOf(tally), scenariosOf(tally), contestedOf(tally), fuzzSection(tally)];
  let summary = '';
  for (const part of parts) {
    if (Buffer.byteLength(summary + part) > LIMIT_BYTES - 200)
      return `${summary}\n_The rest is left out: the summary may have at most 1 MiB._\n`;
    summary += part;
  }
  return summary;
}

function headOf(tally: Tally): string {
  const { run, inbox } = tally;
  const rows = OUTCOMES.map((outcome) => `| ${outcome} | ${tally.counts[outcome]} | ${tally.closing[outcome]} |`);
  const where =
    run === null
      ? ''
      : `Target **${run.target}** at ${code(run.baseUrl)}, run ${code(run.id)}, idenfy-contracts ${run.version}.\n\n`;
  const inboxLine =
    inbox === null
      ? ''
      : `\nWebhooks: ${inbox.received} received, ${inbox.badSignatures} with a wrong or missing signature, ${inbox.unmatched} that named no session of this run, ${inbox.refused} unreadable, ${inbox.elsewhere} requests to other paths.\n`;
  return `# Contract run: ${verdictLine(tally)}\n\n${where}| outcome | cases | closing checks |\n| --- | ---: | ---: |\n${rows.join('\n')}\n\n${tally.sessions} sessions, ${tally.exchanges} exchanges, ${tally.deliveries} webhooks judged; cases ran for ${(tally.casesMs / 1000).toFixed(2)} s.\n${inboxLine}`;
}

function failuresOf(tally: Tally): string {
  if (tally.troubledCount === 0) return '';
  const shown = tally.causes.slice(0, SHOWN_CAUSES).map(causeItem);
  const more = tally.causes.length - shown.length;
  const rest = more > 0 ? `\n_and ${more} more causes in results.json._\n` : '';
  return `\n## What did not pass, and why\n\n${shown.join('\n')}\n${rest}`;
}

function causeItem({ outcome, message, clause, example, span, cases, repeat }: TroubleCause): string {
  const others = cases === 1 ? '' : ` and ${cases - 1} more`;
  const source = clause === null ? '' : `\n  - clause ${code(clause.id)}, source ${inert(clause.source.join(', '))}`;
  const again = repeat === null ? '' : `\n  - repeat: ${code(repeat.command)}\n  - scenario file: ${code(repeat.file)}`;
  return `- **${outcome}** ${code(example)}${others} (${code(formatSpan(span))})\n  - ${inert(message.slice(0, 1000))}${source}${again}`;
}

function scenariosOf(tally: Tally): string {
  const rows = tally.scenarios.map(({ name, file, cases, counts }) => {
    const bad = cases - counts.passed - counts.skipped;
    return `| ${bad === 0 ? '✓' : '✗'} ${inert(name)} | ${inert(file)} | ${cases} | ${counts.passed} | ${counts.skipped} | ${bad} |`;
  });
  const skips = Object.entries(tally.skipReasons).map(([reason, count]) => `- ${count} skipped: ${inert(reason)}`);
  const skipped = skips.length === 0 ? '' : `\n${skips.join('\n')}\n`;
  return `\n## Scenarios\n\n| scenario | file | cases | passed | skipped | other |\n| --- | --- | ---: | ---: | ---: | ---: |\n${rows.join('\n')}\n${skipped}`;
}

function contestedOf(tally: Tally): string {
  if (tally.observations.length === 0) return '';
  const rows = tally.observations.map(({ question, readings }) => {
    const seen = Object.entries(readings).map(([reading, count]) => `${inert(reading)} (${count})`);
    return `| ${inert(question)} | ${seen.join(', ')} |`;
  });
  return `\n## Contested clauses: what this provider was seen to do\n\n| question | reading (times) |\n| --- | --- |\n${rows.join('\n')}\n`;
}
