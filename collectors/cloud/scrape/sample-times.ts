import type { Reading } from '../../contract.ts';

/** Series whose times are remembered; beyond it the ones dated longest ago are forgotten. */
const mostSeries = 200_000;

/** The times of one page: known to the scrapes after it only once it is found good as a whole. */
export interface PageTimes {
  /** Null for a sample that is newer than the last of its series. */
  take(series: Pick<Reading, 'metric' | 'labels'>, at: number): 'duplicate' | 'outOfOrder' | null;
  commit(): void;
}

/** The latest time of each series whose page dates its samples itself, from one scrape to the next. */
export class SampleTimes {
  private readonly latest = new Map<string, number>();

  page(): PageTimes {
    const own = new Map<string, number>();
    return {
      take: ({ metric, labels }, at) => {
        const names = Object.keys(labels).sort();
        const key = `${metric}\n${names.map((name) => `${name}\n${labels[name]}`).join('\n')}`;
        const last = own.get(key) ?? this.latest.get(key);
        if (last !== undefined && at <= last) return at === last ? 'duplicate' : 'outOfOrder';
        own.set(key, at);
        return null;
      },
      commit: () => {
        for (const [key, at] of own) this.keep(key, at);
      },
    };
  }

  private keep(key: string, at: number): void {
    this.latest.delete(key);
    this.latest.set(key, at);
    if (this.latest.size <= mostSeries) return;
    const oldest = this.latest.keys().next();
    if (!oldest.done) this.latest.delete(oldest.value);
  }
}
