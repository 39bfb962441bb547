import assert from 'node:assert/strict';
import { appendFileSync, renameSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from '../../test/scratch-folder.ts';
import type { CollectorYield } from '../contract.ts';
import { createPorts } from '../ports.ts';
import { tailEve } from './tail-eve.ts';

const alert = (time: string, signature = 2018358, destination = '10.20.3.4') =>
  `${JSON.stringify({
    timestamp: time,
    event_type: 'alert',
    host: 'sensor-3',
    src_ip: '203.0.113.9',
    dest_ip: destination,
    alert: { gid: 1, signature_id: signature, rev: 10, signature: 'ET SCAN', severity: 2 },
  })}\n`;

describe('tail-eve', () => {
  const folder = scratchFolder();

  /** A job from its start on; each call is a run. */
  async function job(file: string, more: object = {}) {
    const ports = createPorts({ settingsFolder: folder.path, environment: {} });
    const settings = tailEve.settings.parse({ file, ...more });
    const state = await tailEve.start?.(settings, ports);
    assert.ok(state);
    return (startedAt: string): Promise<CollectorYield> =>
      tailEve.collect({
        ...{ job: 'alarms', subject: 'hexi', settings, state, ports, startedAt },
        signal: new AbortController().signal,
      });
  }
  const alarmsOf = ({ scans = [] }: CollectorYield) =>
    scans.flatMap(({ report }) =>
      report.alarms.map(({ signature, asset, firstAt, lastAt, count }) =>
        [signature, asset, firstAt.slice(0, 16), lastAt.slice(0, 16), count].join(' '),
      ),
    );

  it('counts alarms of a day from its beginning, over runs, rotation and midnight', async () => {
    const path = folder.write(
      'eve.json',
      alert('2031-03-05T10:00:00+0000') + alert('2031-03-05T10:01:00+0000', 7),
    );
    const run = await job('eve.json');
    assert.deepEqual(alarmsOf(await run('2031-03-05T10:05:00.000Z')), [
      '1:2018358:10 10.20.3.4 2031-03-05T10:00 2031-03-05T10:00 1',
      '1:7:10 10.20.3.4 2031-03-05T10:01 2031-03-05T10:01 1',
    ]);
    const still = await run('2031-03-05T10:10:00.000Z');
    assert.deepEqual([still.scans, still.gaps], [[], []]);
    appendFileSync(path, alert('2031-03-05T23:59:00+0000'));
    renameSync(path, `${path}.1`);
    const midnight = Date.parse('2031-03-06T00:00:00Z') / 1000;
    utimesSync(`${path}.1`, midnight, midnight);
    folder.write('eve.json', alert('2031-03-06T00:01:00+0000'));
    const third = await run('2031-03-06T00:05:00.000Z');
    assert.deepEqual(alarmsOf(third), [
      '1:2018358:10 10.20.3.4 2031-03-05T10:00 2031-03-05T23:59 2',
      '1:2018358:10 10.20.3.4 2031-03-06T00:01 2031-03-06T00:01 1',
      '1:7:10 10.20.3.4 2031-03-05T10:01 2031-03-05T10:01 1',
    ]);
    assert.deepEqual(third.scans?.[0]?.report.logs, [
      { asset: 'sensor-3', lastAt: '2031-03-06T00:01:00.000Z', lines: 2 },
    ]);
    const again = await job('eve.json');
    assert.deepEqual(
      alarmsOf(await again('2031-03-06T00:06:00.000Z')),
      alarmsOf(third),
      'a start anew tells the same numbers, from the rotated file too',
    );
  });

  it('leaves out days before yesterday, and skips the future and what is no event', async () => {
    folder.write(
      'days.json',
      alert('2031-03-03T23:59:59+0000') +
        alert('2031-03-04T00:00:00+0000') +
        alert('2031-03-05T10:10:01+0000') +
        '{"cut\n',
    );
    const brought = await (await job('days.json'))('2031-03-05T10:05:00.000Z');
    assert.deepEqual(alarmsOf(brought), ['1:2018358:10 10.20.3.4 2031-03-04T00:00 2031-03-04T00:00 1']);
    assert.deepEqual(
      brought.scans?.[0]?.report.skipped.examples.map(({ place }) => place),
      ['line 3', 'line 4'],
    );
    assert.equal(
      brought.targets?.[0]?.detail.en,
      '636 bytes read, 1 alarms of today and yesterday changed, 2 lines skipped',
    );
  });

  it('says what it left out at the start and what rotation took away', async () => {
    const now = '2031-03-05T10:05:00.000Z';
    const path = folder.write('big.json', alert('2031-03-05T10:00:00+0000').repeat(9));
    const run = await job('big.json', { maxMegabytes: 0.001 });
    const first = await run(now);
    assert.deepEqual(
      first.gaps?.map(({ reason }) => reason.en),
      ['the first 1 MB of the log were left out at the start'],
    );
    assert.match(alarmsOf(first)[0] ?? '', / 4$/);
    renameSync(path, join(folder.path, 'elsewhere'));
    folder.write('big.json', alert('2031-03-05T10:04:00+0000'));
    const second = await run(now);
    assert.deepEqual(
      second.gaps?.map(({ reason }) => reason.en),
      ['the log was rotated and what it was before is gone: its last lines may be missing'],
    );
    assert.match(alarmsOf(second)[0] ?? '', / 5$/);
  });

  it('refuses networks that are none', () => {
    const parse = (homeNetworks: string[]) => tailEve.settings.safeParse({ file: 'e', homeNetworks });
    assert.equal(parse(['10.1.2.0/24', 'fd00::/8', '10.0.0.1']).success, true);
    assert.match(
      parse(['10.1']).error?.issues[0]?.message ?? '',
      /^"10\.1" is no network: write 10\.0\.0\.0\/8, fd00::\/8 or an address$/,
    );
  });
});
