import { z } from 'zod';
import { needed, optional } from '../cloud/table/columns.ts';
import { platformMetrics } from '../cloud/table/platform-figures.ts';
import type { TableRow } from '../cloud/table/read-table.ts';
import { type TableWork, tableCollector, uniqueRows } from '../cloud/table/table-collector.ts';
import { tableSettings } from '../cloud/table/table-settings.ts';
import type { Collector, MetricSpec, Text } from '../contract.ts';
import { cycleExamples, updateCycleSeconds } from './catalogue/update-cycle.ts';
import { datasetLagMetric, problemRatioMetric } from './quality-metrics.ts';

const settings = tableSettings.extend({
  maxAgeDays: z
    .number()
    .positive()
    .default(2)
    .describe(
      'An older file is stale: ages count up to the run, so an old list makes every data set look old.',
    ),
  maxRows: z
    .int()
    .min(1)
    .max(100_000)
    .default(10_000)
    .describe('A table with more rows is refused: the lag of each shared data set is a series of its own.'),
  usedDays: z
    .number()
    .positive()
    .default(30)
    .describe('A shared data set counts as used when its last use is no longer ago.'),
  graceHours: z
    .number()
    .min(0)
    .default(24)
    .describe('Lateness that is forgiven: lists give days without their hour as a rule.'),
});
type Settings = z.output<typeof settings>;

const columns = {
  id: needed('text', ['资源编号', 'id', '数据资源编号', '资源代码', '编号', 'dataset', 'dataset id']),
  name: optional('text', ['资源名称', 'name', '数据资源名称', '名称', 'title']),
  department: optional('text', ['责任部门', 'department', '提供部门', '提供方', '部门', 'owner']),
  isCatalogued: optional('flag', ['已编目', 'catalogued', '是否编目', 'is catalogued', 'isCatalogued']),
  isShared: optional('flag', ['已共享', 'shared', '是否共享', 'is shared', 'isShared']),
  updatedAt: optional('instant', [
    '最近更新时间',
    'updated at',
    '更新时间',
    '更新日期',
    'updatedAt',
    'updated',
  ]),
  updateEvery: optional('text', ['更新周期', 'update every', '更新频率', 'updateEvery', 'frequency']),
  lastUsedAt: optional('instant', [
    '最近使用时间',
    'last used at',
    '最近调用时间',
    'lastUsedAt',
    'last used',
  ]),
  calls: optional('count', ['近30天调用次数', 'calls 30 days', '近30日调用次数', '月调用次数']),
};
type Work = TableWork<typeof columns, Settings>;
type Row = TableRow<typeof columns>;

const [covered, expected, used, shared] = [
  'citygauge_catalogue_items_covered',
  'citygauge_catalogue_items_expected',
  'citygauge_shared_data_sets_used',
  'citygauge_shared_data_sets',
] as const;
const metrics: readonly MetricSpec[] = [
  ...platformMetrics.filter(({ name }) => [covered, expected, used, shared].some((each) => each === name)),
  datasetLagMetric,
  problemRatioMetric,
];

const dayMilliseconds = 86_400_000;
const notGiven = (zh: string, en: string): Text => ({ zh: `未填${zh}`, en: `${en} is not given` });

function missOf({ miss }: Work, metric: string) {
  return ({ values }: Row, reason: Text) =>
    miss({ metric, labels: { dataset: values.id }, state: 'failed', reason });
}

/** Gives how many of the rows that tell are so, and how many tell; those that do not are gaps and count in neither. */
function giveShare(
  work: Work,
  rows: readonly Row[],
  share: { part: string; whole: string; reason: Text; isSo(row: Row): boolean | null },
): void {
  const told = rows.map((row) => ({ row, isSo: share.isSo(row) }));
  const missing = missOf(work, share.part);
  for (const { row, isSo } of told) if (isSo === null) missing(row, share.reason);
  const known = told.filter(({ isSo }) => isSo !== null);
  if (known.length === 0 && told.length > 0) return;
  work.give(share.part, {}, known.filter(({ isSo }) => isSo).length);
  work.give(share.whole, {}, known.length);
}

function giveUse(work: Work, sharedRows: readonly Row[]): void {
  const { has, now, settings: rule } = work;
  if (!has.has('lastUsedAt') && !has.has('calls')) {
    work.give(shared, {}, sharedRows.length);
    return;
  }
  giveShare(work, sharedRows, {
    ...{ part: used, whole: shared },
    reason: notGiven('最近使用时间或近30天调用次数', 'last used at or calls 30 days'),
    isSo: ({ values: { lastUsedAt, calls } }) => {
      if (lastUsedAt === null && calls === null) return null;
      // Whole days: a date without its hour may be any hour of that day.
      const days = lastUsedAt === null ? Infinity : Math.floor((now - lastUsedAt) / dayMilliseconds);
      return days <= rule.usedDays || (calls ?? 0) > 0;
    },
  });
}

