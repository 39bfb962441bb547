import type { MetricSource } from '../contract.ts';
import type { Connection } from '../driver/connection.ts';
import { openEmbeddedMetrics } from './sql/embedded-source.ts';

export interface MetricOptions {
  readonly prometheusUrl?: string | undefined;
  readonly prometheusToken?: string | undefined;
}

export function openMetrics({ db, location }: Connection, _options: MetricOptions): MetricSource {
  return openEmbeddedMetrics(db, location);
}
