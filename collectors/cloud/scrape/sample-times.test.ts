import assert from 'node:assert/strict';
import { SampleTimes } from './sample-times.ts';

const load = { metric: 'load', labels: { core: '3', instance: 'a' } };
const sameLoad = { metric: 'load', labels: { instance: 'a', core: '3' } };

describe('the times of samples that their page dates', () => {
  it('take only what is newer than the last of its series, on this page and on those before', () => {
    const times = new SampleTimes();
    const first = times.page();
    assert.equal(first.take(load, 7000), null);
    assert.equal(first.take(sameLoad, 7000), 'duplicate');
    first.commit();
    const second = times.page();
    assert.equal(second.take(load, 6999), 'outOfOrder');
    assert.equal(second.take(load, 7000), 'duplicate');
    assert.equal(second.take(load, 7001), null);
    assert.equal(second.take({ metric: 'load', labels: { core: '3' } }, 5), null);
  });

  it('forget a page that was refused', () => {
    const times = new SampleTimes();
    assert.equal(times.page().take(load, 7000), null);
    assert.equal(times.page().take(load, 6000), null);
  });
});
