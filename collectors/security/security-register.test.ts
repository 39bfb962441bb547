import assert from 'node:assert/strict';
import { rejectionOf } from '../../test/scratch-folder.ts';
import { gapsOf, linesOf } from '../cloud/table/test-tables.ts';
import { CollectorFault, type CollectorPorts, type SecurityFigures } from '../contract.ts';
import { securityRegister } from './security-register.ts';

const startedAt = '2031-05-20T00:00:00.000Z';

const nothing: SecurityFigures = {
  ...{ open: null, suppressed: null, oldestAgeDays: null, assets: null, baselines: [] },
  ...{ logSources: null, alarms: null, scanners: [] },
};
const counts = (critical: number, high: number) => ({ critical, high, medium: 0, low: 0, info: 7 });
const full: SecurityFigures = {
  open: counts(2, 3),
  suppressed: counts(0, 5),
  oldestAgeDays: counts(41.5, 8),
  assets: { all: 12, unowned: 4 },
  baselines: [{ asset: 'web', profile: 'standard', passed: 60, failed: 20, other: 31, at: startedAt }],
  logSources: { expected: 6, reporting: 5 },
  alarms: { raised: 9, confirmed: 2, dismissed: 3 },
  scanners: [
    { scanner: 'nmap', at: '2031-04-15T00:00:00.000Z' },
    { scanner: 'trivy', at: '2031-04-14T23:59:59.000Z' },
  ],
};

function collect(figures: SecurityFigures, settings: object = {}) {
  const asked: unknown[] = [];
  const register = {
    security: async (...request: unknown[]) => {
      asked.push(request);
      return figures;
    },
  };
  const ports = { register } as unknown as CollectorPorts;
  const run = { job: 'register', subject: 'hexi', state: undefined, startedAt, ports };
  const signal = new AbortController().signal;
  const of = { ...run, signal, settings: securityRegister.settings.parse(settings) };
  return securityRegister.collect(of).then((got) => ({ got, asked }));
}

describe('the figures of the security register', () => {
  it('are read as of the run, with the scanner named whose newest scan is too old', async () => {
    const { got, asked } = await collect(full);
    assert.deepEqual(asked, [['hexi', startedAt]]);
    assert.deepEqual(linesOf(got), [
      ...['findings_open{severity="critical"} 2', 'findings_open{severity="high"} 3'],
      ...[
        'findings_open{severity="medium"} 0',
        'findings_open{severity="low"} 0',
        'findings_open{severity="info"} 7',
      ],
      ...['findings_suppressed{severity="critical"} 0', 'findings_suppressed{severity="high"} 5'],
      ...['findings_suppressed{severity="medium"} 0', 'findings_suppressed{severity="low"} 0'],
      'findings_suppressed{severity="info"} 7',
      ...[
        'findings_oldest_age_days{severity="critical"} 41.5',
        'findings_oldest_age_days{severity="high"} 8',
      ],
      ...['findings_oldest_age_days{severity="medium"} 0', 'findings_oldest_age_days{severity="low"} 0'],
      'findings_oldest_age_days{severity="info"} 7',
      ...['assets 12', 'assets_unowned 4', 'baseline_pass_ratio{asset="web",profile="standard"} 0.75'],
      ...['log_sources_expected 6', 'log_sources_reporting 5'],
      ...['security_alarms_raised_total 9', 'security_alarms_confirmed_total 2'],
      ...['scan_age_seconds{scanner="nmap"} 3024000', 'scan_age_seconds{scanner="trivy"} 3024001'],
    ]);
    assert.deepEqual(gapsOf(got), [
      '* trivy failed: the newest scan of trivy is 35.0 days old, more than 35',
    ]);
  });

  it('of findings are withheld when every scan is too old, and the rest is given', async () => {
    const { got } = await collect(full, { maxScanAgeDays: 30 });
    assert.deepEqual(
      linesOf(got).filter((line) => line.startsWith('findings')),
      [],
    );
    assert.equal(linesOf(got)[0], 'assets 12');
    assert.deepEqual(
      gapsOf(got).map((line) => line.split(':')[0]),
      [
        '* nmap failed',
        '* trivy failed',
        'findings_open  failed',
        'findings_suppressed  failed',
        'findings_oldest_age_days  failed',
      ],
    );
  });

  it('are none for what nobody reports, and none of a baseline that no rule applied to', async () => {
    const assets = { all: 3, unowned: 3 };
    const baselines = [{ asset: 'web', profile: 'standard', passed: 0, failed: 0, other: 31, at: startedAt }];
    const { got } = await collect({ ...nothing, assets, baselines });
    assert.deepEqual([linesOf(got), gapsOf(got)], [['assets 3', 'assets_unowned 3'], []]);
    const error = await rejectionOf(collect(nothing));
    assert.ok(error instanceof CollectorFault);
    assert.match(error.message, /the security register is empty/);
  });
});
