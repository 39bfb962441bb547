import type { DropReason, Reading } from '../../contract.ts';
import type { ExpositionSample } from '../../exposition/exposition.ts';
import type { LabelMap, Relabeller } from '../../exposition/relabel/relabel.ts';
import type { PageTimes, SampleTimes } from './sample-times.ts';

export interface PageOptions {
  /** The target's own labels. */
  readonly labels: Readonly<Record<string, string>>;
  /** `job` and `subject`, which rules may look at and the runner sets. */
  readonly frame: Readonly<Record<string, string>>;
  readonly honorLabels: boolean;
  readonly honorTimestamps: boolean;
  /** Null where there are no rules. */
  readonly relabel: Relabeller | null;
  readonly maxSamples: number;
  /** ISO instant of samples without a time of their own. */
  readonly at: string;
  readonly times: SampleTimes;
}

/** What a date can hold. */
const lastMillisecond = 8_640_000_000_000_000;

/** A page that breaks a rule of ours, not of its format. */
export class PageRefusal extends Error {
  readonly zh: string;
  constructor(zh: string, en: string) {
    super(en);
    this.zh = zh;
  }
}

/** Turns samples of one page into readings, with the counts that Prometheus keeps. */
export class PageReadings {
  readonly readings: Reading[] = [];
  readonly dropped: Partial<Record<DropReason, number>> = {};
  /** Samples on the page. */
  scraped = 0;
  /** Samples left after relabelling, whatever becomes of them then. */
  kept = 0;
  private readonly options: PageOptions;
  private readonly times: PageTimes;

  constructor(options: PageOptions) {
    this.options = options;
    this.times = options.times.page();
  }

  take(sample: ExpositionSample): void {
    this.scraped += 1;
    const named = this.options.relabel ? this.relabelled(sample) : this.labelled(sample);
    if (named === null) {
      this.drop('relabelled');
      return;
    }
    this.kept += 1;
    if (this.kept > this.options.maxSamples) return;
    const { at, honorTimestamps } = this.options;
    const timestamp = honorTimestamps ? sample.timestamp : null;
    const fate = this.fateOf(named, sample.value, timestamp);
    if (fate) {
      this.drop(fate);
      return;
    }
    const instant = timestamp === null ? at : new Date(timestamp).toISOString();
    this.readings.push({ ...named, at: instant, value: sample.value });
  }

  private fateOf(
    named: Pick<Reading, 'metric' | 'labels'>,
    value: number,
    timestamp: number | null,
  ): DropReason | null {
    if (!Number.isFinite(value)) return 'notFinite';
    if (timestamp === null) return null;
    if (Math.abs(timestamp) > lastMillisecond) return timestamp > 0 ? 'future' : 'tooOld';
    return this.times.take(named, timestamp);
  }

  /** To be called after the last sample: counts go on beyond the limit, so that the fault can name them. */
  finish(): void {
    const { maxSamples } = this.options;
    if (this.kept <= maxSamples) {
      this.times.commit();
      return;
    }
    throw new PageRefusal(
      `页面在重新标记后有 ${this.kept} 个采样，超过 maxSamples（${maxSamples}）`,
      `${this.kept} samples after relabelling where maxSamples allows ${maxSamples}`,
    );
  }

  private drop(reason: DropReason): void {
    this.dropped[reason] = (this.dropped[reason] ?? 0) + 1;
  }

  private labelled({ name, labels }: ExpositionSample): Pick<Reading, 'metric' | 'labels'> {
    const { labels: own, honorLabels } = this.options;
    for (const label in own) addLabel(labels, label, own[label] ?? '', honorLabels);
    return { metric: name, labels };
  }

  private relabelled(sample: ExpositionSample): Pick<Reading, 'metric' | 'labels'> | null {
    const { relabel, frame, honorLabels } = this.options;
    const { metric, labels } = this.labelled(sample);
    for (const label in frame) addLabel(labels, label, frame[label] ?? '', honorLabels);
    const map: LabelMap = new Map(Object.entries(labels));
    map.set('__name__', metric);
    const left = relabel?.(map);
    if (!left) return null;
    const name = left.get('__name__');
    if (!name) {
      throw new PageRefusal('重新标记规则去掉了指标名', 'a relabelling rule takes the metric’s name away');
    }
    left.delete('__name__');
    for (const label in frame) if (left.get(label) === frame[label]) left.delete(label);
    return { metric: name, labels: Object.fromEntries(left) };
  }
}

/** Ours wins, the page's moves to `exported_...`; the other way round with `honorLabels`. */
function addLabel(labels: Record<string, string>, name: string, value: string, honorLabels: boolean): void {
  const own = Object.hasOwn(labels, name) ? labels[name] : undefined;
  if (own !== undefined && honorLabels) return;
  if (own !== undefined) {
    let free = `exported_${name}`;
    while (Object.hasOwn(labels, free)) free = `exported_${free}`;
    labels[free] = own;
  }
  labels[name] = value;
}
