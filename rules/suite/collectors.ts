import { suitePolicy } from './policy.ts';
import type { SuiteGroup } from './suite-alert.ts';

const { collectorFailingMinutes, collectorLateMinutes, missedRuns } = suitePolicy;
const nodes = '{job="nodes", subject="lin"}';
const labels = { job: 'nodes', subject: 'lin' };

export const collectorAlerts: SuiteGroup = {
  name: 'citygauge-collectors',
  alerts: [
    {
      name: 'CityGaugeCollectorDown',
      severity: 'ticket',
      expression: () => 'citygauge_collector_up == 0',
      forMinutes: collectorFailingMinutes,
      summary: {
        zh: '{subject} 的采集任务 {job} 持续失败',
        en: 'Job {job} of {subject} goes on failing',
      },
      scenes: [
        {
          name: 'a source that was away for ten minutes',
          series: { [`citygauge_collector_up${nodes}`]: '1x4 0x9 1x20' },
          silentAt: [14, 20, 34],
          fires: null,
        },
        {
          name: 'a source that is gone from minute 5',
          series: { [`citygauge_collector_up${nodes}`]: '1x4 0x30' },
          silentAt: [5, 19],
          fires: { at: 20, labels },
        },
      ],
    },
    {
      name: 'CityGaugeCollectorOverdue',
      severity: 'ticket',
      expression: () =>
        `time() - citygauge_collector_next_run_timestamp_seconds > ${collectorLateMinutes * 60}`,
      forMinutes: 0,
      summary: {
        zh: '{subject} 的采集任务 {job} 到时没有运行',
        en: 'Job {job} of {subject} was due and has not run',
      },
      scenes: [
        {
          name: 'a run every minute',
          series: { [`citygauge_collector_next_run_timestamp_seconds${nodes}`]: '60+60x60' },
          silentAt: [1, 60],
          fires: null,
        },
        {
          name: 'no run after the one due at minute 1',
          series: { [`citygauge_collector_next_run_timestamp_seconds${nodes}`]: '60x60' },
          silentAt: [20, 36],
          fires: { at: 37, labels },
        },
      ],
    },
    {
      name: 'CityGaugeCollectorMissesRuns',
      severity: 'ticket',
      expression: () =>
        `increase(citygauge_collector_missed_runs_total[${missedRuns.windowMinutes}m]) >= ${missedRuns.count}`,
      forMinutes: 0,
      summary: {
        zh: '{subject} 的采集任务 {job} 来不及按周期运行',
        en: 'Job {job} of {subject} takes longer than its cadence allows',
      },
      scenes: [
        {
          name: 'one slow run',
          series: { [`citygauge_collector_missed_runs_total${nodes}`]: '0x10 1x80' },
          silentAt: [11, 60, 90],
          fires: null,
        },
        {
          name: 'a run missed every 20 minutes',
          series: {
            [`citygauge_collector_missed_runs_total${nodes}`]: '0x19 1x19 2x19 3x19 4x19 5x19',
          },
          silentAt: [30, 59],
          fires: { at: 60, labels },
        },
      ],
    },
  ],
};
