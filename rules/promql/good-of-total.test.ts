import assert from 'node:assert/strict';
import { badOfGood, subtracts, summed } from './good-of-total.ts';

describe('bad events of good ones and all', () => {
  it('are all of them where no good one was ever written', () => {
    assert.equal(badOfGood('sum(good)', 'sum(all)'), '(sum(all)) - ((sum(good)) or 0 * (sum(all)))');
  });

  it('are counted over all series, whatever labels they have', () => {
    assert.equal(
      badOfGood('rate(a{code="200"}[{{.window}}])', 'sum by (host) (rate(a[{{.window}}]))'),
      'sum(sum by (host) (rate(a[{{.window}}]))) - (sum(rate(a{code="200"}[{{.window}}])) or 0 * sum(sum by (host) (rate(a[{{.window}}]))))',
    );
  });

  it('keep a comment at the end of a query to its line', () => {
    assert.equal(summed('sum(a) # of all\n'), '(sum(a) # of all\n)');
    assert.equal(summed('a{p="#"}'), 'sum(a{p="#"})');
  });
});

describe('a query that subtracts', () => {
  it('is known by what stands behind a minus', () => {
    assert.ok(subtracts('sum(rate(all[{{.window}}])) - sum(rate(good[{{.window}}]))'));
    assert.ok(subtracts('-sum(good) + sum(all)'));
    assert.ok(!subtracts('sum(rate(bad{code!~"2.."}[{{.window}}]))'));
    assert.ok(!subtracts('all - -bad'));
  });
});
