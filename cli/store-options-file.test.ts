import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storeOptions } from './store-options-file.ts';

describe('options of the store from the environment', () => {
  const folder = mkdtempSync(join(tmpdir(), 'citygauge-token-'));
  const [token, empty] = [join(folder, 'token'), join(folder, 'empty')];
  writeFileSync(token, 's3cret\n');
  writeFileSync(empty, '\n');
  after(() => rmSync(folder, { recursive: true }));

  it('name no PromQL server unless PROMETHEUS_URL does', () => {
    assert.equal(storeOptions({ PROMETHEUS_URL: '' }).prometheusUrl, undefined);
    assert.equal(storeOptions({ PROMETHEUS_URL: 'http://p:9090' }).prometheusUrl, 'http://p:9090');
  });

  it('take the token from the variable or from a file', () => {
    assert.equal(storeOptions({ PROMETHEUS_BEARER_TOKEN_FILE: token }).prometheusToken, 's3cret');
    const both = { PROMETHEUS_BEARER_TOKEN: 'own', PROMETHEUS_BEARER_TOKEN_FILE: token };
    assert.equal(storeOptions(both).prometheusToken, 'own');
  });

  it('refuse a token file that is absent or empty', () => {
    const absent = join(folder, 'absent');
    assert.throws(() => storeOptions({ PROMETHEUS_BEARER_TOKEN_FILE: absent }), {
      name: 'InputError',
      message: /absent, which cannot be read/,
    });
    assert.throws(() => storeOptions({ PROMETHEUS_BEARER_TOKEN_FILE: empty }), {
      name: 'InputError',
      message: /which is empty/,
    });
  });

  it('know which collectors yield a metric', () => {
    assert.deepEqual(storeOptions({}).collectorsOf?.('scrape_samples_scraped'), ['exposition']);
    assert.deepEqual(storeOptions({}).collectorsOf?.('nobody_yields_this'), []);
  });
});
