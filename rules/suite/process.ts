import { suitePolicy } from './policy.ts';
import type { SuiteGroup } from './suite-alert.ts';

const { downMinutes, restarts, refusedWindowMinutes, refusedMinutes } = suitePolicy;
const refused = 'citygauge_output_refused_runs_total{output=~"store|records|scans"}';
const own = '{job="citygauge", instance="127.0.0.1:8080"}';
const summaryOfDown = {
  zh: '城衡服务没有应答：页面、采集和评估全部停止',
  en: 'CityGauge does not answer: pages, collection and evaluations stand still',
};

export const processAlerts: SuiteGroup = {
  name: 'citygauge-process',
  alerts: [
    {
      name: 'CityGaugeDown',
      severity: 'page',
      expression: ({ scrapeJob }) => `up{job="${scrapeJob}"} == 0 or absent(up{job="${scrapeJob}"})`,
      forMinutes: downMinutes,
      summary: summaryOfDown,
      scenes: [
        { name: 'it answers', series: { [`up${own}`]: '1x10' }, silentAt: [10], fires: null },
        {
          name: 'it stops at minute 5',
          series: { [`up${own}`]: '1x4 0x10' },
          silentAt: [4, 6],
          fires: { at: 7, labels: { job: 'citygauge', instance: '127.0.0.1:8080' } },
        },
        {
          name: 'nobody scrapes it',
          series: { 'up{job="node"}': '1x10' },
          silentAt: [1],
          fires: { at: 2, labels: { job: 'citygauge' } },
        },
      ],
    },
    {
      name: 'CityGaugeRestarts',
      severity: 'ticket',
      expression: ({ scrapeJob }) =>
        `changes(process_start_time_seconds{job="${scrapeJob}"}[${restarts.windowMinutes}m]) >= ${restarts.count}`,
      forMinutes: 0,
      summary: { zh: '城衡服务反复重启', en: 'CityGauge restarts again and again' },
      scenes: [
        {
          name: 'it is updated and corrected',
          series: { [`process_start_time_seconds${own}`]: '100x4 400x4 700x20' },
          silentAt: [4, 12, 28],
          fires: null,
        },
        {
          name: 'it restarts at minutes 5, 10 and 15',
          series: { [`process_start_time_seconds${own}`]: '100x4 400x4 700x4 1000x5' },
          silentAt: [5, 10, 14],
          fires: { at: 15, labels: { job: 'citygauge', instance: '127.0.0.1:8080' } },
        },
      ],
    },
    {
      name: 'CityGaugeStoreRefusesRuns',
      severity: 'page',
      // A counter that is born with its first refusal shows no increase: what was not there before counts as well.
      expression: () =>
        `(${refused} unless ${refused} offset ${refusedWindowMinutes}m) > 0 or increase(${refused}[${refusedWindowMinutes}m]) > 0`,
      forMinutes: refusedMinutes,
      summary: {
        zh: '证据库没有收下任务 {job} 的采集结果：这些数据不会补存',
        en: 'The evidence store did not take what job {job} brought: it is lost',
      },
      scenes: [
        {
          name: 'refusals of long ago',
          series: { 'citygauge_output_refused_runs_total{output="store", job="nodes"}': '4x30' },
          silentAt: [13, 30],
          fires: null,
        },
        {
          name: 'the first refusal, at minute 5',
          series: { 'citygauge_output_refused_runs_total{output="store", job="nodes"}': '_x5 1x30' },
          silentAt: [4, 6, 20],
          fires: { at: 7, labels: { output: 'store', job: 'nodes' } },
        },
      ],
    },
  ],
};
