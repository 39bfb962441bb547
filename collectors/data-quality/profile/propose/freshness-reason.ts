import type { Text } from '../../../contract.ts';

const units: readonly (readonly [seconds: number, name: Text])[] = [
  [86_400, { zh: '天', en: 'd' }],
  [3600, { zh: '小时', en: 'h' }],
  [60, { zh: '分钟', en: 'min' }],
  [1, { zh: '秒', en: 's' }],
];
const subSecond = [0.001, { zh: '毫秒', en: 'ms' }] as const;

/** Where `newest` comes from: the mean gap between rows in seconds, and how many of them. */
export function newestReason(gapSeconds: number, gaps: number): Text {
  if (gapSeconds <= 0) return { zh: 'newest 取下限 1 天', en: 'newest is the least there is, a day' };
  const [size, name] = units.find(([each]) => gapSeconds >= each) ?? subSecond;
  const gap = Number((gapSeconds / size).toPrecision(2));
  return {
    zh: `newest 为平均间隔（${gap} ${name.zh}）的 ${gaps} 倍，进位到整天`,
    en: `newest is ${gaps} times the mean gap between rows (${gap} ${name.en}), rounded up to whole days`,
  };
}
