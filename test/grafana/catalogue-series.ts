import { collectors } from '../../collectors/collectors.ts';
import { type MetricSpec, type Reading, sloMetrics, thresholdMetrics } from '../../collectors/contract.ts';
import { catalogueOf } from '../../collectors/runner.ts';
import { type RuleGroup, thresholdLabels } from '../../rules/contract.ts';
import { builtInCatalogues, groupsOf } from '../../rules/generate.ts';
import { readSlos } from '../../rules/slo.ts';
import { readThresholds, thresholdGroups } from '../../rules/thresholds.ts';

type Labels = Readonly<Record<string, string>>;

/** The hour for which there are samples, one a minute. */
export const seriesSpan = { from: '2026-11-20T06:00:00.000Z', to: '2026-11-20T07:00:00.000Z' } as const;
const stepSeconds = 60;
const subjects = ['hexi', 'hexi/east'];

/** Values of labels that a selector picks one of; every other label has a value made of its name. */
const labelValues: Readonly<Record<string, readonly string[]>> = {
  module: ['overall', 'cloud', 'application'],
  severity: ['critical', 'high', 'low'],
  quantile: ['0.5', '0.99'],
};

function combinations(names: readonly string[]): Labels[] {
  return names.reduce<Labels[]>(
    (all, name) =>
      all.flatMap((labels) =>
        (labelValues[name] ?? [`${name}-a`]).map((value) => ({ ...labels, [name]: value })),
      ),
    [{}],
  );
}

function instants(): string[] {
  const [from, to] = [Date.parse(seriesSpan.from), Date.parse(seriesSpan.to)];
  const count = (to - from) / 1000 / stepSeconds + 1;
  return Array.from({ length: count }, (_, index) =>
    new Date(from + index * stepSeconds * 1000).toISOString(),
  );
}
const times = instants();

/** A counter rises by 7 a minute; a flag is 1; a ratio and anything else is some figure above zero. */
function samplesOf(metric: string, labels: Labels, kind: 'counter' | 'ratio' | 'figure'): Reading[] {
  return times.map((at, index) => ({
    ...{ metric, labels, at },
    value: kind === 'counter' ? 100 + 7 * index : kind === 'ratio' ? 0.93 : 5 + (index % 3),
  }));
}

function histogramOf(name: string, labels: Labels): Reading[] {
  const buckets = ['0.1', '0.5', '+Inf'].flatMap((le, index) =>
    samplesOf(`${name}_bucket`, { ...labels, le }, 'counter').map((reading) => ({
      ...reading,
      value: reading.value * (index + 1),
    })),
  );
  return [
    ...buckets,
    ...samplesOf(`${name}_sum`, labels, 'counter'),
    ...samplesOf(`${name}_count`, labels, 'counter'),
  ];
}

function seriesOf({ name, type, unit, labels }: MetricSpec): Reading[] {
  const isShare = unit === 'ratio' || /_is_|_success$|_up$/.test(name);
  return subjects.flatMap((subject) =>
    combinations(Object.keys(labels)).flatMap((own) => {
      const all = { job: 'job-a', ...own, subject };
      if (type === 'histogram') return histogramOf(name, all);
      return samplesOf(name, all, type === 'counter' ? 'counter' : isShare ? 'ratio' : 'figure');
    }),
  );
}

const specText = (objective: number) => `schema: citygauge/slo@1
service: portal
subject: hexi
slos:
  - name: availability
    objective: ${objective}
    period: 30d
    sli:
      events: { errors: 'rate(x{code="500"}[{{.window}}])', total: 'rate(x[{{.window}}])' }
    alerting: { name: PortalErrors, runbook: docs/portal.md }
`;

const thresholdText = `schema: citygauge/thresholds@1
thresholds:
  - id: idle
    title: idle
    metric: citygauge_resource_is_idle
    grades:
      - { colour: red, above: 0.9, role: city, plan: look }
      - { colour: yellow, above: 0.5, role: district, plan: look }
`;

/** The rules that CityGauge generates for one SLO and one threshold, in both styles of SLOs. */
function generatedGroups(): readonly RuleGroup[] {
  const [slo] = readSlos([{ name: 'portal.yaml', text: specText(99.5) }]).slos;
  if (!slo) throw new Error('the spec has an SLO');
  const styles = (['native', 'sloth'] as const).flatMap((style) =>
    groupsOf(slo, { style, catalogues: builtInCatalogues }),
  );
  const thresholds = readThresholds([{ name: 'thresholds.yaml', text: thresholdText }]);
  return [...styles, ...thresholdGroups(thresholds, { at: seriesSpan.from })];
}

/** Recorded series of the rules as if they had been evaluated, and their alerts as if they fired. */
function ruleSeries(): Reading[] {
  const rules = generatedGroups().flatMap(({ rules }) => rules);
  const sloOfAlert = { sloth_id: 'portal-availability', sloth_service: 'portal', sloth_slo: 'availability' };
  const unique = new Map<string, Reading[]>();
  for (const rule of rules) {
    const isRecord = 'record' in rule;
    const metric = isRecord ? rule.record : 'ALERTS';
    const state = isRecord ? {} : { alertname: rule.alert, alertstate: 'firing' };
    const isOfThreshold = thresholdLabels.threshold in (rule.labels ?? {});
    // Rules of an SLO add up all series: they bear the subject that they are written with, or none.
    const series = isOfThreshold ? { subject: 'hexi' } : isRecord ? {} : sloOfAlert;
    const labels = { ...series, ...state, ...rule.labels };
    const kind = metric.includes(':ratio') ? 'ratio' : 'figure';
    unique.set(`${metric} ${JSON.stringify(labels)}`, samplesOf(metric, labels, kind));
  }
  return [...unique.values()].flat();
}

/** What CityGauge says itself about promises and warnings, as the contract of their metrics names it. */
function promiseSeries(): Reading[] {
  const labels = { job: 'citygauge-slo', subject: 'hexi' };
  return [
    ...Object.values(sloMetrics).flatMap((metric) =>
      samplesOf(metric, { ...labels, service: 'portal', slo: 'portal-availability' }, 'ratio'),
    ),
    ...samplesOf(thresholdMetrics.level, { ...labels, threshold: 'idle' }, 'figure'),
    ...samplesOf(
      thresholdMetrics.indicatorValue,
      { ...labels, model: 'model-a', indicator: 'cloud.idleRatio' },
      'figure',
    ),
  ];
}

/** Names of metrics that Prometheus makes itself. */
const ownOfPrometheus = ['up', 'ALERTS'];

export interface CatalogueSeries {
  readonly readings: readonly Reading[];
  /** Every metric that a query may name. */
  readonly names: ReadonlySet<string>;
}

/** Series of every metric of the catalogue with its declared labels, and of the generated rules. */
export function catalogueSeries(): CatalogueSeries {
  const catalogue = catalogueOf(collectors).map(({ spec }) => spec);
  const declared = new Set(catalogue.map(({ name }) => name));
  const readings = [
    ...catalogue.flatMap(seriesOf),
    ...ruleSeries(),
    ...promiseSeries().filter(({ metric }) => !declared.has(metric)),
    ...(declared.has('up') ? [] : samplesOf('up', { job: 'job-a', instance: '127.0.0.1:9090' }, 'ratio')),
  ];
  return { readings, names: new Set([...readings.map(({ metric }) => metric), ...ownOfPrometheus]) };
}
