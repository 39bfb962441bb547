import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { acceptedBy } from '../../../test/rule-programs.ts';
import { scratchFolder } from '../../../test/scratch-folder.ts';
import type { Threshold } from '../../contract.ts';
import { printRules, printTests } from '../../generate.ts';
import { readThresholds, thresholdGroups, thresholdTests } from '../../thresholds.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const at = '2026-11-01T00:00:00Z';
const read = (name: string, path: string) =>
  readThresholds([{ name, text: readFileSync(join(root, path), 'utf8') }]);

const odd = `
schema: citygauge/thresholds@1
calendars:
  new-york: { timeZone: America/New_York, holidays: ['1970-01-01', '1970-01-02'] }
thresholds:
  - id: written
    title: { zh: '以 {{ 查询 }} 书写', en: 'Written as a {{ query }}' }
    promql: 'sum by (subject) (rate(errors_total[5m])) / sum by (subject) (rate(requests_total[5m])) # a share'
    every: 30s
    hysteresis: 0.00001
    grades:
      - { colour: red, above: 0.00005, role: '市 "{{ 1 }}"', plan: 'stop {{ it }}', runbook: 'https://wiki.example/{{1}}' }
      - { colour: orange, above: 0.00002, for: 20m, role: district, plan: look }
    noData: { for: 15m, colour: blue, role: street }
  - id: nights.of_new-york
    title: nights
    metric: 'load{a=~"x|y", b!="", c!~"z.*", d=""}'
    every: 10m
    lookback: 1h
    schedule: { calendar: new-york, days: working, hours: ['22:00-06:00'] }
    grades:
      - { colour: orange, outside: [-1000000, 4000000], for: 30m, hysteresis: 250000, role: city, plan: act }
      - { colour: yellow, outside: [-500000, 2000000], role: city, plan: act }
    noData: { for: 1h, colour: yellow, role: street }
`;

describe('Prometheus rules of thresholds', function () {
  this.timeout(60_000);
  const folder = scratchFolder();
  const sets: Readonly<Record<string, readonly Threshold[]>> = {
    city: read('city.yaml', 'samples/thresholds/city.yaml'),
    agreement: read('agreement.yaml', 'test/threshold-agreement.yaml'),
    odd: readThresholds([{ name: 'odd.yaml', text: odd }]),
  };
  const all = Object.values(sets).flat();

  const write = () => {
    for (const threshold of all) {
      const ruleFile = `${threshold.id}.rules.yaml`;
      writeFileSync(
        join(folder.path, ruleFile),
        printRules({ groups: thresholdGroups([threshold], { at }) }),
      );
      writeFileSync(
        join(folder.path, `${threshold.id}.test.yaml`),
        printTests(thresholdTests([threshold], { ruleFile, at })),
      );
    }
  };
  const paths = (ending: string) => all.map(({ id }) => join(folder.path, `${id}.${ending}.yaml`));
  before(write);

  it('are accepted by promtool and vmalert', function () {
    const told = acceptedBy(this, 'promtool', ['check', 'rules', ...paths('rules')]);
    const rules = all.flatMap((each) => thresholdGroups([each], { at })).flatMap((group) => group.rules);
    const counts = [...told.matchAll(/SUCCESS: (\d+) rules found/g)].map(([, count]) => Number(count));
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0),
      rules.length,
    );
    acceptedBy(this, 'vmalert', [
      '-dryRun',
      '-loggerLevel=ERROR',
      ...paths('rules').map((path) => `-rule=${path}`),
    ]);
  });

  it('come with tests of every alert that are silent first and fire then, and promtool agrees', function () {
    acceptedBy(this, 'promtool', ['test', 'rules', ...paths('test')]);
    for (const threshold of all) {
      const [group] = thresholdGroups([threshold], { at });
      const names = (group?.rules ?? []).flatMap((rule) => ('alert' in rule ? [rule.alert] : []));
      const { tests } = thresholdTests([threshold], { ruleFile: 'x', at });
      const expectations = tests.flatMap((test) => test.alert_rule_test);
      const told = (isFiring: boolean) =>
        [
          ...new Set(
            expectations
              .filter(({ exp_alerts }) => exp_alerts.length > 0 === isFiring)
              .map(({ alertname }) => alertname),
          ),
        ].toSorted();
      assert.deepEqual(told(true), names.toSorted(), threshold.id);
      assert.deepEqual(told(false), names.toSorted(), threshold.id);
    }
  });

  it('are the same whenever they are generated with the same instant', () => {
    assert.deepEqual(thresholdGroups(all, { at }), thresholdGroups(all, { at }));
  });
});
