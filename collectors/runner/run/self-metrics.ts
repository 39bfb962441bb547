import {
  type CollectorOutcome,
  type DropReason,
  type MetricSpec,
  type Reading,
  type Text,
  thresholdMetrics,
} from '../../contract.ts';

const modelLabel: Text = { zh: '评估模型', en: 'the model that was scored' };

const gauge = (name: string, unit: string, help: Text, labels: MetricSpec['labels'] = {}): MetricSpec => ({
  name,
  type: 'gauge',
  unit,
  help,
  labels,
});

/** What the runner says about every run, also about those that failed. */
export const runMetrics: readonly MetricSpec[] = [
  gauge('citygauge_collector_up', '', {
    zh: '最近一次采集是否成功（1 成功或部分成功，0 失败）',
    en: 'Whether the last run brought something (1) or failed (0)',
  }),
  gauge('citygauge_collector_duration_seconds', 'seconds', {
    zh: '最近一次采集的耗时（含重试）',
    en: 'How long the last run took, further attempts included',
  }),
  gauge('citygauge_collector_last_success_timestamp_seconds', 'seconds', {
    zh: '最近一次成功采集的开始时间',
    en: 'When the last run that did not fail began, since 1970',
  }),
  gauge('citygauge_collector_next_run_timestamp_seconds', 'seconds', {
    zh: '下一次采集的应开始时刻（Unix 时间）；运行中为本次；仅在指标页上',
    en: 'When the next run is due, of a run that is going on when it was, as Unix time; on the metrics page only',
  }),
  gauge('citygauge_collector_samples', '', {
    zh: '最近一次采集得到的样本数',
    en: 'Samples that the last run brought',
  }),
  {
    name: 'citygauge_collector_dropped_samples_total',
    type: 'counter',
    unit: '',
    help: { zh: '未被采纳的样本累计数，按原因', en: 'Samples that were offered and not taken, by reason' },
    labels: { reason: { zh: '未采纳的原因', en: 'why they were not taken' } },
  },
  {
    name: 'citygauge_collector_missed_runs_total',
    type: 'counter',
    unit: '',
    help: {
      zh: '因上一次采集尚未结束而错过的采集累计次数',
      en: 'Runs that fell due while the run before them was still going on',
    },
    labels: {},
  },
];

/** What is written about an evaluation once it is saved. */
export const evaluationMetrics: readonly MetricSpec[] = [
  gauge(
    'citygauge_evaluation_score',
    '',
    { zh: '评估得分（0–100）', en: 'Score of an evaluated module, 0 to 100' },
    {
      model: modelLabel,
      module: { zh: '模块；overall 为总体', en: 'the module; overall is the model as a whole' },
    },
  ),
  gauge(
    'citygauge_evaluation_coverage_ratio',
    'ratio',
    { zh: '评估的证据覆盖率', en: 'Share of the model’s weight that has evidence' },
    { model: modelLabel },
  ),
  gauge(
    'citygauge_indicators_measured_ratio',
    'ratio',
    {
      zh: '数值由系统自动度量（含核对一致）的指标占比',
      en: 'Share of the model’s indicators whose value is measured or reconciled',
    },
    { model: modelLabel },
  ),
  gauge(
    'citygauge_evaluation_is_on_time',
    '',
    {
      zh: '评估是否按时出具（周期结束后 15 日内为 1）',
      en: 'Whether the evaluation was saved within 15 days after its period ended (1) or later (0)',
    },
    { model: modelLabel },
  ),
  gauge(
    thresholdMetrics.indicatorValue,
    '',
    {
      zh: '最近一次评估中一项指标的数值（单位见评估模型）',
      en: 'Figure of an indicator in the newest evaluation, in the unit that the model gives it',
    },
    { model: modelLabel, indicator: { zh: '指标编号', en: 'id of the indicator' } },
  ),
];

/** What is written about thresholds whenever they are judged. */
export const thresholdLevelMetrics: readonly MetricSpec[] = [
  gauge(
    thresholdMetrics.level,
    '',
    {
      zh: '分级预警的等级：0 正常，1 为最轻一级，逐级加一，-1 无数据；不在监测时段时没有读数。另带被监测序列自身的标签',
      en: 'Grade of a threshold: 0 calm, 1 the mildest and so on, -1 no data; absent outside its schedule. Carries the labels of the watched series too',
    },
    {
      threshold: { zh: '阈值编号', en: 'id of the threshold' },
      source_job: { zh: '被监测序列的采集任务', en: 'job of the watched series' },
    },
  ),
  gauge(
    thresholdMetrics.due,
    'seconds',
    {
      zh: '阈值下一次判定的应有时刻（Unix 时间）',
      en: 'When the threshold is to be judged next, as Unix time',
    },
    { threshold: { zh: '阈值编号', en: 'id of the threshold' } },
  ),
];

/** What the runner remembers of a job from one run to the next. */
export interface JobMemory {
  /** ISO instant; null = never succeeded. */
  readonly lastSuccessAt: string | null;
  /** Since the program began. */
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
  readonly missedRuns: number;
}

/** The readings about one run, at its end. */
export function runReadings(
  outcome: CollectorOutcome,
  memory: JobMemory,
  labels: Readonly<Record<string, string>>,
): Reading[] {
  const end = Date.parse(outcome.startedAt) + Math.round(outcome.durationSeconds * 1000);
  const at = new Date(end).toISOString();
  const stamp = { ...labels, job: outcome.job, subject: outcome.subject };
  const of = (name: string, value: number, more: Readonly<Record<string, string>> = {}): Reading => ({
    metric: `citygauge_collector_${name}`,
    labels: { ...stamp, ...more },
    at,
    value,
  });
  const { lastSuccessAt } = memory;
  return [
    of('up', outcome.state === 'failed' ? 0 : 1),
    of('duration_seconds', outcome.durationSeconds),
    ...(lastSuccessAt === null
      ? []
      : [of('last_success_timestamp_seconds', Date.parse(lastSuccessAt) / 1000)]),
    of('samples', outcome.samples),
    ...Object.entries(memory.dropped).map(([reason, count]) =>
      of('dropped_samples_total', count, { reason }),
    ),
    of('missed_runs_total', memory.missedRuns),
  ];
}
