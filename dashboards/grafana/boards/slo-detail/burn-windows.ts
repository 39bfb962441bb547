import { sloRecords } from '../../../../rules/contract.ts';
import type { PanelDraft, RowDraft } from '../../draft.ts';
import { ofSlo, perSlo, sloLegend } from '../../parts/slo-selectors.ts';

/** Burn rate of a window: its error ratio by what the objective allows. */
const burnOf = (window: string) =>
  `max by (${perSlo}) (${ofSlo(sloRecords.errorRatio(window))}) / on (${perSlo}) max by (${perSlo}) (${ofSlo(sloRecords.errorBudget)})`;

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
      { expr: burnOf(long), legend: `${sloLegend} ${long}` },
      { expr: burnOf(short), legend: `${sloLegend} ${short}` },
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

export const burnWindowsRow: RowDraft = {
  title: { zh: '燃烧率窗口', en: 'Burn windows' },
  panels: [
    windowPair('1h', '5m', 14.4, page),
    windowPair('6h', '30m', 6, page),
    windowPair('1d', '2h', 3, ticket),
    windowPair('3d', '6h', 1, ticket),
  ],
};
