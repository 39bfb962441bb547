import assert from 'node:assert/strict';
import { type NginxServer, startNginxServer } from '../../test/nginx-server.ts';
import { readingValue, runOnce, targetTexts } from '../../test/probe-run.ts';
import { probeTls } from './probe-tls.ts';

describe('probe-tls on nginx', function () {
  this.timeout(20_000);
  let nginx: NginxServer;
  before(async function () {
    nginx = await startNginxServer(this);
  });
  after(() => nginx?.stop());

  const look = (port: number, settings: object = {}) =>
    runOnce(probeTls, {
      targets: [{ address: `127.0.0.1:${port}`, name: 'portal' }],
      tls: { ca: nginx.certificates.ca },
      retries: 0,
      ...settings,
    });
  const line = async (port: number, settings: object = {}) =>
    targetTexts(await look(port, settings)).portal ?? '';

  it('measures a good certificate', async () => {
    const seen = await look(nginx.tlsPorts.valid);
    assert.match(
      targetTexts(seen).portal ?? '',
      /^up: TLSv1\.3, certificate CN=valid until \d{4}-\d\d-\d\d, issued by CN=authority/,
    );
    assert.deepEqual(
      [readingValue(seen, 'citygauge_probe_success'), readingValue(seen, 'citygauge_certificate_is_trusted')],
      [1, 1],
    );
    const days = readingValue(seen, 'citygauge_certificate_remaining_days') ?? 0;
    assert.equal(seen.targets?.[0]?.certificateDays, days);
    const notAfter = readingValue(seen, 'citygauge_certificate_not_after_timestamp_seconds') ?? 0;
    assert.ok(Math.abs(notAfter - Date.now() / 1000 - days * 86_400) < 60);
  });

  it('tells an expired, a self-signed and a wrongly named certificate, with its figures', async () => {
    const { expired, selfSigned, wrongName } = nginx.tlsPorts;
    assert.match(await line(expired), /^down: not trusted: CERT_HAS_EXPIRED/);
    assert.match(await line(selfSigned), /^down: not trusted: DEPTH_ZERO_SELF_SIGNED_CERT/);
    assert.match(await line(wrongName), /^down: not trusted: ERR_TLS_CERT_ALTNAME_INVALID/);
    const seen = await look(expired);
    assert.deepEqual(
      [readingValue(seen, 'citygauge_certificate_expires_within_30_days'), seen.gaps],
      [1, []],
    );
  });

  it('judges days, issuer and protocol', async () => {
    const { valid } = nginx.tlsPorts;
    assert.match(
      await line(valid, { minimumDays: 91 }),
      /^down: the certificate has (?:89|90) days left, fewer than 91: renew it$/,
    );
    assert.match(
      await line(valid, { issuer: 'Other CA' }),
      /^down: issued by CN=authority.* does not contain Other CA$/,
    );
    assert.match(await line(valid, { issuer: 'CN=authority', minimumProtocol: 'TLSv1.3' }), /^up/);
  });

  it('leaves gaps for a port without TLS', async () => {
    const seen = await look(Number(new URL(nginx.url).port));
    assert.match(targetTexts(seen).portal ?? '', /^down: the TLS handshake with .* failed/);
    assert.equal(seen.gaps?.length, 4);
  });
});
