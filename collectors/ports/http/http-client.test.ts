import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type MischiefServer, startMischiefServer } from '../../../test/mischief-server.ts';
import { type NginxServer, startNginxServer } from '../../../test/nginx-server.ts';
import { rejectionOf } from '../../../test/scratch-folder.ts';
import { type HttpRequest, NetworkFault } from '../../contract.ts';
import { httpClient } from './http-client.ts';

const ask = (url: string, options: Partial<HttpRequest> = {}) =>
  httpClient.exchange({
    url,
    timeoutMilliseconds: 5000,
    maxBytes: 1_000_000,
    signal: new AbortController().signal,
    ...options,
  });

async function faultOf(url: string, options: Partial<HttpRequest> = {}): Promise<NetworkFault> {
  const error = await rejectionOf(ask(url, options));
  assert.ok(error instanceof NetworkFault, error.stack);
  return error;
}

const text = (body: Uint8Array) => Buffer.from(body).toString('utf8');

describe('asking by HTTP a server that misbehaves', () => {
  let server: MischiefServer;
  before(async () => {
    server = await startMischiefServer();
  });
  after(() => server.stop());

  for (const path of ['gzip', 'deflate', 'raw-deflate', 'br']) {
    it(`reads a body in ${path}`, async () => {
      assert.equal(text((await ask(`${server.url}/${path}`)).body), 'city services: all well\n');
    });
  }

  it('sends method, headers and body', async () => {
    const body = 'größer';
    const answer = await ask(`${server.url}/echo?x=1`, {
      method: 'POST',
      headers: { 'X-Unit': '2' },
      body,
    });
    const { method, headers, body: echoed } = JSON.parse(text(answer.body));
    assert.deepEqual(
      [method, headers['x-unit'], headers['content-length'], echoed],
      ['POST', '2', '8', body],
    );
    assert.equal(answer.remoteAddress, `127.0.0.1:${server.port}`);
    assert.deepEqual(Object.keys(answer.phases), ['connect', 'processing', 'transfer']);
  });

  const late: readonly (readonly [path: string, during: string])[] = [
    ['/hang', 'waiting for the answer'],
    ['/drip', 'receiving the answer'],
  ];
  for (const [path, during] of late) {
    it(`ends ${path.slice(1)} at the timeout`, async () => {
      const began = performance.now();
      const fault = await faultOf(`${server.url}${path}`, { timeoutMilliseconds: 150 });
      assert.equal(fault.kind, 'timeout');
      assert.equal(fault.reason.en, `${server.url}${path} was not done within 0.15 s (while ${during})`);
      assert.ok(performance.now() - began < 1500);
    });
  }

  it('ends an endless body and a decompression bomb at the limit', async () => {
    for (const path of ['/endless', '/bomb']) {
      const fault = await faultOf(`${server.url}${path}`, { maxBytes: 100_000 });
      assert.equal(fault.kind, 'tooLarge');
      assert.match(fault.message, /larger than 100000 bytes once decompressed: check that/);
    }
    assert.equal((await ask(`${server.url}/gzip`, { maxBytes: 24 })).body.length, 24);
    assert.equal((await faultOf(`${server.url}/gzip`, { maxBytes: 23 })).kind, 'tooLarge');
  });

  const broken: readonly (readonly [path: string, said: RegExp])[] = [
    ['/cut', /closed the connection before its answer was complete/],
    ['/close', /closed the connection before its answer was complete/],
    ['/half-gzip', /unexpected end of file|Z_BUF_ERROR/],
    ['/no-gzip', /Z_DATA_ERROR/],
    ['/strange', /unknown content encoding lzma/],
  ];
  for (const [path, said] of broken) {
    it(`calls ${path.slice(1)} a breach of the protocol`, async () => {
      const fault = await faultOf(`${server.url}${path}`);
      assert.equal(fault.kind, 'protocol');
      assert.match(fault.message, said);
    });
  }

  it('refuses to leave HTTP by a redirect', async () => {
    const fault = await faultOf(`${server.url}/ftp`, { maxRedirects: 3 });
    assert.match(fault.message, /it redirects to ftp:/);
    assert.equal((await ask(`${server.url}/ftp`)).status, 302);
  });

  it('stops when its run is stopped, before and during the exchange', async () => {
    const controller = new AbortController();
    const asked = faultOf(`${server.url}/hang`, { signal: controller.signal });
    setImmediate(() => controller.abort());
    assert.equal((await asked).kind, 'aborted');
    assert.equal((await faultOf(server.url, { signal: controller.signal })).kind, 'aborted');
  });

  it('names a port where nobody listens and a name that nobody knows', async () => {
    const refused = await faultOf('http://user:secret@127.0.0.1:1/status?token=t0ken');
    assert.equal(
      refused.message,
      'cannot connect to http://127.0.0.1:1/status (ECONNREFUSED): check that the service runs and listens there',
    );
    assert.equal((await faultOf('http://nobody.invalid/')).kind, 'resolve');
    assert.match((await faultOf('http://127.0.0.1:1/', { family: 6 })).message, /has no IPv6 address/);
  });

  it('asks over IPv6', async () => {
    const six = await startMischiefServer('::1');
    try {
      const answer = await ask(`${six.url}/gzip`);
      assert.deepEqual([answer.status, answer.remoteAddress], [200, `[::1]:${six.port}`]);
    } finally {
      await six.stop();
    }
  });
});

