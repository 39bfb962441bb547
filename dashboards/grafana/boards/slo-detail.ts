import { sloLabels, sloRecords } from '../../../rules/contract.ts';
import type { DashboardDraft, PanelDraft } from '../draft.ts';
import { budgetSteps, burnSteps } from './colours.ts';
import { ofSubject } from './selector.ts';
import { ofService, serviceVariable } from './slo-list.ts';

const ofSlo = (metric: string) => ofService(metric, `${sloLabels.slo}=~"$slo"`);
const legend = `{{${sloLabels.service}}} {{${sloLabels.slo}}}`;
const perSlo = `${sloLabels.service}, ${sloLabels.slo}`;

/** Burn rate of a window: its error ratio by what the objective allows. */
const burnOf = (window: string) =>
  `max by (${perSlo}) (${ofSlo(sloRecords.errorRatio(window))}) / on (${perSlo}) max by (${perSlo}) (${ofSlo(sloRecords.errorBudget)})`;

function stat(
  title: PanelDraft['title'],
  description: PanelDraft['description'],
  metric: string,
): PanelDraft {
  return {
    ...{ kind: 'stat', title, description, queries: [{ expr: ofSlo(metric), legend }] },
    ...{ unit: 'percentunit', width: 6, height: 5, page: '/slos' },
  };
}

/** A pair of windows that an alert wants to burn too fast both. */
function windowPair(long: string, short: string, factor: number, severity: PanelDraft['title']): PanelDraft {
  return {
    kind: 'series',
    title: {
      zh: `${severity.zh}：${long} 与 ${short} 窗口`,
      en: `${severity.en}: windows of ${long} and ${short}`,
    },
    description: {
      zh: `两个窗口的燃烧率同时高于 ${factor} 倍时告警（30 天周期）：长窗口说明影响显著，短窗口说明仍在发生。`,
      en: `Alerts while both windows burn faster than ${factor} times even (30-day period): the long one tells that it matters, the short one that it goes on.`,
    },
    unit: 'suffix:×',
    queries: [
      { expr: burnOf(long), legend: `${legend} ${long}` },
      { expr: burnOf(short), legend: `${legend} ${short}` },
    ],
    steps: [
      { from: null, colour: 'green' },
      { from: factor, colour: 'red' },
    ],
    ...{ width: 12, height: 8, page: '/slos', min: 0 },
  };
}

const page = { zh: '紧急告警', en: 'Page' };
const ticket = { zh: '工单告警', en: 'Ticket' };

