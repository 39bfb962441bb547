import type { Sli, Slo, WindowCatalogue } from '../../contract.ts';

const events = {
  kind: 'events',
  errorQuery: 'sum(rate(http_requests_total{code=~"5.."}[{{.window}}]))',
  totalQuery: 'sum(rate(http_requests_total[{{.window}}]))',
  measure: null,
} as const;

/** An SLO of 99.9 % in 30 days with both alerts, but for what is given. */
export function slo(own: Partial<Slo> = {}): Slo {
  return {
    id: 'shop-requests',
    service: 'shop',
    name: 'requests',
    title: { zh: '请求成功率', en: 'Requests that succeed' },
    description: '',
    subject: null,
    objectivePercent: 99.9,
    period: { kind: 'rolling', days: 30 },
    sli: events,
    labels: { owner: 'shop-team' },
    alerting: {
      name: 'ShopErrors',
      labels: {},
      annotations: {},
      page: { labels: { severity: 'critical' }, annotations: {} },
      ticket: { labels: { severity: 'warning' }, annotations: {} },
      runbook: 'docs/runbooks/shop.md',
    },
    minimumEvents: 0,
    source: { file: 'shop.yaml', format: 'citygauge/slo@1', line: 3, sha256: 'ab12' },
    ...own,
  };
}

const query = 'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))';

/** One SLI of each kind and of each way in which it can be given. */
export const sliKinds: readonly Sli[] = [
  events,
  { kind: 'ratio', errorRatioQuery: '1 - avg(avg_over_time(up_ratio[{{.window}}]))', measure: null },
  { kind: 'threshold', query, operator: '<=', bound: 0.3, everySeconds: 60, measure: null },
  {
    kind: 'threshold',
    query: 'disk_free_ratio',
    operator: '>',
    bound: 1e-7,
    everySeconds: 3600,
    measure: null,
  },
  { kind: 'timeSlices', of: events, sliceSeconds: 60, target: 0.95 },
  { kind: 'timeSlices', of: events, sliceSeconds: 30, target: null },
  {
    kind: 'timeSlices',
    of: { errorRatioQuery: '1 - avg_over_time(up[{{.window}}])' },
    sliceSeconds: 300,
    target: 0.5,
  },
];

/** A catalogue of one's own: shares for a period of a week. */
export const catalogueOfWeek: WindowCatalogue = {
  periodDays: 7,
  page: {
    quick: { errorBudgetPercent: 8, shortSeconds: 300, longSeconds: 3600 },
    slow: { errorBudgetPercent: 12.5, shortSeconds: 1800, longSeconds: 21_600 },
  },
  ticket: {
    quick: { errorBudgetPercent: 20, shortSeconds: 7200, longSeconds: 86_400 },
    slow: { errorBudgetPercent: 42, shortSeconds: 21_600, longSeconds: 259_200 },
  },
};
