import { spacing, stories } from './policy.ts';
import {
  at,
  day,
  type Labels,
  monthOf,
  rounded,
  type SampleSeries,
  type SeriesContext,
  summer,
} from './series.ts';
import {
  type ApplicationPolicy,
  applications,
  type FigurePolicy,
  type FlagPolicy,
  figures,
  flags,
  pools,
  type SharePolicy,
  shares,
} from './table-policy.ts';

type Read = SampleSeries['read'];

function daily(context: SeriesContext, job: string, metric: string, [labels, read]: readonly [Labels, Read]) {
  const { subject, fromMonth } = context.owner;
  return { metric, labels: { job, subject, ...labels }, everyHours: spacing.dailyHours, fromMonth, read };
}

/** Registered users are a stock of the city; a district has its share of each. */
function useOf(policy: ApplicationPolicy, context: SeriesContext): SampleSeries[] {
  const { calendar, owner } = context;
  const { application, idleMonths } = policy;
  const scale = owner.district?.share ?? 1;
  const lead = owner.district?.lead ?? 0;
  const isUsed = (instant: number) => !idleMonths.includes(monthOf(calendar, instant).index);
  const registered: Read = (instant) => Math.round(at(policy.registered, instant, calendar) * scale);
  const part =
    (share: Read): Read =>
    (instant) =>
      Math.round(Number(registered(instant)) * Math.min(1, Math.max(0, Number(share(instant)) + lead)));
  const series = (metric: string, read: Read) =>
    daily(context, 'sample-use', `citygauge_application_${metric}`, [{ application }, read]);
  return [
    series('is_listed', () => 1),
    series('is_effective', (instant) => (isUsed(instant) ? 1 : 0)),
    series('users_registered', registered),
    series(
      'users_activated',
      part(() => policy.activated),
    ),
    series('users_active_30_days', (instant) =>
      isUsed(instant) ? part((when) => at(policy.active, when, calendar))(instant) : 0,
    ),
  ];
}

function shareOf(policy: SharePolicy, context: SeriesContext): SampleSeries[] {
  const { calendar, owner } = context;
  const stream = context.random(`${policy.part} ${Object.values(policy.labels)} ${owner.subject}`);
  const scale = owner.district?.share ?? 1;
  const whole: Read = (instant) => Math.round(at(policy.count, instant, calendar) * scale);
  const part: Read = (instant) => {
    const swing = policy.swing * stream.between(-1, 1);
    const share = at(policy.share, instant, calendar) + (owner.district?.lead ?? 0) + swing;
    return Math.round(Number(whole(instant)) * Math.min(1, Math.max(0, share)));
  };
  return [
    daily(context, 'sample-platform', policy.part, [policy.labels, part]),
    daily(context, 'sample-platform', policy.whole, [policy.labels, whole]),
  ];
}

function figureOf(policy: FigurePolicy, context: SeriesContext): SampleSeries {
  const { metric, labels, course, swing, season, min, max } = policy;
  const stream = context.random(`${metric} ${Object.values(labels)} ${context.owner.subject}`);
  const read: Read = (instant) => {
    const value =
      at(course, instant, context.calendar) + season * summer(instant) + swing * stream.between(-1, 1);
    return rounded(Math.min(max, Math.max(min, value)));
  };
  return daily(context, 'sample-cloud', metric, [labels, read]);
}

function flagOf({ metric, labels, likelihood, isOfMonth }: FlagPolicy, context: SeriesContext): SampleSeries {
  const { calendar, owner } = context;
  const stream = context.random(`${metric} ${Object.values(labels)} ${owner.subject}`);
  const states = new Map<string, number>();
  const draw = (instant: number) => (stream.next() < at(likelihood, instant, calendar) ? 1 : 0);
  const read: Read = (instant) => {
    if (!isOfMonth) return draw(instant);
    const { id } = monthOf(calendar, instant);
    const state = states.get(id) ?? draw(instant);
    states.set(id, state);
    return state;
  };
  return daily(context, 'sample-cloud', metric, [labels, read]);
}

/** Used, total, and the days until full at the growth of the last thirty. */
function poolOf(policy: (typeof pools)[number], context: SeriesContext): SampleSeries[] {
  const { calendar } = context;
  const { pool, kind, total, used, quickening } = policy;
  const usedAt = (instant: number) => {
    const share = Math.max(0, (instant - calendar.start) / (calendar.end - calendar.start));
    return total * (used.from + (used.to - used.from) * share ** quickening);
  };
  const headroom: Read = (instant) => {
    const month = 30 * day;
    const since = Math.max(calendar.start, instant - month);
    const perDay = instant > since ? (usedAt(instant) - usedAt(since)) / ((instant - since) / day) : 0;
    return perDay > 0 ? Math.round(Math.min(3_650, (total - usedAt(instant)) / perDay)) : null;
  };
  const series = (metric: string, read: Read) =>
    daily(context, 'sample-cloud', `citygauge_capacity_${metric}`, [{ pool, kind }, read]);
  return [
    series('used', (instant) => rounded(usedAt(instant), 6)),
    series('total', () => total),
    series('headroom_days', headroom),
  ];
}

/** Renewed every ninety days, each at its own time. */
function certificateOf(name: string, renewedBeforeEnd: number, context: SeriesContext): SampleSeries[] {
  const { days } = stories.certificates;
  const remaining = (instant: number) => {
    const age = (instant - (context.calendar.end - renewedBeforeEnd * day)) / day;
    return days - (((age % days) + days) % days);
  };
  const target = `https://${name}.sample.example/`;
  const series = (metric: string, read: Read) =>
    daily(context, 'sample-probes', `citygauge_certificate_${metric}`, [{ target }, read]);
  return [
    series('remaining_days', (instant) => rounded(remaining(instant))),
    series('expires_within_30_days', (instant) => (remaining(instant) < 30 ? 1 : 0)),
  ];
}

/** What tables and checks report once a day. */
export function dailySeries(context: SeriesContext): readonly SampleSeries[] {
  const isCity = context.owner.district === null;
  const { renewedBeforeEnd } = stories.certificates;
  const certificates = isCity
    ? Object.entries(renewedBeforeEnd)
    : Object.entries(renewedBeforeEnd).slice(0, 1);
  return [
    ...(isCity ? applications : applications.slice(0, 3)).flatMap((policy) => useOf(policy, context)),
    ...shares.flatMap((policy) => shareOf(policy, context)),
    ...figures
      .filter(({ isOfCity }) => isCity || isOfCity !== true)
      .map((policy) => figureOf(policy, context)),
    ...flags.map((policy) => flagOf(policy, context)),
    ...pools.flatMap((policy) => (isCity ? poolOf(policy, context) : [])),
    ...certificates.flatMap(([name, days]) =>
      certificateOf(context.owner.district?.slug ?? name, days, context),
    ),
  ];
}
