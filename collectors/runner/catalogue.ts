import { collectors } from '../collectors.ts';
import type { Collector, MetricSpec, Text } from '../contract.ts';
import { outputMetrics } from '../output/output-metrics.ts';
import { evidenceMetrics, standingMetrics } from './run/evidence-metrics.ts';
import { evaluationMetrics, runMetrics, thresholdLevelMetrics } from './run/self-metrics.ts';

/** A metric with the collectors that yield it. */
export interface CatalogueEntry {
  readonly spec: MetricSpec;
  /** Ids; empty for what the runner and the evaluations say themselves. */
  readonly collectors: readonly string[];
}

const sameText = (a: Text, b: Text) => a.zh === b.zh && a.en === b.en;

/** In what two declarations of one metric differ; null when they agree. */
function differenceOf(a: MetricSpec, b: MetricSpec): string | null {
  if (a.type !== b.type) return 'type';
  if (a.unit !== b.unit) return 'unit';
  if (!sameText(a.help, b.help)) return 'help';
  const [own, other] = [a, b].map(({ labels }) => Object.keys(labels).sort().join(','));
  return own === other ? null : 'labels';
}

/** Every metric that can be yielded under a name of its own, by name. Throws when two declarations of a name differ. */
export function catalogueOf(all: readonly Collector[]): readonly CatalogueEntry[] {
  const entries = new Map<string, CatalogueEntry>();
  const own = [
    ...runMetrics,
    ...evaluationMetrics,
    ...thresholdLevelMetrics,
    ...standingMetrics,
    ...evidenceMetrics,
    ...outputMetrics,
  ];
  for (const spec of own) entries.set(spec.name, { spec, collectors: [] });
  for (const { id, metrics } of all) {
    for (const spec of metrics) {
      const before = entries.get(spec.name);
      const difference = before ? differenceOf(before.spec, spec) : null;
      if (before && difference) {
        throw new Error(
          `${spec.name} is declared twice with another ${difference}: ${before.collectors}, ${id}`,
        );
      }
      entries.set(spec.name, { spec: before?.spec ?? spec, collectors: [...(before?.collectors ?? []), id] });
    }
  }
  return [...entries.values()].toSorted((a, b) => (a.spec.name < b.spec.name ? -1 : 1));
}

/** All metrics of all collectors and the program's own, unique by name. */
export function metricCatalogue(): readonly MetricSpec[] {
  return catalogueOf(collectors).map(({ spec }) => spec);
}
