import type { Exploration, Explored } from '../exploration.ts';
export async function exploreModel(_: Exploration): Promise<Explored> {
  return { findings: [], clauses: [], observations: [], end: null };
}
