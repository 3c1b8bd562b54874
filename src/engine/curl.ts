import type { ProviderRequest } from '../domain/message.ts';

/** Headers that curl sets itself, or that `-u` stands for. */
const IMPLIED = new Set(['authorization', 'content-length', 'host', 'connection']);

/** A curl line that repeats the request; credentials and base URL are shell variables, never values. */
export function curlOf(request: ProviderRequest): string {
  const parts = ['curl', '-i', '-X', request.method];
  if (request.headers.authorization !== undefined) parts.push('-u', '"$IDENFY_API_KEY:$IDENFY_API_SECRET"');
  for (const [name, value] of Object.entries(request.headers)) {
    if (!IMPLIED.has(name)) parts.push('-H', quote(`${name}: ${value}`));
  }
  if (request.body !== null) parts.push('--data-raw', quote(request.body));
  return [...parts, `"$IDENFY_BASE_URL"${quote(request.path)}`].join(' ');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
