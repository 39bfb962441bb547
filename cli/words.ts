import type { Language, Text } from '../collectors/contract.ts';

/** The words of the command line's tables, in both languages. */
const words = {
  overall: { zh: '总体等级', en: 'Overall grade' },
  ungraded: { zh: '未定级', en: 'ungraded' },
  module: { zh: '模块', en: 'Module' },
  node: { zh: '要素', en: 'Element' },
  score: { zh: '得分', en: 'Score' },
  grade: { zh: '等级', en: 'Grade' },
  coverage: { zh: '覆盖率', en: 'Coverage' },
  state: { zh: '状态', en: 'State' },
  value: { zh: '数值', en: 'Value' },
  unit: { zh: '单位', en: 'Unit' },
  points: { zh: '得分点', en: 'Points' },
  provenance: { zh: '证据等级', en: 'Provenance' },
  slice: { zh: '切片', en: 'Slice' },
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
  parent: { zh: '上级', en: 'Parent' },
  timeZone: { zh: '时区', en: 'Time zone' },
  period: { zh: '周期', en: 'Period' },
  model: { zh: '模型', en: 'Model' },
  asOf: { zh: '统计截止', en: 'As of' },
  sample: { zh: '示例数据', en: 'SAMPLE DATA' },
  nothingWritten: { zh: '试运行：未写入任何数据', en: 'dry run: nothing was written' },
  nothingChanged: { zh: '与库中一致，没有变化', en: 'same as in the store, nothing changed' },
  line: { zh: '行', en: 'Line' },
  reason: { zh: '原因', en: 'Reason' },
} as const satisfies Record<string, Text>;

export type Word = keyof typeof words;

export function wordsIn(language: Language): (word: Word) => string {
  return (word) => words[word][language];
}
