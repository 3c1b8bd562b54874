import { isJsonObject, type Json } from '../domain/json.ts';
import { parseTemplates, templateReferences } from '../domain/template.ts';
import type { Findings } from './findings.ts';
import type { Path } from './path.ts';
import { suggestion } from './suggestion.ts';

/** Names that every case knows without a capture. */
const BUILT_IN = ['uuid', 'clientId'];

/** What templates at some place of the file may refer to. */
export interface KnownNames {
  /** Names of the matrix; null when the matrix is broken, so that nothing can be said. */
  readonly matrix: readonly string[] | null;
  /** What earlier steps have captured; null when the steps are broken. */
  readonly captures: readonly string[] | null;
}

/** Reports templates in `value` that cannot be read or refer to what is not known there; broken ones within keys included. */
export function checkTemplates(value: Json | undefined, path: Path, known: KnownNames, findings: Findings): void {
  if (typeof value === 'string') {
    checkText(value, path, known, findings);
  } else if (Array.isArray(value)) {
    for (const [index, item] of (value as readonly Json[]).entries())
      checkTemplates(item, [...path, index], known, findings);
  } else if (value !== undefined && isJsonObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      checkText(key, [...path, key], known, findings, 'key');
      checkTemplates(item, [...path, key], known, findings);
    }
  }
}

function checkText(
  text: string,
  path: Path,
  known: KnownNames,
  findings: Findings,
  part: 'key' | 'value' = 'value',
): void {
  if (!text.includes('${{')) return;
  const { parts, problems } = parseTemplates(text);
  for (const problem of problems) {
    if (part === 'key') findings.report('bad-template', path, problem.message, problem.hint, 'key');
    else findings.reportWithin('bad-template', path, problem.source, problem.message, problem.hint);
  }
  for (const template of parts) {
    if (typeof template === 'string') continue;
    for (const reference of templateReferences(template.source)) {
      const mistake = referenceMistake(reference, known);
      if (mistake === undefined) continue;
      if (part === 'key') findings.report(mistake.code, path, mistake.message, mistake.hint, 'key');
      else findings.reportWithin(mistake.code, path, template.source, mistake.message, mistake.hint);
    }
  }
}

interface Mistake {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

function referenceMistake(reference: readonly string[], known: KnownNames): Mistake | undefined {
  const [root = '', name, ...rest] = reference;
  if (root === 'matrix') return known.matrix === null ? undefined : matrixMistake(name, known.matrix);
  if (root === 'env') {
    if (name !== undefined && rest.length === 0) return undefined;
    return { code: 'bad-template', message: '`env` needs the name of one variable.', hint: 'Write `${{ env.NAME }}`.' };
  }
  if (BUILT_IN.includes(root)) {
    if (name === undefined) return undefined;
    return {
      code: 'bad-template',
      message: `\`${root}\` is a text and has no field \`${name}\`.`,
      hint: `Write \`\${{ ${root} }}\`.`,
    };
  }
  if (known.captures === null || known.captures.includes(root)) return undefined;
  const names = [...new Set([...known.captures, ...BUILT_IN, 'matrix', 'env'])];
  const message = `No earlier step captures \`${root}\`.`;
  return {
    code: 'undefined-capture',
    message,
    hint: suggestion(root, names, 'Give a step above it this name with `as`.'),
  };
}

function matrixMistake(name: string | undefined, names: readonly string[]): Mistake | undefined {
  if (name !== undefined && names.includes(name)) return undefined;
  const message = name === undefined ? '`matrix` needs the name of an axis.' : `The matrix has no axis \`${name}\`.`;
  return { code: 'unknown-axis', message, hint: suggestion(name ?? '', names, 'Add the axis to `matrix`.') };
}
