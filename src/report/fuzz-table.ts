import type { SideEvidence } from '../domain/fuzz.ts';
import { visible } from '../domain/visible.ts';
import { byField, type FuzzTally } from './fuzz-tally.ts';
import type { Tally } from './tally.ts';
import { group, plural } from './verdict.ts';

/** How much of the contracts was tried, in one sentence. */
export function fuzzLine({ bothSides, uncontested, exceptions, probes, clauses }: FuzzTally): string {
  const contested = clauses.length - uncontested;
  const but = exceptions.length === 0 ? '' : `, ${plural(exceptions.length, 'exception')}`;
  const values = `${plural(probes, 'value')} and sequences`;
  if (clauses.length === 0) return values;
  return `${group(bothSides)} of ${plural(uncontested, 'clause')} tried on both sides${but}; ${group(contested)} contested; ${values}`;
}

/** The lines about fuzzing at the end of a run: how much was tried, and what did not repeat. */
export function fuzzLines({ fuzz }: Tally): readonly string[] {
  if (fuzz === null) return [];
  const flaky = fuzz.flaky.length === 0 ? [] : [`${plural(fuzz.flaky.length, 'finding')} did not repeat (flaky)`];
  return [fuzzLine(fuzz), ...flaky];
}

/** What was tried of each field as a table: values, and how many of them were taken (+) and refused (-). */
export function fuzzTable({ fuzz }: Tally): string {
  if (fuzz === null || fuzz.clauses.length === 0) return '';
  const broken = fuzz.counterexamples.map(({ case: id }) => id.slice(id.lastIndexOf('/') + 1));
  const rows = byField(fuzz).map(({ field, clauses, inside, outside, contested }) => {
    const cells = [group(clauses), side(inside), side(outside), side(contested)];
    const mark = broken.some((key) => key.startsWith(`${field}.`)) ? '✗ ' : '';
    return `${cells.map((cell, at) => cell.padStart(WIDTHS[at] ?? 0)).join('  ')}  ${mark}${visible(field)}`;
  });
  const head = ['clauses', 'inside +/-', 'outside +/-', 'contested +/-'];
  const reasons = fuzz.exceptions.map(({ key, reason }) => `  ${visible(key)}: ${visible(reason)}`);
  const exceptions = reasons.length === 0 ? [] : ['', 'exceptions:', ...reasons];
  return `${[`${head.map((cell, at) => cell.padStart(WIDTHS[at] ?? 0)).join('  ')}  field`, ...rows, ...exceptions].join('\n')}\n`;
}

const WIDTHS = [7, 12, 12, 13];

function side({ tried, accepted, refused }: SideEvidence): string {
  return tried === 0 ? '' : `${group(accepted)}/${group(refused)}`;
}
