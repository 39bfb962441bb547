import { sloRecords } from '../../../../rules/contract.ts';
import type { RowDraft } from '../../draft.ts';
import { budgetSteps } from '../../parts/colours.ts';
import { ofSlo, sloLegend } from '../../parts/slo-selectors.ts';

export const budgetRow: RowDraft = {
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
      queries: [{ expr: ofSlo(sloRecords.budgetLeft), legend: sloLegend }],
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
      queries: [{ expr: ofSlo(sloRecords.errorRatio('5m')), legend: sloLegend }],
      ...{ width: 12, height: 8, page: '/slos', min: 0 },
    },
  ],
};
