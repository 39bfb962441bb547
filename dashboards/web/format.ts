import { cutPercent } from '../../rules/contract.ts';
import { type Language, languageTags, type Unit, unitNames } from '../../scoring/contract.ts';

/** What stands where there is no figure; a reason always stands beside it. */
export const absent = '—';
const minus = '−';

const decimalsOf: Readonly<Record<Unit, number>> = {
  ratio: 1,
  count: 0,
  second: 3,
  minute: 1,
  hour: 1,
  day: 1,
  week: 1,
  score: 1,
  perDay: 1,
  factor: 2,
  yuan: 2,
};

/** Every number and time of a page goes through here: the only place where anything is rounded. */
export interface Formatter {
  readonly language: Language;
  /** `85.7`. */
  number(value: number | null, decimals?: number): string;
  /**
   * A score beside its grade: more decimals where rounding would print the border of a grade that was not reached
   * (89.96 is no 90.0).
   */
  score(value: number | null, borders: readonly number[], decimals?: number): string;
  /** `12,407`. */
  count(value: number | null): string;
  /** A number without a unit, of whatever size: four figures at most. */
  plain(value: number | null): string;
  /** 0..1 as `83.4%`; never 0% or 100% for a share that only rounds to it. */
  share(value: number | null): string;
  /** 0..1 cut, not rounded, to so many decimals of a per cent: a promise that was just missed never reads as kept. */
  attained(value: number | null, decimals: number): string;
  /** A figure with its unit. */
  value(value: number | null, unit: Unit): string;
  /** A number of the model (a target, a weight, a border): as written there, to two decimals at most. */
  setting(value: number, unit: Unit): string;
  /** `82.1–90.4`, or one number when both ends print alike. */
  range(low: number | null, high: number | null): string;
  /** `+1.2`, `−0.4`. */
  change(value: number | null, decimals?: number): string;
  /** A change of a figure; ratios in percentage points. */
  valueChange(value: number | null, unit: Unit): string;
  /** From one figure to another: the difference of the two as printed, in finer steps where both print alike. */
  valueMove(before: number | null, now: number | null, unit: Unit): string;
  /** An instant as a local date. */
  date(instant: string, timeZone: string): string;
  /** An instant as the day of its year, for an axis: `10月3日`, `3 Oct`. */
  day(instant: string, timeZone: string): string;
  /** An instant to the minute. */
  time(instant: string, timeZone: string): string;
  period(id: string): string;
  /** Short names for an axis, `9月`, `Q3`, `W37`, `2026`, with the year at the first and at each new one. */
  periodMarks(ids: readonly string[]): { readonly mark: string; readonly year: string | null }[];
  /** First and last day of [start, end). */
  span(start: string, end: string, timeZone: string): string;
}

function signed(value: number, print: (n: number) => string): string {
  const text = print(Math.abs(value));
  if (!/[1-9]/.test(text)) return `±${text}`;
  return `${value < 0 ? minus : '+'}${text}`;
}

