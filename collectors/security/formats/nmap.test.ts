import assert from 'node:assert/strict';
import { rejectionOf } from '../../../test/scratch-folder.ts';
import { readReport } from '../test-reports.ts';
import { nmapSample } from './test-samples.ts';

describe('reading Nmap', () => {
  it('reads hosts that are up, their open ports and what scripts found', async () => {
    const report = await readReport(nmapSample);
    const asset = 'quay.hexi.example';
    const finding = { asset, cvss: null, url: null, places: [] };
    assert.deepEqual(report, {
      format: 'nmap',
      scanner: 'nmap',
      scannerVersion: '7.93',
      producedAt: '2031-03-04T02:00:00.000Z',
      assets: [{ id: asset, kind: 'host', aliases: ['192.0.2.7', 'q7.hexi.example'] }],
      findings: [
        {
          ...{
            ...finding,
            rule: 'CVE-2014-0160',
            title: 'Heartbleed',
            severity: 'high',
            places: ['443/tcp'],
          },
          url: 'http://cvedetails.com/cve/2014-0160/',
        },
        {
          ...{ ...finding, rule: 'CVE-2031-3001', title: 'CVE-2031-3001', severity: 'critical', cvss: 9.8 },
          places: ['22/tcp'],
        },
        { ...finding, rule: 'port/tcp/22', title: '22/tcp ssh (OpenSSH 9.2p1)', severity: 'low' },
        { ...finding, rule: 'port/tcp/23', title: '23/tcp telnet', severity: 'high' },
        { ...finding, rule: 'port/tcp/443', title: '443/tcp ftp', severity: 'info' },
      ],
      ...{ baselines: [], alarms: [], logs: [], certificates: [] },
      skipped: {
        count: 1,
        examples: [
          {
            place: 'line 23',
            reason: { zh: '主机 192.0.2.9 扫描超时', en: 'the scan of 192.0.2.9 timed out' },
          },
        ],
      },
    });
  });

  it('grades by what the service answers where it was asked, else by the port', async () => {
    const severityOf = async (port: number, service: string) => {
      const ports = `<port protocol="tcp" portid="${port}"><state state="open"/>${service}</port>`;
      const text = nmapSample.replace(/<ports>[\s\S]*<\/ports>/, `<ports>${ports}</ports>`);
      return (await readReport(text)).findings[0]?.severity;
    };
    assert.equal(await severityOf(2222, '<service name="telnet" method="probed"/>'), 'high');
    assert.equal(await severityOf(23, '<service name="http" method="probed"/>'), 'info');
    assert.equal(await severityOf(23, ''), 'high');
    assert.equal(await severityOf(5432, '<service name="postgresql" method="table"/>'), 'medium');
    assert.equal(await severityOf(8080, '<service name="http-proxy" method="table"/>'), 'info');
  });

  it('keeps a look at which hosts are up apart from scans of ports', async () => {
    const text = nmapSample.replace(/<scaninfo[^>]*>/, '').replace(/<ports>[\s\S]*<\/hostscript>/, '');
    const { scanner, assets, findings } = await readReport(text);
    assert.deepEqual([scanner, assets.length, findings], ['nmap-discovery', 1, []]);
  });

  it('names a host by its address where no name was asked for, or as the user says', async () => {
    const { assets } = await readReport(nmapSample.replace('type="user"', 'type="PTR"'));
    assert.deepEqual(assets, [
      { id: '192.0.2.7', kind: 'host', aliases: ['q7.hexi.example', 'quay.hexi.example'] },
    ]);
    assert.equal((await readReport(nmapSample, { asset: 'quay' })).assets[0]?.id, 'quay');
    const two = nmapSample.replace('timedout="true"', '');
    const error = await rejectionOf(readReport(two, { asset: 'quay' }));
    assert.equal(error.message, 'report: holds 2 hosts, which cannot all be quay: name no asset');
  });

  it('refuses a scan that was broken off or failed', async () => {
    const broken = await rejectionOf(readReport(nmapSample.replace(/<runstats>[\s\S]*<\/runstats>/, '')));
    assert.equal(broken.message, 'report: the scan did not come to its end; scan again');
    const failed = nmapSample.replace('exit="success"', 'exit="error" errormsg="no route"');
    const error = await rejectionOf(readReport(failed));
    assert.equal(error.message, 'report: the scan did not come to its end: no route; scan again');
  });
});
