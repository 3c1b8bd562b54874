import { InvalidArgumentError } from 'commander';
import { DURATION_FORM, parseDuration } from '../domain/duration.ts';
import type { Selection } from '../engine/selection.ts';

/** A whole number from `least`. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least) throw new InvalidArgumentError(`expected a whole number from ${least}.`);
    return value;
  };
}

/** A seed of 32 bits, as scenario files have it. */
export function seed(text: string): number {
  const value = wholeNumber(0)(text);
  if (value >= 2 ** 32) throw new InvalidArgumentError('expected a whole number below 4294967296.');
  return value;
}

/** A rate such as `5/s`, `300/m` or `10000/h`, as requests a second. */
export function rate(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\/(s|m|h)$/.exec(text);
  const perSecond = Number(match?.[1]) / { s: 1, m: 60, h: 3600 }[(match?.[2] ?? 's') as 's' | 'm' | 'h'];
  if (match === null || !(perSecond > 0))
    throw new InvalidArgumentError('expected a rate such as 5/s, 300/m or 10000/h.');
  return perSecond;
}

/** A shard such as `2/4`: the second of four parts. */
export function shard(text: string): NonNullable<Selection['shard']> {
  const [index, total] = /^(\d+)\/(\d+)$/.exec(text)?.slice(1).map(Number) ?? [];
  if (index === undefined || total === undefined || index < 1 || index > total) {
    throw new InvalidArgumentError('expected i/n with i from 1 to n, for example 2/4.');
  }
  return { index, total };
}

/** A regular expression, given back as it was written. */
export function pattern(text: string): string {
  try {
    new RegExp(text, 'u');
    return text;
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : 'not a regular expression.');
  }
}

/** A port to listen on, 0 for any free one. */
export function port(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65_535) throw new InvalidArgumentError('expected a port from 0 to 65535.');
  return value;
}

/** Collects a flag that may be given several times. */
export function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** A duration such as `500ms`, `5s` or `1m`, in ms. */
export function durationMs(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined) throw new InvalidArgumentError(`expected ${DURATION_FORM}.`);
  return ms;
}

/** Durations of a flag that may be given several times, in ms. */
export function collectDurations(text: string, before: readonly number[] = []): readonly number[] {
  return [...before, durationMs(text)];
}
