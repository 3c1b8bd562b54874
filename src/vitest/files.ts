import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** File of the closing checks: `closing.ts` in the sources, `closing.js` when built. */
export const CLOSING_FILE: string = sibling('closing');

/** File that a scenario file's module imports to register its cases. */
export const REGISTER_FILE: string = sibling('register');

function sibling(name: string): string {
  const built = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
  return existsSync(built) ? built : fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
}
