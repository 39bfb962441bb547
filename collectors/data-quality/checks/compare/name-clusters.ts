import { canReach, jaroWinkler } from './jaro-winkler.ts';
import { normalName } from './normal-name.ts';

export interface CountedName {
  readonly name: string;
  /** Names of different blocks are never compared. */
  readonly block: string;
  readonly rows: number;
}

/** Names suspected of meaning one thing: most rows first, then by code units. */
export type NameCluster = readonly CountedName[];

/** Up to so many different names of a block every pair is compared: half a million, well under a second. */
export const wholeBlock = 1000;
/**
 * In a larger block each name is compared with so many that follow it, once sorted from its start and once from its end
 * (sorted neighbourhood: Hernández and Stolfo, The Merge/Purge Problem, 1995): 100,000 names make 10 million pairs.
 */
export const neighbours = 50;

interface Entry {
  readonly points: readonly number[];
  /** Index of a name with this normal form, and its normal form. */
  readonly name: number;
  readonly normal: string;
  /** Its digits alone: Building 12 and Building 21 are two buildings, however alike their names. */
  readonly digits: string;
}

/** Lets the event loop breathe between pieces of work; ends with the run. */
export interface Pace {
  readonly signal: AbortSignal;
  rest(): Promise<void>;
}

/**
 * Groups of two or more different names, each linked to another of its group by a similarity of at least `atLeast`; names
 * that normalise to the same text are linked whatever it is, names with different digits never by similarity. In a block of more than `wholeBlock` names it can miss a pair
 * that differs both near its start and near its end, with over `neighbours` names sorted between them.
 */
export async function clusterNames(
  names: readonly CountedName[],
  atLeast: number,
  pace: Pace,
): Promise<readonly NameCluster[]> {
  const links = new Links(names.length);
  const blocks = new Map<string, Map<string, Entry>>();
  for (const [index, { name, block }] of names.entries()) {
    const normal = normalName(name);
    if (normal === '') continue;
    const entries = blocks.get(block) ?? new Map<string, Entry>();
    blocks.set(block, entries);
    const known = entries.get(normal);
    if (known) links.join(known.name, index);
    else entries.set(normal, entryOf(normal, index));
  }
  for (const entries of blocks.values()) await linkBlock([...entries.values()], atLeast, { links, pace });
  return links.groups().map((group) => group.flatMap((index) => names[index] ?? []).toSorted(byRows));
}

const entryOf = (normal: string, name: number): Entry => ({
  points: Array.from(normal, (each) => each.codePointAt(0) ?? 0),
  name,
  normal,
  digits: normal.replace(/\P{Nd}+/gu, ' ').trim(),
});
const byText = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
const byRows = (one: CountedName, other: CountedName) =>
  other.rows - one.rows || byText(one.name, other.name);

/** Names compared between two rests. */
const batch = 200;

async function linkBlock(
  entries: readonly Entry[],
  atLeast: number,
  { links, pace }: { readonly links: Links; readonly pace: Pace },
): Promise<void> {
  const isWhole = entries.length <= wholeBlock;
  const orders = isWhole ? [entries] : [bySorting(entries, (text) => text), bySorting(entries, reversed)];
  for (const order of orders) {
    for (const [at, one] of order.entries()) {
      if (at % batch === batch - 1) {
        await pace.rest();
        pace.signal.throwIfAborted();
      }
      const end = isWhole ? order.length : Math.min(order.length, at + 1 + neighbours);
      for (let next = at + 1; next < end; next += 1) {
        const other = order[next];
        if (other && areSimilar(one, other, atLeast)) links.join(one.name, other.name);
      }
    }
  }
}

function areSimilar(one: Entry, other: Entry, atLeast: number): boolean {
  if (one.digits !== other.digits) return false;
  const lengths = [one.points.length, other.points.length] as const;
  return canReach(atLeast, lengths) && jaroWinkler(one.points, other.points) >= atLeast;
}

const reversed = (text: string) => [...text].reverse().join('');

function bySorting(entries: readonly Entry[], keyOf: (text: string) => string): readonly Entry[] {
  return entries
    .map((entry) => ({ entry, key: keyOf(entry.normal) }))
    .sort((one, other) => byText(one.key, other.key))
    .map(({ entry }) => entry);
}

/** Union-find with path halving. */
class Links {
  readonly #parents: Int32Array;
  constructor(size: number) {
    this.#parents = Int32Array.from({ length: size }, (_, index) => index);
  }

  #rootOf(index: number): number {
    let at = index;
    let up = this.#parents[at] ?? at;
    while (up !== at) {
      const above = this.#parents[up] ?? up;
      this.#parents[at] = above;
      at = above;
      up = this.#parents[at] ?? at;
    }
    return at;
  }

  join(one: number, other: number): void {
    this.#parents[this.#rootOf(other)] = this.#rootOf(one);
  }

  /** Of two members or more, in the order of their first one. */
  groups(): readonly (readonly number[])[] {
    const all = Map.groupBy(this.#parents.keys(), (index) => this.#rootOf(index));
    return [...all.values()].filter((group) => group.length > 1);
  }
}
