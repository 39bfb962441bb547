import type { Workbench } from '../../../dashboards/contract.ts';
import { InputError, type SloExclusion, type SloFigure, type SloSpan } from '../../../rules/contract.ts';
import { memoryRules } from './rule-data.ts';
import { now, type Promised, promised, uncounted } from './slo-data.ts';
import { memoryThresholds } from './threshold-data.ts';

type Slos =
  | 'slos'
  | 'slo'
  | 'burnWindows'
  | 'alertWindows'
  | 'alertsWithin'
  | 'thresholds'
  | 'lamps'
  | 'rules';

const day = 86_400_000;
const at = new Date(now).toISOString();

const maintenance: SloExclusion = {
  id: 1,
  slo: 'portal-availability',
  subject: 'hexi',
  kind: 'maintenance',
  from: '2026-10-11T18:00:00Z',
  to: '2026-10-12T00:00:00Z',
  reason: '核心交换机更换，已提前公告 <i>',
  by: '周敏',
  evidence: '变更单 CHG-2026-1011',
  recordedAt: '2026-10-10T02:00:00Z',
  withdrawnAt: null,
  withdrawnBy: null,
};

function frameOf({ slo, subject }: Promised, span: SloSpan): Omit<SloFigure, 'counts' | 'excluded'> {
  return {
    slo: slo.id,
    subject,
    span,
    asOf: at < span.to ? at : span.to,
    state: 'measured',
    reason: null,
    recent: {},
    queries: [`sum(increase(${slo.service}_requests_total[1d]))`],
    specSha256: 'd0'.repeat(32),
    revision: 1,
    computedAt: at,
  };
}

/** The newest period of a promise: its days together. */
function periodOf(each: Promised): SloFigure {
  const total = (of: 'bad' | 'total') => each.days.reduce((sum, one) => sum + (one?.[of] ?? 0), 0);
  return {
    ...frameOf(each, each.span),
    state: each.state,
    reason: each.reason,
    recent: each.recent,
    counts: each.days.length === 0 ? null : { bad: total('bad'), total: total('total') },
    excluded: each.excluded.map(([exclusion, , bad, all]) => ({
      exclusion,
      bad,
      total: all,
      from: maintenance.from,
      to: maintenance.to,
    })),
  };
}

const localDay = (milliseconds: number) => new Date(milliseconds + 8 * 3_600_000).toISOString().slice(0, 10);

function daysOf(each: Promised): SloFigure[] {
  const first = Date.parse(`${localDay(Date.parse(each.span.from))}T00:00:00+08:00`);
  return each.days
    .map((counts, index): SloFigure => {
      const from = first + index * day;
      const span: SloSpan = {
        kind: 'day',
        id: localDay(from),
        from: new Date(from).toISOString(),
        to: new Date(from + day).toISOString(),
      };
      const excluded = each.excluded
        .filter(([, place]) => place === index)
        .map(([exclusion, , bad, total]) => ({
          exclusion,
          bad,
          total,
          from: maintenance.from,
          to: maintenance.to,
        }));
      return { ...frameOf(each, span), counts, excluded, state: counts ? 'measured' : 'absent' };
    })
    .toReversed();
}

/** Ended months of two promises; October of the one was counted again when late orders came in. */
function earlierOf(each: Promised): SloFigure[][] {
  const month = (id: string, from: string, to: string): SloSpan => ({ kind: 'month', id, from, to });
  const october = frameOf(each, month('2026-10', '2026-09-30T16:00:00Z', '2026-10-31T16:00:00Z'));
  if (each.slo.id === 'exchange-batches')
    return [
      [{ ...october, counts: { bad: 1, total: 93 }, excluded: [], computedAt: '2026-10-31T16:05:00Z' }],
    ];
  if (each.slo.id !== 'payment-orders') return [];
  const september = frameOf(each, month('2026-09', '2026-08-31T16:00:00Z', '2026-09-30T16:00:00Z'));
  return [
    [
      { ...october, counts: { bad: 140, total: 161_200 }, excluded: [], computedAt: '2026-10-31T16:05:00Z' },
      {
        ...october,
        counts: { bad: 171, total: 163_900 },
        excluded: [],
        revision: 2,
        computedAt: '2026-10-31T22:30:00Z',
      },
    ],
    [
      {
        ...september,
        counts: { bad: 96, total: 150_400 },
        excluded: [],
        computedAt: '2026-09-30T16:05:00Z',
      },
    ],
  ];
}

