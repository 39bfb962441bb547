import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reading } from '../collectors/contract.ts';
import {
  levelOf,
  type RuleGroup,
  type Threshold,
  type ThresholdState,
  warningOf,
} from '../rules/contract.ts';
import { gradeAlert, noDataAlert, watchedSelector } from '../rules/thresholds/prometheus/names.ts';
import { judge, readThresholds, thresholdGroups } from '../rules/thresholds.ts';
import type { NewestRequest, NewestValues } from '../store/contract.ts';
import { compileMatchers } from '../store/metrics/selector.ts';
import { openStore } from '../store/open-store.ts';
import { acceptedBy, runRuleProgram } from './rule-programs.ts';
import { scratchFolder } from './scratch-folder.ts';

/** promtool begins its time at 1970; 00:00 there is 08:00 of a Thursday in Shanghai. */
const sampleSeconds = 30;
const evaluationSeconds = 60;
const evaluations = 210;

/** mulberry32. */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A random walk between 0 and 100 in steps of a quarter, so that it meets the bounds exactly; with gaps, short and long. */
function walk(seed: number): (number | null)[] {
  const chance = chanceFrom(seed);
  let value = 50;
  let gap = chance() < 0.4 ? 25 : 0;
  const length = (evaluations * evaluationSeconds) / sampleSeconds;
  return Array.from({ length }, () => {
    if (gap === 0 && chance() < 0.012)
      gap = chance() < 0.4 ? Math.floor(chance() * 90) : Math.floor(chance() * 14);
    value = Math.min(100, Math.max(0, value + Math.round((chance() - 0.5) * 56) / 4));
    if (gap === 0) return value;
    gap -= 1;
    return null;
  });
}

const walks = [
  { metric: 'load_percent', labels: { subject: 'hexi', disk: 'a' } },
  { metric: 'load_percent', labels: { subject: 'hexi/east', disk: 'b' } },
  { metric: 'load_percent', labels: { subject: 'linjiang', disk: 'c' } },
  { metric: 'level_percent', labels: { subject: 'hexi', gauge: '城北 "1"' } },
  { metric: 'level_percent', labels: { subject: 'hexi', gauge: '2' } },
].map((series, index) => ({ ...series, values: walk(index + 11) }));

const readings: readonly Reading[] = walks.flatMap(({ metric, labels, values }) =>
  values.flatMap((value, index) => {
    const at = new Date(index * sampleSeconds * 1000).toISOString();
    return value === null ? [] : [{ metric, labels, at, value }];
  }),
);

const file = readFileSync(join(import.meta.dirname, 'threshold-agreement.yaml'), 'utf8');
const thresholds = readThresholds([{ name: 'threshold-agreement.yaml', text: file }]);

const timeOf = (evaluation: number) => evaluation * evaluationSeconds;
const isoAt = (seconds: number) => new Date(seconds * 1000).toISOString();

/** What a store answers, of the same readings without the time that 1,500 questions take; see store/metrics/newest.test.ts. */
function newestOf({ selector, at, lookbackSeconds }: NewestRequest): NewestValues {
  const matches = compileMatchers(selector.matchers);
  const oldest = isoAt(Date.parse(at) / 1000 - lookbackSeconds);
  const values = new Map<string, { labels: Reading['labels']; value: number }>();
  for (const reading of readings) {
    if (reading.metric !== selector.metric || reading.at > at || reading.at < oldest) continue;
    if (matches(reading.labels)) values.set(JSON.stringify(reading.labels), reading);
  }
  return { series: [...values.values()].map(({ labels, value }) => ({ labels, value })) };
}

type Newest = (request: NewestRequest) => Promise<NewestValues> | NewestValues;

/** The states of so many evaluations. */
async function judgeAll(
  threshold: Threshold,
  newest: Newest,
  count: number = evaluations,
): Promise<ThresholdState[][]> {
  const all: ThresholdState[][] = [];
  const selector = watchedSelector(threshold);
  assert.ok(selector);
  for (let evaluation = 0; evaluation < count; evaluation += 1) {
    const at = isoAt(timeOf(evaluation));
    const { lookbackSeconds } = threshold;
    const values = await newest({ selector, subjects: null, at, lookbackSeconds });
    all.push(judge(threshold, { at, values, previous: all.at(-1) ?? [] }));
  }
  return all;
}

/** promtool compares annotations too; what they say is shown elsewhere. */
function withoutAnnotations(groups: readonly RuleGroup[]): RuleGroup[] {
  return groups.map((group) => ({
    ...group,
    rules: group.rules.map((rule) => {
      if (!('alert' in rule)) return rule;
      const { annotations: _, ...rest } = rule;
      return rest;
    }),
  }));
}

