import type { MetricSpec, Text } from '../contract.ts';

const target: Text = { zh: '远程写入目标的名称', en: 'name of the remote write target' };

const countOf = (what: string, help: Text): MetricSpec => ({
  name: `citygauge_remote_write_${what}_samples_total`,
  type: 'counter',
  unit: '',
  help,
  labels: { target },
});

/** What the outputs say about themselves on /metrics; part of the catalogue. */
export const outputMetrics: readonly MetricSpec[] = [
  {
    name: 'citygauge_output_refused_runs_total',
    type: 'counter',
    unit: '',
    help: {
      zh: '采集完成但输出端未能保存或接收的运行累计次数，按输出端和任务',
      en: 'Runs that an output (the evidence store, the remote write queue) could not take, by output and job',
    },
    labels: { output: { zh: '输出端的名称', en: 'name of the output' } },
  },
  countOf('sent', {
    zh: '远程写入已被目标接收的样本累计数',
    en: 'Samples that the remote write target accepted',
  }),
  countOf('failed', {
    zh: '远程写入被目标拒收（401、403、429 以外的 4xx）而舍弃的样本累计数',
    en: 'Samples that the target refused for good (4xx but 401, 403 and 429); they are lost',
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
