import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { runOnce, targetTexts } from '../../test/probe-run.ts';
import { requireProgram } from '../../test/real-parts.ts';
import { rejectionOf, scratchFolder } from '../../test/scratch-folder.ts';
import { CollectorFault } from '../contract.ts';
import { scanLynis } from './scan-lynis.ts';

describe('scan-lynis', () => {
  const folder = scratchFolder();

  /** A program of that name which ends at once: an audit takes about a minute. */
  function environmentWith(script: string) {
    const path = folder.write('lynis', `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return { environment: { PATH: `${folder.path}:/usr/bin:/bin` } };
  }
  const toReport = 'while [ $# -gt 0 ]; do last=$1; shift; done; exec > "$last"';

  it('reads the report that the audit leaves, in UTC whatever the zone of the host', async () => {
    const lines = ['lynis_version=3.0.8', 'hostname=gw-1', 'warning[]=LOGG-2138|klogd is not running|-|-|'];
    const script = `${toReport}\n${lines.map((line) => `echo '${line}'`).join('\n')}\ndate '+report_datetime_end=%Y-%m-%d %H:%M:%S'\necho finish=true`;
    const { environment } = environmentWith(script);
    const before = Date.now() - 1000;
    const brought = await runOnce(
      scanLynis,
      { asset: 'gateway' },
      { environment: { ...environment, TZ: 'Asia/Shanghai' } },
    );
    const report = brought.scans?.[0]?.report;
    assert.deepEqual(
      report?.findings.map(({ rule, asset, severity }) => [rule, asset, severity]),
      [['LOGG-2138', 'gateway', 'medium']],
    );
    const producedAt = Date.parse(report?.producedAt ?? '');
    assert.ok(producedAt >= before && producedAt <= Date.now(), report?.producedAt ?? 'no time');
    assert.deepEqual(targetTexts(brought), { gateway: 'up: 1 tests with warnings, 0 with suggestions' });
  });

  it('says what is missing, what failed and what was broken off', async () => {
    const faultOf = async (script: string | null, timeoutSeconds = 20) => {
      const options = script === null ? { environment: { PATH: '/nowhere' } } : environmentWith(script);
      const fault = await rejectionOf(runOnce(scanLynis, {}, { ...options, timeoutSeconds }));
      return fault instanceof CollectorFault ? [fault.reason.en, fault.remedy?.en] : [fault.message];
    };
    assert.deepEqual(await faultOf(null), [
      'the program lynis is not installed',
      'install the package lynis and see that it is on PATH',
    ]);
    assert.deepEqual(await faultOf('echo "Fatal error: no profile" >&2; exit 1'), [
      'lynis says: Fatal error: no profile',
      'run lynis audit system on this host by hand and see why',
    ]);
    assert.match((await faultOf('exit 0'))[0] ?? '', /^lynis left no report$/);
    assert.match(
      (await faultOf(`${toReport}; echo lynis_version=3; echo hostname=a`))[0] ?? '',
      /lacks finish=true at its end: the audit was broken off/,
    );
    assert.match((await faultOf('sleep 30', 6))[0] ?? '', /^lynis was not done within 1 s and was killed/);
  });

  it('audits this host for real, in part and so without declaring anything fixed', async function () {
    requireProgram(this, 'lynis', ['/usr/sbin']);
    this.timeout(120_000);
    const brought = await runOnce(scanLynis, { groups: ['ssh'] }, { timeoutSeconds: 110 });
    const report = brought.scans?.[0]?.report;
    assert.deepEqual([report?.scanner, report?.assets, report?.skipped.count], ['lynis', [], 0]);
    assert.ok((report?.findings.length ?? 0) > 0);
  });
});
