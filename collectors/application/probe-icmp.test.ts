import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { readingValue, runOnce, targetTexts } from '../../test/probe-run.ts';
import { requireProgram } from '../../test/real-parts.ts';
import { scratchFolder } from '../../test/scratch-folder.ts';
import { probeIcmp } from './probe-icmp.ts';

describe('probe-icmp', () => {
  const folder = scratchFolder();

  it('measures the round trip over both versions of IP', async function () {
    requireProgram(this, 'ping');
    const settings = { targets: ['127.0.0.1', '::1'], count: 2, ipVersion: 'both' };
    const seen = await runOnce(probeIcmp, settings);
    if (seen.gaps?.length) this.skip();
    assert.match(targetTexts(seen)['127.0.0.1 (IPv4)'] ?? '', /^up: 2 sent, 2 received, mean 0\.\d\d ms$/);
    assert.match(targetTexts(seen)['::1 (IPv6)'] ?? '', /^up: 2 sent, 2 received/);
    const duration =
      readingValue(seen, 'citygauge_probe_duration_seconds', { target: '::1', kind: 'icmp' }) ?? 0;
    assert.ok(duration > 0 && duration < 0.1);
  });

  it('counts a name that nobody knows as down', async function () {
    requireProgram(this, 'ping');
    const seen = await runOnce(probeIcmp, { targets: ['nobody.invalid'], retries: 0 });
    assert.match(targetTexts(seen)['nobody.invalid'] ?? '', /^down: ping says: ping: nobody\.invalid: /);
  });

  it('does not apply where ping is not installed or not allowed', async () => {
    const absent = await runOnce(
      probeIcmp,
      { targets: ['127.0.0.1'] },
      { environment: { PATH: folder.path } },
    );
    const [gap] = absent.gaps ?? [];
    assert.deepEqual(
      [gap?.state, gap?.metric, gap?.labels, gap?.reason.en, gap?.remedy?.en],
      [
        'notApplicable',
        null,
        { target: '127.0.0.1' },
        'the program ping is not installed',
        'install iputils-ping, or use probe-tcp',
      ],
    );
    assert.deepEqual(absent.readings, []);
    const refusing = '#!/bin/sh\necho "ping: socktype: SOCK_RAW: Operation not permitted" >&2; exit 2\n';
    chmodSync(folder.write('ping', refusing), 0o755);
    const PATH = `${folder.path}:${process.env.PATH}`;
    const refused = await runOnce(probeIcmp, { targets: ['127.0.0.1'] }, { environment: { PATH } });
    assert.deepEqual(
      refused.gaps?.map(({ state, reason }) => [state, reason.zh]),
      [['notApplicable', '本机不允许发送 ICMP 报文']],
    );
  });
});
