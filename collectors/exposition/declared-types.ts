import type { MetricType } from '../contract.ts';
import type { ExpositionFormat } from './exposition.ts';
import type { Family, FamilyType } from './meta-line.ts';

type Declared = { readonly type: MetricType | 'unknown'; readonly help: string };

/** A summary, a gauge histogram and what is untyped have no kind of ours: their parts are readings all the same. */
const typeOf: Readonly<Record<FamilyType, MetricType | 'unknown'>> = {
  counter: 'counter',
  gauge: 'gauge',
  histogram: 'histogram',
  info: 'gauge',
  stateset: 'gauge',
  summary: 'unknown',
  untyped: 'unknown',
  unknown: 'unknown',
  gaugehistogram: 'unknown',
};

/** What OpenMetrics leaves out of a family's name and its samples bear. */
const suffixes: Partial<Record<FamilyType, string>> = { counter: '_total', info: '_info' };

/** The base names of a page's metrics with type and help, counters with their `_total`. */
export function declaredTypes(
  families: ReadonlyMap<string, Family>,
  format: ExpositionFormat,
): Record<string, Declared> {
  const result: Record<string, Declared> = {};
  for (const [name, { type, help }] of families) {
    const suffix = format === 'openMetrics' ? (suffixes[type] ?? '') : '';
    result[name.endsWith(suffix) ? name : `${name}${suffix}`] = { type: typeOf[type], help };
  }
  return result;
}
