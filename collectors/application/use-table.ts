import { tableCollector, uniqueRows } from '../cloud/table/table-collector.ts';
import { type TableSettings, tableSettings } from '../cloud/table/table-settings.ts';
import type { Collector } from '../contract.ts';
import { faultOfUse, figuresOfUse, missingUse, useColumns, useMetrics } from './use/use-figures.ts';

/** Use of applications from a table that their platform exports; one row per application. */
export const useTable: Collector<TableSettings> = {
  ...tableCollector({
    id: 'use-table',
    title: { zh: '应用使用情况表', en: 'Table of the use of applications' },
    description: {
      zh: '读取应用目录及使用情况表（CSV 或 XLSX），每个应用一行：是否上架、注册用户数、激活用户数、近 30 天活跃用户数、最近使用时间。近 30 天有人使用的上架应用为有效应用。',
      en: 'Reads a list of applications and their use (CSV or XLSX), a row each: listed or not, users registered, activated and active in 30 days, last use. A listed application that somebody used in the last 30 days is effective.',
    },
    settings: tableSettings,
    metrics: useMetrics,
    columns: useColumns,
    identity: ['application'],
    work: (work) => {
      const { now, has, give, refuse, miss } = work;
      for (const row of uniqueRows(work, ({ application }) => ({ application }))) {
        const labels = { application: row.values.application };
        const fault = faultOfUse(row.values, now);
        if (fault) {
          refuse(row, fault, labels);
          continue;
        }
        for (const { metric, value } of figuresOfUse(row.values, now)) give(metric, labels, value);
        for (const { metric, reason } of missingUse(row.values, has))
          miss({ metric, labels, state: 'failed', reason });
      }
    },
  }),
  domain: 'application',
};
