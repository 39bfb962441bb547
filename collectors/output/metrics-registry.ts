import { collectDefaultMetrics, Registry } from 'prom-client';
import { type Collected, type MetricSpec, metricTypes, type Sink } from '../contract.ts';
import { negotiateFormat } from './content-type.ts';
import {
  type Descriptions,
  descriptionsOf,
  type Family,
  familiesOf,
  newestOfSeries,
  type Sample,
  seriesKey,
} from './families.ts';
import { outputMetrics } from './output-metrics.ts';

export interface MetricsPage {
  readonly contentType: string;
  readonly body: string;
}

/** What /metrics shows: the last run of every job, the program's own series, and the process itself. */
export interface MetricsRegistry {
  readonly sink: Sink;
  /** Written for the `Accept` header handed in: OpenMetrics 1.0.0 or text 0.0.4. */
  page(accept: string | undefined): Promise<MetricsPage>;
}

export interface MetricsRegistryOptions {
  /** HELP and TYPE of what collectors yield. */
  readonly catalogue: readonly MetricSpec[];
  /** Further series of the program's own, asked at every page; described by the catalogue or `outputMetrics`. */
  readonly own?: () => readonly Sample[];
  /** True leaves out CPU, memory and event loop of this process. */
  readonly isWithoutProcess?: boolean;
}

/** What prom-client asks of a metric when it writes a page. */
interface PageMetric {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  get(): Promise<unknown>;
}

type PageRegistry = Registry<
  typeof Registry.PROMETHEUS_CONTENT_TYPE | typeof Registry.OPENMETRICS_CONTENT_TYPE
>;

function register(registry: PageRegistry, metric: Omit<PageMetric, 'get'>, values: readonly unknown[]): void {
  const whole: PageMetric = { ...metric, get: () => Promise.resolve({ ...metric, values }) };
  // prom-client's types know its own four classes only; its pages ask a metric for name, type and get().
  registry.registerMetric(whole as unknown as Parameters<PageRegistry['registerMetric']>[0]);
}

/**
 * OpenMetrics writes a counter's family without `_total` and its samples with it (prom-client appends it). A counter
 * that does not end so, or whose family another metric holds, is written as unknown rather than renamed.
 */
function openMetricsFamily(family: Family, names: ReadonlySet<string>): Omit<PageMetric, 'get'> {
  const { name, help, type } = family;
  if (type !== 'counter') return { name, help, type };
  const base = name.replace(/_total$/, '');
  return base === name || names.has(base) ? { name, help, type: 'unknown' } : { name: base, help, type };
}

function registerFamily(registry: PageRegistry, family: Family, names: ReadonlySet<string>): void {
  const isOpenMetrics = registry.contentType === Registry.OPENMETRICS_CONTENT_TYPE;
  const { name, help, type } = isOpenMetrics
    ? openMetricsFamily(family, names)
    : { ...family, type: family.type === 'unknown' ? 'untyped' : family.type };
  const values = family.samples.map(({ metric, labels, value }) => ({
    ...(isOpenMetrics && type === 'counter' ? {} : { metricName: metric }),
    labels,
    value,
  }));
  register(registry, { name, help, type }, values);
}

/** The process's own metrics; those that prom-client names like counters though they are gauges are left out. */
async function processMetrics(processRegistry: Registry) {
  const samples: Sample[] = [];
  const descriptions = new Map<string, { type: Family['type']; help: string }>();
  for (const { name, help, type, values } of await processRegistry.getMetricsAsJSON()) {
    const kind = String(type);
    if (kind !== 'counter' && name.endsWith('_total')) continue;
    descriptions.set(name, { type: metricTypes.find((each) => each === kind) ?? 'unknown', help });
    for (const { labels, value, ...rest } of values) {
      const metric = 'metricName' in rest ? String(rest.metricName) : name;
      const texts = Object.entries(labels).map(([label, text]) => [label, String(text)]);
      samples.push({ metric, labels: Object.fromEntries(texts), value });
    }
  }
  return { samples, descriptions };
}

/** Source types of all jobs; where jobs contradict each other the metric's type is unknown. */
function mergedDescriptions(
  known: Iterable<readonly [string, { readonly type: Family['type']; readonly help: string }]>,
  jobs: Iterable<Collected>,
): Descriptions {
  const merged = new Map<string, { type: Family['type']; help: string }>();
  for (const { types } of jobs) {
    for (const [name, { type, help }] of Object.entries(types)) {
      const before = merged.get(name);
      merged.set(name, before && before.type !== type ? { ...before, type: 'unknown' } : { type, help });
    }
  }
  for (const [name, description] of known) merged.set(name, description);
  return merged;
}

function withoutRepeats(samples: readonly Sample[]): Sample[] {
  return [...new Map(samples.map((sample) => [seriesKey(sample.metric, sample.labels), sample])).values()];
}

/** A registry of its own; each job's run replaces what the job's run before it had brought. */
export function createMetricsRegistry(options: MetricsRegistryOptions): MetricsRegistry {
  const catalogue = descriptionsOf([...outputMetrics, ...options.catalogue]);
  const jobs = new Map<string, Collected>();
  const processRegistry = new Registry();
  if (!options.isWithoutProcess) collectDefaultMetrics({ register: processRegistry });
  return {
    sink: {
      name: 'metrics',
      accept: async (collected) => {
        jobs.set(collected.outcome.job, { ...collected, readings: newestOfSeries(collected.readings) });
      },
    },
    page: async (accept) => {
      const registry: PageRegistry = new Registry();
      if (negotiateFormat(accept) === 'openMetrics') {
        registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
      }
      const readings = [...jobs.values()].flatMap((job) => job.readings);
      // Targets have processes too: their metrics bear the names of ours and stand beside them.
      const process = await processMetrics(processRegistry);
      const samples = withoutRepeats([...process.samples, ...(options.own?.() ?? []), ...readings]);
      const descriptions = mergedDescriptions([...process.descriptions, ...catalogue], jobs.values());
      const families = familiesOf(samples, descriptions);
      const names = new Set(families.map((family) => family.name));
      for (const family of families) registerFamily(registry, family, names);
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
  };
}
