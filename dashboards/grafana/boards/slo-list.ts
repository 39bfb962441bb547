import { sloMetrics } from '../../../collectors/contract.ts';
import { sloLabels, sloRecords } from '../../../rules/contract.ts';
import type { DashboardDraft } from '../draft.ts';
import { budgetSteps, burnSteps, noneWanted } from '../parts/colours.ts';
import { ofSubject } from '../parts/selector.ts';
import { ofService, perSlo, serviceVariable, sloSubjects } from '../parts/slo-selectors.ts';

const bySlo = (expr: string) => `max by (${sloLabels.id}, ${perSlo}) (${expr})`;
/** Alerts that fire; 0 only where there are SLOs to fire. */
const firing = (severity: string) =>
  `count(ALERTS{alertstate="firing",${sloLabels.severity}="${severity}",${sloLabels.service}=~"$service"}) or count(${ofService(sloRecords.objective)}) * 0`;

/** Every SLO in one table, from the recorded series of its generated rules, and CityGauge's own account of its period. */
export const sloList: DashboardDraft = {
  uid: 'citygauge-slo-list',
  title: { zh: '服务等级目标一览', en: 'Service level objectives' },
  description: {
    zh: '全部服务等级目标的承诺值、剩余错误预算和当前消耗速度。滚动周期取自生成的记录规则，自然周期取自城衡的核算。',
    en: 'Objective, error budget left and burn rate of every SLO: rolling periods from the generated recording rules, calendar periods from CityGauge’s own account.',
  },
  tags: ['slo'],
  subjectsOf: sloSubjects,
  variables: [serviceVariable],
  from: 'now-24h',
  refresh: '1m',
  page: '/slos',
  rows: [
    {
      title: { zh: '概况', en: 'At a glance' },
      panels: [
        {
          kind: 'stat',
          title: { zh: '服务目标数', en: 'SLOs' },
          description: { zh: '已生成记录规则的服务目标数。', en: 'SLOs that have recording rules.' },
          unit: 'none',
          decimals: 0,
          queries: [{ expr: `count(${ofService(sloRecords.objective)})`, legend: 'SLO' }],
          ...{ width: 6, height: 5, page: '/slos' },
        },
        {
          kind: 'stat',
          title: { zh: '错误预算已透支', en: 'Overdrawn' },
          description: {
            zh: '滚动周期内错误预算已用尽的服务目标数。应暂停非必要变更。',
            en: 'SLOs whose rolling error budget is used up: changes that can wait should wait.',
          },
          unit: 'none',
          decimals: 0,
          queries: [{ expr: `sum(${ofService(sloRecords.budgetLeft)} < bool 0)`, legend: 'SLO' }],
          steps: noneWanted,
          ...{ width: 6, height: 5, page: '/slos' },
        },
        {
          kind: 'stat',
          title: { zh: '紧急告警', en: 'Pages' },
          description: {
            zh: '正在触发的紧急告警数：错误预算消耗极快，须立即处置。',
            en: 'Pages that fire: the budget burns so fast that somebody must act now.',
          },
          unit: 'none',
          decimals: 0,
          queries: [{ expr: firing('page'), legend: 'page' }],
          steps: noneWanted,
          ...{ width: 6, height: 5, page: '/slos' },
        },
        {
          kind: 'stat',
          title: { zh: '工单告警', en: 'Tickets' },
          description: {
            zh: '正在触发的工单告警数：错误预算消耗偏快，应在工作时间处置。',
            en: 'Tickets that fire: the budget burns faster than it should; for working hours.',
          },
          unit: 'none',
          decimals: 0,
          queries: [{ expr: firing('ticket'), legend: 'ticket' }],
          steps: noneWanted,
          ...{ width: 6, height: 5, page: '/slos' },
        },
      ],
    },
    {
      title: { zh: '服务目标', en: 'SLOs' },
      panels: [
        {
          kind: 'table',
          title: { zh: '滚动周期', en: 'Rolling periods' },
          description: {
            zh: '每项服务目标的承诺值、剩余错误预算、当前消耗速度（1 倍为匀速）和周期内平均消耗速度。',
            en: 'Objective, budget left, burn rate now (1 is even) and burn rate over the period, of each SLO.',
          },
          unit: 'percentunit',
          queries: [
            {
              expr: bySlo(ofService(sloRecords.objective)),
              legend: { zh: '承诺值', en: 'Objective' },
            },
            {
              expr: bySlo(ofService(sloRecords.budgetLeft)),
              legend: { zh: '剩余错误预算', en: 'Budget left' },
              steps: budgetSteps,
            },
            {
              expr: bySlo(ofService(sloRecords.currentBurn)),
              legend: { zh: '当前消耗速度', en: 'Burn now' },
              unit: 'suffix:×',
              steps: burnSteps,
            },
            {
              expr: bySlo(ofService(sloRecords.periodBurn)),
              legend: { zh: '周期消耗速度', en: 'Burn of the period' },
              unit: 'suffix:×',
            },
          ],
          columns: {
            [sloLabels.service]: { zh: '服务', en: 'Service' },
            [sloLabels.slo]: { zh: '服务目标', en: 'SLO' },
            [sloLabels.id]: { zh: '标识', en: 'Id' },
          },
          seriesPage: { under: '/slos', label: sloLabels.id },
          ...{ width: 24, height: 10, page: '/slos' },
        },
        {
          kind: 'table',
          title: {
            zh: '城衡核算（含自然周期与剔除）',
            en: 'CityGauge’s account (calendar periods, exclusions)',
          },
          description: {
            zh: '当期达成率、剔除计划检修和不可抗力后的达成率、剩余错误预算和当前消耗速度。',
            en: 'Attainment of the running period, raw and without what is excluded, budget left and burn rate now.',
          },
          unit: 'percentunit',
          queries: [
            {
              expr: `max by (slo) (${ofSubject(sloMetrics.objective)})`,
              legend: { zh: '承诺值', en: 'Objective' },
            },
            {
              expr: `min by (slo) (${ofSubject(sloMetrics.attainment)})`,
              legend: { zh: '达成率', en: 'Attainment' },
            },
            {
              expr: `min by (slo) (${ofSubject(sloMetrics.adjustedAttainment)})`,
              legend: { zh: '剔除后达成率', en: 'Adjusted' },
            },
            {
              expr: `min by (slo) (${ofSubject(sloMetrics.budgetLeft)})`,
              legend: { zh: '剩余错误预算', en: 'Budget left' },
              steps: budgetSteps,
            },
            {
              expr: `max by (slo) (${ofSubject(sloMetrics.burnNow)})`,
              legend: { zh: '当前消耗速度', en: 'Burn now' },
              unit: 'suffix:×',
              steps: burnSteps,
            },
          ],
          columns: { slo: { zh: '标识', en: 'Id' } },
          seriesPage: { under: '/slos', label: 'slo' },
          ...{ width: 24, height: 10, page: '/slos' },
        },
      ],
    },
  ],
};
