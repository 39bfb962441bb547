import { thresholdMetrics } from '../../../collectors/contract.ts';
import { thresholdLabels, thresholdRecords } from '../../../rules/contract.ts';
import type { PanelDraft } from '../draft.ts';
import { levelWords, noneWanted } from './colours.ts';

const { threshold, colour, role } = thresholdLabels;

/** The level of each threshold: judged by CityGauge itself, or recorded by the rules that it generates. */
const level = `max by (subject, ${threshold}) ({__name__=~"${thresholdMetrics.level}|${thresholdRecords.level}",subject=~"$subject|"})`;

/** How many graded thresholds stand above calm. */
export const warningsRaised: PanelDraft = {
  kind: 'stat',
  title: { zh: '处于预警状态的指标', en: 'Warnings raised' },
  description: {
    zh: '分级预警中高于“正常”的指标数。不为零时按处置预案找到对应的责任角色。',
    en: 'Graded thresholds above calm. Anything but zero has a role and an intervention plan of its own.',
  },
  unit: 'none',
  decimals: 0,
  queries: [{ expr: `sum(${level} > bool 0)`, legend: 'warnings' }],
  steps: noneWanted,
  ...{ width: 6, height: 5, page: '/thresholds' },
};

/** Thresholds that cannot be judged, for want of data. */
export const warningsBlind: PanelDraft = {
  kind: 'stat',
  title: { zh: '无数据的分级预警', en: 'Warnings without data' },
  description: {
    zh: '没有数据、因而无法判定的分级预警数。无数据不等于正常。',
    en: 'Graded thresholds that nobody can judge for want of data. No data is not calm.',
  },
  unit: 'none',
  decimals: 0,
  queries: [{ expr: `sum(${level} < bool 0)`, legend: 'no data' }],
  steps: noneWanted,
  ...{ width: 6, height: 5, page: '/thresholds' },
};

/** The lamp of every threshold over time. */
export const warningLamps: PanelDraft = {
  kind: 'timeline',
  title: { zh: '分级预警指示灯', en: 'Lamps of graded thresholds' },
  description: {
    zh: '每项分级预警在所选时段内的档次变化：0 为正常，档次越高越严重，-1 为无数据。各项预警的实际颜色以城衡页面为准。',
    en: 'The step of each graded threshold over time: 0 is calm, higher is graver, -1 is no data. Its own colour stands on CityGauge’s page.',
  },
  unit: 'none',
  queries: [{ expr: level, legend: `{{subject}} {{${threshold}}}` }],
  words: levelWords,
  seriesPage: { under: '/thresholds', label: threshold },
  ...{ width: 24, height: 9, page: '/thresholds' },
};

/** Warnings that Prometheus has raised, with who has to look. */
export const warningAlerts: PanelDraft = {
  kind: 'table',
  title: { zh: '正在触发的分级预警', en: 'Warnings that fire' },
  description: {
    zh: '由 Prometheus 触发的分级预警及其颜色和责任角色；按处置预案处理。空表表示没有触发，或规则尚未加载到 Prometheus。',
    en: 'Graded warnings raised by Prometheus, their colour and the role that has to look. Empty when none fires, or while the rules are not loaded.',
  },
  unit: 'none',
  queries: [
    {
      expr: `max by (subject, ${threshold}, ${colour}, ${role}) (ALERTS{alertstate="firing",${threshold}!="",subject=~"$subject|"})`,
      legend: { zh: '触发', en: 'Firing' },
      unit: 'bool_yes_no',
    },
  ],
  columns: {
    subject: { zh: '评估对象', en: 'Subject' },
    [threshold]: { zh: '预警', en: 'Threshold' },
    [colour]: { zh: '颜色', en: 'Colour' },
    [role]: { zh: '责任角色', en: 'Role' },
  },
  seriesPage: { under: '/thresholds', label: threshold },
  ...{ width: 24, height: 7, page: '/thresholds' },
};
