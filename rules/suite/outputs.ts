import { suitePolicy } from './policy.ts';
import type { SuiteGroup } from './suite-alert.ts';

const { remoteWriteLate, remoteWriteGrows, lostWindowMinutes } = suitePolicy;
const target = '{target="city"}';
const labels = { target: 'city' };
const lost = ['dropped', 'failed'].map(
  (what) => `increase(citygauge_remote_write_${what}_samples_total[${lostWindowMinutes}m])`,
);
const grown = `delta(citygauge_remote_write_queue_samples[${remoteWriteGrows.minutes}m]) > 0`;

export const outputAlerts: SuiteGroup = {
  name: 'citygauge-remote-write',
  alerts: [
    {
      name: 'CityGaugeRemoteWriteLate',
      severity: 'ticket',
      expression: () => `citygauge_remote_write_oldest_age_seconds > ${remoteWriteLate.ageSeconds}`,
      forMinutes: remoteWriteLate.minutes,
      summary: {
        zh: '远程写入目标 {target} 不收数据，样本在排队',
        en: 'Remote write target {target} takes nothing; samples wait',
      },
      scenes: [
        {
          name: 'samples wait for half a minute',
          series: { [`citygauge_remote_write_oldest_age_seconds${target}`]: '30x20' },
          silentAt: [20],
          fires: null,
        },
        {
          name: 'nothing is taken from minute 0',
          series: { [`citygauge_remote_write_oldest_age_seconds${target}`]: '0+60x20' },
          silentAt: [10, 15],
          fires: { at: 16, labels },
        },
      ],
    },
    {
      name: 'CityGaugeRemoteWriteQueueGrows',
      severity: 'ticket',
      expression: () => `citygauge_remote_write_queue_samples > ${remoteWriteGrows.samples} and ${grown}`,
      forMinutes: remoteWriteGrows.minutes,
      summary: {
        zh: '远程写入目标 {target} 的队列持续增长，发送跟不上采集',
        en: 'The queue for remote write target {target} goes on growing: sending does not keep up',
      },
      scenes: [
        {
          name: 'a queue that a restart of the target left behind, and that empties',
          series: { [`citygauge_remote_write_queue_samples${target}`]: '0+500x10 4800-200x23 0x30' },
          silentAt: [10, 40, 60],
          fires: null,
        },
        {
          name: 'a hundred samples more every minute',
          series: { [`citygauge_remote_write_queue_samples${target}`]: '0+100x60' },
          silentAt: [11, 40],
          fires: { at: 41, labels },
        },
      ],
    },
    {
      name: 'CityGaugeRemoteWriteLosesSamples',
      severity: 'ticket',
      expression: () => `${lost.join(' + ')} > 0`,
      forMinutes: 0,
      summary: {
        zh: '发往远程写入目标 {target} 的样本正在丢失',
        en: 'Samples for remote write target {target} are being lost',
      },
      scenes: [
        {
          name: 'losses of long ago',
          series: {
            [`citygauge_remote_write_dropped_samples_total${target}`]: '12x30',
            [`citygauge_remote_write_failed_samples_total${target}`]: '7x30',
          },
          silentAt: [30],
          fires: null,
        },
        {
          name: 'samples refused at minute 6',
          series: {
            [`citygauge_remote_write_dropped_samples_total${target}`]: '12x30',
            [`citygauge_remote_write_failed_samples_total${target}`]: '7x5 19x30',
          },
          silentAt: [5, 21],
          fires: { at: 6, labels },
        },
      ],
    },
  ],
};
