import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRounds } from './rounds.ts';

async function racer(
  rounds: ReturnType<typeof createRounds>,
  name: string,
  acts: number,
  log: string[],
): Promise<void> {
  for (let at = 0; at < acts; at += 1) {
    // As long as it likes: the others wait.
    await rounds.turn(async () => {
      log.push(`${name}${at}`);
      for (let tick = 0; tick < (name === 'a' ? 30 : 0); tick += 1) await Promise.resolve();
    });
  }
  rounds.leave();
}

describe('rounds', () => {
  test('every sequence does its next act in the same round, until it has none', async () => {
    const orders = new Set<string>();
    const lengths = fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), lengths, async (scheduler, all) => {
        const log: string[] = [];
        const rounds = createRounds(scheduler, all.length);
        await Promise.all(all.map((acts, index) => racer(rounds, 'abc'.charAt(index), acts, log)));
        const roundOf = (entry: string): number => Number(entry.slice(1));
        expect(log.map(roundOf)).toEqual(log.map(roundOf).sort((a, b) => a - b));
        expect(log).toHaveLength(all.reduce((sum, acts) => sum + acts, 0));
        orders.add(log.filter((entry) => roundOf(entry) === 0).join());
      }),
    );
    // The order within a round is drawn.
    expect([...orders]).toEqual(expect.arrayContaining(['a0,b0', 'b0,a0']));
  });
});
