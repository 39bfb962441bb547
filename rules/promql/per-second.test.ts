import assert from 'node:assert/strict';
import { metricNames } from './metric-names.ts';
import { isPerSecond } from './per-second.ts';

describe('the unit of a query', () => {
  it('is per second where a rate is left at the end', () => {
    const speeds = [
      'sum(rate(http_requests_total{code=~"5.."}[{{.window}}]))',
      '(sum(rate(a[{{.window}}])) OR on() vector(0))',
      'vector(0) or sum by (job) (irate(a[5m])) * 60',
      'sum(rate(all[{{.window}}])) - sum(rate(good[{{.window}}]))',
      'avg_over_time(sum(rate(a[1m]))[{{ .window }}:1m])',
      'histogram_count(sum(rate(h[{{.window}}])))',
      'label_replace(rate(a[5m]), "x", "$1", "y", "(.*)") > 0',
    ];
    assert.deepEqual(
      speeds.filter((each) => !isPerSecond(each)),
      [],
    );
  });

  it('is an amount for growth, counts, gauges, quotients of rates and what is no PromQL', () => {
    const amounts = [
      'sum(increase(http_requests_total[{{.window}}]))',
      'sum_over_time(sum(rate(a[5m]))[{{.window}}:5m])',
      'count_over_time(up[{{.window}}])',
      'count(rate(a[5m]) > 0)',
      'rate(a[5m]) / rate(b[5m])',
      'rate(a[5m]) > bool 3',
      'backlog',
      'sum(',
    ];
    assert.deepEqual(amounts.filter(isPerSecond), []);
  });
});

describe('the metrics of a query', () => {
  it('are named once each, however they are written', () => {
    const query =
      'sum(rate(a_total{x="1"}[{{.window}}])) / (a_total + {"my.metric", y="2"} + {__name__="b"} + {__name__=~"c.*"})';
    assert.deepEqual(metricNames(query), ['a_total', 'my.metric', 'b']);
  });
});
