import assert from 'node:assert/strict';
import { metricCatalogue } from '../../collectors/runner/catalogue.ts';
import { metricNames } from '../../rules/promql/metric-names.ts';
import { suiteGroups } from '../../rules/suite.ts';

/** Written by Prometheus about each scrape, and by the process metrics of every program. */
const ofOthers = ['up', 'process_start_time_seconds'];

describe('the metrics that the suite’s alerts ask', () => {
  const asked = suiteGroups().flatMap(({ rules }) => rules.flatMap((rule) => metricNames(rule.expr)));

  it('are ours, or such as every scrape has', () => {
    const known = new Set([...metricCatalogue().map(({ name }) => name), ...ofOthers]);
    assert.deepEqual(
      asked.filter((name) => !known.has(name)),
      [],
    );
    assert.ok(new Set(asked).size >= 20);
  });
});
