import type { Text } from '../../scoring/contract.ts';

/** Colours of a graded warning, worst first; the first four are those of public emergency warnings (红橙黄蓝). */
export const lampColours = ['red', 'orange', 'yellow', 'blue', 'green'] as const;
export type LampColour = (typeof lampColours)[number];

/** What a lamp shows: a colour, or that nothing is known, which is no colour at all. */
export type Lamp = LampColour | 'noData' | 'off';

export const lampTitles: Readonly<Record<Lamp, Text>> = {
  red: { zh: '红色', en: 'Red' },
  orange: { zh: '橙色', en: 'Orange' },
  yellow: { zh: '黄色', en: 'Yellow' },
  blue: { zh: '蓝色', en: 'Blue' },
  green: { zh: '绿色', en: 'Green' },
  noData: { zh: '无数据', en: 'No data' },
  off: { zh: '不在监测时段', en: 'Not watched now' },
};

/** In which order lamps are listed: what is wrong, what is not known, what is calm, what is not watched. */
export const lampOrder: readonly Lamp[] = ['red', 'orange', 'yellow', 'blue', 'noData', 'green', 'off'];