export function createFormatter(language: Language): Formatter {
  const tag = languageTags[language];
  const numbers = [0, 1, 2, 3].map(
    (digits) =>
      new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  );
  const fixed = (value: number, decimals: number) =>
    (numbers[decimals] ?? numbers[3])?.format(value).replace('-', minus) ?? absent;
  const plain = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
  const figures = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4 });
  const gap = (unit: Unit) => (unitNames[unit][language] === '' ? '' : language === 'zh' ? ' ' : ' ');
  const days = new Map<string, Intl.DateTimeFormat>();
  const dateFormat = (timeZone: string, withTime: boolean, withYear = true) => {
    const key = `${timeZone} ${withTime} ${withYear}`;
    const known = days.get(key);
    if (known) return known;
    const made = new Intl.DateTimeFormat(language === 'zh' ? tag : 'en-GB', {
      timeZone,
      ...(withYear ? { year: 'numeric' as const } : {}),
      month: language === 'zh' ? 'long' : 'short',
      day: 'numeric',
      ...(withTime ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' as const } : {}),
    });
    days.set(key, made);
    return made;
  };
  const share = (value: number) => {
    const text = fixed(value * 100, 1);
    if (text === '100.0' && value < 1) return '99.9%';
    if (text === '0.0' && value > 0) return '0.1%';
    if (text === `${minus}0.0`) return `${minus}0.1%`;
    return `${text === '100.0' ? '100' : text === '0.0' ? '0' : text}%`;
  };
  const amount = (value: number, unit: Unit) =>
    unit === 'ratio'
      ? share(value)
      : unit === 'count'
        ? plain.format(value).replace('-', minus)
        : `${fixed(value, decimalsOf[unit])}${gap(unit)}${unitNames[unit][language]}`;
  const change = (value: number, unit: Unit) => {
    const isRatio = unit === 'ratio';
    const size = isRatio ? Math.abs(value) * 100 : Math.abs(value);
    const decimals = size >= 0.05 || size < 0.0005 ? 1 : size >= 0.005 ? 2 : 3;
    const name = isRatio
      ? language === 'zh'
        ? ' 个百分点'
        : ' pp'
      : `${gap(unit)}${unitNames[unit][language]}`;
    const print = (n: number) =>
      unit === 'count' ? plain.format(n) : fixed(isRatio ? n * 100 : n, decimals);
    return signed(value, (n) => `${print(n)}${name}`);
  };
  const asPrinted = (value: number, unit: Unit) => {
    const digits = amount(value, unit).replaceAll(',', '').replace(minus, '-');
    return Number.parseFloat(digits) / (unit === 'ratio' ? 100 : 1);
  };
  const orAbsent =
    <A extends unknown[]>(print: (value: number, ...rest: A) => string) =>
    (value: number | null, ...rest: A) =>
      value === null ? absent : print(value, ...rest);
  return {
    language,
    number: orAbsent((value, decimals = 1) => fixed(value, decimals)),
    score: orAbsent((value, borders: readonly number[], decimals = 1) => {
      const isFalse = (text: string) => borders.some((border) => value < border && Number(text) >= border);
      for (let digits = decimals; digits <= 3; digits += 1)
        if (!isFalse(value.toFixed(digits))) return fixed(value, digits);
      return fixed(Math.floor(value * 1000) / 1000, 3);
    }),
    count: orAbsent((value) => plain.format(value)),
    plain: orAbsent((value) => (value === 0 ? '0' : figures.format(value).replace('-', minus))),
    share: orAbsent(share),
    attained: orAbsent(
      (value, decimals: number) =>
        `${cutPercent(value, decimals)
          .toFixed(decimals)
          .replace(/^100\.0*$/, '100')}%`,
    ),
    value: orAbsent(amount),
    setting: (value, unit) =>
      unit === 'ratio'
        ? `${plain.format(value * 100)}%`
        : `${plain.format(value).replace('-', minus)}${gap(unit)}${unitNames[unit][language]}`,
    range: (low, high) => {
      if (low === null || high === null) return absent;
      const [a, b] = [fixed(low, 1), fixed(high, 1)];
      return a === b ? a : `${a}–${b}`;
    },
    change: orAbsent((value, decimals = 1) => signed(value, (n) => fixed(n, decimals))),
    valueChange: orAbsent(change),
    valueMove: (before, now, unit) => {
      if (before === null || now === null) return absent;
      const printed = asPrinted(now, unit) - asPrinted(before, unit);
      return change(Math.abs(printed) < 1e-9 ? now - before : printed, unit);
    },
    date: (instant, timeZone) => dateFormat(timeZone, false).format(new Date(instant)),
    day: (instant, timeZone) => dateFormat(timeZone, false, false).format(new Date(instant)),
    time: (instant, timeZone) => dateFormat(timeZone, true).format(new Date(instant)),
    period: (id) => periodTitle(id, language),
    periodMarks: (ids) =>
      ids.map((id, at) => ({ mark: periodMark(id, language), year: newYear(id, ids[at - 1]) })),
    span: (start, end, timeZone) => {
      const last = new Date(new Date(end).getTime() - 1);
      const format = dateFormat(timeZone, false);
      const [a, b] = [format.format(new Date(start)), format.format(last)];
      return language === 'zh' ? `${a}至${b}` : `${a} – ${b}`;
    },
  };
}

const quartersZh = ['一', '二', '三', '四'];
const monthsEn = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function periodTitle(id: string, language: Language): string {
  const [year = id, part] = id.split('-');
  if (!part) return language === 'zh' ? `${year}年` : year;
  const number = Number(part.replace(/\D/g, ''));
  if (part.startsWith('Q'))
    return language === 'zh' ? `${year}年第${quartersZh[number - 1]}季度` : `Q${number} ${year}`;
  if (part.startsWith('W')) return language === 'zh' ? `${year}年第${number}周` : `Week ${number}, ${year}`;
  return language === 'zh' ? `${year}年${number}月` : `${monthsEn[number - 1]} ${year}`;
}

/** The year of a period that opens an axis or a new year; null where the id is the year itself. */
function newYear(id: string, before: string | undefined): string | null {
  const [year = id, part] = id.split('-');
  return part === undefined || before?.startsWith(year) ? null : year;
}

function periodMark(id: string, language: Language): string {
  const [year = id, part] = id.split('-');
  if (!part) return year;
  if (!/^\d/.test(part)) return part;
  const month = Number(part);
  return language === 'zh' ? `${month}月` : (monthsEn[month - 1] ?? part);
}
