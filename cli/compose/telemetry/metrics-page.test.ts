import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMetricsRegistry } from '../../../collectors/output.ts';
import { metricsHandler } from './metrics-page.ts';

describe('/metrics over HTTP', () => {
  const registry = createMetricsRegistry({ catalogue: [] });
  let fault: Error | null = null;
  const reported: unknown[] = [];
  const handle = metricsHandler(
    { ...registry, page: (accept) => (fault ? Promise.reject(fault) : registry.page(accept)) },
    { instance: 'a7', report: (error, path) => reported.push([error, path]) },
  );
  const server = createServer((incoming, response) => {
    if (!handle(incoming, response)) response.writeHead(404).end();
  });
  before(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  after(() => server.close());

  async function ask(method: string, path: string, headers: Record<string, string> = {}) {
    const { port } = server.address() as AddressInfo;
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request(
        { port, host: '127.0.0.1', method, path, headers: { connection: 'close', ...headers } },
        resolve,
      )
        .once('error', reject)
        .end();
    });
    const body = Buffer.concat(await response.toArray()).toString('utf8');
    const { 'content-type': type, 'x-citygauge-instance': instance } = response.headers;
    return { status: response.statusCode, type, instance, body };
  }

  it('answers in the format that the scraper likes best', async () => {
    const text = await ask('GET', '/metrics');
    assert.deepEqual([text.status, text.type], [200, 'text/plain; version=0.0.4; charset=utf-8']);
    assert.match(text.body, /^process_cpu_seconds_total /m);
    const open = await ask('GET', '/metrics?x=1', { accept: 'application/openmetrics-text;version=1.0.0' });
    assert.deepEqual(
      [open.status, open.type],
      [200, 'application/openmetrics-text; version=1.0.0; charset=utf-8'],
    );
    assert.match(open.body, /# TYPE process_cpu_seconds counter$/m);
    assert.match(open.body, /# EOF\n$/);
  });

  it('says which running CityGauge writes the page', async () => {
    assert.equal((await ask('GET', '/metrics')).instance, 'a7');
  });

  it('answers HEAD without a body, and no other method', async () => {
    const head = await ask('HEAD', '/metrics');
    assert.deepEqual([head.status, head.body], [200, '']);
    assert.equal((await ask('POST', '/metrics')).status, 405);
  });

  it('refuses a page of another site whose name leads here', async () => {
    assert.equal((await ask('GET', '/metrics', { host: 'evil.example' })).status, 421);
    assert.equal((await ask('GET', '/metrics', { host: 'localhost:8080' })).status, 200);
  });

  it('answers 500 when the page cannot be written, and reports why', async () => {
    fault = new Error('the page is broken');
    assert.equal((await ask('GET', '/metrics')).status, 500);
    assert.deepEqual(reported, [[fault, '/metrics']]);
    fault = null;
  });

  it('leaves other paths to others', async () => {
    assert.equal((await ask('GET', '/metrics2')).status, 404);
  });
});
