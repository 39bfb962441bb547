import type { MetricMeasure, Unit } from '../../contract.ts';

/** Seconds of each unit of time that an indicator may have. */
const secondsOfUnit: Readonly<Partial<Record<Unit, number>>> = {
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
};

/** What a metric's samples are in, by the ending of its name. */
const endings: readonly (readonly [ending: RegExp, unit: Unit])[] = [
  [/_seconds$/, 'second'],
  [/_hours$/, 'hour'],
  [/(?<!\d)_days$/, 'day'],
  [/_ratio$/, 'ratio'],
  [/_yuan$/, 'yuan'],
];

function unitOfName(metric: string): Unit | 'number' {
  if (/_count$/.test(metric)) return 'number';
  const base = metric.replace(/_(?:total|sum|bucket)$/, '');
  return endings.find(([ending]) => ending.test(base))?.[1] ?? 'number';
}

/** The unit of a metric measure before its factor; null when it may be anything. */
export function unitOfMetric({ of, reduction }: MetricMeasure): Unit | 'number' | 'quotient' | null {
  if (!of) return null;
  const own = unitOfName(of.metric);
  switch (reduction.kind) {
    case 'share':
    case 'upTime':
      return 'ratio';
    case 'staleness':
      return 'second';
    case 'distinct':
      return 'count';
    case 'ratio': {
      const total = unitOfName(reduction.total.metric);
      if (own === total) return 'quotient';
      return total === 'number' ? own : null;
    }
    case 'rate':
      return own === 'second' ? 'quotient' : 'number';
    case 'overTime':
      return reduction.reduce === 'count' || reduction.across === 'count' ? 'count' : own;
    default:
      return own;
  }
}

/** Why a metric measure does not yield the unit of its indicator; null when it does. */
export function metricUnitFault(measure: MetricMeasure, unit: Unit): string | null {
  const yields = unitOfMetric(measure);
  const { factor } = measure;
  if (yields === null) return null;
  const [from, to] = [secondsOfUnit[yields as Unit], secondsOfUnit[unit]];
  if (from !== undefined && to !== undefined) {
    const needed = from / to;
    if (Math.abs(factor / needed - 1) <= 1e-6) return null;
    return `the measure yields "${yields}" and the unit is "${unit}": write "factor: ${needed}", not ${factor}`;
  }
  const isConverted = factor !== 1;
  const fits =
    yields === unit ||
    // What may leave 0..1, such as an overdrawn budget, is named a ratio too.
    (yields === 'ratio' && unit === 'factor' && measure.reduction.kind === 'overTime') ||
    (yields === 'quotient' && (unit === 'ratio' || unit === 'factor' || isConverted)) ||
    (yields === 'number' && (to === undefined || isConverted));
  if (fits && !(isConverted && yields === 'ratio')) return null;
  const shown = yields === 'number' || yields === 'quotient' ? `a plain ${yields}` : `"${yields}"`;
  return isConverted && yields === unit
    ? `a ratio is 0..1 as it is; remove "factor: ${factor}"`
    : `unit is "${unit}", yet the measure yields ${shown}`;
}
