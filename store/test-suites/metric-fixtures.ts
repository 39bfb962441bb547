import type {
  MetricMeasure,
  MetricReduction,
  MetricSelector,
  ModelNode,
  Reading,
  Unit,
} from '../../scoring/contract.ts';
import { leaf } from './fixtures.ts';

export function selector(metric: string, ...matchers: MetricSelector['matchers']): MetricSelector {
  return { metric, matchers };
}

export function metricMeasure(
  of: string | MetricSelector,
  reduction: MetricReduction,
  other: Partial<MetricMeasure> = {},
): MetricMeasure {
  const selected = typeof of === 'string' ? selector(of) : of;
  return {
    kind: 'metric',
    of: selected,
    reduction,
    factor: 1,
    everySeconds: 60,
    minimumCoverage: 0.5,
    fullCoverage: 0.95,
    text: `${reduction.kind} ${selected.metric}`,
    ...other,
  };
}

export const meanOfMeans: MetricReduction = { kind: 'overTime', reduce: 'mean', across: 'mean' };

export function metricLeaf(id: string, measure: MetricMeasure, unit: Unit = 'factor'): ModelNode {
  const node = leaf(id, { kind: 'entry' }, unit);
  return node.leaf ? { ...node, leaf: { ...node.leaf, measure } } : node;
}

/** One sample per value from `from` on; null leaves the instant out. */
export function samples(
  metric: string,
  labels: Readonly<Record<string, string>>,
  { from, everySeconds, values }: { from: string; everySeconds: number; values: readonly (number | null)[] },
): Reading[] {
  return values.flatMap((value, index) => {
    if (value === null) return [];
    const at = new Date(Date.parse(from) + index * everySeconds * 1000).toISOString();
    return [{ metric, labels, at, value }];
  });
}
