import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  type Collector,
  CollectorFault,
  type CollectorRun,
  type CollectorYield,
  type Gap,
  InputError,
  isTimeZone,
  type LogSighting,
  type TargetState,
  type Text,
} from '../contract.ts';
import { zoneClock } from '../records/normalise/zoned-time.ts';
import { newestLines } from './log-sources/newest-lines.ts';
import { readSourceTable } from './log-sources/source-table.ts';
import { ReportDraft } from './reading/report-draft.ts';

const path = z.string().min(1);
/** Files that have not changed for longer hold no line of the last day, whatever the zones. */
const stillFilesDays = 2;
const mostFiles = 2000;
const dayMilliseconds = 86_400_000;

const settings = z
  .strictObject({
    files: z.array(path).max(mostFiles).default([]).describe('Files of syslog, of one host or of many.'),
    folder: path.optional().describe('Every file in this folder too, compressed ones aside.'),
    table: path
      .optional()
      .describe(
        'CSV, JSON or XLSX with a row per host, as a log platform exports it: host (主机), last log at (最近日志时间), and lines (日志条数) where it is known.',
      ),
    tableMaxAgeDays: z
      .number()
      .positive()
      .default(1)
      .describe('An older table is refused: it says nothing of the last day.'),
    timeZone: z
      .string()
      .refine(isTimeZone, 'is no IANA time zone: write for example Asia/Shanghai')
      .default('Asia/Shanghai')
      .describe('Zone of times that name none.'),
    maxMegabytes: z
      .number()
      .positive()
      .max(1024)
      .default(16)
      .describe('Of each file the last so many are read; enough for the newest line of every host.'),
  })
  .refine(
    ({ files, folder, table }) => files.length > 0 || folder !== undefined || table !== undefined,
    'needs files, folder or table',
  );
type Settings = z.output<typeof settings>;
type Run = CollectorRun<Settings>;

/** What has been brought so far, source by source. */
interface Harvest {
  readonly sightings: LogSighting[];
  readonly targets: TargetState[];
  readonly gaps: Gap[];
}

async function filesOf({ settings: given, ports }: Run): Promise<readonly string[]> {
  if (given.folder === undefined) return given.files;
  const names = await ports.files.list(given.folder);
  const plain = names.filter((name) => !/\.(?:gz|xz|bz2|zst)$/.test(name));
  return [...new Set([...given.files, ...plain.map((name) => `${given.folder}/${name}`)])].slice(
    0,
    mostFiles,
  );
}

function fault(harvest: Harvest, target: string, error: InputError | CollectorFault): void {
  const reason: Text =
    error instanceof CollectorFault ? error.reason : { zh: error.zh ?? error.message, en: error.message };
  harvest.targets.push({ target, isUp: false, durationSeconds: null, detail: reason });
  harvest.gaps.push({ metric: null, labels: { source: target }, state: 'failed', reason });
}

/** What cannot be read is told and stops no other source. */
async function attempt(harvest: Harvest, target: string, read: () => Promise<Text | null>): Promise<void> {
  try {
    const detail = await read();
    if (detail) harvest.targets.push({ target, isUp: true, durationSeconds: null, detail });
  } catch (error) {
    if (!(error instanceof InputError || error instanceof CollectorFault)) throw error;
    fault(harvest, target, error);
  }
}

async function readFiles(run: Run, harvest: Harvest): Promise<void> {
  const { settings: given, ports, startedAt, signal } = run;
  const now = Date.parse(startedAt);
  const view = { clock: zoneClock(given.timeZone), now, maxBytes: Math.floor(given.maxMegabytes * 1e6) };
  const listed = new Set(given.files);
  for (const file of await filesOf(run)) {
    signal.throwIfAborted();
    await attempt(harvest, file, async () => {
      const { modifiedAt, size } = await ports.files.stat(file);
      const days = (now - Date.parse(modifiedAt)) / dayMilliseconds;
      if (days > stillFilesDays) {
        const text = {
          zh: `${Math.floor(days)} 天没有新日志`,
          en: `no line for ${Math.floor(days)} days`,
        };
        // Of a folder old files are what rotation leaves.
        return listed.has(file) ? text : null;
      }
      const { sightings, lines, skipped } = await newestLines(ports.files, file, view);
      if (lines === 0 && size > 0) {
        throw new InputError(`${file}: no line is one of syslog, which begins with time and host`, {
          zh: `${file}：没有一行是 syslog，应以时间和主机名开头`,
        });
      }
      harvest.sightings.push(...sightings);
      return {
        zh: `${sightings.length} 台主机，${lines} 行，跳过 ${skipped} 行`,
        en: `${sightings.length} hosts, ${lines} lines, ${skipped} skipped`,
      };
    });
  }
}

async function readTableOf(run: Run, harvest: Harvest): Promise<void> {
  const { table: file, timeZone, tableMaxAgeDays: maxAgeDays } = run.settings;
  if (file === undefined) return;
  await attempt(harvest, file, async () => {
    const { sightings, gaps } = await readSourceTable(run, { file, timeZone, maxAgeDays });
    harvest.sightings.push(...sightings);
    harvest.gaps.push(...gaps);
    return {
      zh: `${sightings.length} 台主机，${gaps.length} 处缺失`,
      en: `${sightings.length} hosts, ${gaps.length} gaps`,
    };
  });
}

async function collect(run: Run): Promise<CollectorYield> {
  const harvest: Harvest = { sightings: [], targets: [], gaps: [] };
  await readFiles(run, harvest);
  await readTableOf(run, harvest);
  const { targets, gaps } = harvest;
  const [first] = targets;
  if (first && targets.every(({ isUp }) => !isUp)) {
    throw new CollectorFault(first.detail, { brought: { readings: [], targets, gaps } });
  }
  const draft = new ReportDraft(run.job);
  for (const sighting of harvest.sightings) draft.attempt(() => draft.addSighting(sighting, sighting.asset));
  const head = { format: 'syslog', scanner: 'log-coverage', scannerVersion: null } as const;
  const report = draft.finish({ ...head, producedAt: run.startedAt });
  const sha256 = createHash('sha256').update(JSON.stringify(report.logs)).digest('hex');
  return { readings: [], scans: [{ report, fileName: run.job, sha256 }], gaps, targets };
}

/** Which assets have sent logs, and when each did last. */
export const logCoverage: Collector<Settings> = {
  id: 'log-coverage',
  title: { zh: '日志来源覆盖', en: 'Coverage of log sources' },
  domain: 'security',
  description: {
    zh: '读取日志服务器上的 syslog 文件，或日志平台导出的主机清单，得到每个资产最近一条日志的时间；与资产台账对照，得出近一天的日志来源覆盖率。不保留日志内容。',
    en: 'Reads files of syslog on the log server, or a list of hosts that a log platform exports: when each asset wrote its last line. Held against the asset inventory it tells the log sources that reported in the last day. Nothing that a line says is kept.',
  },
  settings,
  metrics: [],
  isOpen: false,
  records: [],
  cadence: { everySeconds: 3600, timeoutSeconds: 300, retries: 0 },
  collect,
};
