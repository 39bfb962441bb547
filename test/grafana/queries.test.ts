import assert from 'node:assert/strict';
import { syntaxFault } from '../../collectors/contract.ts';
import { buildDashboards } from '../../dashboards/grafana/build.ts';
import { metricNames } from '../../rules/promql/metric-names.ts';
import { openMetricsText } from '../metric-samples.ts';
import { type PrometheusServer, startPrometheusServer } from '../prometheus-server.ts';
import { catalogueSeries, seriesSpan } from './catalogue-series.ts';
import {
  labelQuery,
  type PanelJson,
  readDashboard,
  shownPanels,
  type TargetJson,
  type VariableJson,
} from './dashboard-json.ts';

type Values = Readonly<Record<string, string>>;

const intervals: Values = { __rate_interval: '5m', __interval: '1m', __range: '1h' };
const dashboards = buildDashboards({
  language: 'en',
  timeZone: 'Asia/Shanghai',
  linkBase: 'http://127.0.0.1:8080',
}).map(readDashboard);

const filled = (text: string, values: Values) =>
  text.replace(/\$\{?(\w+)\}?/g, (_, name: string) => values[name] ?? assert.fail(`no value for $${name}`));

/** `.*` as Grafana puts it in for All, and the values one by one as it does for a choice of several. */
const allOf = (variables: readonly VariableJson[]): Values =>
  Object.fromEntries([...variables.map(({ name }) => [name, '.*']), ...Object.entries(intervals)]);

const queryVariables = (variables: readonly VariableJson[]) =>
  variables.filter(({ type }) => type === 'query');

/** Names that a selector picks by `__name__=~"a|b"`, which name no single metric. */
const namesByRegex = (query: string) =>
  [...query.matchAll(/__name__=~"([^"]+)"/g)].flatMap(([, names = '']) => names.split('|'));

/** Both sides of an `or`: what is shown when there is nothing else would hide that. */
const alternatives = (query: string) => query.split(' or ');

interface Series {
  readonly metric: Readonly<Record<string, string>>;
}

const panelTargets = dashboards.flatMap((dashboard) =>
  shownPanels(dashboard).flatMap((panel) =>
    (panel.targets ?? []).map((target) => ({ dashboard, panel, target })),
  ),
);
const variableQueries = dashboards.flatMap((dashboard) =>
  queryVariables(dashboard.templating.list).map((variable) => ({ dashboard, variable })),
);

