import type { Text } from '../contract.ts';
import { looseForm, nearest } from '../records/mapping/did-you-mean.ts';
import { needed, optional } from './table/columns.ts';
import { type PlatformFigure, platformFigures, platformMetrics } from './table/platform-figures.ts';
import { type TableWork, tableCollector, uniqueRows } from './table/table-collector.ts';
import { type TableSettings, tableSettings } from './table/table-settings.ts';

const columns = {
  metric: needed('text', ['指标', 'metric', '指标名称']),
  label: optional('text', ['对象', 'label', '名称', '管道', '类型', 'name', 'pipeline', 'kind']),
  value: needed('count', ['数值', 'value', '值']),
};
type Work = TableWork<typeof columns, TableSettings>;

/** Metric name, short name, or title of either language -> figure. */
const figures = new Map<string, PlatformFigure>(
  platformFigures.flatMap((figure) =>
    [figure.metric, figure.metric.replace('citygauge_', ''), figure.title.zh, figure.title.en].map(
      (name) => [looseForm(name), figure] as const,
    ),
  ),
);

function faultOf(
  name: string,
  figure: PlatformFigure | undefined,
  label: string | null,
  value: number,
): Text | null {
  if (!figure) {
    const near = nearest(
      name,
      platformFigures.flatMap(({ title }) => [title.zh, title.en]),
    );
    return {
      zh: `指标「${name}」不在平台指标之列${near ? `，是否应为「${near}」` : ''}`,
      en: `"${name}" is no figure of a platform${near ? `; did you mean "${near}"?` : ''}`,
    };
  }
  if (figure.label && label === null) {
    return {
      zh: `指标「${name}」需在“对象”列填写${figure.label.title.zh}`,
      en: `"${name}" needs its ${figure.label.title.en.toLowerCase()} in the column "label"`,
    };
  }
  if (figure.form === 'ratio' && value > 1) {
    return {
      zh: `比率 ${value} 大于 1：85% 请写成 0.85`,
      en: `the ratio ${value} is above 1: write 0.85 for 85%`,
    };
  }
  if (figure.form === 'count' && !Number.isInteger(value)) {
    return { zh: `${value} 不是整数`, en: `${value} is not a whole number` };
  }
  return null;
}

function work(all: Work): void {
  const sound = all.rows.filter((row) => {
    const { metric, label, value } = row.values;
    const fault = faultOf(metric, figures.get(looseForm(metric)), label, value);
    if (fault) all.refuse(row, fault);
    return fault === null;
  });
  const unique = uniqueRows({ ...all, rows: sound }, ({ metric, label }) => {
    const figure = figures.get(looseForm(metric));
    return { metric: figure?.metric ?? metric, ...(figure?.label ? { label: label ?? '' } : {}) };
  });
  for (const { values } of unique) {
    const figure = figures.get(looseForm(values.metric));
    if (!figure) continue;
    all.give(figure.metric, figure.label ? { [figure.label.name]: values.label ?? '' } : {}, values.value);
  }
}

/** Figures of the digital platform that no system exports; a row per figure. */
export const platformTable = tableCollector({
  id: 'platform-table',
  title: { zh: '数字平台指标表', en: 'Figures of the digital platform' },
  description: {
    zh: '读取数字平台指标表（CSV 或 XLSX），每行一个指标：数据管道、感知设备、告警、系统接入、能力复用、编目和共享数据集。',
    en: 'Reads figures of the digital platform (CSV or XLSX), one per row: pipelines, sensors, alarms, systems connected, capabilities reused, catalogue, shared data sets.',
  },
  settings: tableSettings,
  metrics: platformMetrics,
  columns,
  identity: [],
  work,
});
