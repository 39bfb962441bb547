import type { MetricSource } from '../contract.ts';
import type { Connection } from '../driver/connection.ts';
import { openPrometheusMetrics } from './promql/prometheus-source.ts';
import { openEmbeddedMetrics } from './sql/embedded-source.ts';

export interface MetricOptions {
  readonly prometheusUrl?: string | undefined;
  readonly prometheusToken?: string | undefined;
}

/** The PromQL server when one is named, else the readings of the store. */
export function openMetrics({ db, location }: Connection, options: MetricOptions): MetricSource {
  if (!options.prometheusUrl) return openEmbeddedMetrics(db, location);
  return openPrometheusMetrics({ url: options.prometheusUrl, token: options.prometheusToken });
}
