import assert from 'node:assert/strict';
import { startGreeter } from '../../test/mischief-server.ts';
import { readingValue, runOnce, targetTexts } from '../../test/probe-run.ts';
import { probeTcp } from './probe-tcp.ts';

describe('probe-tcp', () => {
  let greeter: Awaited<ReturnType<typeof startGreeter>>;
  before(async () => {
    greeter = await startGreeter();
  });
  after(() => greeter.stop());

  it('tells a port that answers from one that does not', async () => {
    const [open, closed] = [`127.0.0.1:${greeter.port}`, '127.0.0.1:1'];
    const seen = await runOnce(probeTcp, { targets: [open, closed], retryPause: '1ms' });
    assert.deepEqual(
      [open, closed].map((target) => [
        readingValue(seen, 'citygauge_probe_success', { target }),
        readingValue(seen, 'citygauge_probe_attempts', { target, kind: 'tcp' }),
      ]),
      [
        [1, 1],
        [0, 2],
      ],
    );
    assert.match(
      targetTexts(seen)[closed] ?? '',
      /^down: cannot connect to 127\.0\.0\.1:1 \(ECONNREFUSED\): /,
    );
    assert.deepEqual(seen.gaps, []);
  });

  it('talks as the settings say', async () => {
    const targets = [{ address: `127.0.0.1:${greeter.port}`, name: 'mail' }];
    const good = [{ expect: '^220 ', send: 'PING\r\n' }, { expect: '^PONG' }];
    assert.deepEqual(targetTexts(await runOnce(probeTcp, { targets, dialogue: good })), {
      mail: `up: connected to 127.0.0.1:${greeter.port}: "220 city mail\\r\\nPONG\\r\\n"`,
    });
    const bad = [{ expect: '^220 ', send: 'QUIT\r\n' }, { expect: '^221' }];
    const seen = await runOnce(probeTcp, { targets, dialogue: bad, retries: 0 });
    assert.match(targetTexts(seen).mail ?? '', /^down: .* having said "220 city mail/);
  });

  it('takes hosts, addresses and IPv6 in brackets', () => {
    const isGood = (target: string) => probeTcp.settings.safeParse({ targets: [target] }).success;
    const good = ['db.city.example:5432', '10.0.0.7:1', '[::1]:65535', '政务.example:80'];
    assert.deepEqual(good.map(isGood), [true, true, true, true]);
    const bad = ['db', '::1:5432', 'db:0', 'db:65536', '-rf:80', 'a b:80'];
    assert.deepEqual(bad.map(isGood), [false, false, false, false, false, false]);
  });
});
