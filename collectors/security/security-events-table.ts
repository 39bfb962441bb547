import { z } from 'zod';
import { readTable, rowGap } from '../cloud/table/read-table.ts';
import { type TableSettings, tableSettings } from '../cloud/table/table-settings.ts';
import {
  type CollectedRecords,
  type Collector,
  CollectorFault,
  type CollectorRun,
  type CollectorYield,
  type Gap,
  InputError,
  type TargetState,
} from '../contract.ts';
import { eventColumns, isText, type Row, recordOf } from './events/event-record.ts';
import { spanOf } from './events/event-span.ts';

const { file: oneFile, ...shared } = tableSettings.shape;
const settings = z
  .strictObject({
    file: oneFile.optional(),
    folder: z
      .string()
      .min(1)
      .optional()
      .describe('Instead of file: a folder, of which every CSV, TSV, JSON, NDJSON and XLSX file is read.'),
    ...shared,
    isComplete: z
      .boolean()
      .default(false)
      .describe('The table lists every event up to its last change: a period without any counts 0.'),
    completeFrom: z.iso
      .date()
      .optional()
      .describe('Date since which it is complete, in timeZone; that of the earliest event when absent.'),
  })
  .refine(
    ({ file, folder }) => (file === undefined) !== (folder === undefined),
    'needs either file or folder',
  )
  .refine(
    ({ isComplete, completeFrom }) => isComplete || completeFrom === undefined,
    'completeFrom needs isComplete: true',
  );
type Settings = z.output<typeof settings>;
type Run = CollectorRun<Settings>;

/** What files have brought so far. */
interface Harvest {
  readonly rows: Map<string, Row>;
  readonly gaps: Gap[];
  readonly targets: TargetState[];
  /** ISO instant of the last change of the newest file; empty before the first. */
  changedAt: string;
}

async function readFile(run: Run, file: string, harvest: Harvest): Promise<void> {
  const { rows, gaps, targets } = harvest;
  // Before it is read: what is written meanwhile is not promised to have been seen.
  const { modifiedAt } = await run.ports.files.stat(run.ports.files.resolve(file));
  const { folder: _, ...given } = run.settings;
  const own: TableSettings = { ...given, file };
  const table = await readTable({ ...run, settings: own }, eventColumns, ['id']);
  gaps.push(...table.gaps);
  let taken = 0;
  for (const row of table.rows) {
    const { id } = row.values;
    const record = recordOf(row);
    if (isText(record)) gaps.push(rowGap(file, { line: row.line, reason: record, labels: { id } }));
    else {
      // Of an event that stands there twice the later row is the newer one.
      rows.delete(id);
      rows.set(id, record);
      taken += 1;
    }
  }
  const detail = {
    zh: `${taken} 个事件，${table.gaps.length + table.rows.length - taken} 处缺失`,
    en: `${taken} events, ${table.gaps.length + table.rows.length - taken} gaps`,
  };
  targets.push({ target: file, isUp: true, durationSeconds: null, detail });
  if (modifiedAt > harvest.changedAt) harvest.changedAt = modifiedAt;
}

/** An empty list without a beginning: what it is complete for is anybody's guess. */
function withoutBeginning(file: string): Gap {
  return {
    ...{ metric: null, labels: { source: file }, state: 'failed' },
    reason: {
      zh: `${file} 没有事件，也未说明从何时起完整`,
      en: `${file} holds no event and nothing says since when it is complete`,
    },
    remedy: { zh: '请设置 completeFrom', en: 'set completeFrom' },
  };
}

/** What was collected; a row or file that could not be taken may be an event, so the rest covers nothing then. */
function recordsOf({ settings, startedAt }: Run, { rows, gaps, changedAt }: Harvest): CollectedRecords[] {
  const kind = 'security-events';
  const list = [...rows.values()];
  const span =
    settings.isComplete && gaps.length === 0
      ? spanOf({
          found: list.map(({ found }) => String(found)),
          completeFrom: settings.completeFrom,
          timeZone: settings.timeZone,
          changedAt,
          readAt: startedAt,
        })
      : null;
  if (span) return [{ kind, rows: list, covers: span }];
  return list.length > 0 ? [{ kind, rows: list }] : [];
}

/** Oldest first, so that what a newer file says of an event counts. */
async function filesOf({ settings: { file, folder }, ports }: Run): Promise<readonly string[]> {
  if (folder === undefined) return file === undefined ? [] : [file];
  const names = await ports.files.list(folder);
  const paths = names
    .filter((name) => /\.(?:csv|tsv|json|ndjson|jsonl|xlsx)$/i.test(name))
    .map((name) => `${folder}/${name}`);
  const timed = await Promise.all(
    paths.map(async (path) => ({ path, at: (await ports.files.stat(path)).modifiedAt })),
  );
  return timed.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).map(({ path }) => path);
}

function noFiles(folder: string | undefined): CollectorFault {
  return new CollectorFault(
    { zh: `目录 ${folder} 中没有表格`, en: `the folder ${folder} holds no table` },
    { remedy: { zh: '请放入安全事件表', en: 'put a table of security events there' }, isFinal: true },
  );
}

async function collect(run: Run): Promise<CollectorYield> {
  const harvest: Harvest = { rows: new Map(), gaps: [], targets: [], changedAt: '' };
  const files = await filesOf(run);
  const [only, ...others] = files;
  if (only === undefined) throw noFiles(run.settings.folder);
  for (const file of files) {
    try {
      await readFile(run, file, harvest);
    } catch (error) {
      const isFault = error instanceof InputError || error instanceof CollectorFault;
      if (!isFault || others.length === 0) throw error;
      const reason =
        error instanceof CollectorFault ? error.reason : { zh: error.zh ?? error.message, en: error.message };
      harvest.gaps.push({ metric: null, labels: { source: file }, state: 'failed', reason });
      harvest.targets.push({ target: file, isUp: false, durationSeconds: null, detail: reason });
    }
  }
  const { rows, gaps, targets } = harvest;
  const [first] = targets;
  if (first && targets.every(({ isUp }) => !isUp))
    throw new CollectorFault(first.detail, { isFinal: true, brought: { readings: [], gaps, targets } });
  const records = recordsOf(run, harvest);
  const { isComplete, completeFrom } = run.settings;
  if (isComplete && completeFrom === undefined && rows.size === 0 && gaps.length === 0)
    gaps.push(withoutBeginning(only));
  return { readings: [], records, gaps, targets };
}

/** Security events as a list of them is kept: the loop found, contained, closed on a schedule. */
export const securityEventsTable: Collector<Settings> = {
  id: 'security-events-table',
  title: { zh: '安全事件表', en: 'Table of security events' },
  domain: 'security',
  description: {
    zh: '读取安全事件登记表，每个事件一行：编号、类别（C1 系统接入、C2 平台使用、C3 数据安全保障、C4 数据使用）、级别、发现、遏制、关闭时间和时限、重开次数、来源告警。按编号合并，重复读取不会重复计数。没有发现时间的行不计入，并说明所在行；设 isComplete 后，没有事件的时期计为 0。',
    en: 'Reads a list of security events, a row each: id, class (C1 connected systems, C2 platform use, C3 data protection, C4 use of data), severity, when it was found, contained, closed and due, reopenings, the alarm that raised it. Merged by id, so that reading it again counts nothing twice. A row without the time at which it was found is left out and told; with isComplete a time without events counts 0.',
  },
  settings,
  metrics: [],
  isOpen: false,
  records: ['security-events'],
  cadence: { everySeconds: 3600, timeoutSeconds: 60, retries: 0 },
  collect,
};
