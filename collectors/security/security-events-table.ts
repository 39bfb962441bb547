import { z } from 'zod';
import { needed, optional } from '../cloud/table/columns.ts';
import { readTable, rowGap, type TableRow } from '../cloud/table/read-table.ts';
import { type TableSettings, tableSettings } from '../cloud/table/table-settings.ts';
import {
  type CollectedRecords,
  type Collector,
  CollectorFault,
  type CollectorRun,
  type CollectorYield,
  type Gap,
  InputError,
  recordKindSpecs,
  type TargetState,
  type Text,
} from '../contract.ts';
import { codeOf } from './events/event-codes.ts';

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
  })
  .refine(
    ({ file, folder }) => (file === undefined) !== (folder === undefined),
    'needs either file or folder',
  );
type Settings = z.output<typeof settings>;
type Run = CollectorRun<Settings>;
type Row = CollectedRecords['rows'][number];

const columns = {
  id: needed('text', ['编号', 'id', '事件编号', 'event id']),
  class: needed('text', ['类别', 'class', '事件类别']),
  severity: optional('text', ['级别', 'severity', '等级', '严重程度']),
  found: optional('instant', ['发现时间', '发现', 'found', 'found at', 'detected at']),
  contained: optional('instant', ['遏制时间', '遏制', 'contained', 'contained at', '处置时间']),
  closed: optional('instant', ['关闭时间', '关闭', 'closed', 'closed at', '办结时间']),
  due: optional('instant', ['时限', 'due', 'due at', '处置时限']),
  reopened: optional('count', ['重开次数', 'reopened', 'reopened count']),
  alarm: optional('text', ['来源告警', 'alarm', 'raised by alarm', '告警']),
};
type EventRow = TableRow<typeof columns>;

const instants = ['found', 'contained', 'closed', 'due'] as const;
const { fields } = recordKindSpecs['security-events'];

/** The record of a row, with its times in UTC; a text is why it cannot be taken. */
function recordOf({ values }: EventRow): Row | Text {
  const kind = codeOf('class', values.class);
  const severity = values.severity === null ? null : codeOf('severity', values.severity);
  if (kind === null) {
    const known = fields.class?.codes?.join(', ');
    return {
      zh: `类别「${values.class}」无法识别，应为 ${known}`,
      en: `the class "${values.class}" is not known; known are ${known}`,
    };
  }
  if (values.severity !== null && severity === null) {
    const known = fields.severity?.codes?.join(', ');
    return {
      zh: `级别「${values.severity}」无法识别，应为严重、高、中、低（${known}）`,
      en: `the severity "${values.severity}" is not known; known are ${known}`,
    };
  }
  const times = instants.map((name) => {
    const at = values[name];
    return [name, at === null ? null : new Date(at).toISOString()];
  });
  const { id, reopened, alarm } = values;
  return { id, class: kind, severity, ...Object.fromEntries(times), reopened, alarm };
}

const isText = (value: Row | Text): value is Text => 'zh' in value && 'en' in value;

/** What files have brought so far. */
interface Harvest {
  readonly rows: Map<string, Row>;
  readonly gaps: Gap[];
  readonly targets: TargetState[];
}

async function readFile(run: Run, file: string, { rows, gaps, targets }: Harvest): Promise<void> {
  const { folder: _, ...given } = run.settings;
  const own: TableSettings = { ...given, file };
  const table = await readTable({ ...run, settings: own }, columns, ['id']);
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
  const harvest: Harvest = { rows: new Map(), gaps: [], targets: [] };
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
  const records = rows.size > 0 ? [{ kind: 'security-events' as const, rows: [...rows.values()] }] : [];
  return { readings: [], records, gaps, targets };
}

/** Security events as a list of them is kept: the loop found, contained, closed on a schedule. */
export const securityEventsTable: Collector<Settings> = {
  id: 'security-events-table',
  title: { zh: '安全事件表', en: 'Table of security events' },
  domain: 'security',
  description: {
    zh: '读取安全事件登记表，每个事件一行：编号、类别（C1 系统接入、C2 平台使用、C3 数据安全保障、C4 数据使用）、级别、发现、遏制、关闭时间和时限、重开次数、来源告警。按编号合并，重复读取不会重复计数。',
    en: 'Reads a list of security events, a row each: id, class (C1 connected systems, C2 platform use, C3 data protection, C4 use of data), severity, when it was found, contained, closed and due, reopenings, the alarm that raised it. Merged by id, so that reading it again counts nothing twice.',
  },
  settings,
  metrics: [],
  isOpen: false,
  records: ['security-events'],
  cadence: { everySeconds: 3600, timeoutSeconds: 60, retries: 0 },
  collect,
};
