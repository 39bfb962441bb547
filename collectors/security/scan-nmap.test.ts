import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { runOnce, targetTexts } from '../../test/probe-run.ts';
import { requireProgram } from '../../test/real-parts.ts';
import { rejectionOf, scratchFolder } from '../../test/scratch-folder.ts';
import { CollectorFault } from '../contract.ts';
import { scanNmap } from './scan-nmap.ts';

const faultsOf = (settings: object): string[] => {
  const result = scanNmap.settings.safeParse(settings);
  return result.error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? [];
};

describe('scan-nmap', function () {
  this.timeout(30_000);
  const folder = scratchFolder();
  const server: Server = createServer((socket) => socket.destroy());
  let port = 0;
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as { port: number }).port;
  });
  after(() => server.close());

  it('finds the open port of a listed host, and says which host did not answer', async function () {
    requireProgram(this, 'nmap');
    const targets = ['127.0.0.1', 'nobody.invalid', '::1'];
    const seen = await runOnce(scanNmap, { targets, ports: [port, 1] });
    assert.deepEqual(
      seen.scans?.map(({ report, fileName }) => [
        fileName,
        report.scanner,
        report.assets.map(({ id }) => id),
        report.findings.map(({ rule, asset, severity }) => [rule, asset, severity]),
      ]),
      [
        ['nmap 127.0.0.1 nobody.invalid', 'nmap', ['127.0.0.1'], [[`port/tcp/${port}`, '127.0.0.1', 'info']]],
        ['nmap ::1', 'nmap', ['::1'], []],
      ],
    );
    assert.deepEqual(targetTexts(seen), {
      '127.0.0.1': 'up: 1 ports open',
      'nobody.invalid': 'down: did not answer and was not scanned',
      '::1': 'up: 0 ports open',
    });
    assert.deepEqual(
      seen.gaps?.map(({ labels, state }) => [labels, state]),
      [[{ target: 'nobody.invalid' }, 'failed']],
    );
  });

  it('fails when no listed host answers', async function () {
    requireProgram(this, 'nmap');
    const error = await rejectionOf(runOnce(scanNmap, { targets: ['nobody.invalid'], ports: [1] }));
    assert.ok(error instanceof CollectorFault);
    assert.deepEqual(
      [error.message, error.brought?.targets?.length],
      ['none of the listed hosts answered', 1],
    );
  });

  it('scans hosts of a range only when ranges are allowed', async function () {
    requireProgram(this, 'nmap');
    const seen = await runOnce(scanNmap, { targets: ['127.0.0.1/31'], ports: [port], allowRanges: true });
    assert.equal(targetTexts(seen)['127.0.0.1'], 'up: 1 ports open');
  });

  it('refuses ranges in every form unless they are allowed', () => {
    const listed =
      'stands for several hosts: list the hosts one by one, or set allowRanges: true and write it as 192.0.2.0/28 or 192.0.2.1-20';
    for (const target of [
      '10.0.0.0/8',
      '10.0.0.1-20',
      '10.0.0.*',
      '10.0.0.1,2',
      'quay.example/24',
      '10.0-1.0.1',
      '1-2',
    ])
      assert.deepEqual(faultsOf({ targets: ['192.0.2.1', target] }), [`targets.1 ${listed}`], target);
    assert.deepEqual(faultsOf({ targets: ['10.0.0.*'], allowRanges: true }), [`targets.0 ${listed}`]);
    assert.deepEqual(faultsOf({ targets: ['10.0.0.0/24'], allowRanges: true }), []);
    assert.deepEqual(faultsOf({ targets: ['10.0.0.0/24', '10.0.1.1'], allowRanges: true }), [
      'targets "targets" stand for 257 hosts, more than the 256 that one job may scan: make several jobs',
    ]);
    assert.equal(faultsOf({ targets: ['10.0-3.0-3.0-255'], allowRanges: true }).length, 1);
  });

  it('refuses what is no host, above all what Nmap would take for an option', () => {
    const fault = 'is neither a host name nor an address';
    for (const target of [
      '-',
      '-iR',
      '-oN',
      '--script=x',
      '-iL /etc/passwd',
      'a b',
      '$(id)',
      '256.1.1.1',
      '2130706433',
      'a..b',
      'x'.repeat(254),
      '[::1]',
      'fe80::1%eth0',
      'quay\n-iR',
    ])
      assert.deepEqual(faultsOf({ targets: [target] }), [`targets.0 ${fault}`], target);
    for (const target of [
      'quay-1.hexi.example',
      '192.0.2.1',
      '2001:db8::7',
      '3com.example',
      'a_b.example',
      'localhost',
    ])
      assert.deepEqual(faultsOf({ targets: [target] }), [], target);
    assert.equal(faultsOf({ targets: ['quay'], ports: [0] }).length, 1);
    assert.equal(faultsOf({ targets: ['quay'], arguments: ['-A'] }).length, 1);
  });

  it('fails with the package to install where nmap is absent', async () => {
    const environment = { PATH: folder.path };
    const error = await rejectionOf(runOnce(scanNmap, { targets: ['127.0.0.1'] }, { environment }));
    assert.equal((error as CollectorFault).remedy?.en, 'install the package nmap and see that it is on PATH');
  });
});
