import type { JobState, Telemetry } from '../../dashboards/contract.ts';
import type { CollectorDomain, CollectorOutcome, MetricSpec, TargetState } from '../../scoring/contract.ts';

const now = '2026-11-01T00:00:00.000Z';
const before = (minutes: number) => new Date(Date.parse(now) - minutes * 60_000).toISOString();

const probeMetric: MetricSpec = {
  name: 'citygauge_probe_success',
  type: 'gauge',
  unit: '',
  help: { zh: '探测是否成功', en: 'Whether the probe succeeded' },
  labels: { target: { zh: '探测目标', en: 'What was probed' } },
};

const targetsOf: Readonly<Record<string, readonly TargetState[]>> = {
  portal: [
    {
      target: 'https://portal.hexi.example/health',
      isUp: true,
      durationSeconds: 0.184,
      detail: { zh: '状态码 200，12.4 kB', en: 'Status 200, 12.4 kB' },
      phases: { resolve: 0.012, connect: 0.021, tls: 0.058, processing: 0.081, transfer: 0.012 },
      certificateDays: 203,
    },
    {
      target: 'https://apply.hexi.example/<b>login</b>',
      isUp: false,
      durationSeconds: 10,
      detail: { zh: '10 秒内无应答', en: 'No answer within 10 s' },
      phases: { resolve: 0.011, connect: 0.024, tls: 0.061 },
      certificateDays: 12,
    },
  ],
  nodes: Array.from({ length: 5 }, (_, at) => ({
    target: `http://10.20.0.${at + 11}:9100/metrics`,
    isUp: true,
    durationSeconds: 0.031 + at / 200,
    detail: { zh: `采样 ${1240 + at * 7} 个`, en: `${1240 + at * 7} samples` },
  })),
};

interface JobSketch {
  readonly id: string;
  readonly collector: string;
  readonly title: readonly [zh: string, en: string];
  readonly domain: CollectorDomain;
  readonly schedule: string;
  readonly state: CollectorOutcome['state'] | null;
}

const sketches: readonly JobSketch[] = [
  {
    id: 'nodes',
    collector: 'exposition',
    title: ['指标抓取', 'Exposition endpoint'],
    domain: 'cloud',
    schedule: 'every 30 s',
    state: 'succeeded',
  },
  {
    id: 'portal',
    collector: 'probe-http',
    title: ['HTTP 探测', 'HTTP probe'],
    domain: 'application',
    schedule: 'every 1 min',
    state: 'partial',
  },
  {
    id: 'costs',
    collector: 'cost-table',
    title: ['成本台账', 'Cost table'],
    domain: 'cloud',
    schedule: '0 6 * * *',
    state: 'failed',
  },
  {
    id: 'use',
    collector: 'use-sql',
    title: ['应用使用情况（数据库）', 'Use of applications (SQL)'],
    domain: 'application',
    schedule: 'every 1 h',
    state: null,
  },
  {
    id: 'self',
    collector: 'citygauge-self',
    title: ['系统自身监测', 'Self-observation'],
    domain: 'self',
    schedule: 'every 1 min',
    state: 'succeeded',
  },
];

function outcomeOf(sketch: JobSketch, minutesAgo: number): CollectorOutcome {
  const { id, collector } = sketch;
  // Every seventh run of a sound job had failed.
  const state = minutesAgo > 0 && minutesAgo % 7 === 0 ? 'failed' : (sketch.state ?? 'succeeded');
  const isFailed = state === 'failed';
  return {
    job: id,
    collector,
    subject: 'hexi',
    startedAt: before(minutesAgo + 1),
    durationSeconds: isFailed ? 10.02 : 0.412 + (minutesAgo % 5) / 10,
    attempts: isFailed ? 2 : 1,
    state,
    samples: isFailed ? 0 : 6213 + minutesAgo,
    series: isFailed ? 0 : 1840,
    records: 0,
    dropped: id === 'nodes' ? { notFinite: 3, future: 1 } : {},
    gaps:
      state === 'partial'
        ? [
            {
              metric: 'citygauge_probe_success',
              labels: { target: 'https://apply.hexi.example/<b>login</b>' },
              state: 'failed',
              reason: { zh: '10 秒内无应答', en: 'No answer within 10 s' },
              remedy: {
                zh: '检查该地址是否在运行，或调大 timeout',
                en: 'Check that it runs, or raise timeout',
              },
            },
          ]
        : [],
    targets: isFailed ? [] : (targetsOf[id] ?? []),
    error: isFailed ? { zh: '文件 costs.xlsx 不存在', en: 'The file costs.xlsx does not exist' } : null,
    remedy: isFailed
      ? { zh: '在 settings.file 中写明成本台账的路径', en: 'Name the table in settings.file' }
      : null,
  };
}

function jobOf(sketch: JobSketch): JobState {
  const last = sketch.state === null ? null : outcomeOf(sketch, 0);
  return {
    id: sketch.id,
    collector: sketch.collector,
    title: { zh: sketch.title[0], en: sketch.title[1] },
    domain: sketch.domain,
    metrics: sketch.collector === 'probe-http' ? [probeMetric] : [],
    isOpen: sketch.collector === 'exposition',
    subject: 'hexi',
    schedule: sketch.schedule,
    isRunning: sketch.id === 'self',
    nextAt: before(-1),
    lastSuccessAt: last === null || last.state === 'failed' ? null : last.startedAt,
    last,
    refusals: [],
  };
}

/** Jobs in every state, one output broken. */
export function generatedTelemetry(): Telemetry {
  return {
    settingsFile: '/srv/citygauge/telemetry.yaml',
    metricSource: {
      kind: 'prometheus',
      location: 'http://127.0.0.1:9090',
      version: '2.42.0',
      clockSkewSeconds: 0.4,
    },
    outputs: [
      {
        name: 'metrics',
        title: { zh: '/metrics 接口', en: '/metrics endpoint' },
        state: 'good',
        detail: { zh: '1,840 个时间序列', en: '1,840 series' },
        remedy: null,
      },
      {
        name: 'long-term',
        title: { zh: '远程写入：long-term', en: 'Remote write: long-term' },
        state: 'broken',
        detail: { zh: '连接被拒绝；队列积压 3.2 MB', en: 'Connection refused; 3.2 MB queued' },
        remedy: {
          zh: '启动 http://127.0.0.1:8428 上的服务',
          en: 'Start the server at http://127.0.0.1:8428',
        },
      },
    ],
    readings: {
      series: 1840,
      rawSamples: 12_400_731,
      buckets: 91_220,
      oldest: '2026-08-02T00:00:00Z',
      newest: '2026-10-31T23:59:30Z',
    },
    retention: { rawDays: 15, fiveMinuteDays: 90, hourDays: 800 },
    jobs: sketches.map(jobOf),
  };
}

/** Newest first; empty for a job that never ran or is not there. */
export function generatedRuns(job: string): CollectorOutcome[] {
  const sketch = sketches.find((each) => each.id === job);
  if (!sketch || sketch.state === null) return [];
  return Array.from({ length: 40 }, (_, at) => outcomeOf(sketch, at));
}
