import type { AcrossReducer, Measure, MetricMeasure, Text } from '../scoring/contract.ts';

const overTime: Readonly<Record<string, Text>> = {
  mean: { zh: '周期内平均值', en: 'mean over the period' },
  min: { zh: '周期内最小值', en: 'least over the period' },
  max: { zh: '周期内最大值', en: 'greatest over the period' },
  last: { zh: '周期内最后一个采样', en: 'last sample of the period' },
  sum: { zh: '周期内采样之和', en: 'sum of the samples' },
  count: { zh: '周期内采样个数', en: 'number of samples' },
  p50: { zh: '周期内中位数', en: 'median over the period' },
  p90: { zh: '周期内 90 分位数', en: '90th percentile over the period' },
  p95: { zh: '周期内 95 分位数', en: '95th percentile over the period' },
  p99: { zh: '周期内 99 分位数', en: '99th percentile over the period' },
};

const acrossWords: Readonly<Record<AcrossReducer, Text>> = {
  mean: { zh: '各序列取平均', en: 'mean across series' },
  sum: { zh: '各序列相加', en: 'summed across series' },
  min: { zh: '取各序列最小值', en: 'least of the series' },
  max: { zh: '取各序列最大值', en: 'greatest of the series' },
  count: { zh: '计序列个数', en: 'number of series' },
  p50: { zh: '取各序列中位数', en: 'median of the series' },
  p90: { zh: '取各序列 90 分位数', en: '90th percentile of the series' },
  p95: { zh: '取各序列 95 分位数', en: '95th percentile of the series' },
  p99: { zh: '取各序列 99 分位数', en: '99th percentile of the series' },
};

const byWords: Readonly<Record<'increase' | 'mean' | 'last' | 'sum', Text>> = {
  increase: { zh: '按增量', en: 'by increase' },
  mean: { zh: '按平均值', en: 'by mean' },
  last: { zh: '按最后一个采样', en: 'by last sample' },
  sum: { zh: '按采样之和', en: 'by sum' },
};

function band(above: number | null, below: number | null): Text {
  if (above === null) return { zh: `不高于 ${below}`, en: `at most ${below}` };
  if (below === null) return { zh: `不低于 ${above}`, en: `at least ${above}` };
  return { zh: `在 ${above} 至 ${below} 之间`, en: `from ${above} to ${below}` };
}

function reductionWords({ reduction }: MetricMeasure): Text {
  const joined = (first: Text, across: AcrossReducer) => ({
    zh: `${first.zh}，${acrossWords[across].zh}`,
    en: `${first.en}, ${acrossWords[across].en}`,
  });
  switch (reduction.kind) {
    case 'overTime':
      return joined(
        overTime[reduction.reduce] ?? { zh: reduction.reduce, en: reduction.reduce },
        reduction.across,
      );
    case 'share': {
      const within = band(reduction.above, reduction.below);
      return { zh: `采样${within.zh}的占比`, en: `share of samples ${within.en}` };
    }
    case 'increase':
      return joined({ zh: '计数器在周期内的增量', en: 'growth of the counter' }, reduction.across);
    case 'rate':
      return joined({ zh: '计数器每秒增量', en: 'growth of the counter per second' }, reduction.across);
    case 'ratio': {
      const by = byWords[reduction.by];
      return { zh: `两项之比，${by.zh}`, en: `ratio of the two, ${by.en}` };
    }
    case 'upTime':
      return {
        zh: '采样为 1 的个数占应有采样的比例，断采视为不可用',
        en: 'samples that are 1 of those expected; a gap is down',
      };
    case 'staleness':
      return joined({ zh: '最后一个采样距周期末的时间', en: 'time since the last sample' }, reduction.across);
    case 'distinct':
      return {
        zh: `标签 ${reduction.label} 的不同取值个数`,
        en: `different values of the label ${reduction.label}`,
      };
    case 'histogramQuantile':
      return { zh: `直方图 ${reduction.at} 分位数`, en: `quantile ${reduction.at} of the histogram` };
    case 'promql':
      return { zh: '按所写 PromQL 查询', en: 'PromQL as written' };
  }
}

function durationWords(seconds: number): Text {
  const steps = [
    [86_400, ' 天', 'd'],
    [3600, ' 小时', 'h'],
    [60, ' 分钟', 'min'],
  ] as const;
  const [size, zh, en] = steps.find(([each]) => seconds % each === 0) ?? [1, ' 秒', 's'];
  return { zh: `${seconds / size}${zh}`, en: `${seconds / size} ${en}` };
}

function sampleWords(measure: MetricMeasure): Text {
  if (measure.everySeconds === null) return { zh: '', en: '' };
  const every = durationWords(measure.everySeconds);
  const [least, full] = [measure.minimumCoverage, measure.fullCoverage].map((ratio) => `${ratio * 100} %`);
  return {
    zh: `；应每 ${every.zh}一个采样，覆盖率低于 ${least} 视为未报送，达到 ${full} 视为完整`,
    en: `; a sample every ${every.en} is expected; below ${least} of them it is not reported, from ${full} on it is whole`,
  };
}

/** How an indicator gets its value, in words. */
export function measureWords(measure: Measure): Text {
  switch (measure.kind) {
    case 'entry':
      return { zh: '人工填报并附佐证，或导入观测值', en: 'entered by hand with evidence, or imported' };
    case 'records':
      return { zh: '由业务记录统计', en: 'computed from records' };
    case 'indicator':
      return {
        zh: `取自模型 ${measure.model} 的指标 ${measure.indicator}`,
        en: `the figure of ${measure.indicator} in the model ${measure.model}`,
      };
    case 'metric': {
      const [how, samples] = [reductionWords(measure), sampleWords(measure)];
      const factor = measure.factor === 1 ? '' : ` × ${measure.factor}`;
      return {
        zh: `监测指标：${how.zh}${factor}${samples.zh}`,
        en: `metric: ${how.en}${factor}${samples.en}`,
      };
    }
  }
}
