import type { RowDraft } from '../../draft.ts';
import { noneWanted, upWords } from '../../parts/colours.ts';
import { ofSubject } from '../../parts/selector.ts';
import { number, third, whole } from '../../parts/sizes.ts';

const ofJob = (metric: string, ...matchers: readonly string[]) =>
  ofSubject(metric, 'job=~"$job"', ...matchers);
const page = '/telemetry';
const jobPages = { under: page, label: 'job' };

export const jobsRow: RowDraft = {
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
      queries: [{ expr: 'sum(up == bool 0)', legend: 'down' }],
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
      queries: [{ expr: `min by (subject, job) (${ofJob('citygauge_collector_up')})`, legend: '{{job}}' }],
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
        zh: '最近一小时内因上一次未结束而错过的运行次数，以及输出端未接收的运行次数。',
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
};
