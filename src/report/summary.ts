import type { SideEvidence } from '../domain/fuzz.ts';
import { OUTCOMES } from '../domain/outcome.ts';
import { formatSpan } from '../domain/span.ts';
import { visible } from '../domain/visible.ts';
import type { TroubleCause } from './causes.ts';
import { fuzzLine } from './fuzz-table.ts';
import { byField } from './fuzz-tally.ts';
import type { Tally } from './tally.ts';
import { verdictLine } from './verdict.ts';

/** GitHub refuses a step summary over 1 MiB. */
const LIMIT_BYTES = 1024 * 1024;
const SHOWN_CAUSES = 50;

/** The run as Markdown, at most 1 MiB: verdict, outcomes, the first failures, the scenarios, the contested clauses. */
export function summaryMarkdown(tally: Tally): string {
  const parts = [headOf(tally), failuresOf(tally), scenariosOf(tally), contestedOf(tally), fuzzOf(tally)];
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

/** What was tried of each field, the clauses of which a side is missing, and the findings that did not repeat. */
function fuzzOf({ fuzz }: Tally): string {
  if (fuzz === null) return '';
  const side = ({ tried, accepted, refused }: SideEvidence): string =>
    tried === 0 ? '' : `${tried} (${accepted} / ${refused})`;
  const rows = byField(fuzz).map(
    ({ field, clauses, inside, outside, contested }) =>
      `| ${code(field)} | ${clauses} | ${side(inside)} | ${side(outside)} | ${side(contested)} |`,
  );
  const exceptions = fuzz.exceptions.map(({ key, reason }) => `- ${code(key)}: ${inert(reason)}`);
  const flaky = fuzz.flaky.map(
    ({ message, repeated, repeats, command, file }) =>
      `- flaky, ${repeated} of ${repeats} repeats: ${inert(message.slice(0, 1000))}\n  - repeat: ${code(command)}\n  - scenario file: ${code(file)}`,
  );
  const table = `| field | clauses | inside | outside | contested |\n| --- | ---: | ---: | ---: | ---: |\n${rows.join('\n')}`;
  return [
    `\n## Fuzz: what was tried of each field\n\n${fuzzLine(fuzz)}. Values tried (taken / refused).\n\n${table}\n`,
    ...(exceptions.length === 0 ? [] : [`\nNot tried on both sides, or never alone:\n\n${exceptions.join('\n')}\n`]),
    ...(flaky.length === 0 ? [] : [`\nFindings that did not repeat:\n\n${flaky.join('\n')}\n`]),
  ].join('');
}

/** Text of a provider is text: it must not become markup, a link or a mention in a page that renders Markdown. */
function inert(value: string): string {
  return visible(value.replace(/\s+/g, ' '))
    .replace(/[\\`*_{}[\]<>|#&~$@]/g, '\\$&')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/\bwww\./gi, (prefix) => `${prefix.slice(0, -1)}\\.`)
    .replace(/^ ?(\d*)([-+=.)])/, '$1\\$2');
}

function code(value: string): string {
  return `\`${visible(value.replace(/\s+/g, ' ')).replaceAll('`', "'").replaceAll('|', '\\|')}\``;
}
