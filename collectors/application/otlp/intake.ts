import type { CollectorYield, DropReason, TargetState } from '../../contract.ts';
import type { MetricsRequest, TraceRequest } from '../../wire/otlp-messages.ts';
import { type Labels, labelsOf } from './labels.ts';
import { type MetricPoints, metricPoints, type RawPoint } from './metric-points.ts';
import { type PointFate, PointSeries } from './point-series.ts';
import { requestOf } from './request-of-span.ts';
import { RequestSeries } from './request-series.ts';
import { type ServiceState, Services } from './services.ts';
import type { OtlpSettings } from './settings.ts';
import { type Source, sourceOf } from './source.ts';
import { Tally } from './tally.ts';

/** A source's clock may be this far ahead, as for every collector's samples. */
const aheadMilliseconds = 5 * 60_000;

const iso = (milliseconds: number) => new Date(milliseconds).toISOString();

type Refusal = readonly [DropReason, string];

const refusals: Readonly<Record<Exclude<PointFate, 'accepted'>, Refusal>> = {
  duplicate: [
    'duplicate',
    'a series has two points at one instant: give each replica its service.instance.id',
  ],
  outOfOrder: ['outOfOrder', 'a point is older than the one before it in its series'],
  limit: ['limit', 'the service has more series than are kept (maxSeriesPerService)'],
  invalid: ['notFinite', 'a delta of a monotonic sum is negative'],
};
const tooManyServices: Refusal = ['limit', 'more services report than are kept (maxServices)'];
const noNumber: Refusal = ['notFinite', 'a point has no finite number, or buckets that do not fit together'];
const tooManyLabels: Refusal = [
  'limit',
  'a point has more than 30 attributes or one longer than 1,024 characters',
];
const inTheFuture: Refusal = [
  'future',
  'a time lies more than five minutes ahead: check the clock of the sender',
];
const tooOld: Refusal = ['tooOld', 'a time lies further back than is taken (oldest)'];

/** All that the receiver keeps from one request to the next, and hands over once a run. */
export class Intake {
  private readonly settings: OtlpSettings;
  private readonly services: Services;
  private readonly requests: RequestSeries;
  private readonly points: PointSeries;
  private dropped: Partial<Record<DropReason, number>> = {};
  private types: Record<string, MetricTypes[string]> = {};
  private drainedAt: number;
  private secondsBetween = 15;

  constructor(settings: OtlpSettings, now: number) {
    this.settings = settings;
    this.services = new Services(settings);
    this.requests = new RequestSeries(this.services, settings);
    this.points = new PointSeries(this.services, now);
    this.drainedAt = now;
  }

  /** Null while there is room, else the seconds until the next run, roughly. */
  fullFor(now: number): number | null {
    if (this.points.waitingSamples < this.settings.maxWaitingSamples) return null;
    return Math.max(1, Math.ceil(this.secondsBetween - (now - this.drainedAt) / 1000));
  }

  takeTraces({ resourceSpans }: TraceRequest, now: number): Tally {
    const tally = new Tally(this.dropped);
    for (const { resource, scopeSpans } of resourceSpans) {
      const source = sourceOf(resource, this.settings.resourceLabels);
      const owner = this.services.hear(source.service, now);
      for (const { spans } of scopeSpans) {
        for (const span of spans) {
          const request = requestOf(span);
          const refusal = request && this.refusalOfRequest(source, owner, request, now);
          this.count(tally, owner, refusal, 'spans');
        }
      }
    }
    return tally;
  }

  private refusalOfRequest(
    source: Source,
    owner: ServiceState | null,
    request: NonNullable<ReturnType<typeof requestOf>>,
    now: number,
  ): Refusal | null {
    if (!owner) return tooManyServices;
    if (!(request.durationSeconds >= 0))
      return ['notFinite', 'a span ends before it starts, or has no times'];
    const refusal = this.refusalOfTime(request.endedAt ?? now, now);
    if (refusal) return refusal;
    return this.requests.add(source, owner, request, now) ? null : refusals.limit;
  }

