import type { ExploringEnd } from './exploration.ts';

/** Does something with every item, so many at once, until one of them says why it has to end; gives that reason. */
export async function inStrands<Item>(
  items: Iterable<Item>,
  strands: number,
  act: (item: Item, index: number, strand: number) => Promise<ExploringEnd | null>,
): Promise<ExploringEnd | null> {
  const queue = items[Symbol.iterator]();
  let index = 0;
  let end: ExploringEnd | null = null;
  const run = async (strand: number): Promise<void> => {
    for (let next = queue.next(); !next.done && end === null; next = queue.next()) {
      const ended = await act(next.value, index++, strand);
      end ??= ended;
    }
  };
  await Promise.all(Array.from({ length: strands }, (_, strand) => run(strand)));
  return end;
}
