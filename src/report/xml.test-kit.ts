/** An element of an XML document; `text` is the character data directly inside it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const TOKEN = /<\?xml[^>]*\?>|<\/([\w:-]+)>|<([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
const ENTITY = /&(?:(amp|lt|gt|quot|apos)|#(\d+));|(&)/g;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Reads a document as strictly as XML 1.0 asks, without DTDs, comments and CDATA. Throws for anything that is not well-formed. */
export function parseXml(xml: string): XmlElement {
  const forbidden = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u.exec(xml);
  if (forbidden !== null)
    throw new Error(`character U+${forbidden[0].codePointAt(0)?.toString(16)} has no place in XML`);
  const top = { name: '', attributes: {}, children: [] as XmlElement[], text: '' };
  const open: { name: string; attributes: Record<string, string>; children: XmlElement[]; text: string }[] = [top];
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < xml.length; ) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(xml);
    if (match === null) throw new Error(`not well-formed at ${JSON.stringify(xml.slice(at, at + 80))}`);
    const [, closing, name, attributes = '', empty, text] = match;
    const inner = open.at(-1) ?? top;
    if (text !== undefined) inner.text += decode(text);
    if (name !== undefined) {
      const element = { name, attributes: attributesOf(attributes), children: [], text: '' };
      inner.children.push(element);
      if (empty === '') open.push(element);
    }
    if (closing !== undefined && open.pop()?.name !== closing) throw new Error(`</${closing}> closes nothing`);
  }
  const [root, ...more] = top.children;
  if (open.length !== 1 || root === undefined || more.length > 0) throw new Error('there is not exactly one root');
  return root;
}

function attributesOf(source: string): Record<string, string> {
  const found = [...source.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value] as const);
  if (new Set(found.map(([name]) => name)).size < found.length)
    throw new Error(`an attribute stands twice in ${source}`);
  return Object.fromEntries(found.map(([name, value]) => [name, decode(value)]));
}

function decode(text: string): string {
  if (text.includes(']]>')) throw new Error(']]> in character data');
  return text.replace(ENTITY, (whole, name?: string, code?: string, bare?: string) => {
    if (bare !== undefined) throw new Error(`a bare & in ${text}`);
    return name === undefined ? String.fromCodePoint(Number(code)) : (NAMED[name] ?? whole);
  });
}
