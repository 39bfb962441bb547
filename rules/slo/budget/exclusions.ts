import type { SloExclusion, SloSpan } from '../../contract.ts';
import { isoOf } from './spans.ts';

/** The part of an exclusion that a span leaves out. */
export interface ExcludedStretch {
  readonly exclusion: number;
  readonly from: string;
  readonly to: string;
}

/**
 * What the standing exclusions cover of [from, to), in order of time; where two would cover the same, the one that begins first
 * does.
 */
export function excludedStretches(
  exclusions: readonly SloExclusion[],
  { from, to }: Pick<SloSpan, 'from' | 'to'>,
): ExcludedStretch[] {
  const [first, end] = [Date.parse(from), Date.parse(to)];
  const standing = exclusions
    .filter(({ withdrawnAt }) => withdrawnAt === null)
    .toSorted((a, b) => Date.parse(a.from) - Date.parse(b.from) || a.id - b.id);
  const stretches: ExcludedStretch[] = [];
  let covered = first;
  for (const exclusion of standing) {
    const begin = Math.max(covered, Date.parse(exclusion.from));
    const over = Math.min(end, Date.parse(exclusion.to));
    if (over <= begin) continue;
    stretches.push({ exclusion: exclusion.id, from: isoOf(begin), to: isoOf(over) });
    covered = over;
  }
  return stretches;
}