/** Labels that a panel shows of a target's series: those of the legend, or the columns of the table. */
function shownLabels({ type, transformations = [] }: PanelJson, { legendFormat = '' }: TargetJson): string[] {
  if (type !== 'table') return [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
  const renamed = transformations.find(({ id }) => id === 'organize')?.options.renameByName ?? {};
  return Object.keys(renamed).filter((name) => !/^Value( #[A-Z])?$/.test(name));
}

const namesIn = (query: string) => [...metricNames(query), ...namesByRegex(query)];

/** Why a query cannot be right, whatever the data are. */
function queryFaults(query: string, names: ReadonlySet<string>): string[] {
  const fault = syntaxFault(query);
  if (fault) return [`column ${fault.column}: ${fault.message}`];
  const named = namesIn(query);
  if (named.length === 0) return ['no metric is named'];
  return named.filter((name) => !names.has(name)).map((name) => `${name} is in no catalogue`);
}

describe('queries of the Grafana dashboards', () => {
  const { names, readings } = catalogueSeries();

  it('would be found out with a metric that does not exist, or a syntax fault', () => {
    assert.deepEqual(queryFaults('sum(citygauge_nothing{subject=~".*"}) + up', names), [
      'citygauge_nothing is in no catalogue',
    ]);
    assert.deepEqual(queryFaults('{__name__=~"up|citygauge_nothing"}', names), [
      'citygauge_nothing is in no catalogue',
    ]);
    assert.deepEqual(queryFaults('{subject="hexi"}', names), ['no metric is named']);
    assert.match(queryFaults('sum(up', names).join(), /^column \d+: /);
  });

  it('are PromQL, and name metrics that the catalogue, the generated rules or Prometheus have', () => {
    const seen = new Set<string>();
    const queries = [
      ...panelTargets.map(({ dashboard, target }) => [dashboard, target.expr] as const),
      ...variableQueries.map(
        ({ dashboard, variable }) => [dashboard, labelQuery(variable.query).selector] as const,
      ),
    ];
    for (const [{ uid, templating }, text] of queries) {
      const query = filled(text, allOf(templating.list));
      assert.deepEqual(queryFaults(query, names), [], `${uid}: ${query}`);
      for (const name of namesIn(query)) seen.add(name);
    }
    assert.ok(queries.length > 120 && seen.size > 90, `${queries.length} queries, ${seen.size} metrics`);
  });

  describe('run by a real Prometheus', function () {
    this.timeout(60_000);
    let prometheus: PrometheusServer;
    let asked = 0;
    let answered = 0;

    before(async function () {
      prometheus = await startPrometheusServer(this, { openMetrics: openMetricsText(readings) });
    });
    after(async () => {
      await prometheus?.stop();
      console.log(`      ${asked} queries run, ${answered} returned series`);
    });

    async function ask<T>(path: string, parameters: Readonly<Record<string, string>>): Promise<T> {
      const response = await fetch(`${prometheus.url}/api/v1/${path}?${new URLSearchParams(parameters)}`);
      const { status, data, error } = (await response.json()) as { status: string; data: T; error?: string };
      assert.equal(status, 'success', `${error}: ${JSON.stringify(parameters)}`);
      return data;
    }

    const { from: start, to: end } = seriesSpan;

    async function askFor(query: string, isInstant: boolean): Promise<readonly Series[]> {
      asked += 1;
      const { result } = await ask<{ result: readonly Series[] }>(
        isInstant ? 'query' : 'query_range',
        isInstant ? { query, time: end } : { query, start, end, step: '300' },
      );
      if (result.length > 0) answered += 1;
      return result;
    }

    /** Series of a target; none when one side of it returns none. */
    async function seriesOf(
      { expr, instant = false }: TargetJson,
      values: Values,
    ): Promise<readonly Series[]> {
      const all: Series[] = [];
      for (const query of alternatives(filled(expr, values))) {
        const series = await askFor(query, instant);
        if (series.length === 0) return [];
        all.push(...series);
      }
      return all;
    }

    /** What a variable offers once those before it are chosen. */
    async function offeredBy({ query }: VariableJson, values: Values): Promise<readonly string[]> {
      const { selector, label } = labelQuery(query);
      asked += 1;
      const found = await ask<readonly string[]>(`label/${label}/values`, {
        'match[]': filled(selector, values),
        ...{ start, end },
      });
      if (found.length > 0) answered += 1;
      return found;
    }

    for (const dashboard of dashboards) {
      const targets = panelTargets.filter((each) => each.dashboard === dashboard);
      const variables = dashboard.templating.list;

      it(`${dashboard.uid}: ${targets.length} queries return series with all that is shown of them`, async () => {
        for (const { panel, target } of targets) {
          const series = await seriesOf(target, allOf(variables));
          assert.ok(series.length > 0, `${panel.title}: ${target.expr}`);
          for (const label of shownLabels(panel, target)) {
            assert.ok(
              series.some(({ metric }) => metric[label] !== undefined),
              `${panel.title}: no series has ${label}: ${target.expr}`,
            );
          }
        }
      });

      it(`${dashboard.uid}: its variables offer values, and what is chosen of them returns series`, async () => {
        let values: Values = intervals;
        for (const variable of queryVariables(variables)) {
          const offered = await offeredBy(variable, values);
          assert.ok(offered.length > 0, variable.query);
          values = { ...values, [variable.name]: `(${offered.join('|')})` };
        }
        for (const { panel, target } of targets) {
          const series = await seriesOf(target, values);
          assert.ok(series.length > 0, `${panel.title}: ${filled(target.expr, values)}`);
        }
      });
    }
  });
});
