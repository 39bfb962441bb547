import pLimit from 'p-limit';

/** Runs work when fewer than the bound are at work, in the order in which it was asked for. */
export type Limit = <T>(work: () => Promise<T>) => Promise<T>;

export function limitOf(concurrency: number): Limit {
  return pLimit(concurrency);
}
