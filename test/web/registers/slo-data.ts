import type { Slo, SloCounts, SloFigure, SloSpan, Text } from '../../../rules/contract.ts';

const day = 86_400_000;
export const now = Date.parse('2026-11-01T00:00:00Z');
const iso = (milliseconds: number) => new Date(milliseconds).toISOString();
export const zone = 'Asia/Shanghai';

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

function sloOf(terms: Terms, line: number): Slo {
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

const quarter: Slo['period'] = { kind: 'calendar', unit: 'quarter', timeZone: zone };
const month: Slo['period'] = { kind: 'calendar', unit: 'month', timeZone: zone };
const year: Slo['period'] = { kind: 'calendar', unit: 'year', timeZone: zone };
const rolling: Slo['period'] = { kind: 'rolling', days: 30 };
const local = (date: string) => iso(Date.parse(`${date}T00:00:00+08:00`));
const q4: SloSpan = { kind: 'quarter', id: '2026-Q4', from: local('2026-10-01'), to: local('2027-01-01') };
const november: SloSpan = {
  kind: 'month',
  id: '2026-11',
  from: local('2026-11-01'),
  to: local('2026-12-01'),
};
const whole: SloSpan = { kind: 'year', id: '2026', from: local('2026-01-01'), to: local('2027-01-01') };
export const last30: SloSpan = {
  kind: 'rolling',
  id: `30d@${iso(now)}`,
  from: iso(now - 30 * day),
  to: iso(now),
};

/** So many days of steady traffic with a few bad days, `{ 12: 900 }` by place from 0. */
function daysOf(count: number, total: number, bad: number, worse: Readonly<Record<number, number>> = {}) {
  return Array.from({ length: count }, (_, at) => ({
    bad: worse[at] ?? bad,
    total: total + ((at * 37) % 11) * Math.round(total / 100),
  }));
}

const calm = { '1h': 0.0002, '6h': 0.0003, '1d': 0.0004, '3d': 0.0005 };
const none = { state: 'measured' as const, reason: null, excluded: [], recent: calm };

/** Promises of every kind: kept by an exclusion, overdrawn, at risk, healthy, absent, failed, without events, of low traffic. */
export const promised: readonly Promised[] = [
  {
    ...none,
    slo: sloOf(
      {
        service: 'portal',
        name: 'availability',
        title: { zh: '市民门户可用性', en: 'Citizen portal availability' },
        objective: 99.9,
        period: quarter,
        description: '市民门户首页与办事入口的请求 <b>成功率</b>',
      },
      4,
    ),
    subject: 'hexi',
    span: q4,
    days: daysOf(32, 96_000, 40, { 11: 2400, 22: 700 }),
    excluded: [[1, 11, 2360, 24_000]],
  },
  {
    ...none,
    slo: sloOf(
      {
        service: 'hotline',
        name: 'intake',
        title: { zh: '12345 受理接口可用性', en: '12345 intake availability' },
        objective: 99.5,
        period: rolling,
      },
      3,
    ),
    subject: 'hexi',
    span: last30,
    days: daysOf(30, 20_000, 120, { 19: 2900 }),
    recent: { '1h': 0.011, '6h': 0.012, '1d': 0.01, '3d': 0.007 },
  },
  {
    ...none,
    slo: sloOf(
      {
        service: 'portal',
        name: 'latency',
        title: { zh: '门户页面 300 毫秒内返回', en: 'Portal pages within 300 ms' },
        objective: 99,
        period: rolling,
      },
      21,
    ),
    subject: 'hexi',
    span: last30,
    days: daysOf(30, 96_000, 310),
  },
  {
    ...none,
    slo: sloOf(
      {
        service: 'grid',
        name: 'dispatch',
        title: { zh: '网格事件按时派遣', en: 'Grid events dispatched in time' },
        objective: 95,
        period: year,
        subject: 'hexi/dongcheng',
      },
      3,
    ),
    subject: 'hexi/dongcheng',
    span: whole,
    days: daysOf(305, 800, 38),
    recent: { '1h': 0.17, '6h': 0.18, '1d': 0.19, '3d': 0.16 },
  },
  {
    ...none,
    slo: sloOf(
      {
        service: 'sensors',
        name: 'online',
        title: { zh: '物联感知设备在线', en: 'Sensors on line' },
        objective: 98,
        period: rolling,
        sli: {
          kind: 'threshold',
          query: 'probe_success{job="sensors"}',
          operator: '>=',
          bound: 1,
          everySeconds: 60,
          measure: null,
        },
      },
      3,
    ),
    subject: 'hexi',
    span: last30,
    days: [],
    state: 'absent',
    reason: {
      zh: '周期内没有 probe_success 的采样',
      en: 'there is no sample of probe_success in the period',
    },
    recent: {},
  },
  {
    ...none,
    slo: sloOf(
      {
        service: 'exchange',
        name: 'batches',
        title: { zh: '数据交换批次成功', en: 'Exchange batches succeed' },
        objective: 99,
        period: month,
      },
      3,
    ),
    subject: 'hexi',
    span: november,
    days: [],
    state: 'zeroBase',
    reason: { zh: '周期内没有交换批次', en: 'there was no batch in the period' },
    recent: {},
  },
  {
    ...none,
    slo: sloOf(
      {
        service: 'video',
        name: 'streams',
        title: { zh: '视频调阅成功', en: 'Video streams open' },
        objective: 97,
        period: rolling,
        minimumEvents: 1000,
      },
      3,
    ),
    subject: 'hexi',
    span: last30,
    days: daysOf(30, 10, 0, { 8: 4 }),
  },
  {
    ...none,
    slo: sloOf(
      {
        service: 'payment',
        name: 'orders',
        title: { zh: '缴费下单成功', en: 'Payment orders succeed' },
        objective: 99.9,
        period: month,
      },
      3,
    ),
    subject: 'hexi',
    span: november,
    days: daysOf(1, 5200, 2),
  },
  {
    ...none,
    slo: sloOf(
      {
        service: 'gis',
        name: 'tiles',
        title: { zh: '电子地图瓦片可用性', en: 'Map tiles availability' },
        objective: 99.5,
        period: rolling,
        subject: 'hexi/nanhu',
      },
      3,
    ),
    subject: 'hexi/nanhu',
    span: last30,
    days: [],
    state: 'failed',
    reason: { zh: 'Prometheus 没有应答', en: 'Prometheus did not answer' },
    recent: {},
  },
];

/** Defined but never counted. */
export const uncounted: Slo = sloOf(
  {
    service: 'permits',
    name: 'filing',
    title: { zh: '许可申报提交成功', en: 'Permit filing succeeds' },
    objective: 99.5,
    period: month,
  },
  3,
);
