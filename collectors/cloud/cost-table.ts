import type { MetricSpec } from '../contract.ts';
import { needed, optional } from './table/columns.ts';
import { monthAge, monthOf } from './table/months.ts';
import type { TableRow } from './table/read-table.ts';
import { groupRows, type TableWork, tableCollector, uniqueRows } from './table/table-collector.ts';
import { type TableSettings, tableSettings } from './table/table-settings.ts';

const columns = {
  item: needed('text', ['费用项', 'item', '费用项目', '项目']),
  service: needed('text', ['服务', 'service', '业务', '服务名称']),
  month: needed('month', ['月份', 'month', '账期', 'period']),
  amount: needed('number', ['金额', 'amount', '费用', 'cost'], {
    元: 1,
    yuan: 1,
    cny: 1,
    万元: 10_000,
    '10k yuan': 10_000,
  }),
  units: optional('count', ['服务量', 'units', '业务量']),
};
type Work = TableWork<typeof columns, TableSettings>;
type Row = TableRow<typeof columns>;

const service = { zh: '费用所属的服务', en: 'The service that the cost is for' };

const metrics: readonly MetricSpec[] = [
  {
    name: 'citygauge_cost_yuan',
    type: 'gauge',
    unit: 'yuan',
    help: { zh: '最近一个账期的费用（元）', en: 'Cost of the newest month, in yuan' },
    labels: { item: { zh: '费用项', en: 'Item of cost' }, service },
  },
  {
    name: 'citygauge_service_units',
    type: 'gauge',
    unit: '',
    help: { zh: '最近一个账期的服务量', en: 'Units that the service rendered in the newest month' },
    labels: { service },
  },
  {
    name: 'citygauge_cost_per_unit_yuan',
    type: 'gauge',
    unit: 'yuan',
    help: {
      zh: '单位服务成本（元）：账期费用合计除以服务量',
      en: 'Cost per unit of service, in yuan: the month’s cost by its units',
    },
    labels: { service },
  },
];

/** The units that all rows of a service agree on; null where none says them, a fault where they differ. */
function unitsOf(rows: readonly Row[]): number | null | 'differ' {
  const given = new Set(rows.flatMap(({ values }) => (values.units === null ? [] : [values.units])));
  if (given.size > 1) return 'differ';
  return [...given][0] ?? null;
}

const missingUnits = {
  none: { zh: '该服务未填服务量', en: 'no row of the service gives its units' },
  zero: { zh: '服务量为 0，无法计算单位成本', en: 'the units are 0: there is no cost per unit' },
  differ: { zh: '同一账期各行的服务量不一致', en: 'the rows of one month give different units' },
} as const;

function giveService(name: string, rows: readonly Row[], { give, miss }: Work): void {
  for (const { values } of rows) {
    give('citygauge_cost_yuan', { item: values.item, service: name }, values.amount);
  }
  const units = unitsOf(rows);
  const own = { service: name };
  if (typeof units === 'number') give('citygauge_service_units', own, units);
  if (typeof units === 'number' && units > 0) {
    const cost = rows.reduce((sum, { values }) => sum + values.amount, 0);
    give('citygauge_cost_per_unit_yuan', own, cost / units);
    return;
  }
  const reason = missingUnits[units === null ? 'none' : units === 0 ? 'zero' : 'differ'];
  const state = units === 0 ? 'notApplicable' : 'failed';
  miss({ metric: 'citygauge_cost_per_unit_yuan', labels: own, state, reason });
}

function work(all: Work): void {
  const { settings, now } = all;
  const current = monthOf(now, settings.timeZone);
  const past = all.rows.filter((row) => {
    if (row.values.month <= current) return true;
    all.refuse(row, {
      zh: `账期 ${row.values.month} 尚未到来`,
      en: `the month ${row.values.month} is yet to come`,
    });
    return false;
  });
  const unique = uniqueRows({ ...all, rows: past }, ({ item, service: of, month }) => ({
    item,
    service: of,
    month,
  }));
  for (const [name, rows] of groupRows(unique, (values) => values.service)) {
    const newest = rows.reduce((latest, { values }) => (values.month > latest ? values.month : latest), '');
    const age = monthAge(newest, now, settings.timeZone);
    if (age <= settings.maxAgeDays) {
      giveService(
        name,
        rows.filter(({ values }) => values.month === newest),
        all,
      );
      continue;
    }
    all.miss({
      metric: null,
      labels: { service: name },
      state: 'failed',
      reason: {
        zh: `数据过期：最近账期 ${newest} 结束于 ${Math.floor(age)} 天前，允许 ${settings.maxAgeDays} 天`,
        en: `stale: the newest month ${newest} ended ${Math.floor(age)} days ago where ${settings.maxAgeDays} are allowed`,
      },
      remedy: { zh: '请补充最新账期', en: 'add the rows of the newest month' },
    });
  }
}

/** What services cost per month and per unit; the newest month of each service counts. */
export const costTable = tableCollector({
  id: 'cost-table',
  title: { zh: '费用表', en: 'Costs' },
  description: {
    zh: '读取费用表（CSV 或 XLSX）：费用项、服务、账期、金额和服务量，给出各项费用和单位服务成本。',
    en: 'Reads a table of costs (CSV or XLSX): item, service, month, amount and units; gives each cost and the cost per unit of service.',
  },
  settings: tableSettings,
  metrics,
  columns,
  identity: ['item', 'service'],
  work,
});
