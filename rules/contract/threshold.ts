import { type MetricSelector, type Text, type Unit, units } from '../../scoring/contract.ts';
import type { Lamp, LampColour } from './lamp.ts';

/** What a threshold watches; every series that answers is judged by itself. */
export type ThresholdTarget =
  /** The figure of a saved evaluation: `citygauge_indicator_value{model, indicator}`. */
  | { readonly kind: 'indicator'; readonly model: string; readonly indicator: string }
  | { readonly kind: 'metric'; readonly selector: MetricSelector }
  /** Judged by a PromQL server only; not in embedded mode, where it shows `noData` with that reason. */
  | { readonly kind: 'promql'; readonly query: string };

/** When a value has the grade: beyond a bound, outside or inside a band; bounds themselves count as inside the grade. */
export type GradeCondition =
  | { readonly kind: 'above'; readonly bound: number }
  | { readonly kind: 'below'; readonly bound: number }
  | { readonly kind: 'outside'; readonly low: number; readonly high: number }
  | { readonly kind: 'inside'; readonly low: number; readonly high: number };

export interface ThresholdGrade {
  readonly colour: LampColour;
  readonly when: GradeCondition;
  /** How long the value must stay there before the grade is given; 0 = at once. */
  readonly forSeconds: number;
  /** How far back over the bound a value must come before a given grade is taken away, in the value's unit; 0 = none. */
  readonly hysteresis: number;
  /** Who looks (街道、区、市): the name of a role, not of a person. */
  readonly role: Text;
  /** The intervention plan that this grade starts. */
  readonly plan: Text;
  readonly runbook: string | null;
}

/** Local times of the day on which it is watched; outside them the lamp is off. */
export interface ThresholdSchedule {
  readonly timeZone: string;
  /** `working` days are Monday to Friday without the holidays, with the days worked instead. */
  readonly days: 'all' | 'working' | 'free';
  /** Minutes since local midnight, [from, to); to <= from goes over midnight; empty = all day. */
  readonly hours: readonly { readonly fromMinute: number; readonly toMinute: number }[];
  /** Local dates, `2026-10-01`. */
  readonly holidays: readonly string[];
  readonly workedInstead: readonly string[];
}

/** A graded threshold (颜色预警): three to five colours, the last one the calm state that no condition gives. */
export interface Threshold {
  readonly id: string;
  readonly title: Text;
  /** Whose it is, with everything below; null = every subject. */
  readonly subject: string | null;
  /** Descendants of the subject whose ids are not paths below its own; absent where no store was there to tell. */
  readonly elsewhere?: readonly string[];
  readonly target: ThresholdTarget;
  /** As shown beside the value; empty for a pure number; `unitOf` tells those that are known. */
  readonly unit: string;
  readonly everySeconds: number;
  /** A value older than this is none; as long as Prometheus looks back (5 min) unless the source writes more rarely. */
  readonly lookbackSeconds: number;
  /** Worst first, in the order of `lampColours`, without the calm colour. */
  readonly grades: readonly ThresholdGrade[];
  readonly calm: LampColour;
  /** Null = silence raises nothing (the lamp says `noData` all the same). */
  readonly noData: { readonly forSeconds: number; readonly colour: LampColour; readonly role: Text } | null;
  readonly schedule: ThresholdSchedule | null;
  readonly source: { readonly file: string; readonly line: number };
}

/** One series' standing with one threshold. */
export interface ThresholdState {
  readonly threshold: string;
  /** Subject of the series; null where the series has none. */
  readonly subject: string | null;
  /** Of the series, without `__name__`; empty for the state of a threshold that no series answers. */
  readonly labels: Readonly<Record<string, string>>;
  readonly lamp: Lamp;
  /** ISO instant since which the lamp shows this. */
  readonly since: string;
  /** Null without data. */
  readonly value: number | null;
  /** ISO instant of the judgement. */
  readonly at: string;
  /** A worse grade whose duration is not over yet, and since when its condition holds. */
  readonly pending: { readonly colour: LampColour; readonly since: string } | null;
  /** Why there is no verdict; null when there is one. */
  readonly reason: Text | null;
  /** What the next judgement goes on from; left out of histories. */
  readonly memory?: ThresholdMemory;
}

/** What is remembered of a series from one judgement to the next; a Prometheus keeps the same as `ALERTS`. */
export interface ThresholdMemory {
  /** ISO instant of the last judgement that had a value; null when there was none. */
  readonly valueAt: string | null;
  /** Grades whose condition holds, with the instant since which it does. */
  readonly grades: readonly {
    readonly colour: LampColour;
    readonly since: string;
    readonly isGiven: boolean;
  }[];
}

/** Names of the recorded series and labels of thresholds in a Prometheus. */
export const thresholdRecords = {
  /** The watched value of every series, with the label `threshold`. */
  value: 'citygauge:threshold:value',
  /** Local time of the schedule, seconds since 1970; only for thresholds that have one. */
  localTime: 'citygauge:threshold:local_time_seconds',
  /** The day of that, counted from 1970. */
  localDay: 'citygauge:threshold:local_day',
  /** 1 within the schedule, 0 outside; only for thresholds that have one. */
  watched: 'citygauge:threshold:watched',
  /** 0 calm, 1 the mildest grade and so on, -1 no data; none outside the schedule. */
  level: 'citygauge:threshold:level',
} as const;

export const thresholdLabels = { threshold: 'threshold', colour: 'colour', role: 'role' } as const;

/** 0 for calm, 1 for the mildest grade and so on, -1 without data; null for a lamp that is off. */
export function levelOf(threshold: Threshold, lamp: Lamp): number | null {
  if (lamp === 'off') return null;
  if (lamp === 'noData') return -1;
  const place = threshold.grades.findIndex(({ colour }) => colour === lamp);
  return place === -1 ? 0 : threshold.grades.length - place;
}

const secondsBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 1000;

/** The colour of the warning that is raised: the lamp's own, or that of a silence that has lasted; null when there is none. */
export function warningOf(threshold: Threshold, { lamp, since, at }: ThresholdState): LampColour | null {
  const { noData } = threshold;
  if (lamp === 'noData')
    return noData !== null && secondsBetween(since, at) >= noData.forSeconds ? noData.colour : null;
  return lamp === 'off' || lamp === threshold.calm ? null : lamp;
}

/** The unit that a threshold's word for it means (`ratio`, `seconds`, `s`); null for none and for a word of its own. */
export function unitOf({ unit }: Pick<Threshold, 'unit'>): Unit | null {
  return units.find((each) => each === unit || `${each}s` === unit) ?? (unit === 's' ? 'second' : null);
}
