import type { RowDraft } from '../../draft.ts';
import { half } from '../../parts/sizes.ts';

const page = '/telemetry';
export const programRow: RowDraft = {
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
};
