import type { DashboardDraft } from '../draft.ts';
import { serviceVariable, sloSubjects, sloVariable } from '../parts/slo-selectors.ts';
import { alertsRow } from './slo-detail/alerts.ts';
import { budgetRow } from './slo-detail/budget.ts';
import { burnWindowsRow } from './slo-detail/burn-windows.ts';
import { standingRow } from './slo-detail/standing.ts';

/** One SLO or a few: budget over the period, the four pairs of burn windows, alerts. */
export const sloDetail: DashboardDraft = {
  uid: 'citygauge-slo-detail',
  title: { zh: '服务等级目标详情', en: 'SLO detail' },
  description: {
    zh: '单项服务目标的错误预算走势、四组燃烧率窗口和告警经过。数据取自生成的记录规则。',
    en: 'Error budget, the four pairs of burn windows and the alerts of an SLO, from the generated recording rules.',
  },
  tags: ['slo'],
  subjectsOf: sloSubjects,
  variables: [serviceVariable, sloVariable],
  from: 'now-7d',
  refresh: '1m',
  page: '/slos',
  rows: [standingRow, budgetRow, burnWindowsRow, alertsRow],
};
