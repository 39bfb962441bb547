import type { MetricSpec, Text } from '../contract.ts';

const severity = {
  severity: { zh: '级别：critical、high、medium、low、info', en: 'critical, high, medium, low or info' },
};

function metric(
  name: string,
  help: Text,
  { unit = '', labels = {}, type = 'gauge' }: Partial<Pick<MetricSpec, 'unit' | 'labels' | 'type'>> = {},
): MetricSpec {
  return { name: `citygauge_${name}`, type, unit, help, labels };
}

/** What is read from the security register. */
export const registerMetrics = {
  open: metric(
    'findings_open',
    { zh: '未修复且未抑制的安全发现', en: 'Open findings that are not suppressed' },
    { labels: severity },
  ),
  suppressed: metric(
    'findings_suppressed',
    { zh: '未修复但在抑制期内的安全发现', en: 'Open findings that a suppression hides' },
    { labels: severity },
  ),
  oldest: metric(
    'findings_oldest_age_days',
    {
      zh: '最早未修复发现距首次发现的天数，没有时为 0',
      en: 'Days since the oldest open finding was first seen, 0 without one',
    },
    { unit: 'days', labels: severity },
  ),
  assets: metric('assets', { zh: '已知资产', en: 'Known assets' }),
  unowned: metric('assets_unowned', { zh: '无主资产', en: 'Assets without an owner' }),
  baseline: metric(
    'baseline_pass_ratio',
    {
      zh: '最近一次基线核查的通过项占通过与未通过之和的比例',
      en: 'Rules passed of those passed or failed in the newest pass of the baseline',
    },
    {
      unit: 'ratio',
      labels: { asset: { zh: '资产', en: 'asset' }, profile: { zh: '基线', en: 'baseline' } },
    },
  ),
  logsExpected: metric('log_sources_expected', { zh: '应报送日志的资产', en: 'Assets due to send logs' }),
  logsReporting: metric('log_sources_reporting', {
    zh: '其中最近一天有日志的资产',
    en: 'Those of them with a line in the last day',
  }),
  raised: metric(
    'security_alarms_raised_total',
    { zh: '累计安全告警', en: 'Alarms ever raised' },
    { type: 'counter' },
  ),
  confirmed: metric(
    'security_alarms_confirmed_total',
    { zh: '累计经研判属实的安全告警', en: 'Alarms judged to be real' },
    { type: 'counter' },
  ),
  scanAge: metric(
    'scan_age_seconds',
    { zh: '距该扫描器最近一次扫描的时间', en: 'Time since the newest scan of the scanner' },
    { unit: 'seconds', labels: { scanner: { zh: '扫描器', en: 'scanner' } } },
  ),
};
