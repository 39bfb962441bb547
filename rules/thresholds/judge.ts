import type { Text, Threshold, ThresholdGrade, ThresholdMemory, ThresholdState } from '../contract.ts';
import { entering, holds, keeping } from './condition.ts';
import { isWatched } from './schedule.ts';

type Labels = Readonly<Record<string, string>>;
type GradeMemory = ThresholdMemory['grades'][number];

/** What a threshold's series said at one instant, each as new as the threshold's lookback asks, or why nothing could be asked. */
export type WatchedValues =
  | { readonly series: readonly { readonly labels: Labels; readonly value: number }[] }
  | { readonly fault: Text };

export interface Judgement {
  /** ISO instant; judgements of one threshold are made in order of time. */
  readonly at: string;
  readonly values: WatchedValues;
  /** The states of the judgement before; empty at the first one. */
  readonly previous: readonly ThresholdState[];
}

/** A silent series is remembered for this long at least, so that a night without samples does not make it vanish. */
const rememberedSeconds = 86_400;
/** As Prometheus' `--rules.alert.for-outage-tolerance`. */
const outageSeconds = 3600;

/** A judgement older than this is forgotten: durations and margins do not go on over an outage of the judge. */
export const trustedFor = ({ everySeconds }: Threshold): number => everySeconds + outageSeconds;

/** How long a series without values has a lamp of its own; after that it is no longer one of the threshold's. */
export function rememberedFor({ noData, everySeconds }: Threshold): number {
  return Math.max(rememberedSeconds, 2 * (noData?.forSeconds ?? 0), 2 * everySeconds);
}

const nothingKnown: Text = {
  zh: '没有任何序列有足够新的数据：请检查采集任务、选择条件和回看时长。',
  en: 'no series has data that are new enough: look at the collecting job, the selector and the lookback',
};
const notEvaluated: Text = {
  zh: '没有已保存的评估给出该指标的数值：请核对模型与指标的编号，或先完成评估。',
  en: 'no saved evaluation has a figure of this indicator: look at the ids of model and indicator, or evaluate first',
};
const silent: Text = {
  zh: '回看时长内没有新的数据：请检查该序列的采集任务。',
  en: 'no data within the lookback: look at the job that collects this series',
};

const unansweredBy = ({ target }: Threshold) => (target.kind === 'indicator' ? notEvaluated : nothingKnown);

const secondsBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 1000;

/** The same series, whatever the order of its labels. */
export function seriesKey(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The states of all series of a threshold at one instant, in the order of their labels; a threshold without any has one state. */
export function judge(threshold: Threshold, { at, values, previous }: Judgement): ThresholdState[] {
  const fault = 'fault' in values ? values.fault : null;
  const series = 'fault' in values ? [] : values.series;
  const now = new Map(
    series
      .filter(({ value }) => Number.isFinite(value))
      .map(({ labels, value }) => [seriesKey(labels), { labels, value }]),
  );
  const before = new Map(previous.map((state) => [seriesKey(state.labels), state]));
  const remembered = previous.filter(
    ({ labels, memory }) =>
      !now.has(seriesKey(labels)) &&
      memory?.valueAt != null &&
      secondsBetween(memory.valueAt, at) <= rememberedFor(threshold),
  );
  const judged = [...now.values(), ...remembered.map(({ labels }) => ({ labels, value: null }))].toSorted(
    (a, b) => (seriesKey(a.labels) < seriesKey(b.labels) ? -1 : 1),
  );
  const all = judged.length > 0 ? judged : [{ labels: {}, value: null }];
  return all.map(({ labels, value }) =>
    new SeriesJudge(threshold, at, before.get(seriesKey(labels)) ?? null).judge(labels, {
      value,
      reason: value !== null ? null : (fault ?? (judged.length > 0 ? silent : unansweredBy(threshold))),
    }),
  );
}

class SeriesJudge {
  readonly #threshold: Threshold;
  readonly #at: string;
  readonly #before: ThresholdState | null;

  constructor(threshold: Threshold, at: string, before: ThresholdState | null) {
    this.#threshold = threshold;
    this.#at = at;
    this.#before = before;
  }

  judge(
    labels: Labels,
    { value, reason }: { readonly value: number | null; readonly reason: Text | null },
  ): ThresholdState {
    const { schedule, id, grades: defined } = this.#threshold;
    const isOn = schedule === null || isWatched(schedule, this.#at);
    const grades = isOn && value !== null ? defined.flatMap((grade) => this.#grade(grade, value)) : [];
    const lamp = this.#lamp(isOn, value, grades);
    const valueAt = value === null ? (this.#before?.memory?.valueAt ?? null) : this.#at;
    return {
      threshold: id,
      subject: labels.subject ?? null,
      labels,
      lamp,
      since: this.#before?.lamp === lamp ? this.#before.since : this.#at,
      value,
      at: this.#at,
      pending: this.#pending(lamp, grades),
      reason,
      memory: { valueAt, grades },
    };
  }

  #lamp(isOn: boolean, value: number | null, grades: readonly GradeMemory[]): ThresholdState['lamp'] {
    if (!isOn) return 'off';
    if (value === null) return 'noData';
    return grades.find(({ isGiven }) => isGiven)?.colour ?? this.#threshold.calm;
  }

  /** Empty when the condition does not hold. */
  #grade({ colour, when, forSeconds, hysteresis }: ThresholdGrade, value: number): GradeMemory[] {
    const known = this.#remembered().find((each) => each.colour === colour);
    const isKept = known?.isGiven === true && hysteresis > 0 && holds(keeping(when, hysteresis), value);
    if (!isKept && !holds(entering(when), value)) return [];
    const since = known?.since ?? this.#at;
    return [
      { colour, since, isGiven: known?.isGiven === true || secondsBetween(since, this.#at) >= forSeconds },
    ];
  }

  #remembered(): readonly GradeMemory[] {
    if (this.#before === null || secondsBetween(this.#before.at, this.#at) > trustedFor(this.#threshold))
      return [];
    return this.#before.memory?.grades ?? [];
  }

  /** The worst grade above the lamp whose duration is not over. */
  #pending(lamp: ThresholdState['lamp'], grades: readonly GradeMemory[]): ThresholdState['pending'] {
    const [worst] = grades;
    if (worst === undefined || worst.isGiven || worst.colour === lamp) return null;
    return { colour: worst.colour, since: worst.since };
  }
}
