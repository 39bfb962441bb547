import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintSlos, readSlos } from '../../slo.ts';
import type { KnownFacts } from './lint-rule.ts';
import { lintRules } from './rules.ts';

const sloth = (errors: string, total: string, objective = '99.9') => `version: prometheus/v1
service: portal
slos:
  - name: pages
    objective: ${objective}
    sli:
      events:
        error_query: ${errors}
        total_query: ${total}
    alerting: { page_alert: { disable: true }, ticket_alert: { disable: true } }
`;
const native = (sli: string, more = '') => `schema: citygauge/slo@1
service: portal
slos:
  - name: pages
    objective: 99.9
    sli: ${sli}
${more}`;

const total = 'sum(rate(http_requests_total[{{.window}}]))';
const errors = 'sum(rate(http_requests_total{code=~"5.."}[{{.window}}])) or vector(0)';
const latency = native('{ latency: { histogram: request_seconds, below: 250ms } }');

/** File, what is known, and the findings: rule, level, line, column. */
const cases: Readonly<Record<string, readonly [string, string, KnownFacts?]>> = {
  'objective-out-of-range': [sloth(errors, total, '0.999'), 'fault 5:16'],
  'minute-as-month': [
    native(`{ ratio: 'avg(error_ratio[{{.window}}])' }`, '    period: 1m').replace(
      'error_ratio[{{.window}}]',
      'avg_over_time(error_ratio[{{.window}}])',
    ),
    'fault 7:13',
  ],
  'missing-window': [native(`{ ratio: avg(error_ratio) }`), 'fault 6:19'],
  'fixed-range': [
    native(`{ ratio: 'avg(rate(x[{{.window}}])) > 0 and avg(rate(y[5m])) > 0' }`),
    'warning 6:65',
  ],
  'good-events-as-errors': [
    sloth('sum(rate(http_requests_total{code=~"2.."}[{{.window}}])) or vector(0)', total),
    'fault 8:31',
  ],
  'errors-equal-total': [sloth(total, 'sum( rate(http_requests_total[{{.window}}]) )'), 'fault 8:22'],
  'total-can-be-zero': [sloth(errors, `${total} or vector(0)`), 'fault 9:69'],
  'label-missing-on-one-side': [
    sloth(errors, 'sum(rate(http_requests_total{job="portal"}[{{.window}}]))'),
    'fault 8:31',
  ],
  'not-one-value': [native(`{ ratio: 'avg_over_time(error_ratio[{{.window}}])' }`), 'warning 6:19'],
  'errors-can-be-absent': [sloth(errors.replace(' or vector(0)', ''), total), 'warning 8:31'],
  'latency-not-a-bucket-bound': [
    latency,
    'fault 6:58',
    { bucketBounds: new Map([['request_seconds_bucket', [0.1, 0.3, 1]]]) },
  ],
  'window-longer-than-retention': [
    native(`{ ratio: 'avg(avg_over_time(x[{{.window}}]))' }`, '    period: 31d'),
    'warning 7:13',
    { retentionSeconds: 30 * 86_400 },
  ],
  'runbook-missing': [
    native(`{ ratio: 'avg(avg_over_time(x[{{.window}}]))' }`, '    alerting: { name: Bad }'),
    'warning 7:15',
  ],
  'alert-condition-replaced': [
    `apiVersion: openslo/v1
kind: SLO
metadata: { name: pages }
spec:
  service: portal
  budgetingMethod: Occurrences
  indicator: { spec: { thresholdMetric: { metricSource: { type: Prometheus, spec: { query: max(x) } } } } }
  objectives: [{ op: lt, value: 3, target: 0.95 }]
  alertPolicies:
    - metadata: { name: fast }
      spec:
        conditions:
          - metadata: { name: fast }
            spec:
              severity: critical
              condition: { kind: burnrate, threshold: 2, lookbackWindow: 30m }
`,
    'warning 16:26',
  ],
};

/** Findings of other rules beside the one that the file is about. */
const besides: Readonly<Record<string, readonly string[]>> = {
  'good-events-as-errors': [],
  'alert-condition-replaced': ['runbook-missing'],
};

const found = (text: string, known: KnownFacts = {}) =>
  lintSlos(readSlos([{ name: 'spec.yaml', text }]).slos, known);