  private refusalOfTime(at: number, now: number): Refusal | null {
    if (at > now + aheadMilliseconds) return inTheFuture;
    return at < now - this.settings.oldest * 1000 ? tooOld : null;
  }

  private count(
    tally: Tally,
    owner: ServiceState | null,
    refusal: Refusal | null,
    what: 'spans' | 'points',
  ): void {
    if (refusal === null) {
      tally.accepted += 1;
      if (owner) owner[what] += 1;
      return;
    }
    tally.reject(...refusal);
    if (owner) owner.dropped += 1;
  }

  takeMetrics({ resourceMetrics }: MetricsRequest, now: number): Tally {
    const tally = new Tally(this.dropped);
    for (const { resource, scopeMetrics } of resourceMetrics) {
      const source = sourceOf(resource, this.settings.resourceLabels);
      const owner = this.services.hear(source.service, now);
      for (const metric of scopeMetrics.flatMap(({ metrics }) => metrics)) {
        const read = metricPoints(metric);
        for (const point of read.points) {
          this.count(tally, owner, this.refusalOfPoint({ read, point, source, owner, now }), 'points');
        }
        if (owner && read.points.length > 0) this.types[read.name] = { type: read.type, help: read.help.en };
      }
    }
    return tally;
  }

  private refusalOfPoint({ read, point, source, owner, now }: Offer): Refusal | null {
    if (!owner) return tooManyServices;
    if (read.name === '') return ['badName', 'a metric has no name'];
    if (read.isUnreadable) return ['notFinite', 'a metric says neither delta nor cumulative'];
    if (point.parts === null) return noNumber;
    const at = point.at ?? now;
    const refusal = this.refusalOfTime(at, now);
    if (refusal) return refusal;
    const labels: Labels | null = labelsOf(point.attributes, source.own);
    if (!labels) return tooManyLabels;
    const { startedAt, parts } = point;
    const { name: metric, isDelta, mayNotFall } = read;
    const fate = this.points.add(owner, { metric, labels, parts, at, startedAt, isDelta, mayNotFall }, now);
    return fate === 'accepted' ? null : refusals[fate];
  }

  /** What came since the last call, with every counter of requests as of now. */
  drain(now: number): CollectorYield {
    const forgetBefore = now - this.settings.forgetAfter * 1000;
    const requests = this.requests.drain({ at: iso(now), bornAt: iso(this.drainedAt), forgetBefore });
    const readings = [...requests, ...this.points.drain(forgetBefore)];
    const targets = this.services.drain(forgetBefore).map((state) => targetOf(state, now));
    const { dropped, types } = this;
    this.dropped = {};
    this.types = {};
    this.secondsBetween = Math.max(1, (now - this.drainedAt) / 1000);
    this.drainedAt = now;
    return { readings, targets, dropped, types };
  }
}

type MetricTypes = Record<string, { readonly type: MetricPoints['type']; readonly help: string }>;

interface Offer {
  readonly read: MetricPoints;
  readonly point: RawPoint;
  readonly source: Source;
  readonly owner: ServiceState | null;
  readonly now: number;
}

/** A service that was silent for this long is shown as not reporting. */
const silentAfterSeconds = 300;

function targetOf(
  { service, heardAt, spans, points, dropped, series }: ServiceState,
  now: number,
): TargetState {
  const silentSeconds = Math.round((now - heardAt) / 1000);
  const isUp = silentSeconds <= silentAfterSeconds;
  const detail = {
    zh: `本次 ${spans} 个跨度、${points} 个数据点，丢弃 ${dropped}；共 ${series} 个序列`,
    en: `this time: spans ${spans}, points ${points}, dropped ${dropped}; series in all ${series}`,
  };
  const silence = {
    zh: `已 ${silentSeconds} 秒未上报，请检查应用及其导出器`,
    en: `silent for ${silentSeconds} s: look at the application and its exporter`,
  };
  return { target: service, isUp, durationSeconds: null, detail: isUp ? detail : silence };
}
