import type { RowDraft } from '../../draft.ts';
import { noneWanted } from '../../parts/colours.ts';
import { ofSubject } from '../../parts/selector.ts';
import { number, share } from '../../parts/sizes.ts';

const findings = '/findings';
export const glanceRow: RowDraft = {
  title: { zh: '概况', en: 'At a glance' },
  panels: [
    {
      kind: 'stat',
      title: { zh: '严重与高危发现', en: 'Critical and high findings' },
      description: {
        zh: '未修复且未抑制的严重（critical）和高危（high）发现数。',
        en: 'Open findings of the levels critical and high that nothing suppresses.',
      },
      unit: 'none',
      decimals: 0,
      queries: [
        {
          expr: `sum(${ofSubject('citygauge_findings_open', 'severity=~"critical|high"')})`,
          legend: 'findings',
        },
      ],
      steps: noneWanted,
      ...{ ...number, page: findings },
    },
    {
      kind: 'stat',
      title: { zh: '无主资产', en: 'Assets without an owner' },
      description: {
        zh: '没有责任人的资产数：其上的发现无人处置。',
        en: 'Assets that nobody owns: nobody works on what is found on them.',
      },
      unit: 'none',
      decimals: 0,
      queries: [{ expr: `sum(${ofSubject('citygauge_assets_unowned')})`, legend: 'unowned' }],
      steps: noneWanted,
      ...{ ...number, page: '/assets' },
    },
    {
      kind: 'stat',
      title: { zh: '日志覆盖率', en: 'Log coverage' },
      description: {
        zh: '应报送日志的资产中最近一天有日志的比例。',
        en: 'Assets due to send logs that sent some in the last day.',
      },
      queries: [
        {
          expr: `sum(${ofSubject('citygauge_log_sources_reporting')}) / (sum(${ofSubject('citygauge_log_sources_expected')}) > 0)`,
          legend: 'reporting',
        },
      ],
      ...{ ...share, ...number, page: '/assets' },
    },
    {
      kind: 'stat',
      title: { zh: '资产总数', en: 'Known assets' },
      description: { zh: '已登记的资产数。', en: 'Assets of the register.' },
      unit: 'none',
      decimals: 0,
      queries: [{ expr: `sum(${ofSubject('citygauge_assets')})`, legend: 'assets' }],
      ...{ ...number, page: '/assets' },
    },
  ],
};
