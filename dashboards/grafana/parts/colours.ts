import type { ColourStep, ValueWord } from '../draft.ts';

/** Bounds of the grades D, C, B, A of the operations model (scoring/models/citygauge-operations.yaml). */
export const scoreSteps: readonly ColourStep[] = [
  { from: null, colour: 'red' },
  { from: 60, colour: 'orange' },
  { from: 75, colour: 'yellow' },
  { from: 90, colour: 'green' },
];

/** Evidence below half leaves an evaluation without a grade that holds; below nine tenths it can move by a grade. */
export const coverageSteps: readonly ColourStep[] = [
  { from: null, colour: 'red' },
  { from: 0.5, colour: 'orange' },
  { from: 0.9, colour: 'green' },
];

/** Anything but zero is for somebody to look at. */
export const noneWanted: readonly ColourStep[] = [
  { from: null, colour: 'green' },
  { from: 1, colour: 'red' },
];

/** Error budget left: a quarter is the time to slow down changes, nothing is the time to stop them. */
export const budgetSteps: readonly ColourStep[] = [
  { from: null, colour: 'red' },
  { from: 0, colour: 'orange' },
  { from: 0.25, colour: 'green' },
];

/** Burn rates of the four alerts over a 30-day period (SRE workbook, chapter 5): 1, 3, 6 and 14.4 times even. */
export const burnSteps: readonly ColourStep[] = [
  { from: null, colour: 'green' },
  { from: 1, colour: 'yellow' },
  { from: 3, colour: 'orange' },
  { from: 6, colour: 'red' },
  { from: 14.4, colour: 'dark-red' },
];

/** Certificates: renewal is automatic 30 days before the end with most issuers; within 7 it is an emergency. */
export const remainingDaysSteps: readonly ColourStep[] = [
  { from: null, colour: 'red' },
  { from: 7, colour: 'orange' },
  { from: 30, colour: 'green' },
];

/** Levels of a threshold: how many grades above calm. Not its colours, which differ by threshold, nor the ordinals of public warnings, where the first is the gravest. */
export const levelWords: readonly ValueWord[] = [
  { value: -1, word: { zh: '无数据', en: 'No data' }, colour: 'gray' },
  { value: 0, word: { zh: '正常', en: 'Calm' }, colour: 'green' },
  { value: 1, word: { zh: '第 1 档（最轻）', en: 'Step 1 (mildest)' }, colour: 'yellow' },
  { value: 2, word: { zh: '第 2 档', en: 'Step 2' }, colour: 'orange' },
  { value: 3, word: { zh: '第 3 档', en: 'Step 3' }, colour: 'red' },
  { value: 4, word: { zh: '第 4 档（最重）', en: 'Step 4 (gravest)' }, colour: 'dark-red' },
];

export const upWords: readonly ValueWord[] = [
  { value: 0, word: { zh: '失败', en: 'Failed' }, colour: 'red' },
  { value: 1, word: { zh: '正常', en: 'Good' }, colour: 'green' },
];

export const yesWords: readonly ValueWord[] = [
  { value: 0, word: { zh: '否', en: 'No' }, colour: 'red' },
  { value: 1, word: { zh: '是', en: 'Yes' }, colour: 'green' },
];
