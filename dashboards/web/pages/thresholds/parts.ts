import {
  type GradeCondition,
  type Lamp,
  type Language,
  lampTitles,
  type Threshold,
  type ThresholdGrade,
  type ThresholdState,
  unitNames,
  unitOf,
} from '../../../../rules/contract.ts';
import { printDuration } from '../../durations.ts';
import { absent } from '../../format.ts';
import { link, type PageContext } from '../../page.ts';

export function linkToThreshold(id: string, subject: string | null): string {
  return link(`/thresholds/${encodeURIComponent(id)}`, { subject });
}

/** A lamp with its name: never a colour alone. */
export function viewOfLamp({ say }: PageContext, lamp: Lamp) {
  return { lamp, lampName: say(lampTitles[lamp]) };
}

/** A value with the threshold's unit. */
export function printReading(
  { format, language }: PageContext,
  { unit }: Pick<Threshold, 'unit'>,
  value: number | null,
): string {
  if (value === null) return absent;
  const known = unitOf({ unit });
  if (known === 'second' && value >= 0) return printDuration(value, language);
  if (known !== null && known !== 'count') return format.setting(value, known);
  return unit === '' || known === 'count' ? format.plain(value) : `${format.plain(value)} ${unit}`;
}

/** Seconds in the biggest unit of which they are a whole number: a bound is told exactly. */
function exactDuration(seconds: number, language: Language): string {
  const unit = ([86_400, 3600, 60] as const).find((size) => seconds % size === 0);
  if (seconds <= 0 || unit === undefined) return `${seconds} ${unitNames.second[language]}`;
  const name = unitNames[({ 86400: 'day', 3600: 'hour', 60: 'minute' } as const)[unit]][language];
  return `${seconds / unit} ${name}`;
}

/** A bound with its unit as it was written; in Chinese a space parts it from the word that follows, but for units in Chinese. */
function printBound(context: PageContext, threshold: Pick<Threshold, 'unit'>, value: number): string {
  const { language } = context;
  // What was reckoned of decimals, 0.6 + 0.02, has no more of them than its parts.
  const rounded = Number(value.toPrecision(12));
  const text =
    unitOf(threshold) === 'second'
      ? exactDuration(rounded, language)
      : printReading(context, threshold, rounded);
  return language === 'zh' && /[\x20-\x7e]$/.test(text) ? `${text} ` : text;
}

export function conditionInWords(context: PageContext, threshold: Threshold, when: GradeCondition): string {
  const print = (value: number) => printBound(context, threshold, value);
  switch (when.kind) {
    case 'above':
    case 'below':
      return context.t(`threshold.when.${when.kind}`, { bound: print(when.bound) }).trim();
    case 'outside':
    case 'inside':
      return context
        .t(`threshold.when.${when.kind}`, { low: print(when.low), high: print(when.high) })
        .trim();
  }
}

/** Where a given grade is taken away; null without hysteresis, when it goes as it came. */
export function releaseInWords(
  context: PageContext,
  threshold: Threshold,
  { when, hysteresis }: ThresholdGrade,
): string | null {
  if (hysteresis === 0) return null;
  const print = (value: number) => printBound(context, threshold, value);
  switch (when.kind) {
    case 'above':
      return context.t('threshold.release.above', { bound: print(when.bound - hysteresis) });
    case 'below':
      return context.t('threshold.release.below', { bound: print(when.bound + hysteresis) });
    case 'outside':
      return context.t('threshold.release.outside', {
        low: print(when.low + hysteresis),
        high: print(when.high - hysteresis),
      });
    case 'inside':
      return context.t('threshold.release.inside', {
        low: print(when.low - hysteresis),
        high: print(when.high + hysteresis),
      });
  }
}

export function lastingInWords({ language, t }: PageContext, seconds: number): string {
  return seconds === 0
    ? t('threshold.atOnce')
    : t('threshold.lasting', { time: printDuration(seconds, language) });
}

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

export function scheduleInWords({ t }: PageContext, { schedule }: Threshold): string {
  if (!schedule) return t('threshold.always');
  const hours = schedule.hours.map(({ fromMinute, toMinute }) =>
    t(toMinute <= fromMinute ? 'threshold.overnight' : 'threshold.hours', {
      from: clock(fromMinute),
      to: clock(toMinute),
    }),
  );
  return t('threshold.schedule', {
    days: t(`threshold.days.${schedule.days}`),
    hours: hours.length === 0 ? t('threshold.allDay') : hours.join(t('quality.between')),
    zone: schedule.timeZone,
  });
}

/** What tells a series from the others of its threshold; empty where the subject says it all. */
export function seriesName(
  { labels }: Pick<ThresholdState, 'labels'>,
  others: readonly Pick<ThresholdState, 'labels'>[],
): string {
  return Object.entries(labels)
    .filter(([name, value]) => name !== 'subject' && others.some((each) => each.labels[name] !== value))
    .map(([name, value]) => `${name}="${value}"`)
    .join(' ');
}
