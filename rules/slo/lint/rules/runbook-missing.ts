import type { LintRule } from '../lint-rule.ts';

export const runbookMissing: LintRule = {
  name: 'runbook-missing',
  purpose: {
    zh: '告警没有处置手册',
    en: 'An alert without a runbook.',
  },
  check({ slo: { alerting, source } }) {
    const isOn = alerting.page !== null || alerting.ticket !== null;
    if (!isOn || alerting.runbook !== null) return [];
    const key = source.format === 'citygauge/slo@1' ? 'alerting.runbook' : 'runbook_url';
    const message = {
      zh: `告警没有处置手册：请在 ${key} 中写明文件或网址，收到告警的人才知道怎么办`,
      en: `the alerts have no runbook: name a file or an address in ${key}, so that whoever is woken knows what to do`,
    };
    return [{ level: 'warning', part: 'alerting', message }];
  },
};
