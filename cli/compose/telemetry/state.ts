import { durationText, type Schedule, type ScheduledJob } from '../../../collectors/runner.ts';
import type { JobState, OutputState, Telemetry } from '../../../dashboards/contract.ts';
import type { EvidenceStore, LatestRun, ReadingStatistics } from '../../../store/contract.ts';
import type { OpenedRuntime } from './open-runtime.ts';

function scheduleText(schedule: Schedule): string {
  return 'cron' in schedule ? schedule.cron : `every ${durationText(schedule.everySeconds)}`;
}

function jobState({ runner }: ScheduledJob, latest: LatestRun | undefined, nextAt: string | null): JobState {
  const { id, collector, subject, schedule } = runner.job;
  const { title, domain, metrics, isOpen } = collector;
  return {
    id,
    collector: collector.id,
    ...{ title, domain, metrics, isOpen, subject },
    schedule: scheduleText(schedule),
    isRunning: runner.isRunning,
    nextAt,
    lastSuccessAt: latest?.lastSuccessAt ?? null,
    last: latest?.outcome ?? null,
  };
}

/** Age from which a queue is no longer just about to be sent. */
const lateSeconds = 60;

const metricsPage: OutputState = {
  name: 'metrics',
  title: { zh: '指标页 /metrics', en: 'Metrics page /metrics' },
  state: 'good',
  detail: { zh: '供 Prometheus 抓取', en: 'for Prometheus to scrape' },
  remedy: null,
};

function storeState({ series, rawSamples, buckets }: ReadingStatistics, fault: string | null): OutputState {
  const title = { zh: '证据库', en: 'Evidence store' };
  if (fault !== null) {
    return {
      ...{ name: 'store', title, state: 'broken' },
      detail: { zh: `最近一次采集未能入库：${fault}`, en: `the last run could not be kept: ${fault}` },
      remedy: {
        zh: '请检查磁盘空间和数据库连接',
        en: 'check the disk’s free space and the database connection',
      },
    };
  }
  return {
    ...{ name: 'store', title, state: 'good', remedy: null },
    detail: {
      zh: `${series} 条序列，${rawSamples} 个原始采样，${buckets} 个聚合桶`,
      en: `${series} series, ${rawSamples} samples as they came, ${buckets} buckets`,
    },
  };
}

function remoteWriteState(
  state: ReturnType<OpenedRuntime['outputs']['remoteWrites'][number]['state']>,
): OutputState {
  const { name, url, sentSamples, queueSamples, droppedSamples, failedSamples, lastFault } = state;
  const isBroken = lastFault !== null || state.oldestAgeSeconds > lateSeconds;
  const lost = droppedSamples + failedSamples;
  return {
    name: `remote-write ${name}`,
    title: { zh: `远程写入 ${name}`, en: `Remote write ${name}` },
    state: isBroken ? 'broken' : 'good',
    detail: {
      zh: `${url}：已发送 ${sentSamples}，待发送 ${queueSamples}，丢失 ${lost}${lastFault === null ? '' : `；${lastFault.zh}`}`,
      en: `${url}: ${sentSamples} sent, ${queueSamples} waiting, ${lost} lost${lastFault === null ? '' : `; ${lastFault.en}`}`,
    },
    remedy: isBroken
      ? {
          zh: '请确认接收端正在运行、地址与认证正确；恢复后将自动补发',
          en: 'see that the receiver runs and that address and authentication are right; what waits is sent then',
        }
      : null,
  };
}

async function metricSource(store: EvidenceStore): Promise<Telemetry['metricSource']> {
  try {
    return await store.metrics.describe();
  } catch (error) {
    return { fault: (error as Error).message };
  }
}

/** Everything that the telemetry pages show, as of now. */
export async function telemetryState(store: EvidenceStore, opened: OpenedRuntime): Promise<Telemetry> {
  const { runtime } = opened;
  const { settings, settingsFile, redactor } = runtime.options;
  const runs = new Map((await store.runs.latest()).map((run) => [run.outcome.job, run]));
  const readings = await store.readings.describe();
  const written = opened.outputs.remoteWrites.map((target) => remoteWriteState(target.state()));
  const { sinkFaults } = runtime;
  const storeFault = sinkFaults.get('store') ?? sinkFaults.get('records') ?? null;
  const redactOutput = (output: OutputState): OutputState => ({
    ...output,
    detail: redactor.text(output.detail),
  });
  return {
    settingsFile,
    metricSource: await metricSource(store),
    outputs: [storeState(readings, storeFault), metricsPage, ...written].map(redactOutput),
    readings,
    retention: settings.retention,
    jobs: runtime.jobs.map((job) =>
      jobState(job, runs.get(job.runner.job.id), runtime.nextAt(job.runner.job.id)),
    ),
  };
}