/** One SLO or a few: budget over the period, the four pairs of burn windows, alerts. */
export const sloDetail: DashboardDraft = {
  uid: 'citygauge-slo-detail',
  title: { zh: '服务等级目标详情', en: 'SLO detail' },
  description: {
    zh: '单项服务目标的错误预算走势、四组燃烧率窗口和告警经过。数据取自生成的记录规则。',
    en: 'Error budget, the four pairs of burn windows and the alerts of an SLO, from the generated recording rules.',
  },
  tags: ['slo'],
  subjectsOf: sloRecords.objective,
  variables: [
    serviceVariable,
    {
      name: 'slo',
      title: { zh: '服务目标', en: 'SLO' },
      selector: ofService(sloRecords.objective),
      label: sloLabels.slo,
    },
  ],
  from: 'now-7d',
  refresh: '1m',
  page: '/slos',
  rows: [
    {
      title: { zh: '现状', en: 'As it stands' },
      panels: [
        stat(
          { zh: '承诺值', en: 'Objective' },
          { zh: '承诺的达成率。', en: 'The attainment that was promised.' },
          sloRecords.objective,
        ),
        {
          ...stat(
            { zh: '剩余错误预算', en: 'Error budget left' },
            {
              zh: '滚动周期内尚未用掉的错误预算占比，低于零表示已透支。',
              en: 'Share of the rolling period’s error budget that is not used; below zero it is overdrawn.',
            },
            sloRecords.budgetLeft,
          ),
          steps: budgetSteps,
        },
        {
          ...stat(
            { zh: '当前消耗速度', en: 'Burn rate now' },
            {
              zh: '当前燃烧率，1 倍表示恰好在周期末用完错误预算。',
              en: 'Burn rate now: at 1 the budget lasts exactly to the end of the period.',
            },
            sloRecords.currentBurn,
          ),
          ...{ unit: 'suffix:×', steps: burnSteps },
        },
        {
          ...stat(
            { zh: '周期', en: 'Period' },
            { zh: '滚动周期的天数。', en: 'Days of the rolling period.' },
            sloRecords.periodDays,
          ),
          unit: 'd',
        },
      ],
    },
    {
      title: { zh: '错误预算', en: 'Error budget' },
      panels: [
        {
          kind: 'series',
          title: { zh: '剩余错误预算走势', en: 'Error budget left over time' },
          description: {
            zh: '下降段是事故，平直段是无错误运行；低于零表示已透支。',
            en: 'It falls in incidents and is level without errors; below zero it is overdrawn.',
          },
          unit: 'percentunit',
          queries: [{ expr: ofSlo(sloRecords.budgetLeft), legend }],
          steps: budgetSteps,
          ...{ width: 12, height: 8, page: '/slos', max: 1 },
        },
        {
          kind: 'series',
          title: { zh: '错误率（5 分钟窗口）', en: 'Error ratio (5 minutes)' },
          description: {
            zh: '5 分钟窗口内坏事件占全部事件的比例，即服务等级指标（SLI）的补数。',
            en: 'Bad events of all within 5 minutes: one minus the service level indicator.',
          },
          unit: 'percentunit',
          queries: [{ expr: ofSlo(sloRecords.errorRatio('5m')), legend }],
          ...{ width: 12, height: 8, page: '/slos', min: 0 },
        },
      ],
    },
    {
      title: { zh: '燃烧率窗口', en: 'Burn windows' },
      panels: [
        windowPair('1h', '5m', 14.4, page),
        windowPair('6h', '30m', 6, page),
        windowPair('1d', '2h', 3, ticket),
        windowPair('3d', '6h', 1, ticket),
      ],
    },
    {
      title: { zh: '告警', en: 'Alerts' },
      panels: [
        {
          kind: 'timeline',
          title: { zh: '告警经过', en: 'Alerts over time' },
          description: {
            zh: '所选时段内触发过的告警，空白表示未触发。',
            en: 'Alerts that fired in the time shown; blank where none did.',
          },
          unit: 'none',
          queries: [
            {
              expr: `max by (alertname, ${perSlo}, ${sloLabels.severity}) (ALERTS{alertstate="firing",${sloLabels.service}=~"$service",${sloLabels.slo}=~"$slo"})`,
              legend: `{{alertname}} {{${sloLabels.severity}}}`,
            },
          ],
          words: [{ value: 1, word: { zh: '触发', en: 'Firing' }, colour: 'red' }],
          ...{ width: 24, height: 7, page: '/slos' },
        },
        {
          kind: 'table',
          title: { zh: '规则信息', en: 'About the rules' },
          description: {
            zh: '服务目标的标识，与告警标签和城衡页面一致。',
            en: 'The SLO’s id, as in the alert’s labels and on CityGauge’s pages.',
          },
          unit: 'none',
          queries: [
            {
              expr: `max by (${sloLabels.id}, ${perSlo}) (${ofSubject(sloRecords.info, `${sloLabels.service}=~"$service"`, `${sloLabels.slo}=~"$slo"`)})`,
              legend: { zh: '存在', en: 'Present' },
              unit: 'bool_yes_no',
            },
          ],
          columns: {
            [sloLabels.id]: { zh: '标识', en: 'Id' },
            [sloLabels.service]: { zh: '服务', en: 'Service' },
            [sloLabels.slo]: { zh: '服务目标', en: 'SLO' },
          },
          seriesPage: { under: '/slos', label: sloLabels.id },
          ...{ width: 24, height: 6, page: '/slos' },
        },
      ],
    },
  ],
};
