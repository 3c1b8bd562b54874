import { EXIT } from './outcome.ts';
import type { SourceSpan } from './span.ts';
import { formatSpan } from './span.ts';

/** What a harness error carries beyond its message. */
export interface HarnessErrorOptions {
  readonly cause?: unknown;
  /** What the reader should do next: one sentence in the imperative. */
  readonly hint?: string;
  readonly span?: SourceSpan;
}

/** The harness could not do its work. `code` is stable and documented; `exitCode` is what a command ends with. */
export abstract class HarnessError extends Error {
  abstract readonly code: string;
  abstract readonly exitCode: number;
  readonly hint: string | undefined;
  readonly span: SourceSpan | undefined;

  constructor(message: string, options: HarnessErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.hint = options.hint;
    this.span = options.span;
  }

  /** The whole error for a person: place, what failed, what to do next. */
  describe(): string {
    const place = this.span === undefined ? '' : `${formatSpan(this.span)}: `;
    const hint = this.hint === undefined ? '' : `\n  → ${this.hint}`;
    return `${place}${this.message}${hint}`;
  }
}

/** A flag, a variable or a file cannot be used as given. */
export class ConfigurationError extends HarnessError {
  override readonly code: string = 'E_CONFIGURATION';
  override readonly exitCode: number = EXIT.usage;
}

/** A scenario file is invalid; the message holds all of its diagnostics. */
export class ScenarioError extends HarnessError {
  override readonly code: string = 'E_SCENARIO';
  override readonly exitCode: number = EXIT.usage;
}

/** The provider could not be reached, or did not answer in time. */
export class ProviderUnreachableError extends HarnessError {
  override readonly code: string = 'E_PROVIDER_UNREACHABLE';
  override readonly exitCode: number = EXIT.environment;
}

/** The provider refuses the key pair. */
export class CredentialsError extends HarnessError {
  override readonly code: string = 'E_CREDENTIALS';
  override readonly exitCode: number = EXIT.environment;
}

/** The webhook inbox could not be opened. */
export class InboxError extends HarnessError {
  override readonly code: string = 'E_INBOX';
  override readonly exitCode: number = EXIT.environment;
}

/** A report could not be written or read. */
export class ReportError extends HarnessError {
  override readonly code: string = 'E_REPORT';
  override readonly exitCode: number = EXIT.environment;
}

/** The harness made a mistake of its own: an error that nobody expected. */
export class InternalError extends HarnessError {
  override readonly code: string = 'E_INTERNAL';
  override readonly exitCode: number = EXIT.environment;

  constructor(cause: unknown) {
    const frame = cause instanceof Error ? /^\s*(at .*)$/m.exec(cause.stack ?? '')?.[1] : undefined;
    super(`unexpected ${cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)}`, {
      cause,
      hint: `this is a mistake of idenfy-contracts, please report it${frame === undefined ? '' : ` (${frame})`}`,
    });
  }
}
