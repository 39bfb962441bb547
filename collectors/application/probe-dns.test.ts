import assert from 'node:assert/strict';
import { type NameServer, startNameServer } from '../../test/name-server.ts';
import { readingValue, runOnce, targetTexts } from '../../test/probe-run.ts';
import { probeDns } from './probe-dns.ts';

describe('probe-dns', () => {
  let server: NameServer;
  before(async () => {
    server = await startNameServer();
  });
  after(() => server.stop());

  const target = (query: string, more: object = {}) => ({
    query,
    server: server.address,
    name: query,
    ...more,
  });
  const line = async (query: string, more: object = {}) =>
    targetTexts(await runOnce(probeDns, { targets: [target(query, more)], retries: 0, timeout: '300ms' }))[
      query
    ];

  it('judges answers', async () => {
    assert.equal(await line('www.city.test'), 'up: answered 192.0.2.7, 192.0.2.8');
    assert.match((await line('www.city.test', { answers: ['192.0.2.8'] })) ?? '', /^up/);
    assert.equal(
      await line('www.city.test', { answers: ['192.0.2.9'] }),
      'down: the answer is 192.0.2.7, 192.0.2.8 and lacks 192.0.2.9',
    );
    assert.equal(
      await line('www.city.test', { answers: ['192.0.2.8'], isExact: true }),
      'down: the answer also holds 192.0.2.7',
    );
    assert.match((await line('city.test', { type: 'MX', answers: ['10 Mail.City.Test.'] })) ?? '', /^up/);
  });

  it('counts a name that does not resolve as down, and a server that keeps silent', async () => {
    assert.match((await line('nobody.city.test')) ?? '', /^down: .*\(ENOTFOUND\): check its spelling/);
    assert.match((await line('silent.city.test')) ?? '', /^down: silent\.city\.test/);
  });

  it('names a target by question and server', async () => {
    const seen = await runOnce(probeDns, { targets: [{ query: 'www.city.test', server: server.address }] });
    const name = `www.city.test A @${server.address}`;
    assert.equal(readingValue(seen, 'citygauge_probe_success', { target: name, kind: 'dns' }), 1);
    assert.ok((readingValue(seen, 'citygauge_probe_phase_duration_seconds', { phase: 'resolve' }) ?? 0) > 0);
  });
});
