import type { PanelDraft, RowDraft } from '../../draft.ts';
import { third } from '../../parts/sizes.ts';

const page = '/telemetry';
function remoteWrite(
  what: 'sent' | 'retried' | 'failed' | 'dropped',
  legend: PanelDraft['title'],
): PanelDraft['queries'][number] {
  return { expr: `sum(rate(citygauge_remote_write_${what}_samples_total[$__rate_interval]))`, legend };
}

export const remoteWriteRow: RowDraft = {
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
};
