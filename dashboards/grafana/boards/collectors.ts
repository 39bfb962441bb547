import type { DashboardDraft, PanelDraft } from '../draft.ts';
import { noneWanted, upWords } from './colours.ts';
import { ofSubject } from './selector.ts';
import { half, number, third, whole } from './sizes.ts';

const ofJob = (metric: string, ...matchers: readonly string[]) =>
  ofSubject(metric, 'job=~"$job"', ...matchers);
const page = '/telemetry';
const jobPages = { under: page, label: 'job' };

function remoteWrite(
  what: 'sent' | 'retried' | 'failed' | 'dropped',
  legend: PanelDraft['title'],
): PanelDraft['queries'][number] {
  return { expr: `sum(rate(citygauge_remote_write_${what}_samples_total[$__rate_interval]))`, legend };
}

/** Whether what is shown elsewhere can be believed: jobs that fail, run late or lose samples, and the program itself. */
export const collectors: DashboardDraft = {
  uid: 'citygauge-collectors',
  title: { zh: '采集运行', en: 'Collectors' },
  description: {
    zh: '采集任务是否成功、是否按时、有无丢弃样本，以及远程写入队列和程序自身的资源占用。',
    en: 'Whether jobs succeed, run in time and lose nothing; the remote-write queue; what the program itself uses.',
  },
  tags: ['telemetry'],
  subjectsOf: 'citygauge_collector_up',
  variables: [
    {
      name: 'job',
      title: { zh: '采集任务', en: 'Job' },
      selector: ofSubject('citygauge_collector_up'),
      label: 'job',
    },
  ],
  from: 'now-6h',
  refresh: '30s',
  page,
  rows: [
    {
      title: { zh: '任务', en: 'Jobs' },
      panels: [
        {
          kind: 'stat',
          title: { zh: '失败的任务', en: 'Jobs that fail' },
          description: {
            zh: '最近一次运行失败的采集任务数。',
            en: 'Jobs whose last run failed.',
          },
          unit: 'none',
          decimals: 0,
          queries: [{ expr: `sum(1 - ${ofJob('citygauge_collector_up')})`, legend: 'failed' }],
          steps: noneWanted,
          ...{ ...number, page },
        },
        {
          kind: 'stat',
          title: { zh: '不可抓取的目标', en: 'Targets down' },
          description: {
            zh: 'Prometheus 最近一次抓取失败的目标数，含城衡自身和各类导出器。',
            en: 'Targets whose last scrape failed: CityGauge itself and exporters.',
          },
          unit: 'none',
          decimals: 0,
          queries: [{ expr: 'count(up == 0) or vector(0)', legend: 'down' }],
          steps: noneWanted,
          ...{ ...number, page: '/targets' },
        },
        {
          kind: 'stat',
          title: { zh: '距最近一次成功的最长时间', en: 'Longest without success' },
          description: {
            zh: '各任务中距最近一次成功采集时间最长者。',
            en: 'The longest time since a last success among the jobs.',
          },
          unit: 's',
          queries: [
            {
              expr: `max(time() - ${ofJob('citygauge_collector_last_success_timestamp_seconds')})`,
              legend: 'age',
            },
          ],
          ...{ ...number, page },
        },
        {
          kind: 'stat',
          title: { zh: '最近一次采集的样本数', en: 'Samples of the last runs' },
          description: {
            zh: '各任务最近一次采集得到的样本数之和。',
            en: 'Samples that the jobs’ last runs brought, in all.',
          },
          unit: 'short',
          queries: [{ expr: `sum(${ofJob('citygauge_collector_samples')})`, legend: 'samples' }],
          ...{ ...number, page },
        },
        {
          kind: 'timeline',
          title: { zh: '任务状态', en: 'State of the jobs' },
          description: {
            zh: '每个采集任务各次运行的结果。',
            en: 'How each job’s runs ended.',
          },
          unit: 'none',
          queries: [
            { expr: `min by (subject, job) (${ofJob('citygauge_collector_up')})`, legend: '{{job}}' },
          ],
          words: upWords,
          seriesPage: jobPages,
          ...{ ...whole, page },
        },
        {
          kind: 'series',
          title: { zh: '采集耗时', en: 'Duration of runs' },
          description: {
            zh: '最近一次采集的耗时（含重试）。接近任务超时设置时应排查数据源。',
            en: 'How long the last run took, further attempts included. Near the job’s timeout its source wants a look.',
          },
          unit: 's',
          queries: [{ expr: ofJob('citygauge_collector_duration_seconds'), legend: '{{job}}' }],
          seriesPage: jobPages,
          ...{ ...third, page, min: 0 },
        },
        {
          kind: 'series',
          title: { zh: '未采纳的样本（按原因）', en: 'Samples not taken, by reason' },
          description: {
            zh: '每秒未被采纳的样本数，按原因区分。',
            en: 'Samples per second that were offered and not taken.',
          },
          unit: 'short',
          queries: [
            {
              expr: `sum by (reason) (rate(${ofJob('citygauge_collector_dropped_samples_total')}[$__rate_interval]))`,
              legend: '{{reason}}',
            },
          ],
          ...{ ...third, page, min: 0 },
        },
        {
          kind: 'series',
          title: { zh: '错过与被拒的运行', en: 'Runs missed and refused' },
          description: {
            zh: '所选时段内因上一次未结束而错过的运行次数，以及输出端未接收的运行次数。',
            en: 'Runs of the last hour that fell due while the one before went on, and runs that an output did not take.',
          },
          unit: 'short',
          queries: [
            {
              expr: `sum(increase(${ofJob('citygauge_collector_missed_runs_total')}[1h]))`,
              legend: { zh: '错过', en: 'missed' },
            },
            {
              expr: `sum by (output) (increase(${ofJob('citygauge_output_refused_runs_total')}[1h]))`,
              legend: '{{output}}',
            },
          ],
          ...{ ...third, page, min: 0 },
        },
      ],
    },
    {
      title: { zh: '远程写入', en: 'Remote write' },
      panels: [
        {
          kind: 'series',
          title: { zh: '远程写入样本速率', en: 'Samples of remote write' },
          description: {
            zh: '每秒被接收、重试、拒收和舍弃的样本数；拒收和舍弃意味着数据已丢失。',
            en: 'Samples per second that were accepted, tried again, refused and lost; what is refused or dropped is gone.',
          },
          unit: 'short',
          queries: [
            remoteWrite('sent', { zh: '已接收', en: 'sent' }),
            remoteWrite('retried', { zh: '重试', en: 'retried' }),
            remoteWrite('failed', { zh: '被拒收', en: 'failed' }),
            remoteWrite('dropped', { zh: '已舍弃', en: 'dropped' }),
          ],
          ...{ ...third, page, min: 0 },
        },
        {
          kind: 'series',
          title: { zh: '队列占用', en: 'Size of the queue' },
          description: {
            zh: '远程写入队列占用的磁盘空间。',
            en: 'Size of the queue on disk.',
          },
          unit: 'bytes',
          queries: [{ expr: 'citygauge_remote_write_queue_bytes', legend: '{{target}}' }],
          ...{ ...third, page, min: 0 },
        },
        {
          kind: 'series',
          title: { zh: '队列等待时间', en: 'Wait in the queue' },
          description: {
            zh: '最早一批样本的等待时间；持续上升说明目标不可达。',
            en: 'How long the oldest samples have waited; a steady rise says that the target is away.',
          },
          unit: 's',
          queries: [{ expr: 'citygauge_remote_write_oldest_age_seconds', legend: '{{target}}' }],
          ...{ ...third, page, min: 0 },
        },
      ],
    },
    {
      title: { zh: '程序自身', en: 'The program itself' },
      panels: [
        {
          kind: 'series',
          title: { zh: '内存', en: 'Memory' },
          description: {
            zh: '常驻内存与已用堆内存。',
            en: 'Resident memory, and heap in use.',
          },
          unit: 'bytes',
          queries: [
            { expr: 'citygauge_process_resident_memory_bytes', legend: { zh: '常驻内存', en: 'resident' } },
            { expr: 'citygauge_process_heap_used_bytes', legend: { zh: '已用堆', en: 'heap used' } },
          ],
          ...{ ...half, page, min: 0 },
        },
        {
          kind: 'series',
          title: { zh: '处理器与事件循环', en: 'Processor and event loop' },
          description: {
            zh: '每秒占用的处理器时间，以及事件循环延迟的 99 分位。',
            en: 'Processor time used per second, and the 99th percentile of the event loop’s lag.',
          },
          unit: 's',
          queries: [
            {
              expr: 'rate(citygauge_process_cpu_seconds_total[$__rate_interval])',
              legend: { zh: '处理器', en: 'processor' },
            },
            {
              expr: 'citygauge_process_event_loop_lag_seconds{quantile="0.99"}',
              legend: { zh: '事件循环延迟', en: 'event loop lag' },
            },
          ],
          ...{ ...half, page, min: 0 },
        },
      ],
    },
  ],
};
