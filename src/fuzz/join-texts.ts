import { isJsonObject } from '../domain/json.ts';
import type { Classified } from './probe.ts';
import { WORDS } from './values/characters.ts';

/** Longest text that is put together, in characters: every text field takes it, however it counts them. */
const LONGEST = 36;

/** Texts that a field takes for the same reason are tried several in one: a session each would cost too much. */
export function joinTexts(probes: readonly Classified[]): Classified[] {
  const pieces = probes.map((one) => (one.side === 'inside' ? pieceOf(one) : undefined));
  const rest = probes.filter((_, at) => pieces[at] === undefined);
  const joined: Classified[] = [];
  for (const kind of ['character', 'word'] as const) {
    const some = probes.flatMap((one, at) => {
      const piece = pieces[at];
      return piece?.kind === kind ? [{ one, piece }] : [];
    });
    for (const group of groupsOf(some)) joined.push(join(group));
  }
  return [...joined, ...rest];
}

/** What is unusual about a text: one character among plain letters, or a word of another script. */
interface Piece {
  readonly kind: 'character' | 'word';
  readonly field: string;
  readonly before: string;
  readonly text: string;
}

interface Part {
  readonly one: Classified;
  readonly piece: Piece;
}

const ONE_CHARACTER = /^((?:\$\{\{ uuid \}\})|A)([ -~])B$/;

function pieceOf({ probe }: Classified): Piece | undefined {
  const [[field, value] = ['', undefined], ...more] = Object.entries(probe.over);
  if (more.length > 0 || typeof value !== 'string') return undefined;
  const [, before, text] = ONE_CHARACTER.exec(value) ?? [];
  if (before !== undefined && text !== undefined) return { kind: 'character', field, before, text };
  return WORDS.includes(value) ? { kind: 'word', field, before: '', text: value } : undefined;
}

function* groupsOf(parts: readonly Part[]): Generator<readonly Part[]> {
  let group: Part[] = [];
  let length = 0;
  for (const part of parts) {
    const more = part.piece.text.length + 1;
    if (length + more > LONGEST - 2) {
      yield group;
      group = [];
      length = 0;
    }
    group.push(part);
    length += more;
  }
  if (group.length > 0) yield group;
}

function join(group: readonly Part[]): Classified {
  const [first] = group;
  if (first === undefined) throw new Error('there is nothing to join');
  const { one, piece } = first;
  if (group.length === 1) return one;
  const texts = group.map((part) => part.piece.text);
  const text = piece.kind === 'word' ? texts.join(' ') : `${piece.before}${texts.join('')}B`;
  const probe = { ...one.probe, over: { [piece.field]: text }, parts: group.map((part) => part.one.probe) };
  return { ...one, probe, body: { ...(isJsonObject(one.body) ? one.body : {}), [piece.field]: text } };
}
