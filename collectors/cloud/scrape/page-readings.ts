import type { DropReason, Reading, Text } from '../../contract.ts';
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
  readonly reason: Text;
  readonly remedy: Text;
  constructor(reason: Text, remedy: Text) {
    super(reason.en);
    this.reason = reason;
    this.remedy = remedy;
  }
}

/** The label that moves aside a second time once the frame is stamped on; null where none does. */
function twiceExported(labels: Reading['labels'], frame: PageOptions['frame']): string | null {
  for (const name in labels) if (name.startsWith('exported_exported_')) return name;
  for (const name in frame) {
    if (Object.hasOwn(labels, name) && Object.hasOwn(labels, `exported_${name}`))
      return `exported_exported_${name}`;
  }
  return null;
}

function goingRound(label: string): PageRefusal {
  return new PageRefusal(
    {
      zh: `该页面的序列已被采集并转出过一次，再次采集将产生标签 ${label}，互相采集时标签会无限增长`,
      en: `the page repeats what was scraped and exposed before: it would get the label ${label}, and grow without end where two scrape each other`,
    },
    {
      zh: '请直接采集最初的数据源；确需逐级汇总时，请用 metricRelabel 的 labeldrop 去掉 exported_ 开头的标签',
      en: 'scrape the sources themselves; to gather level by level, drop the labels that begin with exported_ by labeldrop in metricRelabel',
    },
  );
}

const limitRemedy: Text = {
  zh: '请用 metricRelabel 去掉不需要的指标，或调大 maxSamples',
  en: 'drop what is not needed by metricRelabel, or raise maxSamples',
};

const relabelRemedy: Text = {
  zh: '请更正 metricRelabel：__name__ 不能为空',
  en: 'correct metricRelabel: it must leave __name__',
};

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
    const again = twiceExported(named.labels, this.options.frame);
    if (again !== null) throw goingRound(again);
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
      {
        zh: `页面在重新标记后有 ${this.kept} 个采样，超过 maxSamples（${maxSamples}）`,
        en: `${this.kept} samples after relabelling where maxSamples allows ${maxSamples}`,
      },
      limitRemedy,
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
      const reason = {
        zh: '重新标记规则去掉了指标名',
        en: 'a relabelling rule takes the metric’s name away',
      };
      throw new PageRefusal(reason, relabelRemedy);
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
