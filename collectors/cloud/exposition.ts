import { authHeaders, readTls } from '../connection.ts';
import {
  type Collector,
  CollectorFault,
  type CollectorRun,
  type CollectorYield,
  type MetricSpec,
  type Reading,
  type TargetState,
  type Text,
} from '../contract.ts';
import { relabeller } from '../exposition/relabel/relabel.ts';
import { inBounds } from './scrape/bounded-work.ts';
import { SampleTimes } from './scrape/sample-times.ts';
import { type ScrapeSettings, scrapeSettings, targetsOf } from './scrape/scrape-settings.ts';
import { type Scrape, type ScrapeOptions, scrapeTarget } from './scrape/scrape-target.ts';

const labels = {
  instance: { zh: '目标的主机与端口', en: 'Host and port of the target' },
};

const metrics: readonly MetricSpec[] = [
  {
    name: 'up',
    type: 'gauge',
    unit: '',
    help: {
      zh: '目标最近一次采集是否成功（1 成功，0 失败）',
      en: 'Whether the target’s last scrape went well (1) or not (0)',
    },
    labels,
  },
  {
    name: 'scrape_duration_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: { zh: '采集一次目标所用时间', en: 'How long the scrape took' },
    labels,
  },
  {
    name: 'scrape_samples_scraped',
    type: 'gauge',
    unit: '',
    help: { zh: '目标页面上的采样数', en: 'Samples on the target’s page' },
    labels,
  },
  {
    name: 'scrape_samples_post_metric_relabeling',
    type: 'gauge',
    unit: '',
    help: { zh: '经重新标记规则后余下的采样数', en: 'Samples left after metric relabelling' },
    labels,
  },
];

/** The four readings that Prometheus writes about a scrape itself; relabelling does not touch them. */
function readingsAbout({ target, durationSeconds, page, fault, isAsked }: Scrape, at: string): Reading[] {
  if (!isAsked) return [];
  const values: readonly (readonly [string, number])[] = [
    ['up', fault ? 0 : 1],
    ['scrape_duration_seconds', durationSeconds],
    ['scrape_samples_scraped', page.scraped],
    ['scrape_samples_post_metric_relabeling', page.kept],
  ];
  return values.map(([metric, value]) => ({ metric, labels: target.labels, at, value }));
}

function stateOf({
  target,
  durationSeconds,
  page,
  fault,
  phases,
  bytes,
  certificateDays,
}: Scrape): TargetState {
  const detail: Text = fault?.reason ?? {
    zh: `${page.kept} 个采样，${bytes} 字节`,
    en: `${page.kept} samples, ${bytes} bytes`,
  };
  return {
    ...{ target: target.url, isUp: fault === null, durationSeconds, detail, phases },
    ...(certificateDays === null ? {} : { certificateDays }),
  };
}

function sumOfDropped(scrapes: readonly Scrape[]): NonNullable<CollectorYield['dropped']> {
  const sum: Record<string, number> = {};
  for (const { page } of scrapes.filter(({ fault }) => fault === null)) {
    for (const [reason, count] of Object.entries(page.dropped)) sum[reason] = (sum[reason] ?? 0) + count;
  }
  return sum;
}

function yieldOf(scrapes: readonly Scrape[], at: string): CollectorYield {
  return {
    // A page that is refused is refused as a whole: what was read of it until then is not kept.
    readings: scrapes.flatMap((scrape) =>
      scrape.fault ? readingsAbout(scrape, at) : [...scrape.page.readings, ...readingsAbout(scrape, at)],
    ),
    gaps: scrapes.flatMap(({ target, fault }) =>
      fault
        ? [
            {
              metric: null,
              labels: target.labels,
              state: 'failed' as const,
              reason: fault.reason,
              remedy: fault.remedy,
            },
          ]
        : [],
    ),
    targets: scrapes.map(stateOf),
    dropped: sumOfDropped(scrapes),
    types: Object.assign({}, ...scrapes.map(({ types }) => types)),
  };
}

/** The fault of a run that got no page at all; null where one target at least gave its own. */
function faultOfAll(scrapes: readonly Scrape[], brought: CollectorYield): CollectorFault | null {
  const [first] = scrapes;
  if (!first?.fault || scrapes.some(({ fault }) => fault === null)) return null;
  const { reason, remedy } = first.fault;
  if (scrapes.length === 1) return new CollectorFault(reason, { remedy, brought });
  const { url } = first.target;
  const all = {
    zh: `${scrapes.length} 个目标均未采到，其中 ${url}：${reason.zh}`,
    en: `none of the ${scrapes.length} targets gave a page; ${url}: ${reason.en}`,
  };
  return new CollectorFault(all, { remedy, brought });
}

/** Of a run's time; the rest is for handing over what was read. */
const usableRatio = 0.9;

async function collect(run: CollectorRun<ScrapeSettings, SampleTimes>): Promise<CollectorYield> {
  const { settings, ports, startedAt, signal } = run;
  const seconds = run.timeoutSeconds ?? Number.POSITIVE_INFINITY;
  const options: ScrapeOptions = {
    deadline: ports.clock.monotonic() + seconds * usableRatio * 1000,
    settings,
    ports,
    headers: await authHeaders(settings.auth, ports),
    tls: await readTls(settings.tls, ports),
    page: {
      frame: { job: run.job, subject: run.subject },
      honorLabels: settings.honorLabels,
      honorTimestamps: settings.honorTimestamps,
      relabel: settings.metricRelabel.length > 0 ? relabeller(settings.metricRelabel) : null,
      maxSamples: settings.maxSamples,
      at: startedAt,
      times: run.state,
    },
    signal,
  };
  const scrapes = await inBounds(targetsOf(settings), settings.concurrency, (target) =>
    scrapeTarget(target, options),
  );
  const brought = yieldOf(scrapes, startedAt);
  const fault = faultOfAll(scrapes, brought);
  if (fault) throw fault;
  return brought;
}

/** Any page in Prometheus' text format or OpenMetrics: node_exporter, kube-state-metrics, a vendor's exporter. */
export const exposition: Collector<ScrapeSettings, SampleTimes> = {
  id: 'exposition',
  title: { zh: '指标页面采集', en: 'Exposition endpoints' },
  domain: 'cloud',
  description: {
    zh: '按 Prometheus 的方式采集任何输出 Prometheus 文本或 OpenMetrics 的地址，如 node_exporter、kube-state-metrics、openstack-exporter 和云厂商的导出器。',
    en: 'Scrapes any address that gives Prometheus text or OpenMetrics, the way Prometheus does: node_exporter, kube-state-metrics, openstack-exporter, cloud vendors’ exporters.',
  },
  settings: scrapeSettings,
  metrics,
  isOpen: true,
  records: [],
  cadence: { everySeconds: 30, timeoutSeconds: 25, retries: 0 },
  start: async () => new SampleTimes(),
  collect,
};
