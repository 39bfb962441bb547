import type { Language, Text } from '../collectors/contract.ts';

/** The words of the command line's tables, in both languages. */
const words = {
  overall: { zh: '总体等级', en: 'Overall grade' },
  ungraded: { zh: '未定级', en: 'ungraded' },
  node: { zh: '要素', en: 'Element' },
  score: { zh: '得分', en: 'Score' },
  grade: { zh: '等级', en: 'Grade' },
  coverage: { zh: '覆盖率', en: 'Coverage' },
  state: { zh: '状态', en: 'State' },
  value: { zh: '数值', en: 'Value' },
  unit: { zh: '单位', en: 'Unit' },
  points: { zh: '得分点', en: 'Points' },
  numerator: { zh: '分子', en: 'Numerator' },
  denominator: { zh: '分母', en: 'Denominator' },
  whole: { zh: '合计', en: 'Whole' },
  empty: { zh: '（空）', en: '(empty)' },
  read: { zh: '读取', en: 'read' },
  new: { zh: '新增', en: 'new' },
  changed: { zh: '变更', en: 'changed' },
  unchanged: { zh: '未变', en: 'unchanged' },
  faulty: { zh: '存疑', en: 'faulty' },
  rejected: { zh: '拒收', en: 'rejected' },
  subject: { zh: '评估对象', en: 'Subject' },
  name: { zh: '名称', en: 'Name' },
  kind: { zh: '类别', en: 'Kind' },
  timeZone: { zh: '时区', en: 'Time zone' },
  period: { zh: '周期', en: 'Period' },
  model: { zh: '模型', en: 'Model' },
  asOf: { zh: '统计截止', en: 'As of' },
  sample: { zh: '示例数据', en: 'SAMPLE DATA' },
  nothingWritten: { zh: '试运行：未写入任何数据', en: 'dry run: nothing was written' },
  nothingChanged: { zh: '与库中一致，没有变化', en: 'same as in the store, nothing changed' },
  verified: { zh: '核验一致', en: 'verified' },
  notVerified: { zh: '核验不一致', en: 'NOT VERIFIED' },
  evaluations: { zh: '评估结果', en: 'evaluations' },
  values: { zh: '数值', en: 'values' },
  pages: { zh: '页', en: 'pages' },
  printedNumbers: { zh: '印出的数字', en: 'printed numbers' },
  where: { zh: '位置', en: 'where' },
  printed: { zh: '报告所载', en: 'in the report' },
  recomputed: { zh: '复算结果', en: 'recomputed' },
  unitSlice: { zh: '责任单位', en: 'Unit' },
  typeSlice: { zh: '类型', en: 'Type' },
  neighbourhoodSlice: { zh: '片区', en: 'Neighbourhood' },
  channelSlice: { zh: '渠道', en: 'Channel' },
  subjectSlice: { zh: '下级对象', en: 'Subject' },
  rowList: { zh: '拒收与存疑清单', en: 'rejected and faulty rows' },
  line: { zh: '行', en: 'Line' },
  reason: { zh: '原因', en: 'Reason' },
  stage: { zh: '运营阶段', en: 'Stage of operation' },
  weight: { zh: '权重', en: 'Weight' },
  least: { zh: '准入线', en: 'Minimum' },
  most: { zh: '封顶线', en: 'Maximum' },
  meaning: { zh: '含义', en: 'Meaning' },
  measure: { zh: '口径', en: 'Measure' },
  target: { zh: '目标', en: 'Target' },
  frequency: { zh: '度量频次', en: 'Frequency' },
  owner: { zh: '责任单位', en: 'Owed by' },
  intervention: { zh: '干预计划', en: 'Intervention' },
  correlation: {
    zh: '模块得分之间的相关系数 ρ = COV(X, Y) / (σX σY)，“—”表示该模块得分没有变化：',
    en: 'Correlation of the module scores, ρ = COV(X, Y) / (σX σY); a dash where a module does not vary:',
  },
  proposal: {
    zh: '以下为建议值，仅供参考，未作任何改动；n 个阶段各取历史得分的 1/n：准入线取分位数，权重最大的模块的封顶线取分位数，其余按 max(T_i) = ρ·max(T_j) + ε 推算。采用时粘贴到模型文件：',
    en: 'A proposal only, nothing was changed. Each of n stages spans one n-th of the history: minima are quantiles, so is the maximum of the heaviest module; the others follow by max(T_i) = ρ·max(T_j) + ε. Paste into the model file to use it:',
  },
  noStage: { zh: '未判定', en: 'not told' },
  source: { zh: '来源', en: 'Source' },
  evidence: { zh: '证据等级', en: 'Evidence' },
  decidedBy: { zh: '裁定人', en: 'Decided by' },
  decidedAt: { zh: '裁定时间', en: 'Decided at' },
  lapsed: { zh: '已失效：数值有变', en: 'lapsed: the figures have changed' },
  noConflict: { zh: '没有未裁定的数据冲突', en: 'no conflict is open' },
  job: { zh: '采集任务', en: 'Job' },
  samples: { zh: '样本', en: 'Samples' },
  series: { zh: '序列', en: 'Series' },
  duration: { zh: '耗时', en: 'Duration' },
} as const satisfies Record<string, Text>;

export type Word = keyof typeof words;

/** Title of a drill-down dimension; its name where there is no word for it. */
export function sliceTitle(by: string, language: Language): string {
  const word = `${by}Slice`;
  return word in words ? words[word as Word][language] : by;
}

export function wordsIn(language: Language): (word: Word) => string {
  return (word) => words[word][language];
}
