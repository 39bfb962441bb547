import {
  type AcrossReducer,
  type Measure,
  type MetricReduction,
  type MetricSelector,
  type ModelFault,
  type overTimeReducers,
  type PromqlFault,
  readSelector,
} from '../../contract.ts';
import { excerptAt } from '../../formula/tokens.ts';
import type { MeasureCheck, MeasureContext } from '../measure-draft.ts';
import { defaultSampleCoverage, type MeasureFields } from '../schema.ts';
import { secondsOf } from './duration.ts';
import type { metricReducers } from './metric-schema.ts';
import { metricText } from './metric-text.ts';
import { promqlFaults } from './promql.ts';

type Reducer = (typeof metricReducers)[number];
type Key = keyof MeasureFields;

/** Keys of each way to reduce beside those of every metric; the first are needed. */
const reducerKeys: Readonly<Partial<Record<Reducer, { needed: readonly Key[]; allowed: readonly Key[] }>>> = {
  share: { needed: [], allowed: ['above', 'below'] },
  increase: { needed: [], allowed: ['across'] },
  rate: { needed: [], allowed: ['across'] },
  ratio: { needed: ['total', 'by'], allowed: [] },
  upTime: { needed: [], allowed: [] },
  staleness: { needed: [], allowed: ['across'] },
  distinct: { needed: ['label'], allowed: [] },
  histogramQuantile: { needed: ['at'], allowed: [] },
};
const everyMetric: readonly Key[] = [
  'metric',
  'reduce',
  'every',
  'minimumCoverage',
  'fullCoverage',
  'factor',
];
const everyQuery: readonly Key[] = ['promql', 'every', 'minimumCoverage', 'fullCoverage', 'factor'];

/** How series are put together where the model does not say: extremes stay extremes, amounts add up. */
const acrossByDefault: Readonly<Partial<Record<Reducer, AcrossReducer>>> = {
  min: 'min',
  max: 'max',
  sum: 'sum',
  count: 'sum',
  increase: 'sum',
  rate: 'sum',
  staleness: 'max',
};

export class MetricMeasureReader {
  readonly #fields: MeasureFields;
  readonly #context: MeasureContext;
  readonly #faults: ModelFault[] = [];

  constructor(fields: MeasureFields, context: MeasureContext) {
    this.#fields = fields;
    this.#context = context;
  }

