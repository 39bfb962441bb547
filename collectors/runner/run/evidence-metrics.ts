import type { MetricSpec, Text } from '../../contract.ts';

const modelLabel: Text = { zh: '评估模型', en: 'the model that was scored' };

const ofModel = (name: string, unit: string, help: Text): MetricSpec => ({
  name: `citygauge_${name}`,
  type: 'gauge',
  unit,
  help,
  labels: { model: modelLabel },
});

/** How the newest evaluation of a model stands, beside its scores; absent where there is none. */
export const standingMetrics: readonly MetricSpec[] = [
  ofModel('evaluation_saved_timestamp_seconds', 'seconds', {
    zh: '最近一期评估的保存时刻（Unix 时间）',
    en: 'When the evaluation of the newest period was saved, as Unix time',
  }),
  ofModel('evaluation_period_end_timestamp_seconds', 'seconds', {
    zh: '最近一期评估的周期结束时刻（Unix 时间）',
    en: 'When the newest evaluated period ends, as Unix time',
  }),
  ofModel('evaluation_next_period_end_timestamp_seconds', 'seconds', {
    zh: '下一个待评估周期的结束时刻（Unix 时间）；示例数据没有此读数',
    en: 'When the period after the newest evaluated one ends, as Unix time; absent for sample data',
  }),
  ofModel('evaluation_is_graded', '', {
    zh: '总体是否给出等级（1 是，0 因证据不足未给出）',
    en: 'Whether the whole has a grade (1) or the evidence did not suffice for one (0)',
  }),
  ofModel('evaluation_grade_rank', '', {
    zh: '总体等级在模型等级中的名次，1 为最好；未给出等级时没有读数',
    en: 'Rank of the overall grade among those of the model, 1 is the best; absent without a grade',
  }),
  ofModel('evaluation_grade_change', '', {
    zh: '总体等级与上一周期相比升降的级数，下降为负；任一期没有等级时没有读数',
    en: 'Grades gained against the period before, negative when lost; absent when either has none',
  }),
  ofModel('evaluation_coverage_change_ratio', 'ratio', {
    zh: '证据覆盖率与上一周期之差；上一周期没有评估时没有读数',
    en: 'Evidence coverage minus that of the period before; absent when that was not evaluated',
  }),
];

/** What is written when evidence comes and when a report is issued; absent where there was none. */
export const evidenceMetrics: readonly MetricSpec[] = [
  {
    name: 'citygauge_evidence_imported_timestamp_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: {
      zh: '该类记录最近一次有新增或变化的导入时刻（Unix 时间），手工导入与采集均计入',
      en: 'When records of the kind last came that were new or changed, by hand or by a collector, as Unix time',
    },
    labels: { kind: { zh: '记录类型', en: 'kind of record' } },
  },
  ofModel('report_issued_timestamp_seconds', 'seconds', {
    zh: '最近一期报告的出具时刻（Unix 时间）',
    en: 'When the report of the newest period was last issued, as Unix time',
  }),
  ofModel('report_next_period_end_timestamp_seconds', 'seconds', {
    zh: '下一份待出具报告的周期结束时刻（Unix 时间）；示例数据没有此读数',
    en: 'When the period after the newest reported one ends, as Unix time; absent for sample data',
  }),
];
