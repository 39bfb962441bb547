import type { MetricMeasure } from '../../../scoring/contract.ts';
import type { Database } from '../../schema/tables.ts';
import { type Band, needsOf } from '../needs.ts';
import type { SeriesSummary, SummarySet } from '../series-figure.ts';
import { intervalsLookedBack, type Span } from '../span.ts';
import {
  type GrowthRow,
  readGrowth,
  readInBand,
  readLast,
  readPresence,
  readQuantiles,
  readSummaries,
} from './summary-sql.ts';

export interface Series {
  readonly id: number;
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface Task {
  readonly measure: MetricMeasure;
  readonly of: readonly Series[];
  readonly total: readonly Series[];
}

/** Series read in one statement at most: bounds the memory of sorts. */
const seriesPerStatement = 2000;

/** Summaries of all tasks, whatever their number in a handful of passes over the samples. */
export async function summarise(db: Database, tasks: readonly Task[], span: Span): Promise<SummarySet[]> {
  const reader = new SummaryReader(db, span);
  for (const task of tasks) reader.ask(task);
  await reader.read();
  return tasks.map((task) => reader.answer(task));
}

class SummaryReader {
  readonly #db: Database;
  readonly #span: Span;
  readonly #basic = new Set<number>();
  readonly #last = new Set<number>();
  readonly #growth = new Set<number>();
  readonly #quantiles = new Map<number, Set<number>>();
  readonly #bands = new Map<string, { band: Band; ids: Set<number> }>();
  readonly #presence = new Map<number, Set<number>>();
  readonly #found = new Map<string, unknown>();

  constructor(db: Database, span: Span) {
    this.#db = db;
    this.#span = span;
  }

  ask({ measure, of, total }: Task): void {
    const { last, growth, quantile, band } = needsOf(measure);
    for (const { id } of [...of, ...total]) {
      this.#basic.add(id);
      if (last) this.#last.add(id);
      if (growth) this.#growth.add(id);
      if (quantile !== null) setIn(this.#quantiles, quantile).add(id);
      if (measure.everySeconds !== null) setIn(this.#presence, measure.everySeconds).add(id);
      if (band) bandIn(this.#bands, band).add(id);
    }
  }

  async read(): Promise<void> {
    const [db, span] = [this.#db, this.#span];
    await this.#each('basic', this.#basic, (ids) => readSummaries(db, ids, span));
    await this.#each('last', this.#last, (ids) => readLast(db, ids, span));
    await this.#each('growth', this.#growth, (ids) => readGrowth(db, ids, span));
    for (const [everySeconds, ids] of this.#presence) {
      await this.#each(`present ${everySeconds}`, ids, (some) =>
        readPresence(db, some, { span, everySeconds }),
      );
    }
    for (const [at, ids] of this.#quantiles) {
      await this.#each(`quantile ${at}`, ids, (some) => readQuantiles(db, some, { span, at }));
    }
    for (const [key, { band, ids }] of this.#bands) {
      await this.#each(key, ids, (some) => readInBand(db, some, { span, band }));
    }
  }

  answer({ measure, of, total }: Task): SummarySet {
    const summaries = (series: readonly Series[]) => series.flatMap((each) => this.#summary(each, measure));
    return { of: summaries(of), total: summaries(total) };
  }

  /** Empty for a series without a sample in the span. */
  #summary({ id, metric, labels }: Series, measure: MetricMeasure): SeriesSummary[] {
    const row = this.#row<Awaited<ReturnType<typeof readSummaries>>[number]>('basic', id);
    if (!row) return [];
    const { quantile, band } = needsOf(measure);
    const quantiles = this.#row<Awaited<ReturnType<typeof readQuantiles>>[number]>(
      `quantile ${quantile}`,
      id,
    );
    const inBand = band
      ? this.#row<Awaited<ReturnType<typeof readInBand>>[number]>(bandKey(band), id)
      : undefined;
    const growth = this.#row<GrowthRow>('growth', id);
    return [
      {
        metric,
        labels,
        count: row.count,
        sum: row.sum,
        min: row.min,
        max: row.max,
        last: this.#row<{ last: number }>('last', id)?.last ?? Number.NaN,
        lastAt: row.last_at,
        present: this.#row<{ present: number }>(`present ${measure.everySeconds}`, id)?.present ?? 0,
        growth: growth
          ? growthOf({ ...growth, count: row.count }, this.#span, measure.everySeconds ?? 0)
          : Number.NaN,
        quantile: quantiles?.quantile ?? Number.NaN,
        inBand: inBand?.in_band ?? Number.NaN,
        isCut: row.is_cut,
        isEstimated: (quantiles?.is_estimated || inBand?.is_estimated) ?? false,
      },
    ];
  }

  #row<T>(kind: string, id: number): T | undefined {
    return this.#found.get(`${kind} ${id}`) as T | undefined;
  }

  async #each(
    kind: string,
    ids: ReadonlySet<number>,
    read: (ids: readonly number[]) => Promise<readonly { readonly id: number }[]>,
  ): Promise<void> {
    const all = [...ids];
    for (let at = 0; at < all.length; at += seriesPerStatement) {
      const rows = await read(all.slice(at, at + seriesPerStatement));
      for (const row of rows) this.#found.set(`${kind} ${row.id}`, row);
    }
  }
}

/** Growth within the span, and to its first sample from the one before when that is near enough. */
export function growthOf(
  row: Omit<GrowthRow, 'id'> & { readonly count: number },
  span: Span,
  everySeconds: number,
): number {
  const { growth, first, prior, prior_at, count } = row;
  const oldest = span.from - intervalsLookedBack * everySeconds * 1000;
  if (prior !== null && prior_at !== null && prior_at >= oldest) {
    return growth + (first >= prior ? first - prior : first);
  }
  return count < 2 ? Number.NaN : growth;
}

function setIn<K>(sets: Map<K, Set<number>>, key: K): Set<number> {
  const found = sets.get(key) ?? new Set();
  sets.set(key, found);
  return found;
}

const bandKey = ({ above, below }: Band) => `band ${above} ${below}`;

function bandIn(bands: Map<string, { band: Band; ids: Set<number> }>, band: Band): Set<number> {
  const found = bands.get(bandKey(band)) ?? { band, ids: new Set() };
  bands.set(bandKey(band), found);
  return found.ids;
}
