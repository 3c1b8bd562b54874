/** A shorter text in other cases may be anything. */
const SHORTEST_CASED = 8;

/** How a text may stand in JSON, in JSON inside JSON, and in a URL. */
export function encodingsOf(value: string): readonly string[] {
  if (/^[\w.-]+$/.test(value)) return [value];
  const escaped = JSON.stringify(value).slice(1, -1);
  const all = [value, escaped, JSON.stringify(escaped).slice(1, -1), encodeURIComponent(value.toWellFormed())];
  return [...new Set(all)];
}

/** A secret as it is, in other cases, in base64 (inside a longer text as well) and in hex, in every encoding. */
export function spellingsOf(value: string): ReadonlySet<string> {
  const bytes = Buffer.from(value);
  const hex = bytes.toString('hex');
  const inBase64 = [0, 1, 2].map((offset) => base64Inside(bytes, offset));
  const cased = value.length < SHORTEST_CASED ? [] : [value.toLowerCase(), value.toUpperCase()];
  return new Set([
    ...[value, ...cased].flatMap(encodingsOf),
    ...inBase64.flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')]),
    ...[bytes.toString('base64'), hex, hex.toUpperCase()],
  ]);
}

/** The characters that stand for these bytes alone when base64 encodes them after `offset` (0 to 2) bytes of something else. */
function base64Inside(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
}
