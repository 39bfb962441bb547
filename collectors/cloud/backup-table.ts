import { z } from 'zod';
import type { MetricSpec, Text } from '../contract.ts';
import { needed, optional } from './table/columns.ts';
import type { TableRow } from './table/read-table.ts';
import { type TableWork, tableCollector, uniqueRows } from './table/table-collector.ts';
import { tableSettings } from './table/table-settings.ts';

const settings = tableSettings.extend({
  drillMaxAgeDays: z
    .number()
    .positive()
    .default(366)
    .describe('A restore drill longer ago counts as none: a drill a year is the least that is asked for.'),
});
type Settings = z.output<typeof settings>;

const columns = {
  system: needed('text', ['系统', 'system', '系统名称', '业务系统']),
  backupAt: optional('instant', ['最近备份时间', 'last backup at', '备份时间', 'last backup']),
  backupResult: optional('result', ['备份结果', 'backup result', '结果', 'result']),
  drillAt: optional('instant', ['恢复演练时间', 'restore drill at', '最近恢复演练时间', 'restore drill']),
  drillResult: optional('result', ['恢复演练结果', 'restore drill result', '演练结果']),
  drillDuration: optional('count', ['恢复演练时长', 'restore drill duration', '演练时长'], {
    分钟: 60,
    min: 60,
    minutes: 60,
    秒: 1,
    s: 1,
    seconds: 1,
    小时: 3600,
    h: 3600,
    hours: 3600,
  }),
};
type Work = TableWork<typeof columns, Settings>;
type Row = TableRow<typeof columns>;

const labels = { system: { zh: '系统名称', en: 'Name of the system' } };

const metrics: readonly MetricSpec[] = [
  {
    name: 'citygauge_backup_success',
    type: 'gauge',
    unit: '',
    help: { zh: '最近一次备份是否成功', en: 'Whether the last backup succeeded' },
    labels,
  },
  {
    name: 'citygauge_backup_age_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: { zh: '距最近一次备份的时间', en: 'Time since the last backup' },
    labels,
  },
  {
    name: 'citygauge_restore_drill_success',
    type: 'gauge',
    unit: '',
    help: { zh: '最近一次恢复演练是否成功', en: 'Whether the last restore drill succeeded' },
    labels,
  },
  {
    name: 'citygauge_restore_drill_duration_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: { zh: '最近一次恢复演练所用时间', en: 'How long the last restore drill took' },
    labels,
  },
];

const dayMilliseconds = 86_400_000;

function giveBackup({ values }: Row, { now, give, miss }: Work): void {
  const own = { system: values.system };
  const missing = (metric: string, reason: Text) => miss({ metric, labels: own, state: 'failed', reason });
  if (values.backupResult !== null) give('citygauge_backup_success', own, Number(values.backupResult));
  else
    missing('citygauge_backup_success', { zh: '未填备份结果', en: 'the result of the backup is not given' });
  if (values.backupAt !== null) give('citygauge_backup_age_seconds', own, (now - values.backupAt) / 1000);
  else
    missing('citygauge_backup_age_seconds', {
      zh: '未填最近备份时间',
      en: 'the time of the backup is not given',
    });
}

function drillFault({ values }: Row, { now, settings: rule }: Work): Text | null {
  if (values.drillResult === null || values.drillAt === null) {
    return { zh: '未填恢复演练的时间或结果', en: 'time or result of a restore drill is not given' };
  }
  const days = Math.floor((now - values.drillAt) / dayMilliseconds);
  if (days <= rule.drillMaxAgeDays) return null;
  return {
    zh: `恢复演练过期：最近一次在 ${days} 天前，允许 ${rule.drillMaxAgeDays} 天`,
    en: `stale: the last restore drill was ${days} days ago where ${rule.drillMaxAgeDays} are allowed`,
  };
}

function giveDrill(row: Row, work: Work): void {
  const own = { system: row.values.system };
  const reason = drillFault(row, work);
  if (reason) {
    const remedy = { zh: '请安排恢复演练并填报', en: 'hold a restore drill and enter it' };
    const metrics = ['citygauge_restore_drill_success', 'citygauge_restore_drill_duration_seconds'];
    for (const metric of metrics) work.miss({ metric, labels: own, state: 'failed', reason, remedy });
    return;
  }
  work.give('citygauge_restore_drill_success', own, Number(row.values.drillResult));
  const { drillDuration } = row.values;
  if (drillDuration !== null) work.give('citygauge_restore_drill_duration_seconds', own, drillDuration);
}

function work(all: Work): void {
  const sound = all.rows.filter((row) => {
    const { system, backupAt, drillAt } = row.values;
    if (Math.max(backupAt ?? 0, drillAt ?? 0) <= all.now) return true;
    all.refuse(row, { zh: '时间晚于当前时间', en: 'a time lies in the future' }, { system });
    return false;
  });
  for (const row of uniqueRows({ ...all, rows: sound }, ({ system }) => ({ system }))) {
    giveBackup(row, all);
    giveDrill(row, all);
  }
}

/** Backups and restore drills as they are kept on a list; one row per system. */
export const backupTable = tableCollector({
  id: 'backup-table',
  title: { zh: '备份与恢复演练表', en: 'Backups and restore drills' },
  description: {
    zh: '读取备份与恢复演练登记表（CSV 或 XLSX），每个系统一行：最近备份时间与结果、恢复演练时间、结果和时长。',
    en: 'Reads a list of backups and restore drills (CSV or XLSX), a row per system: when the last backup was and how it went, the last restore drill, its result and duration.',
  },
  settings,
  metrics,
  columns,
  identity: ['system'],
  work,
});
