/** Where readings go: what the composer uses of `output/`. */
export type { Sample } from './output/families.ts';
export {
  createMetricsRegistry,
  type MetricsPage,
  type MetricsRegistry,
} from './output/metrics-registry.ts';
export { outputMetrics } from './output/output-metrics.ts';
export { type Destination, tryTarget } from './output/remote-write/delivery.ts';
export { inspectQueue } from './output/remote-write/queue-look-file.ts';
export {
  createRemoteWrite,
  type RemoteWrite,
  type RemoteWriteState,
} from './output/remote-write/remote-write.ts';