function memoryRegister(): Workbench['slo'] {
  const exclusions: SloExclusion[] = [maintenance];
  const of = (slo: string, subject: string) =>
    promised.find((each) => each.slo.id === slo && each.subject === subject);
  return {
    latest: async (subjects, before) =>
      promised
        .filter((each) => subjects.includes(each.subject) && (before === null || each.span.from < before))
        .map((each) => ({ definition: each.slo, figure: periodOf(each) })),
    figures: async ({ slo, subject, kind, from, to }) => {
      const found = of(slo, subject);
      if (!found) return [];
      const all =
        kind === 'day'
          ? daysOf(found)
          : [periodOf(found), ...earlierOf(found).flatMap((revisions) => revisions.at(-1) ?? [])];
      return all.filter(
        ({ span }) =>
          span.kind === kind &&
          Date.parse(span.from) >= Date.parse(from) &&
          Date.parse(span.from) < Date.parse(to),
      );
    },
    revisions: async ({ slo, subject, span }) => {
      const found = of(slo, subject);
      const earlier = found ? earlierOf(found) : [];
      return earlier.find(([first]) => first?.span.id === span) ?? [];
    },
    exclude: async ({ at: recordedAt, periodSeconds: _, ...order }) => {
      const made = {
        ...order,
        id: exclusions.length + 1,
        recordedAt,
        withdrawnAt: null,
        withdrawnBy: null,
      };
      exclusions.unshift(made);
      return made;
    },
    withdraw: async (id, by, withdrawnAt) => {
      const place = exclusions.findIndex((each) => each.id === id && each.withdrawnAt === null);
      const found = exclusions[place];
      if (!found) throw new InputError(`exclusion ${id} does not stand`);
      const withdrawn = { ...found, withdrawnAt, withdrawnBy: by };
      exclusions.splice(place, 1, withdrawn);
      return withdrawn;
    },
    exclusions: async (subjects, slo) =>
      exclusions.filter((each) => subjects.includes(each.subject) && (slo === null || each.slo === slo)),
  };
}

/** Promises, lamps and rules in memory. */
export function memorySlos(): Pick<Workbench, Slos> {
  return {
    slos: () => [...promised.map(({ slo }) => slo), uncounted],
    slo: memoryRegister(),
    burnWindows: async (slo) => {
      const recent = promised.find((each) => each.slo.id === slo.id)?.recent ?? {};
      const windows = [
        [300, '1h'],
        [1800, '1h'],
        [3600, '1h'],
        [7200, '1h'],
        [21_600, '6h'],
        [86_400, '1d'],
        [259_200, '3d'],
        [2_592_000, '3d'],
      ] as const;
      return windows.map(([seconds, window]) => ({ seconds, badRatio: recent[window] ?? null }));
    },
    alertWindows: ({ period }) =>
      period.kind === 'calendar' && period.unit === 'year'
        ? null
        : {
            periodDays: 30,
            page: {
              quick: { errorBudgetPercent: 2, shortSeconds: 300, longSeconds: 3600 },
              slow: { errorBudgetPercent: 5, shortSeconds: 1800, longSeconds: 21_600 },
            },
            ticket: {
              quick: { errorBudgetPercent: 10, shortSeconds: 7200, longSeconds: 86_400 },
              slow: { errorBudgetPercent: 10, shortSeconds: 21_600, longSeconds: 259_200 },
            },
          },
    alertsWithin: async (slo) =>
      slo.sli.kind === 'threshold'
        ? {
            alerts: null,
            reason: {
              zh: '没有采样，无法判断是否会告警',
              en: 'there are no samples, so nobody can tell',
            },
          }
        : {
            alerts:
              slo.id === 'hotline-intake'
                ? [
                    { severity: 'page', from: '2026-10-21T01:10:00Z', to: '2026-10-21T04:25:00Z' },
                    { severity: 'ticket', from: '2026-10-31T20:00:00Z', to: null },
                  ]
                : [],
            reason: null,
          },
    ...memoryThresholds(),
    rules: memoryRules,
  };
}
