import type { Contracts } from '../domain/contract.ts';
import type { WebhookInbox } from '../domain/mailbox.ts';
import type { Environment, Exchange, ProviderRequest } from '../domain/message.ts';

/** Sends requests to the provider. Implemented by `provider-client/`. */
export interface ProviderPort {
  /** Throws ProviderUnreachableError when no whole response came. */
  send(request: ProviderRequest): Promise<Exchange>;
}

/** The API key and secret of one environment. */
export interface KeyPair {
  readonly apiKey: string;
  readonly apiSecret: string;
}

/** Everything a case needs from outside, so that the engine itself opens nothing. */
export interface Ports {
  readonly provider: ProviderPort;
  readonly inbox: WebhookInbox;
  readonly contracts: Contracts;
  /** Key pairs that are there; scenarios that need another are skipped. */
  readonly keys: Readonly<Partial<Record<Environment, KeyPair>>>;
  /** Environment variables for `${{ env.NAME }}`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Unix time in ms. */
  readonly now: () => number;
  readonly uuid: () => string;
  /** A clientId that no session of this run has had. */
  readonly clientId: () => string;
  /** Deadline for a webhook whose step names none, in ms. */
  readonly webhookDeadlineMs: number;
  readonly budget: SessionBudget;
}

/** How many sessions a run may still create. */
export interface SessionBudget {
  readonly left: () => number;
  /** False when not even an unforeseen session may be created. */
  readonly isOpen: () => boolean;
  readonly take: () => void;
  /** For a request that was refused: it has created none. */
  readonly giveBack: () => void;
}

/** A budget of so many sessions; Infinity for no limit. */
export function createBudget(sessions: number): SessionBudget {
  let left = sessions;
  return {
    left: () => left,
    isOpen: () => left > 0,
    take() {
      left -= 1;
    },
    giveBack() {
      left += 1;
    },
  };
}
