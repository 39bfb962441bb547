import { daySeconds, suitePolicy } from './policy.ts';
import type { SuiteGroup } from './suite-alert.ts';

const { evidenceDays, settledMinutes } = suitePolicy;
const orders =
  'citygauge_evidence_imported_timestamp_seconds{job="citygauge-evidence", subject="lin", kind="work-orders"}';

export const evidenceAlerts: SuiteGroup = {
  name: 'citygauge-evidence',
  alerts: [
    {
      name: 'CityGaugeEvidenceStale',
      severity: 'ticket',
      expression: () =>
        `time() - citygauge_evidence_imported_timestamp_seconds > ${evidenceDays * daySeconds}`,
      forMinutes: settledMinutes,
      summary: {
        zh: `{subject} 的“{kind}”证据已超过 ${evidenceDays} 天没有更新`,
        en: `Nothing new of {kind} has come for {subject} in ${evidenceDays} days`,
      },
      scenes: [
        {
          name: 'records of today',
          series: { [orders]: '0x120' },
          silentAt: [120],
          fires: null,
        },
        {
          // At minute 10 the newest import is 35 days old.
          name: 'records that no one sends any more',
          series: { [orders]: `${600 - evidenceDays * daySeconds}x120` },
          silentAt: [10, 70],
          fires: { at: 71, labels: { job: 'citygauge-evidence', subject: 'lin', kind: 'work-orders' } },
        },
        {
          name: 'the late table comes at minute 60',
          series: { [orders]: `${600 - evidenceDays * daySeconds}x59 3600x60` },
          silentAt: [59, 71, 119],
          fires: null,
        },
      ],
    },
  ],
};
