import type { CheckResult, Language, Text } from '../collectors/contract.ts';

/** The words of tables of quality results, as the pages have them. */
export const words = {
  source: { zh: '数据源', en: 'Source' },
  check: { zh: '检核项', en: 'Check' },
  problem: { zh: '问题', en: 'Problem' },
  dimension: { zh: '维度', en: 'Dimension' },
  checked: { zh: '检核行数', en: 'Rows' },
  failed: { zh: '不合格行', en: 'Failed' },
  ratio: { zh: '不合格率', en: 'Ratio' },
  figure: { zh: '测得值', en: 'Figure' },
  threshold: { zh: '阈值', en: 'Threshold' },
  verdict: { zh: '结论', en: 'Verdict' },
  department: { zh: '责任部门', en: 'Department' },
  rows: { zh: '行数', en: 'Rows' },
  score: { zh: '得分', en: 'Score' },
  coverage: { zh: '覆盖率', en: 'Coverage' },
  missed: { zh: '超阈', en: 'Missed' },
  broken: { zh: '未能检核', en: 'Not computed' },
  asOf: { zh: '检核时间', en: 'Checked at' },
  rank: { zh: '名次', en: 'Rank' },
  sources: { zh: '数据源数', en: 'Sources' },
  nobody: { zh: '未指定责任部门', en: '(none)' },
  unscored: { zh: '未评分', en: 'no score' },
  league: { zh: '部门排名', en: 'League table of departments' },
  scores: { zh: '各数据源得分', en: 'Scores of the sources' },
  faults: { zh: '说明', en: 'Remarks' },
} as const satisfies Record<string, Text>;

export const verdicts = {
  good: { zh: '合格', en: 'good' },
  missed: { zh: '超阈', en: 'MISSED' },
  failed: { zh: '未能检核', en: 'NOT COMPUTED' },
  notApplicable: { zh: '不适用', en: 'not applicable' },
} as const satisfies Record<string, Text>;

const figureNames: Readonly<Record<string, Text>> = {
  age: { zh: '数据时龄', en: 'age' },
  meanLag: { zh: '平均时延', en: 'mean lag' },
  rows: { zh: '行数', en: 'rows' },
  psi: { zh: '群体稳定性指数', en: 'PSI' },
  clusters: { zh: '相似组', en: 'groups' },
};

/** Largest first; a time is shown in the unit of which it fills two. */
const timeUnits: readonly (readonly [seconds: number, word: Text])[] = [
  [86_400, { zh: '天', en: 'd' }],
  [3600, { zh: '小时', en: 'h' }],
  [60, { zh: '分钟', en: 'min' }],
  [1, { zh: '秒', en: 's' }],
];

function timeText(seconds: number, language: Language): string {
  const [size, word] = timeUnits.find(([each]) => Math.abs(seconds) >= 2 * each) ?? [1, timeUnits[3]?.[1]];
  return `${(seconds / size).toFixed(size === 1 ? 0 : 1)} ${word?.[language] ?? ''}`.trim();
}

/** The kind's own figure with its name; nothing where it has none. */
export function figureText({ figure }: CheckResult, language: Language): string {
  if (figure === null) return '';
  const { name, value, unit } = figure;
  const plain = Number.isInteger(value) ? value.toLocaleString('en-US') : value.toFixed(3);
  return `${figureNames[name]?.[language] ?? name} ${unit === 'seconds' ? timeText(value, language) : plain}`;
}
