import { sloRecords } from '../../../../rules/contract.ts';
import type { PanelDraft, RowDraft } from '../../draft.ts';
import { budgetSteps, burnSteps } from '../../parts/colours.ts';
import { ofSlo, sloLegend } from '../../parts/slo-selectors.ts';

function stat(
  title: PanelDraft['title'],
  description: PanelDraft['description'],
  metric: string,
): PanelDraft {
  return {
    ...{ kind: 'stat', title, description, queries: [{ expr: ofSlo(metric), legend: sloLegend }] },
    ...{ unit: 'percentunit', width: 6, height: 5, page: '/slos' },
  };
}

export const standingRow: RowDraft = {
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
};
