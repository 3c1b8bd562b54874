import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Has V8 collect old objects soon. By itself it lets hundreds of MB of them gather first, so that a long run would take
 * several times the memory that it needs. Threads that are started later begin that way.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--initial-old-space-size=32');
  setFlagsFromString('--heap-growing-percent=30');
}

/** Collects once, which a process needs that began with V8's own idea of a heap. Takes some 20 ms. */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
}
