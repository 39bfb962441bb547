import { z } from 'zod';
import type { MetricSpec } from '../contract.ts';
import { needed } from './table/columns.ts';
import type { TableRow } from './table/read-table.ts';
import { resourceKindOf } from './table/resource-kinds.ts';
import { groupRows, type TableWork, tableCollector, uniqueRows } from './table/table-collector.ts';
import { tableSettings } from './table/table-settings.ts';
import { daysToFull } from './table/trend.ts';

const settings = tableSettings.extend({
  trendDays: z
    .number()
    .positive()
    .default(90)
    .describe(
      'Days before the newest row that the trend is made of: a quarter, longer than one project’s growth.',
    ),
  minimumPoints: z
    .int()
    .min(2)
    .default(3)
    .describe('Dates that a trend needs at least: two always lie on a line.'),
  horizonDays: z
    .number()
    .positive()
    .default(365)
    .describe('Headroom is never said to be longer; it is also what a pool without growth has.'),
});
type Settings = z.output<typeof settings>;

const columns = {
  pool: needed('text', ['资源池', 'pool', '资源池名称']),
  kind: needed('text', ['类型', 'kind', '资源类型', 'type']),
  date: needed('instant', ['日期', 'date', '统计日期']),
  used: needed('count', ['已用', 'used', '已使用', '使用量']),
  total: needed('count', ['总量', 'total', '容量', 'capacity']),
};
type Row = TableRow<typeof columns>;

const labels = {
  pool: { zh: '资源池', en: 'Pool of resources' },
  kind: {
    zh: 'cpu、memory、storage、network 或表中所写类型',
    en: 'cpu, memory, storage, network, or as the table says',
  },
};

const metrics: readonly MetricSpec[] = [
  {
    name: 'citygauge_capacity_used',
    type: 'gauge',
    unit: '',
    help: { zh: '最近一日已用容量（表中单位）', en: 'Capacity used on the newest date, in the table’s unit' },
    labels,
  },
  {
    name: 'citygauge_capacity_installed',
    type: 'gauge',
    unit: '',
    help: {
      zh: '最近一日总容量（表中单位）',
      en: 'Capacity there is on the newest date, in the table’s unit',
    },
    labels,
  },
  {
    name: 'citygauge_capacity_headroom_days',
    type: 'gauge',
    unit: 'days',
    help: {
      zh: '按最小二乘趋势距离用满的天数，上限为 horizonDays（默认 365）；没有增长时取该上限',
      en: 'Days until full by the trend of least squares, at most horizonDays (365 by default), which is also said where nothing grows',
    },
    labels,
  },
];

const dayMilliseconds = 86_400_000;

function giveHeadroom(
  rows: readonly Row[],
  last: Row,
  { settings: rule, now, give, miss }: TableWork<typeof columns, Settings>,
): void {
  const own = { pool: last.values.pool, kind: resourceKindOf(last.values.kind) };
  const from = last.values.date - rule.trendDays * dayMilliseconds;
  const points = rows
    .filter(({ values }) => values.date >= from)
    .map(({ values }) => ({ day: values.date / dayMilliseconds, value: values.used }));
  const span = { total: last.values.total, today: now / dayMilliseconds, horizonDays: rule.horizonDays };
  const days = points.length < rule.minimumPoints ? null : daysToFull(points, span);
  if (days !== null) {
    give('citygauge_capacity_headroom_days', own, days);
    return;
  }
  miss({
    metric: 'citygauge_capacity_headroom_days',
    labels: own,
    state: 'failed',
    reason: {
      zh: `最近 ${rule.trendDays} 天内只有 ${points.length} 个日期，趋势至少需要 ${rule.minimumPoints} 个`,
      en: `the last ${rule.trendDays} days have ${points.length} dates where a trend needs ${rule.minimumPoints}`,
    },
    remedy: { zh: '请补充历史各期数据', en: 'add the rows of earlier dates' },
  });
}

function givePool(rows: readonly Row[], work: TableWork<typeof columns, Settings>): void {
  const sorted = rows.toSorted((a, b) => a.values.date - b.values.date);
  const last = sorted.at(-1);
  if (!last) return;
  const { settings: rule, now, give, miss } = work;
  const own = { pool: last.values.pool, kind: resourceKindOf(last.values.kind) };
  const age = Math.floor((now - last.values.date) / dayMilliseconds);
  if (age > rule.maxAgeDays) {
    miss({
      metric: null,
      labels: own,
      state: 'failed',
      reason: {
        zh: `数据过期：最近一行距今 ${age} 天，允许 ${rule.maxAgeDays} 天`,
        en: `stale: the newest row is ${age} days old where ${rule.maxAgeDays} are allowed`,
      },
      remedy: { zh: '请补充最新一期数据', en: 'add the row of the newest date' },
    });
    return;
  }
  give('citygauge_capacity_used', own, last.values.used);
  give('citygauge_capacity_installed', own, last.values.total);
  giveHeadroom(sorted, last, work);
}

function work(all: TableWork<typeof columns, Settings>): void {
  const sound = all.rows.filter((row) => {
    const { pool, kind, total, date } = row.values;
    const own = { pool, kind: resourceKindOf(kind) };
    if (total <= 0) all.refuse(row, { zh: '总量必须大于 0', en: 'the total has to be above 0' }, own);
    else if (date > all.now) all.refuse(row, { zh: '日期晚于当前时间', en: 'the date lies in the future' });
    else return true;
    return false;
  });
  const unique = uniqueRows({ ...all, rows: sound }, ({ pool, kind, date }) => ({
    pool,
    kind: resourceKindOf(kind),
    date: new Date(date).toISOString().slice(0, 16),
  }));
  const pools = groupRows(unique, ({ pool, kind }) => JSON.stringify([pool, resourceKindOf(kind)]));
  for (const rows of pools.values()) givePool(rows, all);
}

/** How full pools of resources are, and when their trend fills them; the table is a history, a row per pool and date. */
export const capacityTable = tableCollector({
  id: 'capacity-table',
  title: { zh: '资源池容量表', en: 'Capacity of pools' },
  description: {
    zh: '读取资源池容量的历史表（CSV 或 XLSX），每个资源池每期一行；给出已用、总量，并按最小二乘趋势推算距离用满的天数。',
    en: 'Reads a history of capacity (CSV or XLSX), a row per pool and date; gives used, total, and the days until the trend of least squares fills the pool.',
  },
  settings,
  metrics,
  columns,
  identity: ['pool'],
  work,
});
