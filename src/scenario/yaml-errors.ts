import type { YAMLError } from 'yaml';
import type { Diagnostic } from '../domain/diagnostic.ts';

type Report = (range: readonly [number, number], code: string, message: string, hint: string) => Diagnostic;
type Wording = readonly [code: string, message: string, hint: string];

const INDENT_HINT = 'Check the indentation, and close every `[`, `{` and quote.';

const WORDINGS: Readonly<Record<string, Wording>> = {
  ALIAS_PROPS: ['yaml-syntax', 'An alias cannot have an anchor or a tag of its own.', 'Remove the anchor or tag.'],
  BAD_ALIAS: ['yaml-syntax', 'This alias or anchor has no usable name.', 'Quote the text if it is not meant as an alias or anchor.'],
  BAD_DIRECTIVE: ['yaml-syntax', 'This line is read as a YAML directive and is not one.', 'Quote a text that begins with `%`.'],
  BAD_DQ_ESCAPE: ['yaml-syntax', 'There is no such escape sequence in a double-quoted text.', 'Write a backslash as `\\\\`, or use single quotes.'],
  BAD_SCALAR_START: ['yaml-syntax', 'A plain text cannot begin with this character.', 'Put the text in quotes.'],
  BLOCK_AS_IMPLICIT_KEY: ['yaml-syntax', 'A second `key:` begins where only a value can stand.', 'Put the text in quotes if it holds `: `, or mend the indentation.'],
  BLOCK_IN_FLOW: ['yaml-syntax', 'An indented block cannot stand inside `[...]` or `{...}`.', 'Write it inside the brackets, or write the outer part as a block too.'],
  DUPLICATE_KEY: ['duplicate-key', 'This key is in the mapping twice; the first one would be lost.', 'Keep one of them.'],
  MISSING_CHAR: ['yaml-syntax', 'Something is not closed or not separated here.', INDENT_HINT],
  BAD_INDENT: ['yaml-syntax', 'The indentation is wrong, or a bracket above is not closed.', INDENT_HINT],
  MULTIPLE_DOCS: ['multiple-documents', 'A second YAML document begins here.', 'Put several scenarios under `scenarios:`, or into several files.'],
  MULTIPLE_ANCHORS: ['yaml-syntax', 'A value can have one anchor only.', 'Remove all but one.'],
  MULTIPLE_TAGS: ['yaml-syntax', 'A value can have one tag only.', 'Remove the tags.'],
  MULTILINE_IMPLICIT_KEY: ['yaml-syntax', 'A key must stand on one line.', INDENT_HINT],
  NON_STRING_KEY: ['non-string-key', 'A key must be text, not a list or a mapping.', 'Quote the key, or put a text in its place.'],
  RESOURCE_EXHAUSTION: ['too-deep', 'Values are nested too deep to be read.', 'Flatten this part; no scenario needs it.'],
  TAB_AS_INDENT: ['tab-indent', 'A tab is used as indentation.', 'Indent with spaces.'],
  TAG_RESOLVE_FAILED: ['yaml-tag', 'This tag is not known; scenario files hold plain JSON values.', 'Remove the tag, or quote the text if `!` belongs to it.'],
  UNEXPECTED_TOKEN: ['yaml-syntax', 'This does not belong here.', 'Put the text in quotes if it holds special characters, or mend the indentation.'],
};

const UNQUOTED_TEMPLATE: Wording = [
  'unquoted-template',
  'A template inside `{...}` or `[...]` is not valid YAML: its `{` begins a new mapping.',
  'Put the template in quotes: `"${{ uuid }}"`.',
];

/** Rewords the YAML parser's errors, at most one a line; an unquoted template explains every error of its line. */
export function describeYamlErrors(text: string, errors: readonly YAMLError[], report: Report): Diagnostic[] {
  const byLine = new Map<number, Diagnostic>();
  let exhausted = false;
  for (const error of [...errors].sort((left, right) => left.pos[0] - right.pos[0])) {
    if (error.code === 'RESOURCE_EXHAUSTION') {
      if (exhausted) continue;
      exhausted = true;
    } else if (error.message.startsWith('Maximum call stack')) continue;
    const start = text.lastIndexOf('\n', error.pos[0] - 1) + 1;
    const diagnostic = describeError(text, start, error, report);
    if (!byLine.has(diagnostic.span.line)) byLine.set(diagnostic.span.line, diagnostic);
  }
  return [...byLine.values()];
}

function describeError(text: string, lineStart: number, error: YAMLError, report: Report): Diagnostic {
  const template = /(?:[[{,]|:) *(\$\{\{[^}\n]*\}\})/u.exec(text.slice(lineStart, text.indexOf('\n', error.pos[0]) >>> 0));
  if (template?.[1] !== undefined && error.code !== 'DUPLICATE_KEY') {
    const at = lineStart + template.index + template[0].length - template[1].length;
    return report([at, at + template[1].length], ...UNQUOTED_TEMPLATE);
  }
  if (error.code === 'MISSING_CHAR' && error.message.includes('quote')) {
    return report(error.pos, 'yaml-syntax', 'A quoted text is not closed.', 'Add the closing quote.');
  }
  const fallback: Wording = ['yaml-syntax', `${error.message}.`, INDENT_HINT];
  return report(error.pos, ...(WORDINGS[error.code] ?? fallback));
}
