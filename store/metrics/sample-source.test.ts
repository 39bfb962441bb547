import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { scratchFolder } from '../../test/scratch-folder.ts';
import type { EvidenceStore } from '../contract.ts';
import { openStore } from '../open-store.ts';
import { during, subject } from '../test-suites/fixtures.ts';
import { meanOfMeans, metricLeaf, metricMeasure, samples } from '../test-suites/metric-fixtures.ts';

const nothing = '{"status":"success","data":{"resultType":"vector","result":[]}}';

describe('a store beside a PromQL server', function () {
  this.timeout(30_000);
  const folder = scratchFolder();
  let asked = 0;
  let store: EvidenceStore;
  const server = createServer((_, response) => {
    asked += 1;
    response.writeHead(200, { 'content-type': 'application/json' }).end(nothing);
  });
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const prometheusUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    store = await openStore({ dataFolder: join(folder.path, 'data') }, { prometheusUrl });
    const sample = { isSample: true };
    await store.subjects.put([
      subject('linjiang', null, sample),
      subject('linjiang/east', 'linjiang', sample),
    ]);
    await store.subjects.put([subject('hexi', null)]);
    const written = { from: '2014-12-31T16:00:00.000Z', everySeconds: 3600, values: Array(744).fill(0.75) };
    const subjects = ['linjiang/east', 'hexi'];
    await store.readings.put(subjects.flatMap((id) => samples('load_ratio', { subject: id }, written)));
  });
  after(async () => {
    await store.close();
    server.closeAllConnections();
    server.close();
  });

  const measure = metricMeasure('load_ratio', meanOfMeans, { everySeconds: 3600 });
  const observe = async (id: string) => {
    const leaves = [metricLeaf('X.1', measure)];
    const [only] = await store.evidence.observe({ ...during(id, '2015-01'), leaves });
    return [only?.state, only?.value];
  };

  it('measures and charts the sample over its own readings, without asking the server', async () => {
    assert.deepEqual(await observe('linjiang'), ['measured', 0.75]);
    const chart = await store.metrics.chart({
      subjects: ['linjiang', 'linjiang/east'],
      from: '2015-01-01T00:00:00Z',
      to: '2015-01-02T00:00:00Z',
      measure,
      points: 24,
    });
    assert.equal(chart.series[0]?.points[7]?.value, 0.75);
    assert.equal(asked, 0);
  });

  it('measures every other subject on the server', async () => {
    assert.deepEqual(await observe('hexi'), ['notReported', null]);
    assert.ok(asked > 0);
  });
});