function giveLags(work: Work, sharedRows: readonly Row[]): void {
  const missing = missOf(work, datasetLagMetric.name);
  for (const row of sharedRows) {
    const { id, department, updatedAt } = row.values;
    if (updatedAt === null) {
      missing(row, notGiven('最近更新时间', 'updated at'));
      continue;
    }
    const labels = { source: 'catalogue', dataset: id, ...(department !== null && { department }) };
    work.give(datasetLagMetric.name, labels, Math.max(0, work.now - updatedAt) / 1000);
  }
}

function giveStaleness(work: Work, rows: readonly Row[]): void {
  const missing = missOf(work, problemRatioMetric.name);
  const graceSeconds = work.settings.graceHours * 3600;
  const due = rows.flatMap((row) => {
    const { updateEvery, updatedAt } = row.values;
    const cycle = updateEvery === null ? null : updateCycleSeconds(updateEvery);
    if (updateEvery === null) missing(row, notGiven('更新周期', 'update every'));
    if (cycle === null || cycle === 'none') return [];
    if (updatedAt !== null) return [{ isLate: (work.now - updatedAt) / 1000 > cycle + graceSeconds }];
    missing(row, notGiven('最近更新时间', 'updated at'));
    return [];
  });
  const labels = { problem: 'staleness', source: 'catalogue' };
  if (due.length > 0) {
    work.give(problemRatioMetric.name, labels, due.filter(({ isLate }) => isLate).length / due.length);
    return;
  }
  const reason = {
    zh: '没有任何数据资源同时填写了更新周期和最近更新时间',
    en: 'no data set gives both its update cycle and when it was updated',
  };
  work.miss({ metric: problemRatioMetric.name, labels, state: 'notApplicable', reason });
}

/** Why a row cannot be taken; null for a sound one. A day without its hour may be today's in a zone ahead. */
function faultOf({ updatedAt, lastUsedAt, updateEvery }: Row['values'], now: number): Text | null {
  if (Math.max(updatedAt ?? 0, lastUsedAt ?? 0) > now + dayMilliseconds) {
    return { zh: '时间晚于当前时间', en: 'a time lies in the future' };
  }
  if (updateEvery === null || updateCycleSeconds(updateEvery) !== null) return null;
  const examples = cycleExamples.join('、');
  return {
    zh: `更新周期「${updateEvery}」无法识别：可写 ${examples} 或“不定期”`,
    en: `"${updateEvery}" is no update cycle: write for example ${cycleExamples.join(', ')} or irregular`,
  };
}

/** The catalogue of data resources (数据资源目录) as its keeper exports it; one row per data set. */
export const catalogueTable: Collector<Settings> = {
  ...tableCollector({
    id: 'catalogue-table',
    title: { zh: '数据资源目录表', en: 'Catalogue of data resources' },
    description: {
      zh: '读取数据资源目录（CSV 或 XLSX），每个数据资源一行：责任部门、是否编目、是否共享、最近更新时间、更新周期、最近使用时间。得出目录覆盖、共享使用、更新时延和超期占比。',
      en: 'Reads the catalogue of data resources (CSV or XLSX), a row each: department, catalogued or not, shared or not, last update, update cycle, last use. Gives coverage, use of what is shared, lag, and the share that is overdue.',
    },
    settings,
    metrics,
    columns,
    identity: ['id'],
    work: (work) => {
      const { has, now } = work;
      const rows = uniqueRows(work, ({ id }) => ({ id })).filter((row) => {
        const fault = faultOf(row.values, now);
        if (fault) work.refuse(row, fault, { dataset: row.values.id });
        return fault === null;
      });
      if (has.has('isCatalogued')) {
        giveShare(work, rows, {
          ...{ part: covered, whole: expected, reason: notGiven('是否编目', 'catalogued') },
          isSo: ({ values }) => values.isCatalogued,
        });
      }
      const sharedRows = has.has('isShared') ? rows.filter(({ values }) => values.isShared) : [];
      if (has.has('isShared')) giveUse(work, sharedRows);
      if (has.has('updatedAt')) giveLags(work, has.has('isShared') ? sharedRows : rows);
      if (has.has('updatedAt') && has.has('updateEvery')) giveStaleness(work, rows);
    },
  }),
  domain: 'data-quality',
};
