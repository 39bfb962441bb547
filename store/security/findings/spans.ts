import type { FindingHistory } from '../../contract.ts';

/** What one scanner says, from one instant to another; null = still. ISO instants of one form, so that they compare as texts. */
export interface Span {
  readonly scanner: string;
  readonly from: string;
  readonly to: string | null;
}

/** The changes of a finding up to an instant, oldest first: it is open while any scanner sees it. */
export function changesOf(spans: readonly Span[], at: string): FindingHistory['changes'] {
  const seen = spans
    .filter(({ from }) => from <= at)
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const changes: FindingHistory['changes'][number][] = [];
  let last: Span | null = null;
  for (const span of seen) {
    if (last === null || (last.to !== null && last.to < span.from)) {
      if (last?.to) changes.push({ at: last.to, change: 'fixed', scanner: last.scanner });
      changes.push({ at: span.from, change: last === null ? 'opened' : 'reopened', scanner: span.scanner });
      last = span;
    } else if (last.to !== null && (span.to === null || span.to >= last.to)) last = span;
  }
  if (last?.to && last.to <= at) changes.push({ at: last.to, change: 'fixed', scanner: last.scanner });
  return changes;
}
