import type { Diagnostic } from '../domain/diagnostic.ts';
import type { SourceSpan } from '../domain/span.ts';
import { type Path, pointerOf } from './path.ts';
import type { YamlFile } from './yaml-file.ts';

/** Collects the mistakes of one file; a mistake is told by its path, which the file turns into a place. */
export class Findings {
  readonly #yaml: YamlFile;
  readonly #broken = new Set<string>();
  readonly #diagnostics: Diagnostic[];

  constructor(yaml: YamlFile, already: readonly Diagnostic[] = []) {
    this.#yaml = yaml;
    this.#diagnostics = [...already];
  }

  get diagnostics(): readonly Diagnostic[] {
    return this.#diagnostics;
  }

  /** Notes a mistake at the value of `path`, or at its key. */
  report(code: string, path: Path | string, message: string, hint: string, part: 'key' | 'value' = 'value'): void {
    this.#diagnostics.push({ code, span: this.#yaml.spanOf(path, part), message, hint });
  }

  /** Notes a mistake at `piece` of the text value at `path`. */
  reportWithin(code: string, path: Path, piece: string, message: string, hint: string): void {
    this.#diagnostics.push({ code, span: this.#yaml.spanWithin(path, piece), message, hint });
  }

  /** Notes a mistake at a place that is known already. */
  reportAt(code: string, span: SourceSpan, message: string, hint: string): void {
    this.#diagnostics.push({ code, span, message, hint });
  }

  /** Remembers that the value at a pointer was unusable and is left out of what is looked at further. */
  markBroken(pointer: string): void {
    this.#broken.add(pointer);
  }

  /** True when the value at `path`, or anything in it, was unusable: what is missing there may not be the writer's mistake. */
  isBroken(path: Path): boolean {
    const pointer = pointerOf(path);
    for (const broken of this.#broken) {
      if (broken === pointer || broken.startsWith(`${pointer}/`)) return true;
    }
    return false;
  }
}
