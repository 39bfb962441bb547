import type { MetricSpec } from '../contract.ts';
import { needed } from './table/columns.ts';
import { monthAge, monthOf } from './table/months.ts';
import { groupRows, type TableWork, tableCollector, uniqueRows } from './table/table-collector.ts';
import { type TableSettings, tableSettings } from './table/table-settings.ts';

/** Spelt in lower case, as headers are compared. */
const energyUnits = { kwh: 1, 千瓦时: 1, 度: 1, mwh: 1000, 兆瓦时: 1000, 万千瓦时: 10_000, 万度: 10_000 };

const columns = {
  site: needed('text', ['机房', 'site', '数据中心', '站点']),
  month: needed('month', ['周期', 'period', '月份', 'month']),
  facility: needed('count', ['总用电量', 'facility energy', '设施用电量', 'facility kWh'], energyUnits),
  it: needed('count', ['IT用电量', 'IT energy', 'IT设备用电量', 'IT kWh'], energyUnits),
};
type Work = TableWork<typeof columns, TableSettings>;

const labels = { site: { zh: '机房或数据中心', en: 'Data centre' } };

const metrics: readonly MetricSpec[] = [
  {
    name: 'citygauge_facility_energy_kwh',
    type: 'gauge',
    unit: 'kwh',
    help: { zh: '最近一月机房总用电量（千瓦时）', en: 'Energy of the whole site in the newest month, kWh' },
    labels,
  },
  {
    name: 'citygauge_it_energy_kwh',
    type: 'gauge',
    unit: 'kwh',
    help: {
      zh: '最近一月 IT 设备用电量（千瓦时）',
      en: 'Energy of its IT equipment in the newest month, kWh',
    },
    labels,
  },
  {
    name: 'citygauge_power_usage_effectiveness',
    type: 'gauge',
    unit: '',
    help: {
      zh: '电能利用效率 PUE：总用电量除以 IT 设备用电量（ISO/IEC 30134-2）',
      en: 'Power usage effectiveness: energy of the site by energy of its IT equipment (ISO/IEC 30134-2)',
    },
    labels,
  },
];

/** Rows that physics and the calendar allow. */
function soundRows(all: Work): Work['rows'] {
  const current = monthOf(all.now, all.settings.timeZone);
  return all.rows.filter((row) => {
    const { site, month, facility, it } = row.values;
    if (month > current) {
      all.refuse(
        row,
        { zh: `周期 ${month} 尚未到来`, en: `the month ${month} is yet to come` },
        { line: String(row.line) },
      );
    } else if (it <= 0) {
      all.refuse(row, { zh: 'IT 用电量必须大于 0', en: 'the IT energy has to be above 0' }, { site });
    } else if (facility < it) {
      const pue = (facility / it).toFixed(2);
      all.refuse(
        row,
        {
          zh: `PUE 为 ${pue}，不可能小于 1：请核对两列用电量和单位`,
          en: `a PUE of ${pue} cannot be: it is never below 1; check both energies and their units`,
        },
        { site },
      );
    } else return true;
    return false;
  });
}

function work(all: Work): void {
  const unique = uniqueRows({ ...all, rows: soundRows(all) }, ({ site, month }) => ({ site, month }));
  for (const [site, rows] of groupRows(unique, (values) => values.site)) {
    const newest = rows.reduce((last, row) => (row.values.month > last.values.month ? row : last)).values;
    const { maxAgeDays, timeZone } = all.settings;
    const age = monthAge(newest.month, all.now, timeZone);
    if (age > maxAgeDays) {
      all.miss({
        metric: null,
        labels: { site },
        state: 'failed',
        reason: {
          zh: `数据过期：最近周期 ${newest.month} 结束于 ${Math.floor(age)} 天前，允许 ${maxAgeDays} 天`,
          en: `stale: the newest month ${newest.month} ended ${Math.floor(age)} days ago where ${maxAgeDays} are allowed`,
        },
        remedy: { zh: '请补充最新一期用电量', en: 'add the row of the newest month' },
      });
      continue;
    }
    all.give('citygauge_facility_energy_kwh', { site }, newest.facility);
    all.give('citygauge_it_energy_kwh', { site }, newest.it);
    all.give('citygauge_power_usage_effectiveness', { site }, newest.facility / newest.it);
  }
}

/** Energy of data centres and their PUE; the newest month of each site counts. */
export const powerTable = tableCollector({
  id: 'power-table',
  title: { zh: '机房能耗表', en: 'Energy of data centres' },
  description: {
    zh: '读取机房能耗表（CSV 或 XLSX）：机房、月份、总用电量和 IT 用电量，给出电能利用效率 PUE。',
    en: 'Reads the energy of data centres (CSV or XLSX): site, month, energy of the site and of its IT; gives the power usage effectiveness.',
  },
  settings: tableSettings,
  metrics,
  columns,
  identity: ['site'],
  work,
});
