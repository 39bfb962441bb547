import { PromqlFault } from './fault.ts';
import type { PrometheusClient } from './prometheus-client.ts';

/** What differs between PromQL servers for the same figure. */
export interface Dialect {
  /**
   * Whether `x[5m]` leaves out a sample exactly five minutes old: VictoriaMetrics, Prometheus 3 and what is built on it
   * do, Prometheus 2 counts it.
   */
  readonly isLeftOpen: boolean;
  /** Functions of MetricsQL (VictoriaMetrics). */
  readonly isMetricsQl: boolean;
  /** Of one query, with its batched parts. */
  readonly maxQueryBytes: number;
}

/** A multiple of a minute: a subquery of one minute then has a point on either border. */
const onTheMinute = 1_700_000_040_000;
/** VictoriaMetrics takes 16 KiB by default; Prometheus takes any form up to 10 MB. */
const queryBytes = { metricsQl: 14_000, promQl: 60_000 };

/** Asked of the server itself with queries that need no data: versions are not stated by all and say little. */
export async function detectDialect(client: PrometheusClient): Promise<Dialect> {
  const points = await client.query('count_over_time(vector(1)[1m:1m])', onTheMinute);
  const isLeftOpen = points.resultType === 'vector' && Number(points.result[0]?.value[1]) === 1;
  const isMetricsQl = await accepts(client, 'increase_prometheus(vector(1)[2m:1m])');
  return { isLeftOpen, isMetricsQl, maxQueryBytes: isMetricsQl ? queryBytes.metricsQl : queryBytes.promQl };
}

async function accepts(client: PrometheusClient, query: string): Promise<boolean> {
  try {
    await client.query(query, onTheMinute);
    return true;
  } catch (cause) {
    if (cause instanceof PromqlFault && cause.kind === 'query') return false;
    throw cause;
  }
}
