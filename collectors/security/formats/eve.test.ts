import assert from 'node:assert/strict';
import fc from 'fast-check';
import { InputError } from '../../contract.ts';
import { eve } from './eve.ts';
import { readText } from './test-read.ts';

const alert = (over: object = {}, signature: object = {}) =>
  JSON.stringify({
    timestamp: '2026-11-21T09:15:00.251547+0800',
    flow_id: 586497171462735,
    event_type: 'alert',
    src_ip: '203.0.113.9',
    src_port: 50096,
    dest_ip: '10.20.3.4',
    dest_port: 443,
    proto: 'TCP',
    ...over,
    alert: {
      action: 'allowed',
      gid: 1,
      signature_id: 2018358,
      rev: 10,
      signature: 'ET HUNTING GENERIC SUSPICIOUS POST',
      category: 'Potentially Bad Traffic',
      severity: 2,
      ...signature,
    },
  });
const lines = (...all: string[]) => `${all.join('\n')}\n`;

describe('Suricata EVE', () => {
  it('is told by the first lines of the log, also where the first is the rest of one', () => {
    const says = (text: string) => eve.recognises({ fileName: 'eve.json', text });
    assert.equal(says(alert()), true);
    assert.equal(says(`vity":2}}\n${alert()}`), true);
    assert.equal(says('{"bomFormat":"CycloneDX"}'), false);
    assert.equal(says(''), false);
  });

  it('makes one alarm of equal signatures about one asset on one day of UTC', async () => {
    const report = await readText(
      eve,
      lines(
        alert(),
        alert({ timestamp: '2026-11-21T07:59:59.999+0800' }),
        alert({ timestamp: '2026-11-21T12:00:00.000+0800' }, { severity: 1 }),
      ),
    );
    assert.deepEqual(report.alarms, [
      {
        signature: '1:2018358:10',
        title: 'ET HUNTING GENERIC SUSPICIOUS POST',
        asset: '10.20.3.4',
        severity: 'medium',
        firstAt: '2026-11-20T23:59:59.999Z',
        lastAt: '2026-11-20T23:59:59.999Z',
        count: 1,
      },
      {
        signature: '1:2018358:10',
        title: 'ET HUNTING GENERIC SUSPICIOUS POST',
        asset: '10.20.3.4',
        severity: 'high',
        firstAt: '2026-11-21T01:15:00.251Z',
        lastAt: '2026-11-21T04:00:00.000Z',
        count: 2,
      },
    ]);
    assert.equal(report.scanner, 'suricata');
    assert.equal(report.producedAt, '2026-11-21T04:00:00.000Z');
    assert.deepEqual(report.assets, [], 'a stream fixes nothing');
  });

  it('takes the end that is ours as the asset, the destination first, and never a stranger', async () => {
    const assetOf = async (over: object, options = {}) =>
      (await readText(eve, alert(over), options)).alarms.map(({ asset }) => asset);
    assert.deepEqual(await assetOf({ src_ip: '10.1.1.1', dest_ip: '10.2.2.2' }), ['10.2.2.2']);
    assert.deepEqual(await assetOf({ src_ip: '10.1.1.1', dest_ip: '198.51.100.7' }), ['10.1.1.1']);
    assert.deepEqual(await assetOf({ src_ip: '198.51.100.8', dest_ip: '198.51.100.7', host: 'sensor-3' }), [
      'sensor-3',
    ]);
    assert.deepEqual(
      await assetOf({ src_ip: 'fe80::1', dest_ip: '2001:db8::7' }, { homeNetworks: ['2001:db8::/32'] }),
      ['2001:db8::7'],
    );
    const nobody = await readText(eve, alert({ dest_ip: '198.51.100.7' }));
    assert.deepEqual(nobody.alarms, []);
    assert.match(nobody.skipped.examples[0]?.reason.en ?? '', /^neither end lies in the home networks: /);
  });

  it('gives Suricata’s priorities as severities, none of them critical', async () => {
    const severityOf = async (severity: unknown) =>
      (await readText(eve, alert({}, { severity }))).alarms[0]?.severity;
    assert.deepEqual(await Promise.all([1, 2, 3, 4, 255, null, 0].map(severityOf)), [
      'high',
      'medium',
      'low',
      'info',
      'info',
      'medium',
      'medium',
    ]);
  });

  it('counts events of every type as lines of the sensor’s log', async () => {
    const report = await readText(
      eve,
      lines(
        JSON.stringify({ timestamp: '2026-11-21T09:00:00+0800', event_type: 'flow', host: 'sensor-3' }),
        JSON.stringify({ timestamp: '2026-11-21T09:20:00+0800', event_type: 'stats', host: 'sensor-3' }),
        alert(),
      ),
      { asset: 'sensor-4' },
    );
    assert.deepEqual(report.logs, [
      { asset: 'sensor-3', lastAt: '2026-11-21T01:20:00.000Z', lines: 2 },
      { asset: 'sensor-4', lastAt: '2026-11-21T01:15:00.251Z', lines: 1 },
    ]);
  });

  it('skips lines that are cut off, too long, of the future or no events, each with its line and reason', async () => {
    const report = await readText(
      eve,
      lines(
        alert(),
        alert().slice(0, 90),
        `{"pad":"${'x'.repeat(1024 * 1024)}"}`,
        alert({ timestamp: '2026-11-21T14:05:00.001+0800' }),
        '[1]',
        alert({ timestamp: 'yesterday' }),
        alert({}, { signature_id: 'a' }),
        '',
        alert({ event_type: null }),
      ),
    );
    assert.equal(report.alarms[0]?.count, 1);
    assert.equal(report.skipped.count, 7);
    assert.deepEqual(
      report.skipped.examples.map(({ place, reason }) => `${place}: ${reason.en}`),
      [
        'line 2: is not one whole JSON object',
        'line 3: is longer than 1024 KB',
        'line 4: 2026-11-21T06:05:00.001Z lies in the future: set the clock and the zone of the host that wrote it',
        'line 5: [...] is no object',
        'line 6 timestamp: "yesterday" is no time',
        'line 7 alert.signature_id: is "a" where a number is needed',
        'line 9 event_type: is missing',
      ],
    );
  });

  it('refuses a file without one event, naming the first line', async () => {
    await assert.rejects(readText(eve, 'name,age\nA,3\n'), {
      name: 'InputError',
      message: 'report line 1: no line is an event of EVE: check that this is the eve.json of Suricata',
    });
    assert.deepEqual((await readText(eve, '')).alarms, []);
  });

  it('ends every sequence of bytes in a report or an InputError', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.nat(400), async (noise, at) => {
        const good = Buffer.from(lines(alert(), alert()));
        const bytes = Buffer.concat([good.subarray(0, at), noise, good.subarray(at)]);
        await readText(eve, bytes).catch((error) => assert.ok(error instanceof InputError));
      }),
      { numRuns: 60 },
    );
  });
});
