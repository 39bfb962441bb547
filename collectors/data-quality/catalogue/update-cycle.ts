import { durationSeconds } from '../../runner/settings/duration.ts';

const day = 86_400;

/** The longest that each may be, so that a set that keeps its cycle is never late: months of 31 days, leap years. */
const cycles: readonly (readonly [seconds: number, ...names: string[]])[] = [
  [3600, '实时', '每小时', 'realtime', 'real time', 'hourly'],
  [day, '每日', '每天', '日', 'daily'],
  [7 * day, '每周', '周', 'weekly'],
  [31 * day, '每月', '月', 'monthly'],
  [92 * day, '每季度', '每季', '季度', '季', 'quarterly'],
  [184 * day, '每半年', '半年', 'half-yearly', 'semiannual'],
  [366 * day, '每年', '年', 'yearly', 'annual', 'annually'],
];

const withoutCycle = new Set(['不定期', '不更新', '一次性', 'irregular', 'as needed', 'never', 'once']);

const byName = new Map(
  cycles.flatMap(([seconds, ...names]) => names.map((name) => [name, seconds] as const)),
);

export const cycleExamples = ['1d', '12h', '每日', '每周', '每月', 'monthly'] as const;

/** Seconds of an update cycle (`1d`, `每月`, `monthly`); `none` for one that is not periodic, null for any other text. */
export function updateCycleSeconds(text: string): number | 'none' | null {
  const plain = text.normalize('NFKC').trim().toLowerCase();
  if (withoutCycle.has(plain)) return 'none';
  return byName.get(plain) ?? durationSeconds(plain);
}
