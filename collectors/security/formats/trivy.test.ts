import assert from 'node:assert/strict';
import { rejectionOf } from '../../../test/scratch-folder.ts';
import { readReport } from '../test-reports.ts';
import { trivySample } from './test-samples.ts';

describe('reading Trivy', () => {
  it('reads vulnerabilities, misconfigurations and secrets of an image', async () => {
    const report = await readReport(trivySample);
    const asset = 'registry.hexi.example/portal';
    assert.deepEqual(report, {
      format: 'trivy',
      scanner: 'trivy',
      scannerVersion: '0.58.1',
      producedAt: '2031-03-04T02:00:00.500Z',
      assets: [{ id: asset, kind: 'image' }],
      findings: [
        {
          ...{ rule: 'CVE-2031-1001', asset, title: 'libtide: reads beyond its buffer' },
          ...{ severity: 'high', cvss: 7.8, url: 'https://avd.aquasec.com/nvd/cve-2031-1001' },
          places: ['7 libtide@2.4-1 (portal (debian 12.5))'],
        },
        {
          ...{
            rule: 'CVE-2031-1002',
            asset,
            title: 'CVE-2031-1002',
            severity: 'medium',
            cvss: null,
            url: null,
          },
          places: ['7 libtide (portal (debian 12.5))'],
        },
        {
          ...{
            rule: 'DS002',
            asset,
            title: 'The image runs as root',
            severity: 'high',
            cvss: null,
            url: null,
          },
          places: ['7 deploy/Dockerfile:11'],
        },
        {
          ...{
            rule: 'private-key',
            asset,
            title: 'Private key',
            severity: 'critical',
            cvss: null,
            url: null,
          },
          places: ['7 config/app.env:4'],
        },
      ],
      ...{ baselines: [], alarms: [], logs: [], certificates: [] },
      skipped: { count: 0, examples: [] },
    });
  });

  it('keeps nothing of a secret', async () => {
    assert.doesNotMatch(JSON.stringify(await readReport(trivySample)), /s3cret/);
  });

  it('takes the score of whoever gave the severity, V3 before V4 and V2', async () => {
    const scoreOf = async (CVSS: object, SeveritySource = 'redhat') => {
      const entry = { VulnerabilityID: 'CVE-1', PkgName: 'p', Severity: 'LOW', SeveritySource, CVSS };
      const [found] = (
        await readReport({ ...trivySample, Results: [{ Target: 't', Vulnerabilities: [entry] }] })
      ).findings;
      return [found?.cvss, found?.severity];
    };
    assert.deepEqual(await scoreOf({ nvd: { V3Score: 9.1 }, redhat: { V3Score: 4.3 } }), [4.3, 'low']);
    assert.deepEqual(await scoreOf({ nvd: { V40Score: 6.9, V2Score: 5 }, ghsa: { V3Score: 8.2 } }), [
      8.2,
      'low',
    ]);
    assert.deepEqual(await scoreOf({ bitnami: { V40Score: 6.9 }, nvd: { V2Score: 5 } }), [6.9, 'low']);
    assert.deepEqual(await scoreOf({ nvd: { V3Score: 0 }, ghsa: { V3Score: 11 } }), [null, 'low']);
  });

  it('skips what cannot be understood and keeps the rest', async () => {
    const { findings, skipped } = await readReport({
      ...trivySample,
      Results: [
        { Target: 't', Vulnerabilities: [{ PkgName: 'p' }, { VulnerabilityID: 7, PkgName: 'p' }] },
        { Target: 't', Vulnerabilities: 'none' },
        null,
        { Target: 't', Misconfigurations: [{ ID: 'A1', Severity: 'NONE' }] },
      ],
    });
    assert.deepEqual(
      findings.map(({ rule, severity }) => [rule, severity]),
      [['A1', 'info']],
    );
    assert.deepEqual(
      skipped.examples.map(({ place, reason }) => `${place} ${reason.en}`),
      [
        'Results[0].Vulnerabilities[0].VulnerabilityID is missing',
        'Results[0].Vulnerabilities[1].VulnerabilityID is "7" where a text is needed',
        'Results[1].Vulnerabilities is "none" where a list is needed',
        'Results[2] is empty',
      ],
    );
  });

  it('refuses another schema and a report about nothing', async () => {
    const older = await rejectionOf(readReport([], { format: 'trivy' }));
    assert.equal(
      older.message,
      'report SchemaVersion: is "1" where Trivy\'s schema 2 is needed: write it again with trivy --format json',
    );
    const nameless = await rejectionOf(readReport({ ...trivySample, ArtifactName: '' }));
    assert.equal(
      nameless.message,
      'report ArtifactName: does not say what was scanned: name it with --asset, or as asset in the settings of the job',
    );
    const { assets } = await readReport(
      { ...trivySample, ArtifactName: '', Results: null },
      { asset: 'portal' },
    );
    assert.deepEqual(assets, [{ id: 'portal', kind: 'image' }]);
  });
});
