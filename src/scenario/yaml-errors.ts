import { type Document, isCollection, isScalar, type Node, visit, type YAMLError } from 'yaml';
import type { Diagnostic } from '../domain/diagnostic.ts';
import type { Range, Report } from './yaml-place.ts';

type Wording = readonly [code: string, message: string, hint: string];

const INDENT_HINT = 'Check the indentation, and close every `[`, `{` and quote.';

const WORDINGS: Readonly<Record<string, Wording>> = {
  ALIAS_PROPS: ['yaml-syntax', 'An alias cannot have an anchor or a tag of its own.', 'Remove the anchor or tag.'],
  BAD_ALIAS: [
    'yaml-syntax',
    'This alias or anchor has no usable name.',
    'Quote the text if it is not meant as an alias or anchor.',
  ],
  BAD_DIRECTIVE: [
    'yaml-syntax',
    'This line is read as a YAML directive and is not one.',
    'Quote a text that begins with `%`.',
  ],
  BAD_DQ_ESCAPE: [
    'yaml-syntax',
    'There is no such escape sequence in a double-quoted text.',
    'Write a backslash as `\\\\`, or use single quotes.',
  ],
  BAD_SCALAR_START: ['yaml-syntax', 'A plain text cannot begin with this character.', 'Put the text in quotes.'],
  BLOCK_AS_IMPLICIT_KEY: [
    'yaml-syntax',
    'A second `key:` begins where only a value can stand.',
    'Put the text in quotes if it holds `: `, or mend the indentation.',
  ],
  BLOCK_IN_FLOW: [
    'yaml-syntax',
    'An indented block cannot stand inside `[...]` or `{...}`.',
    'Write it inside the brackets, or write the outer part as a block too.',
  ],
  MISSING_CHAR: ['yaml-syntax', 'Something is not closed or not separated here.', INDENT_HINT],
  BAD_INDENT: ['yaml-syntax', 'The indentation does not fit the lines above.', INDENT_HINT],
  MULTIPLE_DOCS: [
    'multiple-documents',
    'A second YAML document begins here.',
    'Put several scenarios under `scenarios:`, or into several files.',
  ],
  MULTIPLE_ANCHORS: ['yaml-syntax', 'A value can have one anchor only.', 'Remove all but one.'],
  MULTIPLE_TAGS: ['yaml-syntax', 'A value can have one tag only.', 'Remove the tags.'],
  MULTILINE_IMPLICIT_KEY: ['yaml-syntax', 'A key must stand on one line.', INDENT_HINT],
  NON_STRING_KEY: [
    'non-string-key',
    'A key must be text, not a list or a mapping.',
    'Quote the key, or put a text in its place.',
  ],
  RESOURCE_EXHAUSTION: [
    'too-deep',
    'Values are nested too deep to be read.',
    'Flatten this part; no scenario needs it.',
  ],
  TAB_AS_INDENT: ['tab-indent', 'A tab is used as indentation.', 'Indent with spaces.'],
  TAG_RESOLVE_FAILED: [
    'yaml-tag',
    'This tag is not known; scenario files hold plain JSON values.',
    'Remove the tag, or quote the text if `!` belongs to it.',
  ],
  UNEXPECTED_TOKEN: [
    'yaml-syntax',
    'This does not belong here.',
    'Put the text in quotes if it holds special characters, or mend the indentation.',
  ],
};

const TEMPLATE = /\$\{\{[^}\n]{0,200}\}\}/gu;

/**
 * Says in our words what the YAML parser found, at most one mistake a line. An unquoted template confuses the parser beyond its own line, so
 * the rest is looked at with those templates put in quotes.
 */
export function describeYamlErrors(
  text: string,
  document: Document.Parsed,
  parse: (text: string) => Document.Parsed,
  report: Report,
): readonly Diagnostic[] {
  const errors = firstOfEachLine(text, [...document.errors, ...document.warnings]);
  const templates = errors.flatMap((error) => templatesOnLine(text, error.pos[0]));
  if (templates.length > 0) {
    const told = templates.map((range) => describeTemplate(text, range, report));
    const masked = templates.reduce(mask, text);
    return [...told, ...describeYamlErrors(masked, parse(masked), parse, report)];
  }
  return errors.map((error) => describeError(text, document, error, report));
}

/** The first error of each line. Running out of stack, and losing the thread of the document, is said once. */
function firstOfEachLine(text: string, errors: readonly YAMLError[]): readonly YAMLError[] {
  const found: YAMLError[] = [];
  let lineEnd = -1;
  let lost = false;
  for (const error of errors.toSorted((left, right) => left.pos[0] - right.pos[0])) {
    const endless = /RESOURCE_EXHAUSTION|Maximum call stack|in YAML stream/u.test(`${error.code} ${error.message}`);
    if (error.pos[0] <= lineEnd || (endless && lost)) continue;
    lost ||= endless;
    const end = text.indexOf('\n', error.pos[0]);
    lineEnd = end < 0 ? text.length : end;
    found.push(error);
  }
  return found;
}

/** The templates of a line that YAML takes for mappings: those behind `{`, `[`, `,` or `:` and not in quotes. */
function templatesOnLine(text: string, offset: number): readonly Range[] {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', start);
  const line = text.slice(start, end < 0 ? text.length : end);
  return [...line.matchAll(TEMPLATE)].flatMap((match): Range[] => {
    const before = line.slice(Math.max(0, match.index - 20), match.index).trimEnd();
    return /[[{,:]$/u.test(before) ? [[start + match.index, start + match.index + match[0].length]] : [];
  });
}

function describeTemplate(text: string, range: Range, report: Report): Diagnostic {
  const template = text.slice(...range);
  const quoted = template.includes('"') ? `'${template}'` : `"${template}"`;
  const message = 'A template inside `{...}` or `[...]` is not valid YAML: its `{` begins a new mapping.';
  return report(range, 'unquoted-template', message, `Put the template in quotes: ${quoted}.`);
}

/** The text with a quoted text of the same length in place of a template. */
function mask(text: string, [start, end]: Range): string {
  return `${text.slice(0, start)}"${'_'.repeat(end - start - 2)}"${text.slice(end)}`;
}

function describeError(text: string, document: Document.Parsed, error: YAMLError, report: Report): Diagnostic {
  if (error.code === 'MISSING_CHAR' || error.code === 'BAD_INDENT') {
    const opened = unclosed(text, document, error.pos[0]);
    if (opened !== undefined) {
      const what = /["']/u.test(text.charAt(opened)) ? 'quote' : 'bracket';
      return report([opened, opened + 1], 'yaml-syntax', `This ${what} is never closed.`, `Add the closing ${what}.`);
    }
  }
  const fallback: Wording = ['yaml-syntax', `${error.message}.`, INDENT_HINT];
  return report(error.pos, ...(WORDINGS[error.code] ?? fallback));
}

/** Offset of the innermost quote or bracket that is opened before `offset` and not closed where its node ends. */
function unclosed(text: string, document: Document.Parsed, offset: number): number | undefined {
  let found: number | undefined;
  visit(document, {
    Node(_key, node: Node) {
      const flow = isCollection(node) ? node.flow === true : isScalar(node) && /^QUOTE_/u.test(node.type ?? '');
      const [start, end] = node.range ?? [0, 0];
      if (!flow || start >= offset || end < offset - 1) return;
      const closing: Readonly<Record<string, string>> = { '[': ']', '{': '}' };
      const open = text.charAt(start);
      const closed = end - start > 1 && text.charAt(end - 1) === (closing[open] ?? open);
      if (!closed) found = start;
    },
  });
  return found;
}
