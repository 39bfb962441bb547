import { type Language, type Unit, unitNames } from '../../scoring/contract.ts';

/** What stands for a figure that is not there; never 0. */
export const absent = '—';

const nbsp = '\u00a0';

/** `decimals` digits after the point, thousands in groups, a true minus sign, and no "−0.0". */
export function formatNumber(value: number | null, decimals: number): string {
  if (value === null || !Number.isFinite(value)) return absent;
  const digits = Math.abs(value).toFixed(decimals);
  const [whole = '0', fraction] = digits.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const sign = value < 0 && Number(digits) !== 0 ? '−' : '';
  return sign + grouped + (fraction ? `.${fraction}` : '');
}

/** A ratio 0..1 as `96.2 %`. */
export function formatRatio(value: number | null): string {
  return value === null ? absent : `${formatNumber(value * 100, 1)}${nbsp}%`;
}

export function formatPoints(value: number | null): string {
  return formatNumber(value, 1);
}

/** A change with its sign, `+3.2`, `−0.4`, `0.0`. */
export function formatChange(value: number | null): string {
  const text = formatNumber(value, 1);
  return value !== null && value > 0 && Number(text) !== 0 ? `+${text}` : text;
}

/** A figure with its unit: ratios as percent, whole counts without decimals, everything else with one. */
export function formatValue(value: number | null, unit: Unit, language: Language): string {
  if (value === null) return absent;
  if (unit === 'ratio') return formatRatio(value);
  if (unit === 'count') return formatNumber(value, Number.isInteger(value) ? 0 : 1);
  if (unit === 'factor') return formatNumber(value, 2);
  return `${formatNumber(value, 1)}${nbsp}${unitNames[unit][language]}`;
}

/** From one figure to another with its sign: the difference of the two as printed, ratios in percentage points. */
export function formatValueMove(
  before: number | null,
  now: number | null,
  unit: Unit,
  language: Language,
): string {
  if (before === null || now === null) return absent;
  const scale = unit === 'ratio' ? 100 : 1;
  const change = Number((now * scale).toFixed(1)) - Number((before * scale).toFixed(1));
  if (unit === 'ratio') return `${formatChange(change)}${nbsp}${language === 'zh' ? '个百分点' : 'pp'}`;
  return `${change > 0 ? '+' : ''}${formatValue(Number(change.toFixed(1)), unit, language)}`;
}

/** A figure that someone declared, a target or a weight: whole where it was declared whole, `95 %`, `24 h`. */
export function formatDeclared(value: number | null, unit: Unit, language: Language): string {
  return formatValue(value, unit, language).replace(/\.0(?=\u00a0|$)/, '');
}

/** A numerator, denominator or row count: whole, or with one decimal where it is a sum of times. */
export function formatAmount(value: number | null): string {
  return value === null ? absent : formatNumber(value, Number.isInteger(value) ? 0 : 1);
}

/** `2016-01-01 00:00` in the zone. */
export function formatInstant(instant: string, timeZone: string): string {
  return localTime(Date.parse(instant), timeZone);
}

/** First and last local day of a period. */
export function periodDays(period: { start: string; end: string; timeZone: string }): [string, string] {
  const day = (at: number) => localTime(at, period.timeZone).slice(0, 10);
  return [day(Date.parse(period.start)), day(Date.parse(period.end) - 1)];
}

function localTime(at: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`;
}

const monthNames =
  'January February March April May June July August September October November December'.split(' ');

/** `2015-Q1` as 2015年第1季度 or Q1 2015; an id of another form stays as it is. */
export function formatPeriod(id: string, language: Language): string {
  const match = /^(\d{4})(?:-(?:Q(\d)|W(\d{2})|(\d{2})))?$/.exec(id);
  if (!match) return id;
  const [, year, quarter, week, month] = match;
  if (language === 'zh') {
    const part = quarter
      ? `第${quarter}季度`
      : week
        ? `第${Number(week)}周`
        : month
          ? `${Number(month)}月`
          : '';
    return `${year}年${part}`;
  }
  if (quarter) return `Q${quarter} ${year}`;
  if (week) return `week ${Number(week)} of ${year}`;
  return month ? `${monthNames[Number(month) - 1]} ${year}` : `${year}`;
}
