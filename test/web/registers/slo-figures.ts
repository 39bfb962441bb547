import type { SloExclusion, SloFigure, SloSpan } from '../../../rules/contract.ts';
import { now, type Promised } from './slo-terms.ts';

const day = 86_400_000;
const at = new Date(now).toISOString();

export const maintenance: SloExclusion = {
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
export function periodOf(each: Promised): SloFigure {
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

export function daysOf(each: Promised): SloFigure[] {
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
export function earlierOf(each: Promised): SloFigure[][] {
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
