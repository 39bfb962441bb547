import type { ReportRegisters } from '../reports/contract.ts';
import { buildSampleCity } from '../samples/city/sample-city.ts';
import type { QualityRun, SecurityExcerpt, Severity } from '../scoring/contract.ts';

const at = '2016-01-01T04:00:00.000Z';
const day = 86_400_000;

const finding = (
  rule: string,
  [asset, owner]: readonly [string, string | null],
  [severity, cvss, days, reopened]: readonly [Severity, number | null, number, number],
): SecurityExcerpt['findings'][number] => ({
  ...{ rule, title: `${rule} is broken`, asset, owner, severity, cvss, reopened },
  firstSeenAt: new Date(Date.parse(at) - days * day).toISOString(),
});

const excerpt: SecurityExcerpt = {
  at,
  figures: {
    open: { critical: 1, high: 2, medium: 1, low: 0, info: 0 },
    suppressed: { critical: 0, high: 0, medium: 0, low: 3, info: 0 },
    oldestAgeDays: { critical: 4, high: 121, medium: 31, low: 0, info: 0 },
    assets: { all: 14, unowned: 3 },
    baselines: [
      {
        asset: 'portal-01',
        profile: 'standard',
        passed: 61,
        failed: 11,
        other: 9,
        at: '2015-12-28T18:00:00.000Z',
      },
    ],
    logSources: { expected: 6, reporting: 5 },
    alarms: { raised: 41, confirmed: 12, dismissed: 25 },
    scanners: [{ scanner: 'openscap', at: '2015-12-28T18:00:00.000Z' }],
  },
  findings: [
    finding('CVE-2099-10021', ['portal-01', 'Parks'], ['critical', 9.8, 4, 0]),
    finding('sshd_disable_root_login', ['gis-07', null], ['high', null, 121, 2]),
    finding('port/tcp/23', ['gis-07', null], ['high', null, 20, 0]),
    finding('package_auditd_installed', ['portal-01', 'Parks'], ['medium', null, 31, 0]),
  ],
  omitted: 0,
  suppressions: [
    {
      rule: 'partition_for_tmp',
      asset: null,
      reason: 'needs a new disk layout, due in spring',
      by: 'security desk',
      expiresAt: '2016-06-30T00:00:00.000Z',
      findings: 3,
    },
  ],
};

/** The newest run of each of the sample city's own sources, moved to before the cut-off of `sampleBundle`. */
function sampleRuns(): readonly QualityRun[] {
  const { qualityRuns, root } = buildSampleCity('2026-11-20');
  const newest = new Map(
    qualityRuns.filter(({ subject }) => subject === root).map((run) => [run.source.id, run]),
  );
  return [...newest.values()].map((run) => ({ ...run, subject: 'boston', startedAt: at }));
}

/** Registers for a bundle of `sampleBundle`: four sources, one of them with a check that could not be computed. */
export function sampleRegisters(): ReportRegisters {
  return { quality: sampleRuns(), security: excerpt };
}
