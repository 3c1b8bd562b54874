import { CredentialsError } from '../domain/harness-error.ts';
import { startProviderClient } from '../provider-client/provider-client.ts';
import type { RunSettings } from './settings.ts';
import { sharedContracts } from './shared-contracts.ts';

const UNKNOWN_SCAN_REF = '00000000-0000-0000-0000-000000000000';

/**
 * Asks for the status of a session that does not exist, which costs nothing, and gives the HTTP status of the answer.
 * Throws ProviderUnreachableError when none comes, CredentialsError when the key pair is refused.
 */
export async function askAccess({ baseUrl, keys }: Pick<RunSettings, 'baseUrl' | 'keys'>): Promise<number> {
  await using provider = startProviderClient({ baseUrl, connections: 1 });
  const { method, path } = sharedContracts().operations.getStatus;
  const credentials = Buffer.from(`${keys.DEV?.apiKey}:${keys.DEV?.apiSecret}`).toString('base64');
  const { response } = await provider.send({
    method,
    path,
    headers: { authorization: `Basic ${credentials}`, 'content-type': 'application/json' },
    body: JSON.stringify({ scanRef: UNKNOWN_SCAN_REF }),
  });
  if (response.status !== 401) return response.status;
  throw new CredentialsError(`${baseUrl} answers, but refuses the credentials (HTTP 401)`, {
    hint: 'check IDENFY_API_KEY and IDENFY_API_SECRET: both must be from one DEV key pair of that provider',
  });
}
