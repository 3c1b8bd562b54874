import { styleText } from 'node:util';
import type { SideEvidence } from '../domain/fuzz.ts';
import { visible } from '../domain/visible.ts';
import { byField, type FieldEvidence, type FuzzTally } from './fuzz-tally.ts';
import type { Tally } from './tally.ts';
import { group, plural } from './verdict.ts';

/** How much of the contracts was tried, in one sentence. */
export function fuzzLine({ bothSides, uncontested, contested, exceptions, probes, clauses }: FuzzTally): string {
  const but = exceptions.length === 0 ? '' : `, ${plural(exceptions.length, 'exception')}`;
  const values = `${plural(probes, 'value')} and sequences`;
  if (clauses.length === 0) return values;
  return `${group(bothSides)} of ${plural(uncontested, 'clause')} tried on both sides${but}; ${group(contested)} contested; ${values}`;
}

/** Exceptions of the same kind: reasons that differ in what they name after their colon only. */
interface ExceptionKind {
  readonly reason: string;
  readonly keys: readonly string[];
}

/** The exceptions of a tally by reason, the commonest first. */
export function exceptionKinds({ exceptions }: FuzzTally): readonly ExceptionKind[] {
  const kinds = new Map<string, string[]>();
  for (const { key, reason } of exceptions) {
    const kind = reason.replace(/:.*/s, '');
    kinds.set(kind, [...(kinds.get(kind) ?? []), key]);
  }
  return [...kinds].map(([reason, keys]) => ({ reason, keys })).sort((a, b) => b.keys.length - a.keys.length);
}

/** Where a table goes: colours and cutting are for terminals, what is piped elsewhere stays whole. */
export interface TableOutput {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

const HEAD = ['clauses', 'inside/taken', 'outside/refused', 'contested +/-'];

/**
 * What was tried of each field as a table: how many values, and how many of them were taken or refused as they have to be; of contested values,
 * how many were taken (+) and refused (-). Numbers first, so that they stay in their columns. Empty when no clause was tried.
 */
export function fuzzTable({ fuzz }: Tally, out: TableOutput = {}): string {
  if (fuzz === null || fuzz.clauses.length === 0) return '';
  const rows = byField(fuzz).map((row) => ({ cells: cellsOf(row), field: visible(row.field), broken: row.broken }));
  const head = { cells: HEAD, field: 'field', broken: false };
  const widths = HEAD.map((title, at) => Math.max(title.length, ...rows.map(({ cells }) => cells[at]?.length ?? 0)));
  const lines = [head, ...rows].map(({ cells, field, broken }) => {
    const numbers = cells.map((cell, at) => cell.padStart(widths[at] ?? 0)).join('  ');
    return paintBroken(cutAtEdge(`${numbers} ${broken ? '✗' : ' '} ${field}`, out), broken, out);
  });
  const exceptions = fuzz.exceptions.map(({ key, reason }) => cutAtEdge(`  ${visible(`${key}: ${reason}`)}`, out));
  return `${[...lines, ...(exceptions.length === 0 ? [] : ['', 'exceptions:', ...exceptions])].join('\n')}\n`;
}

function cellsOf({ clauses, inside, outside, contested }: FieldEvidence): readonly string[] {
  const side = ({ tried }: SideEvidence, one: number, other: number): string =>
    tried === 0 ? '' : `${group(one)}/${group(other)}`;
  return [
    group(clauses),
    side(inside, inside.tried, inside.accepted),
    side(outside, outside.tried, outside.refused),
    side(contested, contested.accepted, contested.refused),
  ];
}

function cutAtEdge(line: string, { isTTY, columns }: TableOutput): string {
  if (isTTY !== true || columns === undefined || line.length <= columns) return line;
  return `${line.slice(0, Math.max(0, columns - 1))}…`;
}

function paintBroken(line: string, broken: boolean, { isTTY }: TableOutput): string {
  return broken && isTTY === true && !process.env.NO_COLOR ? styleText('red', line) : line;
}