const printed = (name: string, labels: Readonly<Record<string, string>>) =>
  `${name}{${Object.entries(labels)
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`)
    .join(', ')}}`;

function testOf(threshold: Threshold, states: readonly (readonly ThresholdState[])[]) {
  const { id: name } = threshold;
  const alerts = [
    ...threshold.grades.map(({ colour, role }) => ({
      alertname: gradeAlert(threshold, colour),
      labels: { threshold: name, colour, role: role.en },
      isRaised: (state: ThresholdState) =>
        state.memory?.grades.some((each) => each.colour === colour && each.isGiven) === true,
    })),
    ...[threshold.noData].flatMap((noData) =>
      noData === null
        ? []
        : [
            {
              alertname: noDataAlert(threshold),
              labels: { threshold: name, colour: noData.colour, role: noData.role.en },
              isRaised: (state: ThresholdState) =>
                state.lamp === 'noData' && warningOf(threshold, state) !== null,
            },
          ],
    ),
  ];
  return {
    name,
    interval: `${sampleSeconds}s`,
    input_series: walks.map(({ metric, labels, values }) => ({
      series: printed(metric, labels),
      values: values.map((value) => value ?? '_').join(' '),
    })),
    alert_rule_test: states.flatMap((each, evaluation) =>
      alerts.map(({ alertname, labels, isRaised }) => ({
        eval_time: `${timeOf(evaluation)}s`,
        alertname,
        exp_alerts: each.filter(isRaised).map((state) => ({ exp_labels: { ...state.labels, ...labels } })),
      })),
    ),
    promql_expr_test: states.map((each, evaluation) => ({
      expr: `citygauge:threshold:level{threshold="${name}"}`,
      eval_time: `${timeOf(evaluation)}s`,
      exp_samples: each.flatMap((state) => {
        const value = levelOf(threshold, state.lamp);
        const labels = printed('citygauge:threshold:level', { ...state.labels, threshold: name });
        return value === null ? [] : [{ labels, value }];
      }),
    })),
  };
}

describe('thresholds on the same samples', function () {
  this.timeout(60_000);
  const folder = scratchFolder();

  it('have the same verdicts from the judge and from Prometheus', async function () {
    const states: ThresholdState[][][] = [];
    for (const threshold of thresholds) states.push(await judgeAll(threshold, newestOf));
    const tests = thresholds.map((threshold, index) => testOf(threshold, states[index] ?? []));
    const files = thresholds.map((threshold, index) => {
      const groups = withoutAnnotations(thresholdGroups([threshold], { at: '1970-01-01T00:00:00Z' }));
      writeFileSync(join(folder.path, `${threshold.id}.rules.yaml`), JSON.stringify({ groups }));
      const path = join(folder.path, `${threshold.id}.test.yaml`);
      const test = {
        rule_files: [`${threshold.id}.rules.yaml`],
        evaluation_interval: `${evaluationSeconds}s`,
        tests: [tests[index]],
      };
      writeFileSync(path, JSON.stringify(test));
      return path;
    });
    acceptedBy(this, 'promtool', ['test', 'rules', ...files]);
    const lamps = states.flat(2).map(({ lamp }) => lamp);
    const alerts = tests.flatMap((each) => each.alert_rule_test);
    const counted = Object.fromEntries(
      [...Map.groupBy(lamps, (lamp) => lamp)].map(([lamp, all]) => [lamp, all.length]),
    );
    const isFiring = ({ exp_alerts }: { exp_alerts: readonly unknown[] }) => exp_alerts.length > 0;
    const firing = alerts.filter(isFiring).length;
    console.log(`      compared: ${lamps.length} lamps, ${alerts.length} alerts of which ${firing} fire`);
    assert.deepEqual(
      [lamps.length, alerts.length, firing, counted],
      [
        3282,
        4620,
        1328,
        { blue: 168, green: 1249, noData: 595, off: 544, orange: 32, red: 482, yellow: 212 },
      ],
    );
  });

  it('are the same over the readings that a store keeps', async () => {
    const store = await openStore({ dataFolder: join(folder.path, 'data') });
    await store.readings.put(readings);
    const threshold = thresholds.find(({ id }) => id === 'above-for');
    assert.ok(threshold);
    const { metrics } = store;
    assert.deepEqual(
      await judgeAll(threshold, (request) => metrics.newest(request), 80),
      await judgeAll(threshold, newestOf, 80),
    );
    await store.close();
  });

  it('are told apart where the judge would err in one lamp', function () {
    const path = join(folder.path, 'plain-above.test.yaml');
    const test = JSON.parse(readFileSync(path, 'utf8'));
    const [first] = test.tests[0].promql_expr_test[150].exp_samples;
    first.value += 1;
    writeFileSync(path, JSON.stringify(test));
    const { isAccepted, said } = runRuleProgram(this, 'promtool', ['test', 'rules', path]);
    assert.equal(isAccepted, false);
    assert.match(said, /time: 2h30m/);
  });
});
