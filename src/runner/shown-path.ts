import { isAbsolute, relative, sep } from 'node:path';

/** The path as a person would type it from the working directory. */
export function shownPath(file: string): string {
  const path = isAbsolute(file) ? relative(process.cwd(), file) : file;
  return (path.startsWith('..') ? file : path).split(sep).join('/');
}
