import type { Slo, SloCounts, SloFigure, SloSpan, Text } from '../../../rules/contract.ts';

const day = 86_400_000;
export const now = Date.parse('2026-11-01T00:00:00Z');
const iso = (milliseconds: number) => new Date(milliseconds).toISOString();
const zone = 'Asia/Shanghai';

/** One promise with what was counted of it. */
export interface Promised {
  readonly slo: Slo;
  readonly subject: string;
  readonly span: SloSpan;
  /** Counts of the local days of the span, oldest first; null = no sample that day. */
  readonly days: readonly (SloCounts | null)[];
  readonly state: SloFigure['state'];
  readonly reason: Text | null;
  readonly recent: SloFigure['recent'];
  /** Stretches that count for nothing: [exclusion id, day of the span, bad, total]. */
  readonly excluded: readonly (readonly [number, number, number, number])[];
}

interface Terms {
  readonly service: string;
  readonly name: string;
  readonly title: Text;
  readonly objective: number;
  readonly period: Slo['period'];
  readonly subject?: string;
  readonly minimumEvents?: number;
  readonly sli?: Slo['sli'];
  readonly description?: string;
}

const events = (metric: string): Slo['sli'] => ({
  kind: 'events',
  errorQuery: `sum(rate(${metric}{code=~"5.."}[{{.window}}]))`,
  totalQuery: `sum(rate(${metric}[{{.window}}]))`,
  measure: null,
});

export function sloOf(terms: Terms, line: number): Slo {
  const id = `${terms.service}-${terms.name}`;
  return {
    id,
    service: terms.service,
    name: terms.name,
    title: terms.title,
    description: terms.description ?? '',
    subject: terms.subject ?? null,
    objectivePercent: terms.objective,
    period: terms.period,
    sli: terms.sli ?? events(`${terms.service}_requests_total`),
    labels: {},
    alerting: {
      name: `${terms.service}-${terms.name}-errors`,
      labels: {},
      annotations: {},
      page: { labels: {}, annotations: {} },
      ticket: { labels: {}, annotations: {} },
      runbook: 'docs/runbooks/slo-errors.md',
    },
    minimumEvents: terms.minimumEvents ?? 0,
    source: { file: `slos/${terms.service}.yaml`, format: 'citygauge/slo@1', line, sha256: '5e'.repeat(32) },
  };
}

export const quarter: Slo['period'] = { kind: 'calendar', unit: 'quarter', timeZone: zone };
export const month: Slo['period'] = { kind: 'calendar', unit: 'month', timeZone: zone };
export const year: Slo['period'] = { kind: 'calendar', unit: 'year', timeZone: zone };
export const rolling: Slo['period'] = { kind: 'rolling', days: 30 };
const local = (date: string) => iso(Date.parse(`${date}T00:00:00+08:00`));
export const q4: SloSpan = {
  kind: 'quarter',
  id: '2026-Q4',
  from: local('2026-10-01'),
  to: local('2027-01-01'),
};
export const november: SloSpan = {
  kind: 'month',
  id: '2026-11',
  from: local('2026-11-01'),
  to: local('2026-12-01'),
};
export const whole: SloSpan = {
  kind: 'year',
  id: '2026',
  from: local('2026-01-01'),
  to: local('2027-01-01'),
};
export const last30: SloSpan = {
  kind: 'rolling',
  id: `30d@${iso(now)}`,
  from: iso(now - 30 * day),
  to: iso(now),
};

/** So many days of steady traffic with a few bad days, `{ 12: 900 }` by place from 0. */
export function daysOf(
  count: number,
  total: number,
  bad: number,
  worse: Readonly<Record<number, number>> = {},
) {
  return Array.from({ length: count }, (_, at) => ({
    bad: worse[at] ?? bad,
    total: total + ((at * 37) % 11) * Math.round(total / 100),
  }));
}
