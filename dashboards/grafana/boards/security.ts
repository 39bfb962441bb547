import type { DashboardDraft } from '../draft.ts';
import { noneWanted } from './colours.ts';
import { ofSubject } from './selector.ts';
import { half, number, share, third } from './sizes.ts';

const findings = '/findings';
const day = 86_400;

/** Open findings and their age, assets, baselines, logs, alarms and how fresh the scans are. */
export const security: DashboardDraft = {
  uid: 'citygauge-security',
  title: { zh: '安全', en: 'Security' },
  description: {
    zh: '未修复的安全发现及其存续时间、资产归属、基线符合率、日志覆盖率、安全告警和扫描时效。',
    en: 'Open findings and their age, owners of assets, baselines, log coverage, alarms and the age of scans.',
  },
  tags: ['security'],
  subjectsOf: 'citygauge_assets',
  variables: [],
  from: 'now-30d',
  refresh: '5m',
  page: findings,
  rows: [
    {
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
    },
    {
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
    },
    {
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
    },
  ],
};
