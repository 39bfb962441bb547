import { distance } from 'fastest-levenshtein';

/** Case, spaces, hyphens and underscores aside. */
export function looseForm(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]+/g, '');
}

/** The candidate most like `name`, or null when none comes near. */
export function nearest(name: string, candidates: readonly string[]): string | null {
  const wanted = looseForm(name).slice(0, 100);
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.ceil(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    const steps = distance(wanted, looseForm(candidate).slice(0, 100));
    if (steps < bestDistance) [best, bestDistance] = [candidate, steps];
  }
  return best;
}
