import { asOneValue, badOfGood } from '../../../promql/good-of-total.ts';
import { meanOverWindow, overWindow } from '../../../promql/over-window.ts';
import { refuse, type SloPart, type SloPlace } from '../spec-document.ts';
import type { MetricForm, SliSpec } from './forms.ts';
import { type ObjectTable, type Place, within } from './object-table.ts';

interface WrittenQuery {
  readonly text: string;
  readonly place: Place;
}

/** What an indicator says of good and bad, before the budgeting method. */
export type Indicator =
  | { readonly kind: 'events'; readonly errorQuery: string; readonly totalQuery: string }
  | { readonly kind: 'ratio'; readonly errorRatioQuery: string }
  | { readonly kind: 'threshold'; readonly query: string };

export interface ReadIndicator {
  readonly indicator: Indicator;
  readonly written: readonly { readonly place: SloPlace; readonly text: string }[];
  readonly places: Readonly<Partial<Record<SloPart, SloPlace>>>;
}

const sloPlace = ({ document, path }: Place, isVerbatim = true): SloPlace => ({ document, path, isVerbatim });

/** Reads the SLI of an SLO, its data sources among them. */
export class IndicatorReader {
  readonly #objects: ObjectTable;
  constructor(objects: ObjectTable) {
    this.#objects = objects;
  }

  /** Null when there is none that can be used, with its faults told. */
  read(spec: SliSpec, place: Place): ReadIndicator | null {
    const { ratioMetric, thresholdMetric } = spec;
    if (ratioMetric && thresholdMetric) {
      refuse(
        place.document,
        [...place.path, 'thresholdMetric'],
        'an SLI is either ratioMetric or thresholdMetric: choose one',
        'key',
      );
      return null;
    }
    if (thresholdMetric) {
      const query = this.#query(thresholdMetric, within(place, 'thresholdMetric'));
      const at = sloPlace(query.place);
      return {
        indicator: { kind: 'threshold', query: query.text },
        written: [{ place: at, text: query.text }],
        places: { ratio: at },
      };
    }
    if (ratioMetric) return this.#ratio(ratioMetric, within(place, 'ratioMetric'));
    refuse(place.document, place.path, 'the SLI is empty: give ratioMetric or thresholdMetric');
    return null;
  }

  #ratio(metric: NonNullable<SliSpec['ratioMetric']>, place: Place): ReadIndicator | null {
    const given = (['good', 'bad', 'total', 'raw'] as const).filter((key) => metric[key] !== undefined);
    const [first, second] = given;
    if (given.length === 1 && first === 'raw' && metric.raw) return this.#raw(metric, metric.raw, place);
    if (given.length !== 2 || second !== 'total' || !metric.total || first === undefined) {
      const found = given.length === 0 ? 'nothing' : given.join(', ');
      const message = `good and total, bad and total, or raw with rawType are needed; given: ${found}`;
      refuse(place.document, place.path, message);
      return null;
    }
    const part = metric.good ?? metric.bad;
    if (!part) return null;
    const isCounter = metric.counter ?? true;
    const [one, total] = [
      this.#query(part, within(place, first)),
      this.#query(metric.total, within(place, 'total')),
    ];
    const windowed = asOneValue(overWindow(one.text, isCounter));
    const totalQuery = asOneValue(overWindow(total.text, isCounter));
    return {
      indicator: {
        kind: 'events',
        errorQuery: metric.good ? badOfGood(windowed, totalQuery) : windowed,
        totalQuery,
      },
      written: [one, total].map(({ text, place: at }) => ({ place: sloPlace(at), text })),
      places: {
        errors: sloPlace(one.place, !metric.good && windowed === one.text),
        total: sloPlace(total.place, totalQuery === total.text),
      },
    };
  }

  #raw(
    { rawType }: NonNullable<SliSpec['ratioMetric']>,
    raw: MetricForm,
    place: Place,
  ): ReadIndicator | null {
    if (rawType === undefined) {
      refuse(
        place.document,
        place.path,
        'raw needs rawType: success when it is good / total, failure when it is bad / total',
      );
      return null;
    }
    const query = this.#query(raw, within(place, 'raw'));
    const mean = meanOverWindow(query.text);
    return {
      indicator: { kind: 'ratio', errorRatioQuery: rawType === 'failure' ? mean : `1 - (${mean.trim()})` },
      written: [{ place: sloPlace(query.place), text: query.text }],
      places: { ratio: sloPlace(query.place, rawType === 'failure' && mean === query.text) },
    };
  }

  #query({ metricSource }: MetricForm, place: Place): WrittenQuery {
    const at = within(place, 'metricSource');
    const { metricSourceRef, spec } = metricSource;
    const source =
      metricSourceRef === undefined
        ? null
        : metricSource.type === undefined
          ? this.#objects.find('DataSource', metricSourceRef, within(at, 'metricSourceRef'))
          : this.#objects.peek('DataSource', metricSourceRef);
    const type = metricSource.type ?? source?.form.spec.type;
    if (type === undefined && metricSourceRef === undefined)
      refuse(
        at.document,
        at.path,
        'the metric source has no type: write type: Prometheus, or metricSourceRef',
      );
    if (type !== undefined && type.toLowerCase() !== 'prometheus')
      refuse(
        at.document,
        [...at.path, 'type'],
        `metric sources of type "${type.slice(0, 40)}" are not read: Prometheus only`,
      );
    const key = spec.query === undefined && spec.promql !== undefined ? 'promql' : 'query';
    const text = spec[key];
    if (text === undefined) refuse(at.document, [...at.path, 'spec'], '"query" is missing: the PromQL query');
    return { text: text ?? '', place: within(at, 'spec', key) };
  }
}
