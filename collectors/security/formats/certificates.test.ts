import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { makeCertificates } from '../../../test/certificates.ts';
import { scratchFolder } from '../../../test/scratch-folder.ts';
import { InputError } from '../../contract.ts';
import { readingsOfCertificates } from '../certificate-readings.ts';
import { certificates } from './certificates.ts';
import { readText } from './test-read.ts';

const csv = { fileName: 'certificates.csv' };

describe('list of certificates', () => {
  const scratch = scratchFolder();

  it('is told by its columns, in Chinese or English, or by a certificate in it', () => {
    const says = (text: string) => certificates.recognises({ fileName: 'list', text });
    assert.equal(says('主机,到期时间,责任人\n'), true);
    assert.equal(says('Host;Not After;Owner\r\n'), true);
    assert.equal(says('host,owner\n'), false);
    assert.equal(says('-----BEGIN PRIVATE KEY-----\nx\n-----BEGIN CERTIFICATE-----\n'), true);
  });

  it('says when each certificate expires, and finds those that have expired or do within 30 days', async () => {
    const report = await readText(
      certificates,
      [
        '域名,主机,到期时间,责任人',
        'portal.example:443,gw-1,2026-11-21 14:00,王',
        'api.example,gw-1,2026-12-21T05:59:59Z,王',
        'pay.example:8443,,2026-12-21T06:00:00Z,李',
        'old.example,gw-2,Jun  1 12:00:00 2027 GMT,李',
      ].join('\n'),
      csv,
    );
    assert.deepEqual(report.certificates, [
      { target: 'api.example', asset: 'gw-1', notAfter: '2026-12-21T05:59:59.000Z' },
      { target: 'portal.example:443', asset: 'gw-1', notAfter: '2026-11-21T06:00:00.000Z' },
      { target: 'old.example', asset: 'gw-2', notAfter: '2027-06-01T12:00:00.000Z' },
      { target: 'pay.example:8443', asset: 'pay.example', notAfter: '2026-12-21T06:00:00.000Z' },
    ]);
    assert.deepEqual(report.findings, [
      {
        rule: 'certificate-expired',
        asset: 'gw-1',
        title: '证书已过期 / Certificate has expired',
        severity: 'high',
        cvss: null,
        places: ['portal.example:443 2026-11-21'],
        url: null,
      },
      {
        rule: 'certificate-expires-30-days',
        asset: 'gw-1',
        title: '证书将在 30 天内到期 / Certificate expires within 30 days',
        severity: 'medium',
        cvss: null,
        places: ['api.example 2026-12-21'],
        url: null,
      },
    ]);
    assert.deepEqual(report.assets, [
      { id: 'gw-1', kind: null },
      { id: 'gw-2', kind: null },
      { id: 'pay.example', kind: null },
    ]);
    assert.doesNotMatch(JSON.stringify(report), /王|李/, 'owners are people');
  });

  it('yields the days left, and whether they are fewer than 30, for each target', async () => {
    const at = '2026-11-21T06:00:00.000Z';
    const report = await readText(
      certificates,
      'host,not after\na,2026-11-21 02:00\nb,2026-12-21 14:00\n',
      csv,
    );
    assert.deepEqual(readingsOfCertificates(report, at), [
      { metric: 'citygauge_certificate_remaining_days', labels: { target: 'a' }, at, value: -0.5 },
      { metric: 'citygauge_certificate_expires_within_30_days', labels: { target: 'a' }, at, value: 1 },
      { metric: 'citygauge_certificate_remaining_days', labels: { target: 'b' }, at, value: 30 },
      { metric: 'citygauge_certificate_expires_within_30_days', labels: { target: 'b' }, at, value: 0 },
    ]);
  });

  it('takes the certificate that expires first where a target has several, and says so', async () => {
    const { certificates: kept, skipped } = await readText(
      certificates,
      'host,not after\na,2027-02-03\na,2027-01-05\na,2027-01-05\na,2027-03-01\n',
      csv,
    );
    assert.deepEqual(kept, [{ target: 'a', asset: 'a', notAfter: '2027-01-04T16:00:00.000Z' }]);
    assert.deepEqual(
      skipped.examples.map(({ place }) => place),
      ['line 2', 'line 5'],
    );
  });

  it('skips rows without a target or a time, and refuses a list of nothing else', async () => {
    const { skipped } = await readText(
      certificates,
      'host,not after\na,2027-02-03\n,2027-01-05\nb,\nc,soon\n',
      csv,
    );
    assert.deepEqual(
      skipped.examples.map(({ place, reason }) => `${place}: ${reason.en}`),
      [
        'line 3: names neither target nor host',
        'line 4: has no time at which it expires',
        'line 5: "soon" in column not after is no time: write 2026-10-31 or 2026-10-31 08:00',
      ],
    );
    await assert.rejects(readText(certificates, 'host,not after\nb,\n', csv), {
      message: 'certificates.csv line 2: has no time at which it expires',
    });
    await assert.rejects(readText(certificates, 'host,owner\nb,c\n', csv), {
      name: 'InputError',
      message: 'certificates.csv: the column "not after" is missing; there are host, owner',
    });
  });

  it('reads a real bundle of PEM: hosts and authorities by name, others by fingerprint, never a key', async function () {
    const made = makeCertificates(this, scratch.path);
    const files = [made.valid.key, made.valid.certificate, made.expired.certificate, made.ca];
    const bundle = files.map((file) => readFileSync(file, 'latin1')).join('');
    const now = new Date().toISOString();
    const report = await readText(certificates, bundle, { fileName: 'bundle.pem', asset: 'gw-1', now });
    assert.deepEqual(
      report.certificates.map(({ target, asset }) => ({ target, asset })),
      [
        { target: 'authority', asset: 'gw-1' },
        { target: 'localhost', asset: 'gw-1' },
      ],
    );
    assert.deepEqual(
      report.findings.map(({ rule }) => rule),
      ['certificate-expired'],
      'of the two for localhost the expired one counts',
    );
    assert.doesNotMatch(JSON.stringify(report), /PRIVATE/);
    const cut = bundle.slice(0, bundle.length - 40);
    await assert.rejects(readText(certificates, cut, { fileName: 'bundle.pem' }), {
      message:
        'bundle.pem certificate 3: has no "-----END CERTIFICATE-----": the file is truncated, export it again',
    });
    const spoilt = bundle.replace(/(BEGIN CERTIFICATE-----\n.{20})./, '$1%');
    const { skipped } = await readText(certificates, spoilt, { fileName: 'bundle.pem' });
    assert.equal(
      `${skipped.examples[0]?.place}: ${skipped.examples[0]?.reason.en}`,
      'certificate 1: is no valid X.509 certificate',
    );
  });

  it('ends every sequence of bytes in a report or an InputError', async () => {
    const good = Buffer.from('host,not after\na,2027-02-03\nb,2027-02-04\n');
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.nat(good.length), async (noise, at) => {
        const bytes = Buffer.concat([good.subarray(0, at), noise, good.subarray(at)]);
        await readText(certificates, bytes, csv).catch((error) =>
          assert.ok(error instanceof InputError, String(error)),
        );
      }),
      { numRuns: 60 },
    );
  });
});
