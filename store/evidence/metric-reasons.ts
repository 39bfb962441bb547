import { type MetricMeasure, type SampleCount, sloMetrics, type Text } from '../../scoring/contract.ts';

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

export function tooFewSamples(
  { present, expected, series }: SampleCount,
  { minimumCoverage, everySeconds }: MetricMeasure,
  period: string,
): Text {
  const [found, least] = [percent(present / expected), percent(minimumCoverage)];
  return {
    zh: `评估周期 ${period} 内采样不足：${series} 条序列按每 ${everySeconds} 秒一次应有 ${expected} 个采样间隔，实有 ${present} 个，覆盖率 ${found}，低于最低要求 ${least}。`,
    en: `Too few samples in ${period}: ${present} of ${expected} intervals (${series} series, one every ${everySeconds} s) hold one, ${found}, below the ${least} that this figure needs.`,
  };
}

export function zeroBase(measure: string, period: string): Text {
  return {
    zh: `评估周期 ${period} 内度量“${measure}”的分母为 0。`,
    en: `The denominator of "${measure}" is 0 in ${period}.`,
  };
}

export const rolledUp: Text = {
  zh: '部分采样已降采样归并，本数值由归并后的采样估算。',
  en: 'Estimated, because some of the samples have been rolled up.',
};

export function needsPrometheus(measure: string): Text {
  return {
    zh: `度量“${measure}”以 PromQL 书写，须由 PromQL 服务器计算：请设置环境变量 PROMETHEUS_URL。`,
    en: `"${measure}" is written in PromQL and needs a PromQL server: set PROMETHEUS_URL.`,
  };
}

export function notBegun(period: string): Text {
  return {
    zh: `评估周期 ${period} 在截止时间之后才开始，尚无采样。`,
    en: `Period ${period} begins after the cut-off, so there are no samples yet.`,
  };
}

/** The job that counts SLOs runs by itself as soon as there are specs. */
const ofPromises: readonly string[] = Object.values(sloMetrics);

export function noSample(metric: string, period: string, collectors: readonly string[]): Text {
  const start = {
    zh: `评估周期 ${period} 内没有指标 ${metric} 的采样。`,
    en: `There is no sample of ${metric} in ${period}.`,
  };
  if (ofPromises.includes(metric)) {
    return {
      zh: `${start.zh}该指标由服务目标统计得出：请把服务目标文件放入数据目录的 slos 子目录，或用 CITYGAUGE_SLOS 指定位置。`,
      en: `${start.en} It is counted from SLO specs: put them into the folder slos of the data folder, or name their place with CITYGAUGE_SLOS.`,
    };
  }
  if (collectors.length === 0) {
    return {
      zh: `${start.zh}没有采集器声明提供该指标：请接入提供它的数据源。`,
      en: `${start.en} No collector declares to yield it: connect a source that does.`,
    };
  }
  return {
    zh: `${start.zh}该指标由采集器 ${collectors.join('、')} 提供：请在遥测配置中为其设置任务。`,
    en: `${start.en} The collector ${collectors.join(' or ')} yields it: give it a job in the telemetry settings.`,
  };
}

export function idleJobs(metric: string, period: string, jobs: readonly string[]): Text {
  return {
    zh: `评估周期 ${period} 内没有指标 ${metric} 的采样；应提供该指标的任务 ${jobs.join('、')} 在此期间运行正常，但未采到该指标。请核对选择器与采集目标。`,
    en: `There is no sample of ${metric} in ${period}, although the jobs that yield it (${jobs.join(', ')}) ran well: check the selector and the targets.`,
  };
}

/** Samples of a job that were no finite numbers. */
export interface DroppedSamples {
  readonly job: string;
  readonly samples: number;
}

export function droppedSamples(metric: string, period: string, drops: readonly DroppedSamples[]): Text {
  const zh = drops.map(({ job, samples }) => `任务 ${job} 有 ${samples} 个采样`).join('、');
  const en = drops.map(({ job, samples }) => `${samples} samples of the job ${job}`).join(' and ');
  return {
    zh: `评估周期 ${period} 内没有指标 ${metric} 的采样；${zh}不是有限数（NaN 或无穷大），已剔除。请核对数据源给出的 ${metric} 是否为有效数值。`,
    en: `There is no sample of ${metric} in ${period}; ${en} were not finite (NaN or infinite) and were dropped: see whether the source gives ${metric} as a number.`,
  };
}

export function failedJob(
  metric: string,
  {
    job,
    runs,
    failed,
    error,
  }: { readonly job: string; readonly runs: number; readonly failed: number; readonly error: Text },
): Text {
  return {
    zh: `没有采到指标 ${metric}：任务 ${job} 在评估周期内运行 ${runs} 次，失败 ${failed} 次，最近一次的错误：${error.zh}`,
    en: `${metric} was not collected: the job ${job} failed in ${failed} of its ${runs} runs of the period, last with: ${error.en}`,
  };
}

export function unknownIndicator(model: string, indicator: string): Text {
  return {
    zh: `模型 ${model} 中没有指标 ${indicator}，无法取其数值：请更正模型文件中的引用，或安装该模型。`,
    en: `The model ${model} has no indicator ${indicator} to take the figure from: correct the reference in the model file, or install that model.`,
  };
}

export function otherUnit(indicator: string, from: string, to: string): Text {
  return {
    zh: `指标 ${indicator} 的单位为 ${from}，不能换算为 ${to}：请更正模型文件中的单位或引用。`,
    en: `${indicator} is in ${from}, which does not convert to ${to}: correct the unit or the reference in the model file.`,
  };
}
