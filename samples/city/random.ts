/** A stream of numbers that looks random and is the same for the same seed. */
export interface Random {
  /** In [0, 1). */
  readonly next: () => number;
  /** In [from, to). */
  readonly between: (from: number, to: number) => number;
  /** A whole number, both ends possible. */
  readonly whole: (from: number, to: number) => number;
  /** Standard normal. */
  readonly normal: () => number;
  readonly pick: <T>(items: readonly T[]) => T;
  /** By weight; the weights need not add up to one. */
  readonly pickWeighted: <T>(items: readonly (readonly [item: T, weight: number])[]) => T;
}

/** FNV-1a, so that each kind of record has a stream of its own and one kind never shifts another. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** mulberry32. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function randomStream(seed: number, name: string): Random {
  const next = mulberry32(seed ^ hashOf(name));
  const between = (from: number, to: number) => from + (to - from) * next();
  const pickWeighted = <T>(items: readonly (readonly [T, number])[]): T => {
    let at = next() * items.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [item, weight] of items) {
      at -= weight;
      if (at < 0) return item;
    }
    return (items.at(-1) as readonly [T, number])[0];
  };
  return {
    next,
    between,
    whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    pick: <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T,
    pickWeighted,
  };
}

/** Says yes to the given share of questions as evenly as can be, so that small counts still show the share wanted. */
export function quota(): (share: number) => boolean {
  let owed = 0.5;
  return (share) => {
    owed += share;
    if (owed < 1) return false;
    owed -= 1;
    return true;
  };
}
