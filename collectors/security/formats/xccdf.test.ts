import assert from 'node:assert/strict';
import { rejectionOf } from '../../../test/scratch-folder.ts';
import { readReport } from '../test-reports.ts';
import { xccdfSample } from './test-samples.ts';

const arf = (inner: string) =>
  `<arf:asset-report-collection xmlns:arf="http://scap.nist.gov/schema/asset-reporting-format/1.1"><arf:report-requests><arf:report-request id="q"><arf:content>${inner}</arf:content></arf:report-request></arf:report-requests></arf:asset-report-collection>`;
const withoutDeclaration = xccdfSample.slice(xccdfSample.indexOf('?>') + 2);

describe('reading results of OpenSCAP', () => {
  it('reads the last result of the target: failed rules, and how many went how', async () => {
    const report = await readReport(xccdfSample);
    assert.deepEqual(report, {
      format: 'xccdf',
      scanner: 'openscap',
      scannerVersion: '1.3.7',
      producedAt: '2031-03-04T02:00:00.000Z',
      assets: [{ id: 'quay-1', kind: 'host', aliases: ['192.0.2.7', 'fd00::7', 'quay-1.hexi.example'] }],
      findings: [
        {
          ...{ rule: 'xccdf_hexi_rule_one', asset: 'quay-1', title: 'Lock the gate & check it' },
          ...{ severity: 'high', cvss: null, places: ['/gate'], url: null },
        },
        {
          ...{ rule: 'xccdf_hexi_rule_two', asset: 'quay-1', title: 'Name the owner' },
          ...{ severity: 'medium', cvss: null, places: [], url: null },
        },
      ],
      baselines: [{ asset: 'quay-1', profile: 'xccdf_hexi_profile_city', passed: 2, failed: 2, other: 2 }],
      ...{ alarms: [], logs: [], certificates: [] },
      skipped: {
        count: 1,
        examples: [
          {
            place: 'line 26',
            reason: { zh: '结果「perhaps」不属于 XCCDF', en: 'the result "perhaps" is none of XCCDF' },
          },
        ],
      },
    });
  });

  it('reads the same from an ARF', async () => {
    const plain = await readReport(xccdfSample);
    const { skipped, ...rest } = await readReport(arf(withoutDeclaration));
    const { skipped: _, ...expected } = plain;
    assert.deepEqual([rest, skipped.count], [expected, 1]);
  });

  it('takes a pass with rules that could not be checked, or without any result, for no full look', async () => {
    const broken = await readReport(xccdfSample.replace('>notchecked<', '>error<'));
    assert.deepEqual(
      [broken.assets, broken.findings.length, broken.skipped.examples.map(({ reason }) => reason.en)[0]],
      [
        [],
        2,
        'the rule xccdf_hexi_rule_six could not be checked (error), so that nothing counts as fixed; run the scan with the rights it needs',
      ],
    );
    const empty = await readReport(xccdfSample.replaceAll(/>(?:pass|fixed|fail)</g, '>notapplicable<'));
    assert.deepEqual(
      [empty.assets, empty.baselines],
      [[], [{ asset: 'quay-1', profile: 'xccdf_hexi_profile_city', passed: 0, failed: 0, other: 6 }]],
    );
  });

  it('takes elements of other namespaces for nothing', async () => {
    const stranger = '<y:rule-result xmlns:y="urn:other" idref="r"><y:result>fail</y:result></y:rule-result>';
    const text = xccdfSample.replace('</x:TestResult>\n</x:B', `${stranger}</x:TestResult>\n</x:B`);
    assert.deepEqual((await readReport(text)).baselines, (await readReport(xccdfSample)).baselines);
  });

  it('reads local times in the zone, and gives a scan without profile a name', async () => {
    const text = xccdfSample
      .replace('2031-03-04T10:00:00+08:00', '2031-03-04T10:00:00')
      .replace('<x:profile idref="xccdf_hexi_profile_city"/>', '');
    const { producedAt, baselines } = await readReport(text, { timeZone: 'America/New_York' });
    assert.deepEqual([producedAt, baselines[0]?.profile], ['2031-03-04T15:00:00.000Z', '(default)']);
  });

  it('names the asset as the user says, of one target alone', async () => {
    const { assets, findings } = await readReport(xccdfSample, { asset: 'gate house' });
    assert.deepEqual([assets[0]?.id, findings[0]?.asset], ['gate house', 'gate house']);
    const two = xccdfSample.replace('<x:target>quay-1', '<x:target>quay-2');
    assert.deepEqual(
      (await readReport(two)).baselines.map(({ asset, failed }) => [asset, failed]),
      [
        ['quay-1', 2],
        ['quay-2', 1],
      ],
    );
    const error = await rejectionOf(readReport(two, { asset: 'gate house' }));
    assert.equal(
      error.message,
      'report: holds results of 2 targets, which cannot all be gate house: name no asset',
    );
  });

  it('refuses a benchmark without results and results of nobody', async () => {
    const benchmark = xccdfSample.replaceAll(/<x:TestResult[\s\S]*<\/x:TestResult>/g, '');
    assert.match((await rejectionOf(readReport(benchmark))).message, /^report: holds no result of a scan/);
    const nobody = xccdfSample.replaceAll('<x:target>quay-1</x:target>', '');
    assert.equal(
      (await rejectionOf(readReport(nobody))).message,
      'report line 11: the result does not name its target: name the asset with --asset, or as asset in the settings of the job',
    );
  });
});