describe('the linter of SLOs', () => {
  it('lists every rule of its folder once, under the name of its file', () => {
    const files = readdirSync(join(import.meta.dirname, 'rules')).map((file) => file.replace(/\.ts$/, ''));
    assert.deepEqual(lintRules.map(({ name }) => name).toSorted(), files.toSorted());
    assert.deepEqual(Object.keys(cases).toSorted(), files.toSorted());
    const guide = readFileSync(join(import.meta.dirname, '../../../docs/slo-specs.md'), 'utf8');
    const told = [...guide.matchAll(/^\| `([a-z-]+)` \| (?:fault|warning)/gm)].map(([, name]) => name);
    assert.deepEqual(
      told,
      lintRules.map(({ name }) => name),
    );
  });

  for (const [rule, [text, place, known]] of Object.entries(cases)) {
    it(`finds ${rule}, and nothing else in that file`, () => {
      const findings = found(text, known);
      const own = findings.filter((each) => each.rule === rule);
      assert.deepEqual(
        own.map(({ level, line, column }) => `${level} ${line}:${column}`),
        [place],
      );
      const others = findings.filter((each) => each.rule !== rule).map((each) => each.rule);
      assert.deepEqual(others, besides[rule] ?? []);
      assert.deepEqual(
        own.map(({ file, slo }) => [file, slo]),
        [['spec.yaml', 'portal-pages']],
      );
    });
  }

  it('says the remedy in both languages', () => {
    const [finding] = found(cases['objective-out-of-range']?.[0] ?? '');
    assert.deepEqual(finding?.message, {
      zh: '目标 0.999% 看起来是比值：目标以百分数书写，应为 99.9',
      en: 'an objective of 0.999 % looks like a ratio: objectives are in per cent, write 99.9',
    });
  });

  for (const [objective, isRefused] of [
    ['0', true],
    ['-3', true],
    ['1', true],
    ['1.5', false],
    ['99.999', false],
    ['100', true],
    ['9990', true],
  ] as const) {
    it(`${isRefused ? 'refuses' : 'takes'} an objective of ${objective}`, () => {
      const rules = found(sloth(errors, total, objective)).map(({ rule }) => rule);
      assert.deepEqual(rules, isRefused ? ['objective-out-of-range'] : []);
    });
  }

  it('takes a minute literal in place of the window for both: no window, and a minute for a month', () => {
    const findings = found(sloth(errors, 'sum(rate(http_requests_total[1m]))'));
    assert.deepEqual(
      findings.map(({ rule, line, column }) => `${rule} ${line}:${column}`),
      ['missing-window 9:22', 'minute-as-month 9:51'],
    );
  });

  it('leaves good events alone that are subtracted, divided by, or select both sides', () => {
    const good = 'sum(rate(http_requests_total{code=~"2..|3..|4.."}[{{.window}}]))';
    const cached = 'http_requests_total{code="200"';
    for (const text of [
      sloth(`${total} - (${good} or 0 * ${total})`, total),
      native(`{ ratio: '1 - ${good} / (${total} > 0)' }`),
      sloth(
        `sum(rate(${cached},stale="yes"}[{{.window}}])) or vector(0)`,
        `sum(rate(${cached}}[{{.window}}]))`,
      ),
    ])
      assert.deepEqual(found(text), [], text);
  });

  it('knows good events by their code, outcome, bucket or name', () => {
    for (const selector of [
      'http_requests_total{status_code="200"}',
      'http_requests_total{code!~"5.."}',
      'http_requests_total{result="success"}',
      'request_seconds_bucket{le="0.3"}',
      'payments_success_total',
    ]) {
      const text = sloth(
        `sum(rate(${selector}[{{.window}}])) or vector(0)`,
        'sum(rate(all_total[{{.window}}]))',
      );
      assert.deepEqual(
        found(text).map(({ rule }) => rule),
        ['good-events-as-errors'],
        selector,
      );
    }
  });

  it('finds sides that are grouped by different labels, and takes the same ones', () => {
    const by = (labels: string) => `sum by (${labels}) (rate(http_requests_total[{{.window}}]))`;
    const other = (labels: string) => `sum by (${labels}) (rate(failures_total[{{.window}}])) or vector(0)`;
    const rules = (one: string, two: string) => found(sloth(other(one), by(two))).map(({ rule }) => rule);
    assert.deepEqual(rules('zone', 'zone, host'), [
      'label-missing-on-one-side',
      'not-one-value',
      'not-one-value',
    ]);
    assert.deepEqual(rules('host, zone', 'zone, host'), ['not-one-value', 'not-one-value']);
  });

  it('tells of good events that may never have been written and are subtracted', () => {
    const good = 'sum(rate(http_requests_total{code=~"2.."}[{{.window}}]))';
    const [finding] = found(sloth(`${total} - ${good}`, total));
    assert.deepEqual([finding?.rule, finding?.line, finding?.column], ['errors-can-be-absent', 8, 77]);
    assert.match(finding?.message.en ?? '', /until the first good event/);
    assert.deepEqual(found(sloth(`${total} - (${good} or 0 * ${total})`, total)), []);
  });

  it('takes a latency that is a bound, however whole bounds are spelt, and asks nothing of unknown histograms', () => {
    const one = native('{ latency: { histogram: request_seconds, below: 1s } }');
    assert.deepEqual(found(one, { bucketBounds: new Map([['request_seconds', [0.5, 1]]]) }), []);
    assert.deepEqual(found(latency, { bucketBounds: new Map([['request_seconds_bucket', []]]) }), []);
    assert.deepEqual(found(latency), []);
  });

  it('takes a period as long as samples are kept', () => {
    assert.deepEqual(found(latency, { retentionSeconds: 30 * 86_400 }), []);
    assert.deepEqual(found(latency, { retentionSeconds: null }), []);
  });

  it('says nothing of the queries of MetricsQL', () => {
    const text = sloth('sum(rate(http_requests_total{code="200"}[5m]))', 'x[1m] keep_metric_names');
    const chain = 'slo_plugins:\n  chain: [{ id: sloth.dev/contrib/validate_victoria_metrics/v1 }]\n';
    assert.deepEqual(found(text.replace('slos:\n', `${chain}slos:\n`)), []);
    assert.throws(() => found(text), /no PromQL/);
  });

  it('judges an SLO that was not read from a file by the line of its source', () => {
    const [slo] = readSlos([{ name: 'spec.yaml', text: sloth(errors, total) }]).slos;
    assert.ok(slo);
    const [finding] = lintSlos([{ ...slo, objectivePercent: 100 }]);
    assert.deepEqual([finding?.rule, finding?.line, finding?.column], ['objective-out-of-range', 4, 1]);
  });
});
