import { type Language, languageTags } from '../../scoring/contract.ts';

/** Seconds per unit, biggest first. */
const steps = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

const relative = {
  zh: new Intl.RelativeTimeFormat(languageTags.zh, { numeric: 'always' }),
  en: new Intl.RelativeTimeFormat(languageTags.en, { numeric: 'always' }),
};

/** How long ago, or in how long, in the biggest unit that fills: `3 minutes ago`, `in 2 hours`. */
export function printAgo(instant: string, now: string, language: Language): string {
  const seconds = (Date.parse(instant) - Date.parse(now)) / 1000;
  const [unit, size] = steps.find(([, each]) => Math.abs(seconds) >= each) ?? (['second', 1] as const);
  return relative[language].format(Math.trunc(seconds / size), unit);
}

const names = {
  zh: { ms: ' 毫秒', s: ' 秒', min: ' 分钟', h: ' 小时', d: ' 天' },
  en: { ms: ' ms', s: ' s', min: ' min', h: ' h', d: ' d' },
} as const;

/** A duration in one unit with two or three figures: `184 ms`, `1.2 s`, `3.5 h`. */
export function printDuration(seconds: number, language: Language): string {
  const [size, unit] =
    seconds < 0.9995
      ? ([0.001, 'ms'] as const)
      : seconds < 99.95
        ? ([1, 's'] as const)
        : seconds < 3599.5
          ? ([60, 'min'] as const)
          : seconds < 86_399.5
            ? ([3600, 'h'] as const)
            : ([86_400, 'd'] as const);
  const amount = seconds / size;
  const text = unit === 'ms' && amount >= 10 ? amount.toFixed(0) : amount.toFixed(1).replace(/\.0$/, '');
  return text + names[language][unit];
}
