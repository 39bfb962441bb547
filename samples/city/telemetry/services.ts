import {
  latencyBoundaries,
  outageErrorRatio,
  type ServicePolicy,
  services,
  spacing,
  stories,
} from './policy.ts';
import { at, dayOf, hour, type Labels, type SampleSeries, type SeriesContext, within } from './series.ts';

/** Requests of one day, by what became of them. */
interface Day {
  readonly requests: number;
  readonly errors: number;
  /** At most as slow as each boundary. */
  readonly below: readonly number[];
  readonly seconds: number;
}

/** Log-logistic: the share of requests that take at most so many seconds. */
function shareBelow(seconds: number, medianSeconds: number, steepness: number): number {
  return 1 / (1 + (seconds / medianSeconds) ** -steepness);
}

/** What a service has counted by an instant: each day once, whichever series asks first. */
function countsOf(policy: ServicePolicy, scale: number, { calendar, random, owner }: SeriesContext) {
  const stream = random(`service ${policy.service} ${owner.subject}`);
  const days = new Map<number, Day>();
  let last: Day = { requests: 0, errors: 0, below: latencyBoundaries.map(() => 0), seconds: 0 };
  const { outage, restart } = stories;
  const isDown = (instant: number) =>
    outage.target.includes(`//${policy.service}.`) &&
    within(instant - 12 * hour, dayOf(calendar, outage.month, outage.day), 24 * hour);
  const restartAt = dayOf(calendar, restart.month, restart.day);
  const add = (instant: number): Day => {
    const isRestarted = within(instant, restartAt, 24 * hour);
    const before = isRestarted
      ? { requests: 0, errors: 0, below: latencyBoundaries.map(() => 0), seconds: 0 }
      : last;
    const weekday = new Date(instant).getUTCDay();
    const week = weekday === 0 || weekday === 6 ? 0.62 : 1.1;
    const requests = Math.round(policy.requestsPerDay * scale * week * stream.between(0.93, 1.07));
    const errorRatio = isDown(instant) ? outageErrorRatio : at(policy.errorRatio, instant, calendar);
    const median = at(policy.medianSeconds, instant, calendar) * stream.between(0.95, 1.05);
    return {
      requests: before.requests + requests,
      errors: before.errors + Math.round(requests * errorRatio),
      below: latencyBoundaries.map(
        (le, i) => (before.below[i] ?? 0) + Math.round(requests * shareBelow(le, median, policy.steepness)),
      ),
      seconds: before.seconds + Math.round(requests * median * 1.3),
    };
  };
  return (instant: number): Day => {
    const known = days.get(instant);
    if (known) return known;
    last = add(instant);
    days.set(instant, last);
    return last;
  };
}

function seriesOfService(policy: ServicePolicy, scale: number, context: SeriesContext): SampleSeries[] {
  const { owner } = context;
  const counts = countsOf(policy, scale, context);
  const { service, route, method, layer } = policy;
  const labels: Labels = {
    ...{ job: 'sample-otlp', subject: owner.subject, service, route, method },
    ...(layer === null ? {} : { layer }),
  };
  const series = (metric: string, read: (counted: Day) => number, own: Labels = {}): SampleSeries => ({
    metric: `citygauge_service_${metric}`,
    labels: { ...labels, ...own },
    everyHours: spacing.dailyHours,
    fromMonth: owner.fromMonth,
    read: (instant) => read(counts(instant)),
  });
  return [
    series('requests_total', ({ requests }) => requests),
    series('errors_total', ({ errors }) => errors),
    series('successes_total', ({ requests, errors }) => requests - errors),
    ...latencyBoundaries.map((le, i) =>
      series('request_duration_seconds_bucket', ({ below }) => below[i] ?? 0, { le: String(le) }),
    ),
    series('request_duration_seconds_bucket', ({ requests }) => requests, { le: '+Inf' }),
    series('request_duration_seconds_count', ({ requests }) => requests),
    series('request_duration_seconds_sum', ({ seconds }) => seconds),
  ];
}

/** Counters of requests as an OpenTelemetry receiver keeps them; a district has the portal of its own. */
export function serviceSeries(context: SeriesContext): readonly SampleSeries[] {
  const { district } = context.owner;
  const own = district ? services.slice(0, 1) : services;
  return own.flatMap((policy) => seriesOfService(policy, district?.share ?? 1, context));
}
