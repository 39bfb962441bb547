import { durationText, type Schedule, type ScheduledJob } from '../../../collectors/runner.ts';
import type { JobState, OutputState, Refusal, Telemetry } from '../../../dashboards/contract.ts';
import type { EvidenceStore, LatestRun, ReadingStatistics } from '../../../store/contract.ts';
import type { OpenedRuntime } from './open-runtime.ts';
import type { RefusedRun } from './refusals.ts';

function scheduleText(schedule: Schedule): string {
  return 'cron' in schedule ? schedule.cron : `every ${durationText(schedule.everySeconds)}`;
}

interface JobMoment {
  readonly latest: LatestRun | undefined;
  readonly nextAt: string | null;
  readonly refusals: readonly Refusal[];
}

function jobState({ runner }: ScheduledJob, { latest, nextAt, refusals }: JobMoment): JobState {
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
    refusals,
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

function storeState({ series, rawSamples, buckets }: ReadingStatistics): OutputState {
  return {
    name: 'store',
    title: { zh: '证据库', en: 'Evidence store' },
    state: 'good',
    remedy: null,
    detail: {
      zh: `${series} 条序列，${rawSamples} 个原始采样，${buckets} 个聚合桶`,
      en: `${series} series, ${rawSamples} samples as they came, ${buckets} buckets`,
    },
  };
}

const diskRemedy = {
  zh: '请检查磁盘空间和数据库连接',
  en: 'check the disk’s free space and the database connection',
};

/** Readings and records of a run are kept in one store. */
const storeSinks: readonly string[] = ['store', 'records', 'scans'];

function outputOf({ output }: RefusedRun): string {
  return storeSinks.includes(output) ? 'store' : output;
}

/** An output that has not taken the newest run of some job is broken, whatever it took since from others. */
function withRefusals(output: OutputState, runs: readonly RefusedRun[]): OutputState {
  const own = runs.filter((run) => outputOf(run) === output.name);
  const last = own.at(-1);
  if (!last) return output;
  const jobs = [...new Set(own.map(({ job }) => job))];
  return {
    ...output,
    state: 'broken',
    detail: {
      zh: `${output.detail.zh}；任务 ${jobs.join('、')} 最近一次采集的结果未能保存：${last.fault}`,
      en: `${output.detail.en}; the last run of ${jobs.join(', ')} could not be kept: ${last.fault}`,
    },
    remedy: output.remedy ?? diskRemedy,
  };
}

function refusalOf(run: RefusedRun, outputs: readonly OutputState[]): Refusal {
  const { title } = outputs.find(({ name }) => name === outputOf(run)) ?? {
    title: { zh: run.output, en: run.output },
  };
  return {
    output: outputOf(run),
    reason: {
      zh: `最近一次采集的结果未能保存到“${title.zh}”：${run.fault}`,
      en: `${title.en} could not keep the last run: ${run.fault}`,
    },
    remedy: diskRemedy,
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
  const ids = new Set(runtime.jobs.map(({ runner }) => runner.job.id));
  const refused = runtime.options.refusals.list().filter(({ job }) => ids.has(job));
  const outputs = [storeState(readings), metricsPage, ...written].map((output) => {
    const whole = withRefusals(output, refused);
    return { ...whole, detail: redactor.text(whole.detail) };
  });
  return {
    settingsFile,
    metricSource: await metricSource(store),
    outputs,
    readings,
    retention: settings.retention,
    jobs: runtime.jobs.map((scheduled) => {
      const { id } = scheduled.runner.job;
      return jobState(scheduled, {
        latest: runs.get(id),
        nextAt: runtime.nextAt(id),
        refusals: refused.filter(({ job }) => job === id).map((run) => refusalOf(run, outputs)),
      });
    }),
  };
}
