import type { MetricSpec, Text } from '../contract.ts';

const jobLabel: Readonly<Record<string, Text>> = {};
const target: Text = { zh: '远程写入目标的名称', en: 'name of the remote write target' };

/** What the outputs say about runs and about themselves on /metrics; part of the catalogue. */
export const runMetrics = [
  {
    name: 'citygauge_collector_up',
    type: 'gauge',
    unit: '',
    help: {
      zh: '最近一次采集是否成功（1 成功，0 失败）',
      en: 'Whether the last run of the job brought something',
    },
    labels: jobLabel,
  },
  {
    name: 'citygauge_collector_duration_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: { zh: '最近一次采集的耗时', en: 'Duration of the last run, retries included' },
    labels: jobLabel,
  },
  {
    name: 'citygauge_collector_last_success_timestamp_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: { zh: '最近一次成功采集的时间', en: 'When the last run that did not fail began, since 1970' },
    labels: jobLabel,
  },
  {
    name: 'citygauge_collector_samples',
    type: 'gauge',
    unit: '',
    help: { zh: '最近一次采集得到的样本数', en: 'Samples that the last run brought' },
    labels: jobLabel,
  },
  {
    name: 'citygauge_collector_dropped_samples_total',
    type: 'counter',
    unit: '',
    help: { zh: '采集时舍弃的样本累计数，按原因', en: 'Samples that were offered and refused, by reason' },
    labels: { reason: { zh: '舍弃原因', en: 'why they were refused' } },
  },
] as const satisfies readonly MetricSpec[];

const countOf = (what: string, help: Text): MetricSpec => ({
  name: `citygauge_remote_write_${what}_samples_total`,
  type: 'counter',
  unit: '',
  help,
  labels: { target },
});

export const remoteWriteMetrics: readonly MetricSpec[] = [
  countOf('sent', {
    zh: '远程写入已被目标接收的样本累计数',
    en: 'Samples that the remote write target accepted',
  }),
  countOf('failed', {
    zh: '远程写入被目标拒收（4xx）而舍弃的样本累计数',
    en: 'Samples that the target refused for good (4xx); they are lost',
  }),
  countOf('dropped', {
    zh: '因队列已满、磁盘写满或队列文件损坏而舍弃的样本累计数',
    en: 'Samples lost before they were sent: the queue was at its bound, the disk was full or a file was damaged',
  }),
  countOf('retried', { zh: '远程写入重试的样本累计数', en: 'Samples of sendings that were tried again' }),
  {
    name: 'citygauge_remote_write_queue_bytes',
    type: 'gauge',
    unit: 'bytes',
    help: { zh: '远程写入队列占用的磁盘空间', en: 'Size of the queue on disk' },
    labels: { target },
  },
  {
    name: 'citygauge_remote_write_queue_samples',
    type: 'gauge',
    unit: '',
    help: { zh: '远程写入队列中待发送的样本数', en: 'Samples waiting in the queue' },
    labels: { target },
  },
  {
    name: 'citygauge_remote_write_oldest_age_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: {
      zh: '远程写入队列中最早一批样本的等待时间',
      en: 'How long the oldest samples have waited; 0 when none wait',
    },
    labels: { target },
  },
];

export const outputMetrics: readonly MetricSpec[] = [...runMetrics, ...remoteWriteMetrics];
