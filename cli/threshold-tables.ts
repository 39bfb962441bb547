import type { Language, Text } from '../collectors/contract.ts';
import {
  type GradeCondition,
  lampOrder,
  lampTitles,
  printSelector,
  type Threshold,
  type ThresholdState,
} from '../rules/contract.ts';
import type { JudgedThreshold } from './compose/threshold/check.ts';
import type { LocalTimes } from './local-times.ts';
import { figureText, tableText } from './table.ts';

const words = {
  lamp: { zh: '指示灯', en: 'Lamp' },
  threshold: { zh: '阈值', en: 'Threshold' },
  series: { zh: '序列', en: 'Series' },
  value: { zh: '数值', en: 'Value' },
  since: { zh: '起始', en: 'Since' },
  note: { zh: '说明', en: 'Note' },
  id: { zh: '编号', en: 'Id' },
  title: { zh: '名称', en: 'Title' },
  watched: { zh: '监测', en: 'Watches' },
  grades: { zh: '分级', en: 'Grades' },
  source: { zh: '出处', en: 'Defined in' },
} as const satisfies Record<string, Text>;

const nothingDefined: Text = {
  zh: '没有阈值：请在数据目录写 thresholds.yaml，或用 --file 指定，格式见 docs/thresholds.md',
  en: 'there are no thresholds: write thresholds.yaml in the data folder, or name a file with --file; see docs/thresholds.md',
};
const nothingChanged: Text = {
  zh: '没有变化记录：服务启动后，指示灯每次变化都会记下',
  en: 'no changes are known: while the server runs, every change of a lamp is kept',
};

const heads = (language: Language, keys: readonly (keyof typeof words)[]) =>
  keys.map((key) => words[key][language]);

function seriesText({ labels, subject }: ThresholdState): string {
  const others = Object.entries(labels).filter(([name]) => name !== 'subject' && name !== 'job');
  const parts = [subject ?? '', ...others.map(([name, value]) => `${name}=${value}`)];
  return parts.filter((part) => part !== '').join(' ');
}

function noteText({ pending, reason }: ThresholdState, language: Language): string {
  if (reason) return reason[language];
  if (!pending) return '';
  const colour = lampTitles[pending.colour][language];
  return language === 'zh' ? `${colour}条件已满足，持续时间未到` : `${colour} holds, not yet for long enough`;
}

function lampRow(
  { threshold, state }: { readonly threshold: Threshold; readonly state: ThresholdState },
  language: Language,
  times: LocalTimes,
): string[] {
  return [
    lampTitles[state.lamp][language],
    threshold.title[language],
    seriesText(state),
    figureText(state.value, threshold.unit),
    times(state.since, state.subject ?? ''),
    noteText(state, language),
  ];
}

/** Every lamp, worst first. */
export function lampsText(judged: readonly JudgedThreshold[], language: Language, times: LocalTimes): string {
  if (judged.length === 0) return nothingDefined[language];
  const rows = judged
    .flatMap(({ threshold, states }) => states.map((state) => ({ threshold, state })))
    .toSorted((a, b) => lampOrder.indexOf(a.state.lamp) - lampOrder.indexOf(b.state.lamp))
    .map((row) => lampRow(row, language, times));
  return tableText(heads(language, ['lamp', 'threshold', 'series', 'value', 'since', 'note']), rows);
}

function conditionText(when: GradeCondition): string {
  switch (when.kind) {
    case 'above':
      return `≥ ${when.bound}`;
    case 'below':
      return `≤ ${when.bound}`;
    case 'outside':
      return `≤ ${when.low} | ≥ ${when.high}`;
    case 'inside':
      return `${when.low} … ${when.high}`;
  }
}

function targetText({ target }: Threshold): string {
  if (target.kind === 'indicator') return `${target.model}:${target.indicator}`;
  return target.kind === 'metric' ? printSelector(target.selector) : target.query;
}

export function thresholdsText(thresholds: readonly Threshold[], language: Language): string {
  if (thresholds.length === 0) return nothingDefined[language];
  const rows = thresholds.map((threshold) => [
    threshold.id,
    threshold.title[language],
    targetText(threshold),
    threshold.grades
      .map(({ colour, when }) => `${lampTitles[colour][language]} ${conditionText(when)}`)
      .join(', '),
    `${threshold.source.file}:${threshold.source.line}`,
  ]);
  return tableText(heads(language, ['id', 'title', 'watched', 'grades', 'source']), rows);
}

/** Changes of one threshold's lamps, newest first. */
export function changesText(
  changes: readonly ThresholdState[],
  language: Language,
  { times, unit }: { readonly times: LocalTimes; readonly unit: string },
): string {
  if (changes.length === 0) return nothingChanged[language];
  const rows = changes.map((state) => [
    times(state.since, state.subject ?? ''),
    lampTitles[state.lamp][language],
    seriesText(state),
    figureText(state.value, unit),
    noteText(state, language),
  ]);
  return tableText(heads(language, ['since', 'lamp', 'series', 'value', 'note']), rows);
}