describe('asking nginx by HTTP and HTTPS', function () {
  this.timeout(20_000);
  let nginx: NginxServer;
  before(async function () {
    nginx = await startNginxServer(this);
  });
  after(() => nginx?.stop());

  it('follows redirects as far as it may', async () => {
    const kept = await ask(`${nginx.url}/moved`);
    assert.deepEqual([kept.status, kept.redirects], [302, []]);
    const followed = await ask(`${nginx.url}/moved`, { maxRedirects: 1 });
    assert.deepEqual(
      [followed.status, followed.url, followed.redirects],
      [200, `${nginx.url}/status.json`, [`${nginx.url}/status.json`]],
    );
    const loop = await ask(`${nginx.url}/loop`, { maxRedirects: 4 });
    assert.deepEqual([loop.status, loop.redirects.length], [302, 4]);
  });

  it('does not take credentials along to another origin', async () => {
    const headers = { Authorization: 'Bearer t0ken', Cookie: 'a=b' };
    const there = await ask(`${nginx.elsewhere}/`, { headers });
    assert.equal(text(there.body), 'authorization: [Bearer t0ken] cookie: [a=b]');
    const answer = await ask(`${nginx.url}/elsewhere`, { maxRedirects: 2, headers });
    assert.equal(text(answer.body), 'authorization: [] cookie: []');
  });

  it('trusts a given authority and times the handshake', async () => {
    const ca = nginx.certificates.caText;
    const answer = await ask(`https://localhost:${nginx.tlsPorts.valid}/`, { tls: { ca }, family: 4 });
    assert.equal(text(answer.body), 'secure');
    assert.deepEqual(Object.keys(answer.phases), ['resolve', 'connect', 'tls', 'processing', 'transfer']);
    const [leaf] = answer.tls?.chain ?? [];
    assert.deepEqual(
      [answer.tls?.fault, answer.tls?.protocol, leaf?.subject, leaf?.issuer, leaf?.names],
      [
        null,
        'TLSv1.3',
        'CN=valid',
        'CN=authority, O=CityGauge tests',
        ['localhost', '127.0.0.1', '0:0:0:0:0:0:0:1'],
      ],
    );
  });

  const refused = [
    ['expired', 'CERT_HAS_EXPIRED', /renew the expired certificate/],
    ['selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT', /give the certificate of its authority as tls\.ca/],
    ['wrongName', 'ERR_TLS_CERT_ALTNAME_INVALID', /use a name that the certificate holds/],
  ] as const;
  for (const [name, code, remedy] of refused) {
    it(`refuses a certificate with ${code}, and still shows it`, async () => {
      const url = `https://127.0.0.1:${nginx.tlsPorts[name]}/`;
      const ca = nginx.certificates.caText;
      const fault = await faultOf(url, { tls: { ca } });
      assert.deepEqual([fault.kind, fault.tls?.fault, fault.tls?.chain.length !== 0], ['tls', code, true]);
      assert.match(fault.message, remedy);
      const accepted = await ask(url, { tls: { ca, isInsecure: true } });
      assert.deepEqual([accepted.status, accepted.tls?.fault], [200, code]);
    });
  }

  it('takes the name of the settings in place of the host', async () => {
    const tls = { ca: nginx.certificates.caText, serverName: 'elsewhere.example' };
    assert.equal((await ask(`https://127.0.0.1:${nginx.tlsPorts.wrongName}/`, { tls })).status, 200);
  });

  it('shows its own certificate where it has one', async () => {
    const { caText: ca, valid } = nginx.certificates;
    const url = `https://127.0.0.1:${nginx.tlsPorts.clientsOnly}/`;
    assert.equal((await ask(url, { tls: { ca } })).status, 400);
    const [certificate, key] = [readFileSync(valid.certificate, 'utf8'), readFileSync(valid.key, 'utf8')];
    assert.equal((await ask(url, { tls: { ca, certificate, key } })).status, 200);
    const fault = await faultOf(url, { tls: { ca, certificate: 'no PEM', key } });
    assert.equal(fault.kind, 'tls');
  });

  it('tells a port without TLS', async () => {
    const fault = await faultOf(nginx.url.replace('http:', 'https:'));
    assert.deepEqual([fault.kind, fault.tls], ['tls', null]);
    assert.match(fault.message, /check that the port speaks TLS/);
  });
});
