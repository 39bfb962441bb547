import type { Reading } from '../../contract.ts';
import { keyOf, type Labels } from './labels.ts';
import type { ServiceState, Services } from './services.ts';

/** One point as parts of series: a number, or the buckets, sum and count of a histogram. */
export interface Parts {
  /** Suffix of the name and labels beyond the point's own, one per value. */
  readonly shape: readonly { readonly suffix: string; readonly labels: Labels }[];
  /** Names the shape: series of another shape (other boundaries) are other series. */
  readonly shapeKey: string;
  readonly values: readonly number[];
  /** True for the parts that are counters. */
  readonly isCounter: boolean;
}

export interface PlacedPoint {
  readonly metric: string;
  readonly labels: Labels;
  readonly parts: Parts;
  /** Milliseconds. */
  readonly at: number;
  readonly startedAt: number | null;
  readonly isDelta: boolean;
  /** A converted histogram whose parts may not fall while its process runs. */
  readonly mayNotFall: boolean;
}

interface Series {
  readonly owner: ServiceState;
  readonly names: readonly string[];
  readonly labels: readonly Labels[];
  /** What was reported last. */
  values: number[];
  at: number;
  startedAt: number | null;
  heardAt: number;
}

export type PointFate = 'accepted' | 'duplicate' | 'outOfOrder' | 'limit' | 'invalid';

const isoOf = (milliseconds: number) => new Date(milliseconds).toISOString();

/** The series of metrics by what they were last, and the samples that wait for the next run. */
export class PointSeries {
  private readonly known = new Map<string, Series>();
  private readonly services: Services;
  private readonly beganAt: number;
  private waiting: Reading[] = [];

  /** `beganAt`: milliseconds at which the receiver began; a counter that began later is seen from its zero. */
  constructor(services: Services, beganAt: number) {
    this.services = services;
    this.beganAt = beganAt;
  }

  get waitingSamples(): number {
    return this.waiting.length;
  }

  add(owner: ServiceState, point: PlacedPoint, now: number): PointFate {
    const { parts, at } = point;
    if (parts.isCounter && point.isDelta && parts.values.some((value) => value < 0)) return 'invalid';
    const key = keyOf(`${point.metric}\n${parts.shapeKey}`, point.labels);
    const known = this.known.get(key);
    if (known && at <= known.at) return at === known.at ? 'duplicate' : 'outOfOrder';
    const series = known ?? this.born(owner, point);
    if (!series) return 'limit';
    if (!known) this.known.set(key, series);
    const zeroAt = this.zeroAt(known ?? null, point);
    if (zeroAt !== null) this.report(series, zeroAt, null);
    series.values = this.valuesOf(series, point, zeroAt !== null);
    Object.assign(series, { at, startedAt: point.startedAt, heardAt: now });
    this.report(series, at, series.values);
    return 'accepted';
  }

  private born(owner: ServiceState, { metric, labels, parts }: PlacedPoint): Series | null {
    if (!this.services.reserve(owner, parts.shape.length)) return null;
    return {
      owner,
      names: parts.shape.map(({ suffix }) => metric + suffix),
      labels: parts.shape.map((part) => ({ ...labels, ...part.labels })),
      values: parts.values.map(() => 0),
      ...{ at: Number.NEGATIVE_INFINITY, startedAt: null, heardAt: 0 },
    };
  }

  /**
   * Where a zero must stand before the point, so that a counter that began again with more than it had is seen to, and
   * one that began under our eyes counts from its beginning; null where none must.
   */
  private zeroAt(known: Series | null, { parts, at, startedAt, isDelta }: PlacedPoint): number | null {
    if (!parts.isCounter || startedAt === null || startedAt > at) return null;
    // A counter may begin and be read within one millisecond.
    const before = Math.min(startedAt, at - 1);
    if (!known) return isDelta || startedAt >= this.beganAt ? before : null;
    const hasRestarted = !isDelta && known.startedAt !== null && startedAt > known.startedAt;
    const earliest = Math.max(before, known.at + 1);
    return hasRestarted && earliest < at ? earliest : null;
  }

  private valuesOf(
    series: Series,
    { parts, isDelta, mayNotFall, startedAt }: PlacedPoint,
    isReset: boolean,
  ): number[] {
    if (isDelta) return parts.values.map((value, i) => (series.values[i] ?? 0) + value);
    const isSameProcess = !isReset && series.startedAt === startedAt;
    if (!mayNotFall || !isSameProcess) return [...parts.values];
    return parts.values.map((value, i) => Math.max(series.values[i] ?? 0, value));
  }

  private report({ names, labels }: Series, at: number, values: readonly number[] | null): void {
    const instant = isoOf(at);
    for (const [i, metric] of names.entries()) {
      this.waiting.push({ metric, labels: labels[i] ?? {}, at: instant, value: values?.[i] ?? 0 });
    }
  }

  /** The samples that came since the last call; series not heard since `forgetBefore` are forgotten. */
  drain(forgetBefore: number): readonly Reading[] {
    for (const [key, series] of this.known) {
      if (series.heardAt >= forgetBefore) continue;
      this.known.delete(key);
      series.owner.series -= series.names.length;
    }
    const readings = this.waiting;
    this.waiting = [];
    return readings;
  }
}
