/** Winkler's own scaling of a common prefix, and the length of prefix that counts. */
const prefixWeight = 0.1;
const longestPrefix = 4;

/**
 * Jaro-Winkler similarity of two texts given as code points, 0..1 (Winkler, String Comparator Metrics, 1990). Written here
 * because DuckDB's function compares the bytes of UTF-8: Chinese characters that share lead bytes are alike to it.
 */
export function jaroWinkler(one: readonly number[], other: readonly number[]): number {
  const jaro = jaroSimilarity(one, other);
  const most = Math.min(longestPrefix, one.length, other.length);
  let prefix = 0;
  while (prefix < most && one[prefix] === other[prefix]) prefix += 1;
  return jaro + prefix * prefixWeight * (1 - jaro);
}

/** The similarity cannot reach `atLeast` for lengths this unlike: with every code of the shorter found, and a full prefix. */
export function canReach(atLeast: number, lengths: readonly [number, number]): boolean {
  const [shorter, longer] = [Math.min(...lengths), Math.max(...lengths)];
  const jaro = (2 + shorter / longer) / 3;
  return jaro + longestPrefix * prefixWeight * (1 - jaro) >= atLeast;
}

function jaroSimilarity(one: readonly number[], other: readonly number[]): number {
  if (one.length === 0 || other.length === 0) return one.length === other.length ? 1 : 0;
  const reach = Math.max(0, Math.floor(Math.max(one.length, other.length) / 2) - 1);
  const taken = new Uint8Array(other.length);
  const matched: number[] = [];
  for (let at = 0; at < one.length; at += 1) {
    const end = Math.min(other.length, at + reach + 1);
    for (let there = Math.max(0, at - reach); there < end; there += 1) {
      if (taken[there] || one[at] !== other[there]) continue;
      taken[there] = 1;
      matched.push(one[at] ?? 0);
      break;
    }
  }
  if (matched.length === 0) return 0;
  let moved = 0;
  let index = 0;
  for (let there = 0; there < other.length; there += 1) {
    if (!taken[there]) continue;
    if (matched[index] !== other[there]) moved += 1;
    index += 1;
  }
  const found = matched.length;
  return (found / one.length + found / other.length + (found - moved / 2) / found) / 3;
}
