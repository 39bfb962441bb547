import { sloMetrics, thresholdMetrics } from '../../../collectors/contract.ts';
import type { DashboardDraft, PanelDraft } from '../draft.ts';
import { budgetSteps } from '../parts/colours.ts';
import { ofSubject } from '../parts/selector.ts';
import { share, third } from '../parts/sizes.ts';
import { warningAlerts, warningLamps } from '../parts/warnings.ts';

/** A part of a whole, by these labels; absent where there is no whole. */
interface Share {
  readonly part: string;
  readonly whole: string;
  readonly by: readonly string[];
}

function shareOf(
  title: PanelDraft['title'],
  description: PanelDraft['description'],
  { part, whole, by }: Share,
): PanelDraft {
  const sum = (metric: string) => `sum by (${by.join(', ')}) (${ofSubject(metric)})`;
  const query = {
    expr: `${sum(part)} / (${sum(whole)} > 0)`,
    legend: by.map((label) => `{{${label}}}`).join(' '),
  };
  return {
    ...{ kind: 'series', title, description, queries: [query] },
    ...{ ...share, ...third, page: '/telemetry' },
  };
}

/** What a duty officer looks at: warnings, promises, sensing, platform and data flow in one place. */
export const operations: DashboardDraft = {
  uid: 'citygauge-operations',
  title: { zh: '城市运行总览', en: 'Operations overview' },
  description: {
    zh: '值班总览：分级预警、服务目标、感知设备、平台能力与数据管道的当前状态。',
    en: 'For the desk on duty: warnings, promises, sensing, platform and data pipelines as they stand.',
  },
  tags: ['operations'],
  subjectsOf: 'citygauge_collector_up',
  variables: [],
  from: 'now-24h',
  refresh: '1m',
  page: '/indicators',
  rows: [
    { title: { zh: '预警', en: 'Warnings' }, panels: [warningLamps, warningAlerts] },
    {
      title: { zh: '承诺与指标', en: 'Promises and indicators' },
      panels: [
        {
          kind: 'bars',
          title: { zh: '剩余错误预算', en: 'Error budget left' },
          description: {
            zh: '每项服务目标当期剩余的错误预算；低于零表示已透支。',
            en: 'Error budget left of each SLO in its period; below zero it is overdrawn.',
          },
          unit: 'percentunit',
          queries: [{ expr: `sort(min by (slo) (${ofSubject(sloMetrics.budgetLeft)}))`, legend: '{{slo}}' }],
          steps: budgetSteps,
          seriesPage: { under: '/slos', label: 'slo' },
          ...{ width: 10, height: 10, page: '/slos', max: 1 },
        },
        {
          kind: 'table',
          title: { zh: '指标数值', en: 'Figures of the indicators' },
          description: {
            zh: '最近一次评估中各指标的数值，单位见指标说明；没有数值的指标不在表中。',
            en: 'Figures of the newest evaluation, each in the unit of its indicator; those without a figure are absent.',
          },
          unit: 'none',
          queries: [
            {
              expr: `max by (subject, model, indicator) (${ofSubject(thresholdMetrics.indicatorValue)})`,
              legend: { zh: '数值', en: 'Figure' },
            },
          ],
          columns: {
            subject: { zh: '评估对象', en: 'Subject' },
            model: { zh: '评估模型', en: 'Model' },
            indicator: { zh: '指标', en: 'Indicator' },
          },
          seriesPage: { under: '/indicators', label: 'indicator' },
          ...{ width: 14, height: 10, page: '/indicators' },
        },
      ],
    },
    {
      title: { zh: '感知与平台', en: 'Sensing and platform' },
      panels: [
        shareOf(
          { zh: '感知设备在线率', en: 'Sensors online' },
          {
            zh: '各类感知设备的在线数占总数的比例。',
            en: 'Sensors online of those there are, by kind of device.',
          },
          {
            part: 'citygauge_sensors_online',
            whole: 'citygauge_sensors_total_count',
            by: ['subject', 'kind'],
          },
        ),
        shareOf(
          { zh: '告警布防率', en: 'Alarms armed' },
          { zh: '已布防告警占已安装告警的比例。', en: 'Alarms armed of those installed, by kind of device.' },
          {
            part: 'citygauge_alarms_armed',
            whole: 'citygauge_alarms_installed',
            by: ['subject', 'kind'],
          },
        ),
        shareOf(
          { zh: '系统接入率', en: 'Systems connected' },
          { zh: '已接入系统占计划接入系统的比例。', en: 'Systems connected of those planned.' },
          {
            part: 'citygauge_systems_connected',
            whole: 'citygauge_systems_planned',
            by: ['subject'],
          },
        ),
        shareOf(
          { zh: '能力复用率', en: 'Capabilities reused' },
          { zh: '被复用的能力占已上架能力的比例。', en: 'Capabilities reused of those listed.' },
          {
            part: 'citygauge_capabilities_reused',
            whole: 'citygauge_capabilities_listed',
            by: ['subject'],
          },
        ),
        {
          kind: 'series',
          title: { zh: '数据管道成功率', en: 'Success of data pipelines' },
          description: { zh: '各数据管道的成功率。', en: 'Success ratio of each data pipeline.' },
          queries: [{ expr: ofSubject('citygauge_pipeline_success_ratio'), legend: '{{pipeline}}' }],
          ...{ ...share, ...third, page: '/telemetry' },
        },
        {
          kind: 'series',
          title: { zh: '数据管道时延', en: 'Lag of data pipelines' },
          description: {
            zh: '各数据管道的时延。持续上升说明处理能力不足或上游停供。',
            en: 'Lag of each data pipeline. A steady rise says that it cannot keep up, or that its source has stopped.',
          },
          unit: 's',
          queries: [{ expr: ofSubject('citygauge_pipeline_lag_seconds'), legend: '{{pipeline}}' }],
          ...{ ...third, page: '/telemetry', min: 0 },
        },
      ],
    },
  ],
};
