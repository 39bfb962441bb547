import type { RowDraft } from '../../draft.ts';
import { ofSubject } from '../../parts/selector.ts';
import { half, third } from '../../parts/sizes.ts';

const findings = '/findings';
const day = 86_400;

export const scansAndAlarmsRow: RowDraft = {
  title: { zh: '基线、扫描与告警', en: 'Baselines, scans and alarms' },
  panels: [
    {
      kind: 'table',
      title: { zh: '基线符合率', en: 'Baselines' },
      description: {
        zh: '各资产最近一次基线核查的通过率。',
        en: 'Rules passed in the newest pass of each asset’s baseline.',
      },
      unit: 'percentunit',
      queries: [
        {
          expr: `min by (asset, profile) (${ofSubject('citygauge_baseline_pass_ratio')})`,
          legend: { zh: '通过率', en: 'Passed' },
        },
      ],
      columns: { asset: { zh: '资产', en: 'Asset' }, profile: { zh: '基线', en: 'Baseline' } },
      ...{ ...third, page: '/assets' },
    },
    {
      kind: 'bars',
      title: { zh: '距最近一次扫描的时间', en: 'Age of the newest scan' },
      description: {
        zh: '各扫描器距最近一次扫描的时间，超过 30 天标红。',
        en: 'Time since each scanner’s newest scan; red after 30 days.',
      },
      unit: 's',
      queries: [
        { expr: `max by (scanner) (${ofSubject('citygauge_scan_age_seconds')})`, legend: '{{scanner}}' },
      ],
      steps: [
        { from: null, colour: 'green' },
        { from: 30 * day, colour: 'red' },
      ],
      ...{ ...third, page: findings, min: 0 },
    },
    {
      kind: 'series',
      title: { zh: '安全告警（每日）', en: 'Security alarms per day' },
      description: {
        zh: '过去 24 小时的告警数及其中研判属实的数量。',
        en: 'Alarms of the last 24 hours, and those judged to be real.',
      },
      unit: 'short',
      queries: [
        {
          expr: `sum(increase(${ofSubject('citygauge_security_alarms_raised_total')}[1d]))`,
          legend: { zh: '告警', en: 'raised' },
        },
        {
          expr: `sum(increase(${ofSubject('citygauge_security_alarms_confirmed_total')}[1d]))`,
          legend: { zh: '属实', en: 'confirmed' },
        },
      ],
      ...{ ...third, page: '/events', min: 0 },
    },
    {
      kind: 'series',
      title: { zh: '30 天内到期的证书', en: 'Certificates that expire within 30 days' },
      description: {
        zh: '30 天内到期或已过期的服务器证书数。',
        en: 'Server certificates that expire within 30 days or have expired.',
      },
      unit: 'none',
      decimals: 0,
      queries: [
        {
          expr: `sum(${ofSubject('citygauge_certificate_expires_within_30_days')})`,
          legend: { zh: '证书', en: 'certificates' },
        },
      ],
      ...{ ...half, page: '/targets', min: 0 },
    },
  ],
};
