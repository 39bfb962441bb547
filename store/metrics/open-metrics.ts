import type { MetricSource } from '../contract.ts';
import type { Connection } from '../driver/connection.ts';
import { openPrometheusMetrics } from './promql/prometheus-source.ts';
import { withSampleReadings } from './sample-source.ts';
import { openEmbeddedMetrics } from './sql/embedded-source.ts';

export interface MetricOptions {
  readonly prometheusUrl?: string | undefined;
  readonly prometheusToken?: string | undefined;
}

/** The PromQL server when one is named (the sample's subjects excepted), else the readings of the store. */
export function openMetrics({ db, location }: Connection, options: MetricOptions): MetricSource {
  const readings = openEmbeddedMetrics(db, location);
  if (!options.prometheusUrl) return readings;
  const server = openPrometheusMetrics({ url: options.prometheusUrl, token: options.prometheusToken });
  return withSampleReadings(db, { server, readings });
}
