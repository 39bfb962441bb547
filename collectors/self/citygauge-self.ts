import { z } from 'zod';
import { type Collector, CollectorFault, type MetricSpec, type Text } from '../contract.ts';

const gauge = (name: string, unit: string, help: Text, labels: MetricSpec['labels'] = {}): MetricSpec => ({
  name: `citygauge_process_${name}`,
  type: 'gauge',
  unit,
  help,
  labels,
});

/** This program's own memory, processor time and event loop. */
export const citygaugeSelf: Collector<Record<string, never>, undefined> = {
  id: 'citygauge-self',
  title: { zh: '城衡自身', en: 'CityGauge itself' },
  domain: 'self',
  description: {
    zh: '读取城衡进程自身的内存、处理器时间和事件循环延迟；没有设置文件时自动运行。',
    en: 'Reads memory, processor time and event-loop lag of the CityGauge process; runs by itself where there is no settings file.',
  },
  settings: z.strictObject({}),
  metrics: [
    gauge('resident_memory_bytes', 'bytes', { zh: '进程常驻内存', en: 'Resident memory of the process' }),
    gauge('heap_used_bytes', 'bytes', { zh: '进程已用堆内存', en: 'Heap in use' }),
    {
      name: 'citygauge_process_cpu_seconds_total',
      type: 'counter',
      unit: 'seconds',
      help: { zh: '进程累计占用的处理器时间', en: 'Processor time used since the process began' },
      labels: {},
    },
    gauge('uptime_seconds', 'seconds', { zh: '进程已运行时间', en: 'Time since the process began' }),
    gauge(
      'event_loop_lag_seconds',
      'seconds',
      { zh: '两次采集之间的事件循环延迟', en: 'Lag of the event loop since the run before' },
      { quantile: { zh: '分位：0.5、0.99；1 为最大值', en: 'quantile: 0.5, 0.99, and 1 for the longest' } },
    ),
  ],
  isOpen: false,
  records: [],
  cadence: { everySeconds: 30, timeoutSeconds: 5, retries: 0 },
  collect: async ({ ports, startedAt }) => {
    if (!ports.self) {
      const reason: Text = { zh: '本进程没有被观测', en: 'this process is not observed' };
      throw new CollectorFault(reason, { isFinal: true });
    }
    const { residentBytes, heapUsedBytes, cpuSeconds, uptimeSeconds, eventLoopLag } = ports.self.read();
    const of = (name: string, value: number, labels: Record<string, string> = {}) => ({
      metric: `citygauge_process_${name}`,
      labels,
      at: startedAt,
      value,
    });
    return {
      readings: [
        of('resident_memory_bytes', residentBytes),
        of('heap_used_bytes', heapUsedBytes),
        of('cpu_seconds_total', cpuSeconds),
        of('uptime_seconds', uptimeSeconds),
        of('event_loop_lag_seconds', eventLoopLag.p50, { quantile: '0.5' }),
        of('event_loop_lag_seconds', eventLoopLag.p99, { quantile: '0.99' }),
        of('event_loop_lag_seconds', eventLoopLag.max, { quantile: '1' }),
      ],
    };
  },
};
