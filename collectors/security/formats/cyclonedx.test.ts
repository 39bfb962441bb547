import assert from 'node:assert/strict';
import { rejectionOf } from '../../../test/scratch-folder.ts';
import { readReport } from '../test-reports.ts';
import { cyclonedxSample } from './test-samples.ts';

describe('reading CycloneDX', () => {
  it('reads vulnerabilities with the components they affect', async () => {
    const report = await readReport(cyclonedxSample);
    assert.deepEqual(report, {
      format: 'cyclonedx',
      scanner: 'harbour scan',
      scannerVersion: '3.2',
      producedAt: '2031-03-04T02:00:00.000Z',
      assets: [{ id: 'hexi/portal', kind: 'application' }],
      findings: [
        {
          ...{ rule: 'CVE-2031-2001', asset: 'hexi/portal', title: 'A long name makes quay wait for ever.' },
          ...{ severity: 'medium', cvss: 5.4, places: ['mooring@1.1', 'quay@4'] },
          url: 'https://nvd.nist.gov/vuln/detail/CVE-2031-2001',
        },
        {
          ...{ rule: 'CVE-2031-2002', asset: 'hexi/portal', title: 'CVE-2031-2002', severity: 'critical' },
          ...{ cvss: null, places: ['mooring@1.1'], url: null },
        },
      ],
      ...{ baselines: [], alarms: [], logs: [], certificates: [] },
      skipped: {
        count: 2,
        examples: [
          {
            place: 'vulnerabilities[2]',
            reason: { zh: '分析结论为 not_affected', en: 'is analysed as not_affected' },
          },
          {
            place: 'vulnerabilities[3]',
            reason: { zh: '所列组件均不受影响', en: 'affects none of the components it lists' },
          },
        ],
      },
    });
  });

  it('reads the tools of version 1.4 and counts an unrated vulnerability as medium', async () => {
    const { metadata } = cyclonedxSample;
    const report = await readReport({
      ...cyclonedxSample,
      specVersion: '1.4',
      metadata: { ...metadata, tools: [{ vendor: 'Hexi', name: 'osv', version: '2' }] },
      vulnerabilities: [{ id: 'GHSA-1', ratings: [{ severity: 'unknown' }] }],
    });
    assert.deepEqual(
      [report.scanner, report.findings.map(({ rule, severity, places }) => [rule, severity, places])],
      ['osv', [['GHSA-1', 'medium', []]]],
    );
  });

  it('does not take a bill of materials alone for the absence of vulnerabilities', async () => {
    const { vulnerabilities: _, ...alone } = cyclonedxSample;
    const error = await rejectionOf(readReport(alone));
    assert.match(error.message, /^report vulnerabilities: is missing: this is a bill of materials alone/);
    assert.deepEqual((await readReport({ ...alone, vulnerabilities: [] })).findings, []);
  });

  it('asks for JSON where it is given XML', async () => {
    const xml = '<?xml version="1.0"?><bom xmlns="http://cyclonedx.org/schema/bom/1.5" version="1"/>';
    const error = await rejectionOf(readReport(xml));
    assert.equal(
      error.message,
      'report: is CycloneDX in XML, of which JSON alone is read: export it as JSON, or turn it with cyclonedx convert',
    );
  });

  it('refuses other versions and a bill of nothing', async () => {
    const newer = await rejectionOf(readReport({ ...cyclonedxSample, specVersion: '2.0' }));
    assert.equal(
      newer.message,
      'report specVersion: is "2.0" where JSON of CycloneDX 1.4, 1.5, 1.6 is needed: export one of these',
    );
    const nameless = await rejectionOf(readReport({ ...cyclonedxSample, metadata: {} }));
    assert.match(nameless.message, /^report metadata\.component: does not say whose/);
  });
});
