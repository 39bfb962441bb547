import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { rejectionOf } from '../../../test/scratch-folder.ts';
import { type IncomingRequest, InputError, type Listener } from '../../contract.ts';
import { listenServer } from './listen-server.ts';

const maxBytes = 1000;

describe('a listener', () => {
  let listener: Listener;
  let seen: IncomingRequest | null = null;
  before(async () => {
    listener = await listenServer.listen({
      host: '127.0.0.1',
      port: 0,
      maxBytes,
      async handle(request) {
        seen = request;
        if (request.path === '/broken') throw new Error('secret detail');
        return { status: 202, headers: { 'content-type': 'text/plain' }, body: '收到' };
      },
    });
  });
  after(() => listener.close());

  /** Status and text; sent in chunks of unknown length with `isChunked`. */
  function post(
    body: Uint8Array | string,
    headers: Record<string, string> = {},
    path = '/v1/metrics?x=1',
  ): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const sent = httpRequest(`${listener.address}${path}`, { method: 'POST', headers }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  it('hands over what was sent, decompressed', async () => {
    const answer = await post(gzipSync('spans'), { 'content-encoding': 'gzip', 'X-Tenant': 'hexi' });
    assert.deepEqual(answer, { status: 202, text: '收到' });
    assert.deepEqual(
      [seen?.method, seen?.path, seen?.headers['x-tenant'], Buffer.from(seen?.body ?? []).toString()],
      ['POST', '/v1/metrics', 'hexi', 'spans'],
    );
  });

  const large = 'x'.repeat(maxBytes + 1);
  const refusals = [
    ['a body that is announced as too large', large, {}, 413, /larger than 1000 bytes/],
    ['a body that grows too large', large, { 'transfer-encoding': 'chunked' }, 413, /larger than 1000 bytes/],
    [
      'a body too large once decompressed',
      gzipSync(large),
      { 'content-encoding': 'gzip' },
      413,
      /once decompressed/,
    ],
    ['what is no gzip', 'plain', { 'content-encoding': 'gzip' }, 400, /not valid gzip \(Z_DATA_ERROR\)/],
    [
      'gzip that is cut',
      gzipSync('spans').subarray(0, 15),
      { 'content-encoding': 'gzip' },
      400,
      /not valid gzip/,
    ],
    ['an unknown encoding', 'x', { 'content-encoding': 'lzma' }, 415, /send gzip, deflate or none/],
    ['the name of another host', 'x', { host: 'city.example' }, 403, /names of loopback only/],
  ] as const;
  for (const [what, body, headers, status, text] of refusals) {
    it(`refuses ${what}`, async () => {
      seen = null;
      const answer = await post(body, headers);
      assert.equal(answer.status, status);
      assert.match(answer.text, text);
      assert.equal(seen, null);
    });
  }

  it('takes a body of exactly the limit', async () => {
    assert.equal((await post('x'.repeat(maxBytes))).status, 202);
  });

  it('keeps the details of its own faults to itself', async () => {
    assert.deepEqual(await post('x', {}, '/broken'), { status: 500, text: 'internal error\n' });
  });

  it('names a port that is taken', async () => {
    const port = Number(new URL(listener.address).port);
    const request = { host: '127.0.0.1', port, maxBytes, handle: () => Promise.reject(new Error('unused')) };
    const error = await rejectionOf(listenServer.listen(request));
    assert.ok(error instanceof InputError);
    assert.equal(
      error.message,
      `cannot listen on 127.0.0.1:${port} (EADDRINUSE): another program listens there: give another port`,
    );
  });

  it('closes while a client keeps its connection open', async () => {
    const other = await listenServer.listen({
      host: '::1',
      port: 0,
      maxBytes,
      handle: async () => ({ status: 200, headers: {}, body: '' }),
    });
    assert.equal((await fetch(other.address)).status, 200);
    const began = performance.now();
    await other.close();
    assert.ok(performance.now() - began < 1500);
  });
});
