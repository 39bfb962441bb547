import { z } from 'zod';
import type { MetricSpec, Text } from '../contract.ts';
import { needed, optional, type RowOf } from './table/columns.ts';
import { type ResourceKind, resourceKinds } from './table/resource-kinds.ts';
import { type TableWork, tableCollector, uniqueRows } from './table/table-collector.ts';
import { tableSettings } from './table/table-settings.ts';

const settings = tableSettings.extend({
  idleBelow: z
    .number()
    .min(0)
    .max(1)
    .default(0.05)
    .describe('Utilisation (0 to 1) below which a resource does nothing to speak of.'),
  idleDays: z
    .number()
    .positive()
    .default(30)
    .describe(
      'Days that it has to stay below to count as idle: a monthly batch then keeps a resource in use.',
    ),
  utilisationDays: z
    .number()
    .positive()
    .default(30)
    .describe(
      'Days over which the utilisation columns are averaged; used where the table has no column of days below.',
    ),
  idleKinds: z
    .array(z.enum(resourceKinds))
    .min(1)
    .default(['cpu', 'network'])
    .describe('Utilisations that count for idleness: memory and storage stay full when nothing happens.'),
});
type Settings = z.output<typeof settings>;

const columns = {
  resource: needed('text', ['资源', 'resource', '资源名称', '资源编号', 'resource id', '实例']),
  kind: optional('text', ['类型', 'kind', '资源类型', 'type']),
  owner: optional('text', ['所有者', 'owner', '责任单位', '使用单位']),
  region: optional('text', ['区域', 'region', '可用区', 'zone']),
  cpu: optional('ratio', ['CPU使用率', 'cpu utilisation', 'CPU利用率', 'cpu utilization', 'cpu']),
  memory: optional('ratio', [
    '内存使用率',
    'memory utilisation',
    '内存利用率',
    'memory utilization',
    'memory',
  ]),
  storage: optional('ratio', [
    '存储使用率',
    'storage utilisation',
    '磁盘使用率',
    '存储利用率',
    'storage utilization',
    'storage',
  ]),
  network: optional('ratio', [
    '网络使用率',
    'network utilisation',
    '带宽使用率',
    'network utilization',
    'network',
  ]),
  daysBelow: optional('count', ['低负载天数', 'days below', '连续低负载天数', 'idle days']),
  idle: optional('flag', ['是否闲置', 'idle', '闲置']),
  provisioningHours: optional('count', ['开通时长', 'provisioning time', '交付时长'], {
    小时: 1,
    h: 1,
    hours: 1,
    分钟: 1 / 60,
    min: 1 / 60,
    天: 24,
    days: 24,
  }),
  inTime: optional('flag', ['是否按时开通', 'provisioned in time', '按时开通']),
};
type Row = RowOf<typeof columns>;

const resource = { zh: '资源名称或编号', en: 'Name or id of the resource' };

const metrics: readonly MetricSpec[] = [
  {
    name: 'citygauge_resource_info',
    type: 'gauge',
    unit: '',
    help: { zh: '云资源台账中的一项资源，值恒为 1', en: 'A resource of the inventory, always 1' },
    labels: {
      resource,
      kind: { zh: '资源类型', en: 'Kind of resource' },
      owner: { zh: '责任单位；台账未填时没有此标签', en: 'Owner; absent where the inventory names none' },
      region: { zh: '区域', en: 'Region' },
    },
  },
  {
    name: 'citygauge_resource_utilisation_ratio',
    type: 'gauge',
    unit: 'ratio',
    help: { zh: '资源使用率', en: 'Utilisation of a resource' },
    labels: {
      resource,
      kind: { zh: 'cpu、memory、storage 或 network', en: 'cpu, memory, storage or network' },
    },
  },
  {
    name: 'citygauge_resource_is_idle',
    type: 'gauge',
    unit: '',
    help: {
      zh: '资源是否闲置：以台账所填为准，否则按 idleBelow 与 idleDays 判定',
      en: 'Whether the resource is idle: as the inventory states, else by idleBelow and idleDays',
    },
    labels: { resource },
  },
  {
    name: 'citygauge_resource_provisioning_hours',
    type: 'gauge',
    unit: 'hours',
    help: { zh: '从申请到开通所用小时数', en: 'Hours from the request to the resource at hand' },
    labels: { resource },
  },
  {
    name: 'citygauge_resource_is_provisioned_in_time',
    type: 'gauge',
    unit: '',
    help: { zh: '资源是否按时开通', en: 'Whether the resource was provisioned in time' },
    labels: { resource },
  },
];

type Work = TableWork<typeof columns, Settings>;

/** Null where the table does not say enough. */
function isIdle(values: Row, { settings: rule, has }: Work): boolean | null {
  if (values.idle !== null) return values.idle;
  if (has.has('daysBelow')) return values.daysBelow === null ? null : values.daysBelow >= rule.idleDays;
  if (rule.utilisationDays < rule.idleDays) return null;
  const known = rule.idleKinds.map((kind) => values[kind]).filter((each) => each !== null);
  return known.length === 0 ? null : known.every((each) => each < rule.idleBelow);
}

const unknownIdleness: Text = {
  zh: '台账未说明该资源是否闲置，也没有可用于判定的使用率或低负载天数',
  en: 'the inventory neither says whether it is idle nor gives a utilisation or days below the bound to tell',
};

function giveRow(values: Row, work: Work): void {
  const { give } = work;
  const own = { resource: values.resource };
  const { kind, owner, region } = values;
  const named = Object.entries({ kind, owner, region }).flatMap(([name, value]) =>
    value ? [[name, value]] : [],
  );
  give('citygauge_resource_info', { ...own, ...Object.fromEntries(named) }, 1);
  for (const each of resourceKinds satisfies readonly ResourceKind[]) {
    const ratio = values[each];
    if (ratio !== null) give('citygauge_resource_utilisation_ratio', { ...own, kind: each }, ratio);
  }
  const idle = isIdle(values, work);
  if (idle !== null) give('citygauge_resource_is_idle', own, Number(idle));
  else {
    const metric = 'citygauge_resource_is_idle';
    work.miss({ metric, labels: own, state: 'failed', reason: unknownIdleness });
  }
  if (values.provisioningHours !== null) {
    give('citygauge_resource_provisioning_hours', own, values.provisioningHours);
  }
  if (values.inTime !== null) give('citygauge_resource_is_provisioned_in_time', own, Number(values.inTime));
}

/** Resources of a cloud as its owners list them (云资源台账). */
export const inventoryTable = tableCollector({
  id: 'inventory-table',
  title: { zh: '云资源台账', en: 'Resource inventory' },
  description: {
    zh: '读取云资源台账（CSV 或 XLSX）：资源、类型、责任单位、区域、使用率、是否闲置和开通时长，用于没有导出器的云平台。',
    en: 'Reads an inventory of cloud resources (CSV or XLSX): kind, owner, region, utilisation, idleness, provisioning time; for clouds without an exporter.',
  },
  settings,
  metrics,
  columns,
  identity: ['resource'],
  work: (work) => {
    for (const { values } of uniqueRows(work, (row) => ({ resource: row.resource }))) giveRow(values, work);
  },
});
