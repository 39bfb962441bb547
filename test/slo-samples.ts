import type { ReportSlos } from '../reports/contract.ts';
import {
  canonicalJson,
  type SloDefinition,
  type SloExclusion,
  type SloFigure,
  type SloStanding,
  sha256Of,
} from '../rules/contract.ts';

const timeZone = 'America/New_York';
const month = {
  kind: 'month',
  id: '2015-12',
  from: '2015-12-01T05:00:00.000Z',
  to: '2016-01-01T05:00:00.000Z',
} as const;
const thirtyDays = {
  kind: 'rolling',
  id: '30d@2016-01-01T05:00:00Z',
  from: '2015-12-02T05:00:00.000Z',
  to: '2016-01-01T05:00:00.000Z',
} as const;

interface Sample {
  readonly id: string;
  readonly zh: string;
  readonly objective: number;
  readonly span: SloFigure['span'];
  readonly minimumEvents?: number;
  readonly figure: Partial<SloFigure>;
}

function standingOf({ id, zh, objective, span, minimumEvents = 0, figure }: Sample): SloStanding {
  const [service = '', ...name] = id.split('-');
  const definition: SloDefinition = {
    ...{ id, service, name: name.join('-'), description: '', objectivePercent: objective, minimumEvents },
    title: { zh, en: id },
    period:
      span.kind === 'rolling' ? { kind: 'rolling', days: 30 } : { kind: 'calendar', unit: 'month', timeZone },
    sli: {
      kind: 'events',
      errorQuery: `sum(rate(${service}_errors_total[{{.window}}]))`,
      totalQuery: `sum(rate(${service}_requests_total[{{.window}}]))`,
      measure: null,
    },
  };
  return {
    definition,
    figure: {
      ...{ slo: id, subject: 'boston', span, asOf: span.to, counts: null, state: 'measured', reason: null },
      ...{ excluded: [], recent: {}, revision: 1, computedAt: '2016-01-01T05:01:00.000Z' },
      queries: [`sum(increase(${service}_errors_total[30d]))`],
      specSha256: sha256Of(canonicalJson(definition)),
      ...figure,
    },
  };
}

const exclusions: readonly SloExclusion[] = [
  {
    id: 7,
    ...{ slo: 'portal-availability', subject: 'boston', kind: 'maintenance' },
    ...{ from: '2015-12-12T03:00:00.000Z', to: '2015-12-12T07:00:00.000Z' },
    ...{ reason: 'database moved to new disks', by: 'Ann Lee', evidence: 'CHG-2015-118' },
    ...{ recordedAt: '2015-12-13T14:00:00.000Z', withdrawnAt: null, withdrawnBy: null },
  },
  {
    id: 9,
    ...{ slo: 'portal-availability', subject: 'boston', kind: 'force-majeure' },
    ...{ from: '2015-11-30T22:00:00.000Z', to: '2015-12-01T08:00:00.000Z' },
    ...{ reason: 'power cut of the district', by: 'Bo Xu', evidence: 'notice 2015-77' },
    ...{ recordedAt: '2015-12-02T09:00:00.000Z', withdrawnAt: null, withdrawnBy: null },
  },
];

/**
 * Standings for a bundle of `sampleBundle({ periods: ['2015-Q4'] })`: met by exclusions only, overdrawn and burning, met but
 * restated, with little traffic, without samples, without events.
 */
export function sampleSlos(): ReportSlos {
  return {
    standings: [
      standingOf({
        id: 'portal-availability',
        zh: '门户可用性',
        objective: 99.9,
        span: month,
        figure: {
          counts: { bad: 1800, total: 1_240_000 },
          excluded: [
            { exclusion: 9, bad: 64, total: 9000, from: month.from, to: '2015-12-01T08:00:00.000Z' },
            {
              exclusion: 7,
              ...{ bad: 610, total: 6400, from: '2015-12-12T03:00:00.000Z', to: '2015-12-12T07:00:00.000Z' },
            },
          ],
          recent: { '1h': 0.0002, '1d': 0.0004 },
        },
      }),
      standingOf({
        id: 'hotline-latency',
        zh: '热线响应时间',
        objective: 95,
        span: thirtyDays,
        figure: { counts: { bad: 6123.5, total: 98_765.25 }, recent: { '1h': 0.11 } },
      }),
      standingOf({
        id: 'exchange-freshness',
        zh: '数据交换及时性',
        objective: 99.95,
        span: month,
        figure: { counts: { bad: 3, total: 8_928 }, state: 'estimated', revision: 2 },
      }),
      standingOf({
        id: 'backup-success',
        zh: '备份成功率',
        objective: 97,
        span: thirtyDays,
        minimumEvents: 60,
        figure: { counts: { bad: 0, total: 30 }, recent: { '1h': 0 } },
      }),
      standingOf({
        id: 'gate-online',
        zh: '闸机在线率',
        objective: 99,
        span: month,
        figure: {
          state: 'absent',
          reason: { zh: '周期内没有采样：采集任务未运行', en: 'no samples: the collector did not run' },
        },
      }),
      standingOf({
        id: 'survey-batch',
        zh: '问卷批处理',
        objective: 99,
        span: month,
        figure: { state: 'zeroBase', reason: { zh: '周期内没有批次', en: 'no batch ran in the period' } },
      }),
    ],
    exclusions,
  };
}
