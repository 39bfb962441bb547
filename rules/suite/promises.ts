import { sloMetrics, thresholdMetrics } from '../contract.ts';
import { suitePolicy } from './policy.ts';
import type { SuiteGroup } from './suite-alert.ts';

const { sloFiguresMinutes, thresholdMinutes } = suitePolicy;
const budgets = '{job="slo-budgets", subject="lin"}';
const succeeded = `citygauge_collector_last_success_timestamp_seconds${budgets}`;
const objective = `${sloMetrics.objective}{job="slo-budgets", subject="lin", slo="portal-availability", service="portal"}`;
const due = `${thresholdMetrics.due}{job="citygauge-threshold", subject="lin", threshold="hotline"}`;

export const promiseAlerts: SuiteGroup = {
  name: 'citygauge-promises',
  alerts: [
    {
      name: 'CityGaugeSloFiguresStale',
      severity: 'ticket',
      // Jobs that told of SLOs within a day: a run that fails takes their series from our page.
      expression: () =>
        `time() - citygauge_collector_last_success_timestamp_seconds > ${sloFiguresMinutes * 60} and on (job, subject) ` +
        `count by (job, subject) (last_over_time(${sloMetrics.objective}[1d]))`,
      forMinutes: 0,
      summary: {
        zh: `{subject} 的服务目标已超过 ${sloFiguresMinutes} 分钟没有统计，错误预算不是最新`,
        en: `The SLOs of {subject} have not been counted for ${sloFiguresMinutes} minutes: their budgets are old`,
      },
      scenes: [
        {
          name: 'counted every five minutes',
          series: { [succeeded]: '0x4 300x4 600x4 900x60', [objective]: '0.999x80' },
          silentAt: [20, 75],
          fires: null,
        },
        {
          name: 'another job, which tells of no SLO',
          series: {
            'citygauge_collector_last_success_timestamp_seconds{job="daily", subject="lin"}': '0x120',
          },
          silentAt: [61, 120],
          fires: null,
        },
        {
          name: 'no count after minute 0',
          series: { [succeeded]: '0x120', [objective]: '0.999x5 _x114' },
          silentAt: [10, 60],
          fires: { at: 61, labels: { job: 'slo-budgets', subject: 'lin' } },
        },
      ],
    },
    {
      name: 'CityGaugeThresholdsNotJudged',
      severity: 'ticket',
      expression: () => `time() - ${thresholdMetrics.due} > ${thresholdMinutes * 60}`,
      forMinutes: 0,
      summary: {
        zh: `阈值 {threshold} 已超过 ${thresholdMinutes} 分钟没有按时判定，指示灯不是最新`,
        en: `Threshold {threshold} was due to be judged more than ${thresholdMinutes} minutes ago: its lamps are old`,
      },
      scenes: [
        { name: 'judged every minute', series: { [due]: '60+60x40' }, silentAt: [10, 40], fires: null },
        {
          name: 'not judged since minute 5',
          series: { [due]: '60+60x5 360x40' },
          silentAt: [5, 16],
          fires: { at: 17, labels: { job: 'citygauge-threshold', subject: 'lin', threshold: 'hotline' } },
        },
      ],
    },
  ],
};
