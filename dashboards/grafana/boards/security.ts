import type { DashboardDraft } from '../draft.ts';
import { findingsRow } from './security/findings.ts';
import { glanceRow } from './security/glance.ts';
import { scansAndAlarmsRow } from './security/scans-and-alarms.ts';

const findings = '/findings';
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
  rows: [glanceRow, findingsRow, scansAndAlarmsRow],
};
