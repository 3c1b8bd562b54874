/** Replaces every secret in a text. */
export type Redact = (text: string) => string;

/** A secret and the name that stands in its place. */
export interface Secret {
  readonly name: string;
  readonly value: string;
}

const MARK = '[redacted]';
/** Secrets that the provider makes: `"authToken": "..."` also when the JSON is itself inside a JSON string, and as a query parameter. */
const TOKEN = /(authToken(?:\\*"\s*:\s*\\*"|=))([^"\\&\s]+)/g;
const AUTHORIZATION = /(\b(?:Basic|Bearer)\s+)[A-Za-z0-9+/=_.-]{4,}/g;

/**
 * Creates the one redactor through which all evidence goes. It works by value (each secret, also base64, URL-encoded and
 * JSON-escaped) and by name (`authToken`, `Authorization`).
 */
export function createRedactor(secrets: readonly Secret[]): Redact {
  const values = secrets
    .filter((secret) => secret.value.length >= 4)
    .flatMap((secret) => variantsOf(secret.value).map((value) => ({ value, mark: `[redacted ${secret.name}]` })))
    .sort((a, b) => b.value.length - a.value.length);
  return (text) => {
    let clean = text;
    for (const { value, mark } of values) if (clean.includes(value)) clean = clean.replaceAll(value, mark);
    for (const token of tokensIn(clean)) clean = clean.replaceAll(token, MARK);
    return clean.replace(AUTHORIZATION, `$1${MARK}`);
  };
}

/** The authTokens that a text names, so that they are found again in URLs and messages of the same text. */
function tokensIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(TOKEN)].map((match) => match[2] ?? ''))].filter(
    (token) => token.length >= 4 && token !== MARK,
  );
}

function variantsOf(value: string): readonly string[] {
  const escaped = JSON.stringify(value).slice(1, -1);
  const base64 = Buffer.from(value).toString('base64');
  return [
    ...new Set([
      value,
      escaped,
      JSON.stringify(escaped).slice(1, -1),
      encodeURIComponent(value),
      base64,
      base64.replace(/=+$/, ''),
    ]),
  ];
}
