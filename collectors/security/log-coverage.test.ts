import assert from 'node:assert/strict';
import { mkdirSync, utimesSync } from 'node:fs';
import { runOnce, targetTexts } from '../../test/probe-run.ts';
import { rejectionOf, scratchFolder } from '../../test/scratch-folder.ts';
import { CollectorFault, type CollectorYield } from '../contract.ts';
import { logCoverage } from './log-coverage.ts';

const startedAt = '2031-03-05T06:00:00.000Z';

describe('log-coverage', () => {
  const folder = scratchFolder();
  const at = (name: string) => `${folder.path}/${name}`;
  const write = (name: string, text: string, daysAgo = 0) => {
    const path = folder.write(name, text);
    const seconds = Date.parse(startedAt) / 1000 - daysAgo * 86_400;
    utimesSync(path, seconds, seconds);
    return path;
  };
  const logsOf = ({ scans = [] }: CollectorYield) =>
    scans.flatMap(({ report }) =>
      report.logs.map(({ asset, lastAt, lines }) => `${asset} ${lastAt} ${lines}`),
    );

  it('tells the newest line of each host over all files, of listed ones and of a folder', async () => {
    mkdirSync(at('remote/archive'), { recursive: true });
    const web = write(
      'web.log',
      'Mar  5 13:00:00 web-1 cron[1]: x\nMar  5 13:30:00 web-1 cron[1]: x\n  continued\nMar  5 12:00:00 db-1 cron[1]: x\n',
    );
    write(
      'remote/db.log',
      '<86>1 2031-03-05T05:59:00Z db-1 app 1 - - x\n2031-03-05T06:10:00Z db-1 app: future\n',
    );
    write('remote/db.log.1.gz', 'compressed');
    write('remote/old.log', 'Mar  1 12:00:00 old-1 cron[1]: x\n', 3);
    const brought = await runOnce(logCoverage, { files: [web], folder: at('remote') }, { startedAt });
    assert.deepEqual(logsOf(brought), [
      'db-1 2031-03-05T05:59:00.000Z 2',
      'web-1 2031-03-05T05:30:00.000Z 2',
    ]);
    assert.deepEqual(targetTexts(brought), {
      [web]: 'up: 2 hosts, 3 lines, 1 skipped',
      [at('remote/db.log')]: 'up: 1 hosts, 1 lines, 1 skipped',
    });
    assert.deepEqual(brought.gaps, []);
  });

  it('reads the end of a large file alone, from a whole line', async () => {
    const lines = Array.from(
      { length: 60 },
      (_, i) => `Mar  5 12:00:${String(i).padStart(2, '0')} web-${i} a: x\n`,
    );
    const file = write('large.log', lines.join(''));
    const brought = await runOnce(logCoverage, { files: [file], maxMegabytes: 0.0001 }, { startedAt });
    assert.deepEqual(logsOf(brought), [
      'web-57 2031-03-05T04:00:57.000Z 1',
      'web-58 2031-03-05T04:00:58.000Z 1',
      'web-59 2031-03-05T04:00:59.000Z 1',
    ]);
  });

  it('takes a list of hosts that a log platform exports', async () => {
    const table = write(
      'hosts.csv',
      '主机,最近日志时间,日志条数\nweb-1,2031-03-05 13:59,5210\ndb-1,2031-03-05 14:30,7\nfw-1,,\nap-1,2031-03-01 08:00,\n',
    );
    const brought = await runOnce(logCoverage, { table }, { startedAt });
    assert.deepEqual(logsOf(brought), [
      'ap-1 2031-03-01T00:00:00.000Z 1',
      'web-1 2031-03-05T05:59:00.000Z 5210',
    ]);
    assert.deepEqual(
      brought.gaps?.map(({ labels, reason }) => [labels, reason.en]),
      [
        [{ host: 'fw-1' }, `${table} line 4: column 最近日志时间 is empty`],
        [{ host: 'db-1' }, `${table} line 3: the time of its last log lies in the future`],
      ],
    );
  });

  it('tells a source that cannot be read and goes on; fails when none can', async () => {
    const good = write('good.log', 'Mar  5 13:00:00 web-1 cron[1]: x\n');
    const bad = write('bad.log', 'Dear reader,\n');
    const stale = write('stale.csv', 'host,last log at\nweb-1,2031-03-03\n', 1.5);
    const brought = await runOnce(
      logCoverage,
      { files: [good, bad, at('none')], table: stale },
      { startedAt },
    );
    assert.deepEqual(logsOf(brought), ['web-1 2031-03-05T05:00:00.000Z 1']);
    assert.deepEqual(
      brought.gaps?.map(({ reason }) => reason.en.replace(folder.path, '')),
      [
        '/bad.log: no line is one of syslog, which begins with time and host',
        '/none: there is no such file: check the path, which is seen from the folder of the settings file',
        'stale: /stale.csv was last changed 1 days ago where 1 are allowed',
      ],
    );
    const fault = await rejectionOf(runOnce(logCoverage, { files: [bad] }, { startedAt }));
    assert.ok(fault instanceof CollectorFault);
    assert.equal(fault.brought?.targets?.[0]?.isUp, false);
  });

  it('needs at least one source', () => {
    assert.match(
      logCoverage.settings.safeParse({}).error?.issues[0]?.message ?? '',
      /needs files, folder or table/,
    );
  });
});