  /** A `metric` with its reducer. */
  readMetric(metric: string): MeasureCheck {
    const { reduce } = this.#fields;
    if (!reduce) this.#refuse('"reduce" is missing: what is computed of the samples');
    const keys = (reduce && reducerKeys[reduce]) ?? { needed: [], allowed: ['across'] };
    this.#refuseOthers([...everyMetric, ...keys.needed, ...keys.allowed], reduce ?? 'metric');
    for (const key of keys.needed.filter((each) => this.#fields[each] === undefined))
      this.#refuse(`"${key}" is missing; reduce: ${reduce} needs it`);
    const of = this.#selector(metric, 'metric');
    const total = this.#fields.total === undefined ? null : this.#selector(this.#fields.total, 'total');
    const every = this.#fields.every ?? this.#context.defaults?.metrics?.every;
    if (every === undefined)
      this.#refuse('"every" is missing: how far apart the samples are; write it here or in defaults.metrics');
    const reduction = reduce ? this.#reduction(reduce, total) : null;
    return this.#finish(of, reduction, every ?? null);
  }

  /** Raw PromQL; only what is written beside it says how far apart its samples are. */
  readPromql(query: string): MeasureCheck {
    this.#refuseOthers(everyQuery, 'promql');
    this.#report(promqlFaults(query), query, 'promql');
    const { every } = this.#fields;
    return this.#finish(null, { kind: 'promql', query }, every ?? null);
  }

  #finish(of: MetricSelector | null, reduction: MetricReduction | null, every: string | null): MeasureCheck {
    const coverage = this.#coverage();
    if (!reduction || (!of && reduction.kind !== 'promql') || this.#faults.length > 0)
      return { measure: null, faults: this.#faults };
    const measure: Extract<Measure, { kind: 'metric' }> = {
      kind: 'metric',
      of,
      reduction,
      factor: this.#fields.factor ?? 1,
      everySeconds: every === null ? null : secondsOf(every),
      ...coverage,
      text: metricText(this.#fields, reduction, every),
    };
    return { measure, faults: [] };
  }

  #coverage(): { minimumCoverage: number; fullCoverage: number } {
    const defaults = this.#context.defaults?.metrics;
    const minimumCoverage =
      this.#fields.minimumCoverage ?? defaults?.minimumCoverage ?? defaultSampleCoverage.minimum;
    const fullCoverage = this.#fields.fullCoverage ?? defaults?.fullCoverage ?? defaultSampleCoverage.full;
    if (minimumCoverage > fullCoverage)
      this.#refuse(`minimumCoverage ${minimumCoverage} is above fullCoverage ${fullCoverage}`);
    return { minimumCoverage, fullCoverage };
  }

  #reduction(reduce: Reducer, total: MetricSelector | null): MetricReduction | null {
    const { above = null, below = null, by, label, at } = this.#fields;
    const across = this.#fields.across ?? acrossByDefault[reduce] ?? 'mean';
    switch (reduce) {
      case 'share':
        if (above === null && below === null) this.#refuse('reduce: share needs "above", "below" or both');
        if (above !== null && below !== null && above > below)
          this.#refuse(`above ${above} lies beyond below ${below}: no sample can be within`, 'above');
        return { kind: 'share', above, below };
      case 'increase':
      case 'rate':
      case 'staleness':
        return { kind: reduce, across };
      case 'ratio':
        return total && by ? { kind: 'ratio', total, by } : null;
      case 'upTime':
        return { kind: 'upTime' };
      case 'distinct':
        if (label !== undefined && !/^[A-Za-z_]\w*$/.test(label))
          this.#refuse(`"${label}" is no name of a label`, 'label');
        return label === undefined ? null : { kind: 'distinct', label };
      case 'histogramQuantile':
        return at === undefined ? null : { kind: 'histogramQuantile', at };
      default:
        return this.#overTime(reduce, across);
    }
  }

  #overTime(reduce: (typeof overTimeReducers)[number], across: AcrossReducer): MetricReduction {
    const isCounter = /^\w+_total(?:\{|$)/.test(this.#fields.metric?.trim() ?? '');
    if (isCounter && !['last', 'max', 'min', 'count'].includes(reduce))
      this.#refuse(
        `a counter only grows, so its ${reduce} says nothing; use increase, rate or ratio`,
        'reduce',
      );
    return { kind: 'overTime', reduce, across };
  }

  #selector(text: string, key: 'metric' | 'total'): MetricSelector | null {
    const { selector, faults } = readSelector(text);
    this.#report(faults, text, key);
    return selector;
  }

  #report(faults: readonly PromqlFault[], text: string, key: Key): void {
    const { document, path } = this.#context;
    for (const { column, message } of faults) {
      const place = `column ${column} of "${excerptAt(text, column)}"`;
      this.#faults.push(document.fault([...path, key], `${place}: ${message}`, { column }));
    }
  }

  #refuse(message: string, key?: Key): void {
    const { document, path } = this.#context;
    this.#faults.push(document.fault([...path, ...(key ? [key] : [])], message));
  }

  #refuseOthers(allowed: readonly Key[], beside: string): void {
    const { document, path } = this.#context;
    for (const key of Object.keys(this.#fields) as Key[]) {
      if (allowed.includes(key)) continue;
      const message = `"${key}" says nothing beside ${beside}; remove it`;
      this.#faults.push(document.fault([...path, key], message, 'key'));
    }
  }
}
