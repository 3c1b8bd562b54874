import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Fits V8's heap to a run. Young objects get all of their room at once, because nearly all die young and each collection on
 * the way there takes time. Old ones are collected soon: by itself V8 lets hundreds of MB of them gather first, so that a
 * long run would take several times the memory that it needs. Threads that are started later begin that way.
 */
export function tuneHeap(): void {
  setFlagsFromString('--min-semi-space-size=16');
  setFlagsFromString('--semi-space-growth-factor=16');
  setFlagsFromString('--initial-old-space-size=32');
  setFlagsFromString('--heap-growing-percent=30');
}

/** Collects once, which a process needs that began with V8's own idea of a heap. Takes some 20 ms. */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
}
