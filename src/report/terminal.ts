import { join } from 'node:path';
import { styleText } from 'node:util';
import { shorten } from '../domain/excerpt.ts';
import { OUTCOMES, type Outcome } from '../domain/outcome.ts';
import { formatSpan } from '../domain/span.ts';
import { visible } from '../domain/visible.ts';
import type { TroubleCause } from './causes.ts';
import type { ReportedFinding } from './findings.ts';
import { exceptionKinds, fuzzLine } from './fuzz-table.ts';
import { allCounts, type Tally } from './tally.ts';
import { group, missingCases, plural, verdictLine } from './verdict.ts';
import { REPORT_FILES } from './write-reports.ts';

type Paint = (format: Parameters<typeof styleText>[0], text: string) => string;

const SHOWN = 20;
const COLOURS: Readonly<Record<Outcome, Parameters<typeof styleText>[0]>> = {
  passed: 'green',
  failed: 'red',
  errored: 'red',
  inconclusive: 'yellow',
  skipped: 'dim',
};

/** The end of a run as a person reads it in five seconds: what broke, where and why; the counts; where the reports are. */
export function terminalSummary(
  tally: Tally,
  runDir: string,
  out: NodeJS.WritableStream & { readonly isTTY?: boolean },
): string {
  const paint = createPaint(out);
  const troubles = [...troubleLines(tally, runDir, paint), ...flakyLines(tally, runDir, paint)];
  const lines = [...troubles, ...skipLines(tally, paint), '', ...countLines(tally, paint)];
  lines.push('', `  ${paint(headColour(tally), verdictLine(tally))}`, '');
  for (const file of [REPORT_FILES.summary, REPORT_FILES.results, REPORT_FILES.junit, REPORT_FILES.evidence]) {
    lines.push(`  ${paint('dim', 'report')}  ${join(runDir, file)}`);
  }
  lines.push(`  ${paint('dim', 'report')}  ${join(runDir, 'report.html')} ${paint('dim', '(not written yet)')}`);
  return `${lines.join('\n')}\n`;
}

function createPaint(out: { readonly isTTY?: boolean }): Paint {
  const colour = out.isTTY === true && !process.env.NO_COLOR;
  return (format, text) => (colour ? styleText(format, text) : text);
}

function headColour(tally: Tally): Parameters<typeof styleText>[0] {
  const counts = allCounts(tally);
  if (counts.failed + counts.errored > 0) return ['bold', 'red'];
  return counts.inconclusive + missingCases(tally) > 0 ? ['bold', 'yellow'] : ['bold', 'green'];
}

function troubleLines(tally: Tally, runDir: string, paint: Paint): readonly string[] {
  const shown = tally.causes.slice(0, SHOWN).flatMap((cause) => causeLines(cause, runDir, paint));
  const more = tally.causes.length - SHOWN;
  return more > 0 ? [...shown, `  ${paint('dim', `and ${plural(more, 'cause')} more, all in results.json`)}`] : shown;
}

function causeLines(
  { outcome, message, clause, example, span, cases, repeat }: TroubleCause,
  runDir: string,
  paint: Paint,
): readonly string[] {
  const others = cases === 1 ? '' : ` and ${group(cases - 1)} more`;
  const source = clause === null ? '' : `  clause ${clause.id}, source ${clause.source.join(', ')}`;
  return [
    `  ${paint(COLOURS[outcome], outcome.padEnd(12))} ${visible(example)}${others}`,
    `      ${oneLine(message)}`,
    `      ${paint('dim', `at ${visible(formatSpan(span))}${source}`)}`,
    // How to repeat what is flaky is told with the other findings of that kind.
    ...(repeat === null || outcome !== 'failed' ? [] : repeatLines(repeat, runDir, paint)),
  ];
}

/** Findings that did not come again each time, apart from what is sure. */
function flakyLines({ fuzz }: Tally, runDir: string, paint: Paint): readonly string[] {
  const all = fuzz?.flaky ?? [];
  const shown = all.slice(0, SHOWN).flatMap((finding) => {
    const { key, message, repeated, repeats } = finding;
    return [
      `  ${paint('yellow', 'flaky'.padEnd(12))} ${visible(key)} (${repeated} of ${repeats} repeats failed)`,
      `      ${oneLine(message)}`,
      ...repeatLines(finding, runDir, paint),
    ];
  });
  const more = all.length - SHOWN;
  return more > 0 ? [...shown, `  ${paint('dim', `and ${group(more)} more flaky, all in results.json`)}`] : shown;
}

function repeatLines(
  { command, file }: Pick<ReportedFinding, 'command' | 'file'>,
  runDir: string,
  paint: Paint,
): readonly string[] {
  return [
    `      ${paint('dim', 'repeat')} ${onOneLine(command)}`,
    `      ${paint('dim', 'file  ')} ${onOneLine(join(runDir, file))}`,
  ];
}

/** One line of at most 400 characters. */
function oneLine(message: string): string {
  return shorten(onOneLine(message), 400);
}

/** A whole command or path: half of one is of no use. */
function onOneLine(text: string): string {
  return visible(text.replace(/\s+/g, ' '));
}

function skipLines(tally: Tally, paint: Paint): readonly string[] {
  return Object.entries(tally.skipReasons).map(
    ([reason, count]) => `  ${paint('dim', `skipped ${group(count)}: ${oneLine(reason)}`)}`,
  );
}

function countLines(tally: Tally, paint: Paint): readonly string[] {
  const { counts } = tally;
  const outcomes = OUTCOMES.filter((outcome) => counts[outcome] > 0).map((outcome) =>
    paint(COLOURS[outcome], `${group(counts[outcome])} ${outcome}`),
  );
  const closing =
    tally.closing.failed > 0 ? [paint('red', `${plural(tally.closing.failed, 'closing check')} failed`)] : [];
  const { sessions, exchanges, deliveries, inbox } = tally;
  const stray =
    inbox === null || inbox.unmatched + inbox.badSignatures + inbox.refused === 0
      ? []
      : [
          `${plural(inbox.unmatched, 'webhook')} that named no session, ${inbox.badSignatures} with a bad signature, ${inbox.refused} unreadable`,
        ];
  return [
    `  ${paint('dim', 'cases  ')} ${[...outcomes, ...closing].join(', ')}`,
    `  ${paint('dim', 'traffic')} ${plural(sessions, 'session')}, ${plural(exchanges, 'exchange')}, ${plural(deliveries, 'webhook')} in ${(tally.casesMs / 1000).toFixed(2)} s`,
    ...fuzzLines(tally, paint),
    ...stray.map((line) => `  ${paint('yellow', 'inbox  ')} ${line}`),
  ];
}

/** How much was tried, and what was not. */
function fuzzLines({ fuzz }: Tally, paint: Paint): readonly string[] {
  if (fuzz === null) return [];
  const exceptions = exceptionKinds(fuzz).map(({ reason, keys: [first = '', ...others] }) => {
    const more = others.length === 0 ? '' : ` and ${group(others.length)} more`;
    return oneLine(`${group(others.length + 1)} ${reason}: ${first}${more}`);
  });
  return [
    `  ${paint('dim', 'fuzz   ')} ${fuzzLine(fuzz)}`,
    ...exceptions.map((line) => `          ${paint('dim', line)}`),
  ];
}
