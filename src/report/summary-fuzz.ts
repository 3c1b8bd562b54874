import { shorten } from '../domain/excerpt.ts';
import type { ReportedFinding } from './findings.ts';
import { fuzzLine } from './fuzz-table.ts';
import { byField, type FieldEvidence, type FuzzTally } from './fuzz-tally.ts';
import { code, codeCell, inert } from './markdown.ts';
import type { Tally } from './tally.ts';

/** Findings of a kind, and exceptions, that are listed. */
const SHOWN = 100;

const HEAD = `| field | clauses | inside: tried / accepted | outside: tried / refused | contested: accepted / refused |
| --- | ---: | ---: | ---: | ---: |`;

/** The section about fuzzing of a summary in Markdown, empty when nothing was fuzzed. */
export function fuzzSection({ fuzz }: Tally): string {
  if (fuzz === null) return '';
  return [
    `\n## Fuzz: what was tried of each clause\n\n${fuzzLine(fuzz)}.\n`,
    tableOf(fuzz),
    list('Findings', fuzz.counterexamples.map(findingItem)),
    list('Flaky: findings that did not come again each time', fuzz.flaky.map(flakyItem)),
    list(
      'Exceptions: not tried on both sides, or never alone',
      fuzz.exceptions.map(({ key, reason }) => `- ${code(key)}: ${inert(reason)}`),
    ),
  ].join('');
}

function tableOf(fuzz: FuzzTally): string {
  const rows = byField(fuzz).map(rowOf);
  return rows.length === 0 ? '' : `\n${HEAD}\n${rows.join('\n')}\n`;
}

function rowOf({ field, clauses, inside, outside, contested, broken }: FieldEvidence): string {
  const cells = [
    inside.tried === 0 ? '' : `${inside.tried} / ${inside.accepted}`,
    outside.tried === 0 ? '' : `${outside.tried} / ${outside.refused}`,
    contested.tried === 0 ? '' : `${contested.accepted} / ${contested.refused}`,
  ];
  return `| ${broken ? '✗ ' : ''}${codeCell(field)} | ${clauses} | ${cells.join(' | ')} |`;
}

function list(title: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  const more = items.length - SHOWN;
  const rest = more > 0 ? `\n\n_and ${more} more in results.json._` : '';
  return `\n### ${title}\n\n${items.slice(0, SHOWN).join('\n')}${rest}\n`;
}

function findingItem({ key, message, command, file }: ReportedFinding): string {
  return `- ${code(key)}: ${inert(shorten(message, 400))}\n  - repeat: ${code(command)}\n  - scenario file: ${code(file)}`;
}

function flakyItem(finding: ReportedFinding): string {
  return `${findingItem(finding)}\n  - ${finding.repeated} of ${finding.repeats} repeats failed`;
}
