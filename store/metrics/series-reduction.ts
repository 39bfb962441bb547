import { quantile } from './across.ts';
import type { Needs } from './needs.ts';
import type { SeriesSummary } from './series-figure.ts';
import type { Span } from './span.ts';

export type { Needs } from './needs.ts';

interface Reading {
  readonly span: Span;
  readonly everySeconds: number;
  readonly intervals: number;
  readonly needs: Needs;
}

/** Reduces the samples of one series, given in order of time, without keeping them unless a percentile is asked for. */
export class SeriesReduction {
  readonly #identity: Pick<SeriesSummary, 'metric' | 'labels'>;
  readonly #reading: Reading;
  readonly #values: number[] = [];
  #count = 0;
  #sum = 0;
  /** What was lost of the sum to rounding (Kahan). */
  #lost = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  #last = Number.NaN;
  #lastAt = Number.NEGATIVE_INFINITY;
  #present = 0;
  #interval = -1;
  #growth = 0;
  #inBand = 0;

  constructor(identity: Pick<SeriesSummary, 'metric' | 'labels'>, reading: Reading) {
    this.#identity = identity;
    this.#reading = reading;
  }

  add(at: number, value: number): void {
    const { span, everySeconds, intervals, needs } = this.#reading;
    if (this.#count > 0) this.#growth += value >= this.#last ? value - this.#last : value;
    this.#count += 1;
    const corrected = value - this.#lost;
    const sum = this.#sum + corrected;
    this.#lost = sum - this.#sum - corrected;
    this.#sum = sum;
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
    this.#last = value;
    this.#lastAt = at;
    const interval = everySeconds > 0 ? Math.floor((at - span.from) / (everySeconds * 1000)) : -1;
    if (interval > this.#interval && interval < intervals) {
      this.#interval = interval;
      this.#present += 1;
    }
    if (needs.quantile !== null) this.#values.push(value);
    const { above, below } = needs.band ?? { above: null, below: null };
    if ((above === null || value >= above) && (below === null || value <= below)) this.#inBand += 1;
  }

  summary(): SeriesSummary {
    const at = this.#reading.needs.quantile;
    return {
      ...this.#identity,
      count: this.#count,
      sum: this.#sum,
      min: this.#min,
      max: this.#max,
      last: this.#last,
      lastAt: this.#lastAt,
      present: this.#present,
      growth: this.#count > 1 ? this.#growth : Number.NaN,
      quantile: at === null ? Number.NaN : quantile(this.#values, at),
      inBand: this.#inBand,
      isCut: false,
      isEstimated: false,
    };
  }
}
