import type { SloCounts, SloFigure } from '../../rules/contract.ts';

/** Sums of floating-point numbers in another order differ in their last digits; what differs by more was counted anew. */
const sameWithin = 1e-9;

const isSame = (a: number, b: number) =>
  Math.abs(a - b) <= sameWithin * Math.max(1, Math.abs(a), Math.abs(b));

function areSameCounts(a: SloCounts | null, b: SloCounts | null): boolean {
  if (a === null || b === null) return a === b;
  return isSame(a.bad, b.bad) && isSame(a.total, b.total);
}

function saysTheSame(a: SloFigure, b: SloFigure): boolean {
  return (
    a.state === b.state &&
    areSameCounts(a.counts, b.counts) &&
    a.excluded.length === b.excluded.length &&
    a.excluded.every((each, index) => {
      const other = b.excluded[index];
      return other?.exclusion === each.exclusion && areSameCounts(each, other);
    })
  );
}

/** How much a count knows: a server that has forgotten or does not answer takes nothing back. */
const knowledge: Readonly<Record<SloFigure['state'], number>> = {
  measured: 2,
  zeroBase: 2,
  estimated: 1,
  absent: 0,
  failed: 0,
};

/** What a new count does to the one that is kept: another revision, in its place, or nothing. */
export function restatement(kept: SloFigure, count: SloFigure): 'revise' | 'replace' | 'keep' {
  const [hadEnded, hasEnded] = [kept, count].map(({ asOf, span }) => Date.parse(asOf) >= Date.parse(span.to));
  if (!hadEnded) return Date.parse(count.asOf) >= Date.parse(kept.asOf) ? 'replace' : 'keep';
  if (!hasEnded || saysTheSame(kept, count)) return 'keep';
  if (knowledge[count.state] < knowledge[kept.state]) return 'keep';
  return kept.state === 'failed' ? 'replace' : 'revise';
}
