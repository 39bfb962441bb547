import type { MetricSpec, Text } from '../../contract.ts';

/** A figure of a digital platform that tables may report. */
export interface PlatformFigure {
  readonly metric: string;
  readonly title: Text;
  /** The label that its rows are told apart by; null for one figure for the whole platform. */
  readonly label: { readonly name: 'pipeline' | 'kind'; readonly title: Text } | null;
  readonly form: 'ratio' | 'seconds' | 'count';
}

const pipeline = { name: 'pipeline', title: { zh: '数据管道', en: 'Pipeline' } } as const;
const kind = { name: 'kind', title: { zh: '感知设备类型', en: 'Kind of device' } } as const;

function figure(
  metric: string,
  title: readonly [zh: string, en: string],
  label: PlatformFigure['label'] = null,
  form: PlatformFigure['form'] = 'count',
): PlatformFigure {
  return { metric: `citygauge_${metric}`, title: { zh: title[0], en: title[1] }, label, form };
}

export const platformFigures: readonly PlatformFigure[] = [
  figure('pipeline_success_ratio', ['管道成功率', 'Pipeline success'], pipeline, 'ratio'),
  figure('pipeline_lag_seconds', ['管道时延', 'Pipeline lag'], pipeline, 'seconds'),
  figure('sensors_online', ['在线感知设备数', 'Sensors online'], kind),
  figure('sensors_total_count', ['感知设备总数', 'Sensors in all'], kind),
  figure('alarms_armed', ['布防告警数', 'Alarms armed'], kind),
  figure('alarms_installed', ['安装告警数', 'Alarms installed'], kind),
  figure('systems_connected', ['已接入系统数', 'Systems connected']),
  figure('systems_planned', ['计划接入系统数', 'Systems planned']),
  figure('capabilities_reused', ['复用能力数', 'Capabilities reused']),
  figure('capabilities_listed', ['上架能力数', 'Capabilities listed']),
  figure('catalogue_items_covered', ['已编目数据项数', 'Catalogue items covered']),
  figure('catalogue_items_expected', ['应编目数据项数', 'Catalogue items expected']),
  figure('shared_data_sets_used', ['已使用共享数据集数', 'Shared data sets used']),
  figure('shared_data_sets', ['共享数据集数', 'Shared data sets']),
];

const units = { ratio: 'ratio', seconds: 'seconds', count: '' } as const;

export const platformMetrics: readonly MetricSpec[] = platformFigures.map(
  ({ metric, title, label, form }) => ({
    name: metric,
    type: 'gauge',
    unit: units[form],
    help: title,
    labels: label ? { [label.name]: label.title } : {},
  }),
);
