import type { RowDraft } from '../../draft.ts';
import { ofSubject } from '../../parts/selector.ts';
import { third } from '../../parts/sizes.ts';

const findings = '/findings';
export const findingsRow: RowDraft = {
  title: { zh: '发现', en: 'Findings' },
  panels: [
    {
      kind: 'series',
      title: { zh: '未修复发现（按级别）', en: 'Open findings, by level' },
      description: {
        zh: '未修复且未抑制的发现数，按级别统计。',
        en: 'Open findings that nothing suppresses.',
      },
      unit: 'none',
      decimals: 0,
      queries: [
        { expr: `sum by (severity) (${ofSubject('citygauge_findings_open')})`, legend: '{{severity}}' },
      ],
      ...{ ...third, page: findings, min: 0 },
    },
    {
      kind: 'bars',
      title: { zh: '最早未修复发现的存续天数', en: 'Age of the oldest open finding' },
      description: {
        zh: '各级别中最早发现且尚未修复的一项已存在的天数。',
        en: 'Days since the oldest open finding of each level was first seen.',
      },
      unit: 'd',
      decimals: 0,
      queries: [
        {
          expr: `max by (severity) (${ofSubject('citygauge_findings_oldest_age_days')})`,
          legend: '{{severity}}',
        },
      ],
      ...{ ...third, page: findings, min: 0 },
    },
    {
      kind: 'series',
      title: { zh: '抑制中的发现', en: 'Suppressed findings' },
      description: {
        zh: '处于抑制期内的未修复发现数，按级别统计；到期后恢复为未修复。',
        en: 'Open findings that a suppression hides, until it ends.',
      },
      unit: 'none',
      decimals: 0,
      queries: [
        {
          expr: `sum by (severity) (${ofSubject('citygauge_findings_suppressed')})`,
          legend: '{{severity}}',
        },
      ],
      ...{ ...third, page: findings, min: 0 },
    },
  ],
};
