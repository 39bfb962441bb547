import type { Reading } from '../../contract.ts';

/** Series whose times are remembered; beyond it the ones seen longest ago are forgotten. */
const mostSeries = 200_000;

/** The latest time of each series whose page dates its samples itself, from one scrape to the next. */
export class SampleTimes {
  private readonly latest = new Map<string, number>();

  /** Null for a sample that is newer than the last of its series. */
  take(
    { metric, labels }: Pick<Reading, 'metric' | 'labels'>,
    at: number,
  ): 'duplicate' | 'outOfOrder' | null {
    const names = Object.keys(labels).sort();
    const key = `${metric}\n${names.map((name) => `${name}\n${labels[name]}`).join('\n')}`;
    const last = this.latest.get(key);
    if (last !== undefined && at <= last) return at === last ? 'duplicate' : 'outOfOrder';
    this.latest.delete(key);
    this.latest.set(key, at);
    if (this.latest.size > mostSeries) {
      const oldest = this.latest.keys().next();
      if (!oldest.done) this.latest.delete(oldest.value);
    }
    return null;
  }
}
