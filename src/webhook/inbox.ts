import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { InboxError } from '../domain/harness-error.ts';
import type { WebhookInbox } from '../domain/mailbox.ts';
import { createInboxApp } from './inbox-app.ts';
import { createMailRoom } from './mail-room.ts';
import { createPlannedRefusals } from './planned-refusals.ts';

/** How to open the inbox. */
export interface InboxOptions {
  /** Key of the webhook signature. */
  readonly signingKey: string;
  /** Local port; 0 or absent: any free one. */
  readonly port?: number;
  /** Public base URL in front of our port; absent: the loopback address itself. */
  readonly publicUrl?: string;
}

/** The webhook inbox: one POST path, unguessable, per run. */
export interface Inbox extends WebhookInbox, AsyncDisposable {
  /** The unguessable part of the path; a secret. */
  readonly token: string;
}

/** Opens the inbox on loopback. Throws InboxError when the port cannot be had. */
export async function startInbox(options: InboxOptions): Promise<Inbox> {
  const token = randomBytes(18).toString('base64url');
  const [room, planned] = [createMailRoom(), createPlannedRefusals()];
  const app = createInboxApp(token, options.signingKey, room, planned);
  const address = await listen(app, options.port ?? 0);
  const callbackUrl = `${(options.publicUrl ?? address).replace(/\/$/, '')}/${token}`;
  const { receive: _receive, refuse: _refuse, passBy: _passBy, ...mail } = room;
  return {
    ...mail,
    token,
    callbackUrl,
    refusingUrl: (times) => `${callbackUrl}/${planned.plan(times)}`,
    receives(url) {
      const [location = ''] = url.split('?', 1);
      const segment = location.startsWith(`${callbackUrl}/`) ? location.slice(callbackUrl.length + 1) : '';
      return location === callbackUrl || planned.isPlanned(segment);
    },
    [Symbol.asyncDispose]: () => app.close(),
  };
}

async function listen(app: FastifyInstance, port: number): Promise<string> {
  try {
    return await app.listen({ host: '127.0.0.1', port });
  } catch (cause) {
    const hint = 'free the port, or set IDENFY_WEBHOOK_PORT to another one (0 takes any free port)';
    throw new InboxError(`the webhook inbox cannot listen on 127.0.0.1:${port}`, { cause, hint });
  }
}
