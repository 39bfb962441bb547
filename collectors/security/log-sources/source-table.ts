import { needed, optional } from '../../cloud/table/columns.ts';
import { readTable, rowGap } from '../../cloud/table/read-table.ts';
import { tableSettings } from '../../cloud/table/table-settings.ts';
import type { CollectorRun, Gap, LogSighting } from '../../contract.ts';
import { allowedLeadMilliseconds } from '../reading/limits.ts';

const columns = {
  host: needed('text', [
    '主机',
    'host',
    '资产',
    'asset',
    '主机名',
    'hostname',
    '来源',
    'source',
    '设备',
    'device',
  ]),
  lastAt: needed('instant', [
    '最近日志时间',
    'last log at',
    '最后日志时间',
    '最近上报时间',
    'last seen',
    'last log',
    'last event',
    'last time',
  ]),
  lines: optional('count', ['日志条数', 'lines', '条数', 'events', 'count']),
};

/** Hosts and when each was last heard of, as a log platform exports them. InputError or CollectorFault as tables have them. */
export async function readSourceTable(
  run: CollectorRun<unknown>,
  {
    file,
    timeZone,
    maxAgeDays,
  }: { readonly file: string; readonly timeZone: string; readonly maxAgeDays: number },
): Promise<{ readonly sightings: readonly LogSighting[]; readonly gaps: readonly Gap[] }> {
  const settings = tableSettings.parse({ file, timeZone, maxAgeDays });
  const table = await readTable({ ...run, settings }, columns, ['host']);
  const latest = Date.parse(run.startedAt) + allowedLeadMilliseconds;
  const gaps = [...table.gaps];
  const sightings: LogSighting[] = [];
  for (const { line, values } of table.rows) {
    const { host, lastAt, lines } = values;
    if (lastAt > latest) {
      const reason = { zh: '最近日志时间晚于当前时间', en: 'the time of its last log lies in the future' };
      gaps.push(rowGap(file, { line, reason, labels: { host } }));
      continue;
    }
    sightings.push({ asset: host, lastAt: new Date(lastAt).toISOString(), lines: Math.round(lines ?? 1) });
  }
  return { sightings, gaps };
}
