import type { MetricSpec } from '../contract.ts';

const source = { zh: '数据源', en: 'Id of the source in its check file' };
const department = { zh: '责任部门；未指定时没有此标签', en: 'Owner department; absent where none is named' };

/** Shared with the catalogue of data resources: one spelling for both. */
export const problemRatioMetric: MetricSpec = {
  name: 'citygauge_quality_problem_ratio',
  type: 'gauge',
  unit: 'ratio',
  help: {
    zh: '某一类数据问题（碎多少乱错旧）在数据源中的占比',
    en: 'Share of a source that one of the six problems of data affects',
  },
  labels: {
    problem: {
      zh: 'fragmentation、duplication、missing、format、conflict 或 staleness（碎多少乱错旧）',
      en: 'fragmentation, duplication, missing, format, conflict or staleness',
    },
    source: {
      zh: '数据源；来自数据资源目录时为 catalogue',
      en: 'Id of the source in its check file; `catalogue` for the catalogue of data resources',
    },
    department,
  },
};

export const datasetLagMetric: MetricSpec = {
  name: 'citygauge_dataset_lag_seconds',
  type: 'gauge',
  unit: 'seconds',
  help: { zh: '距数据最近一次更新的时间', en: 'Time since the data were last updated' },
  labels: {
    source: problemRatioMetric.labels.source ?? source,
    dataset: {
      zh: '目录中的数据资源；来自检核时没有此标签',
      en: 'Data resource of the catalogue; absent where a check found it',
    },
    department,
  },
};

/** What runs of checks say as metrics. */
export const qualityMetrics: readonly MetricSpec[] = [
  problemRatioMetric,
  datasetLagMetric,
  {
    name: 'citygauge_quality_score',
    type: 'gauge',
    unit: '',
    help: {
      zh: '数据源的质量得分，0 到 100；覆盖率不足时没有读数',
      en: 'Quality score of a source, 0 to 100; absent below the coverage floor',
    },
    labels: { source, department },
  },
  {
    name: 'citygauge_quality_check_failed_ratio',
    type: 'gauge',
    unit: 'ratio',
    help: { zh: '一项检核的不合格率', en: 'Failing ratio of one check' },
    labels: {
      source,
      check: { zh: '检核项', en: 'Id of the check' },
      kind: { zh: '检核类型', en: 'Kind of check' },
    },
  },
  {
    name: 'citygauge_quality_rows',
    type: 'gauge',
    unit: '',
    help: { zh: '数据源的行数', en: 'Rows of a source' },
    labels: { source },
  },
];
