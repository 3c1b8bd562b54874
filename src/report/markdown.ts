import { visible } from '../domain/visible.ts';

/** Text of a provider is text: it must not become markup, a link or a mention in a page that renders Markdown. */
export function inert(value: string): string {
  return visible(value.replace(/\s+/g, ' '))
    .replace(/[\\`*_{}[\]<>|#&~$@]/g, '\\$&')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/\bwww\./gi, (prefix) => `${prefix.slice(0, -1)}\\.`)
    .replace(/^ ?(\d*)([-+=.)])/, '$1\\$2');
}

/** A text as code, on one line. */
export function code(value: string): string {
  return `\`${visible(value.replace(/\s+/g, ' ')).replaceAll('`', "'")}\``;
}

/** A text as code in a cell of a table, where a bar would end the cell. */
export function codeCell(value: string): string {
  return code(value).replaceAll('|', '\\|');
}
