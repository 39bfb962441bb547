import type { Text } from '../../contract.ts';

const percent = (ratio: number) => `${(ratio * 100).toFixed(1)}%`;
const short = (value: number) => Number(value.toPrecision(6));

export const noSamples: Text = {
  zh: '该时段内没有采样数据',
  en: 'there is no sample in this span',
};

export const noEvents: Text = {
  zh: '该时段内没有发生任何请求或事件',
  en: 'there was no event in this span',
};

export const notBegun: Text = {
  zh: '该时段尚未开始',
  en: 'the span has not begun',
};

export const notFinite: Text = {
  zh: '查询结果不是有限数值：请检查是否除以零，或采样中是否含 NaN、无穷大',
  en: 'the result is not a finite number: look for a division by zero, or samples that are NaN or infinite',
};

export const rolledUp: Text = {
  zh: '部分采样已归并，数值按归并数据推算',
  en: 'some samples have been rolled up, and are reckoned from that',
};

export const noErrorSeries: Text = {
  zh: '错误查询没有返回序列，且其指标未出现在总量查询中，无法判断是没有错误还是没有采集：请让错误计数从 0 开始输出，或在查询中补 or on() vector(0)',
  en:
    'the query for errors returns no series, and its metric is not in that for all events: whether there was no error or no ' +
    'data is not known. Let the counter of errors start at 0, or write "or on() vector(0)"',
};

export function partly(share: number): Text {
  return {
    zh: `仅 ${percent(share)} 的时段有数据`,
    en: `only ${percent(share)} of the span has data`,
  };
}

export function negative(bad: number, total: number): Text {
  return {
    zh: `计数为负（坏 ${short(bad)}，总 ${short(total)}）：请检查查询中的减法`,
    en: `a count is negative (${short(bad)} bad of ${short(total)}): look at the subtractions of the queries`,
  };
}

export function moreBadThanAll(bad: number, total: number): Text {
  return {
    zh: `坏事件多于总数（${short(bad)} > ${short(total)}）：请核对两个查询的单位和选择范围是否一致`,
    en: `there are more bad events than events (${short(bad)} > ${short(total)}): check that both queries have the same unit and selection`,
  };
}

export function severalSeries(found: number): Text {
  return {
    zh: `查询返回 ${found} 条序列，而服务目标需要一个数值：请用 sum 等聚合为一条`,
    en: `the query returns ${found} series where an SLO needs one value: aggregate them (sum ...)`,
  };
}

export const needsPromql: Text = {
  zh: '该服务目标以 PromQL 编写，内置存储不支持 PromQL：请用环境变量 PROMETHEUS_URL 指定 PromQL 服务器，或改用 counters、latency、online、samples、freshness、batch 形式',
  en:
    'this SLO is written in PromQL, which the embedded readings do not know: name a PromQL server with PROMETHEUS_URL, or write it ' +
    'as counters, latency, online, samples, freshness or batch',
};

export function exclusionNotCounted(exclusion: number): Text {
  return {
    zh: `剔除 ${exclusion} 覆盖的时段未能计数，剔除后的数值不完整`,
    en: `the time that exclusion ${exclusion} covers could not be counted: the adjusted figure is not whole`,
  };
}
