import { z } from 'zod';
import {
  type CollectedScan,
  type Collector,
  CollectorFault,
  type CollectorRun,
  type CollectorYield,
  type Gap,
  isTimeZone,
  reportFormatIds,
  type TargetState,
  type Text,
} from '../contract.ts';
import { duration } from '../runner/settings/duration.ts';
import { listedCertificateMetrics, readingsOfCertificates } from './certificate-readings.ts';
import { homeNetworks } from './formats/eve/home-networks.ts';
import { namePattern } from './scan/name-pattern.ts';
import { forget, type Look, lookAt, type ReportMemory } from './scan/report-files.ts';

/** Reports read in one run, the oldest first; what is left comes with the next, so that none waits for a whole archive. */
const mostPerRun = 50;
/** Monthly scans with some days of grace. */
const usualMaxAgeSeconds = 35 * 86_400;

const settings = z
  .strictObject({
    files: z.array(z.string().min(1)).min(1).max(1000).optional().describe('Reports, by their paths.'),
    folder: z.string().min(1).optional().describe('Folder in which scanners leave their reports.'),
    pattern: z
      .string()
      .min(1)
      .max(200)
      .default('*')
      .describe('Names of the reports in the folder: * stands for any characters, ? for one.'),
    format: z.enum(reportFormatIds).optional().describe('Format; told from the beginning when absent.'),
    asset: z.string().min(1).optional().describe('What the reports are about, where they do not say it.'),
    timeZone: z
      .string()
      .refine(isTimeZone, 'is no IANA time zone: write for example Asia/Shanghai')
      .default('Asia/Shanghai')
      .describe('Zone of times that come without one.'),
    homeNetworks: homeNetworks
      .optional()
      .describe('Networks that are our own, which tell whose end of an alarm is the asset (Suricata EVE).'),
    maxAge: duration
      .default(usualMaxAgeSeconds)
      .describe('A newest report older than this is a gap; 35d when absent.'),
  })
  .refine(
    ({ files, folder }) => files !== undefined || folder !== undefined,
    'needs files or a folder, or both',
  );
type Settings = z.output<typeof settings>;
type Run = CollectorRun<Settings, ReportMemory>;

/** Reports whose newest must not be too old: each listed file by itself, and all of the folder together. */
interface Group {
  readonly name: string;
  readonly paths: readonly string[];
}

async function groupsOf({ settings: given, ports }: Run): Promise<Group[]> {
  const listed = (given.files ?? []).map((path) => ({ name: path, paths: [path] }));
  const { folder } = given;
  if (folder === undefined) return listed;
  const isReport = namePattern(given.pattern);
  const names = (await ports.files.list(folder)).filter((name) => !name.startsWith('.') && isReport(name));
  return [...listed, { name: folder, paths: names.map((name) => `${folder}/${name}`) }];
}

/** Oldest first: what the newer report does not name any more is fixed. What cannot be looked at comes last and says why. */
async function byAge(paths: readonly string[], { ports }: Run): Promise<string[]> {
  const timed = await Promise.all(
    paths.map(async (path) => ({
      path,
      at: await ports.files.stat(path).then(
        ({ modifiedAt }) => modifiedAt,
        () => '~',
      ),
    })),
  );
  return timed.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).map(({ path }) => path);
}

function detailOf({ known, scan }: Look): Text {
  if (known.fault) return known.fault;
  const skipped = known.skipped > 0;
  const news = scan ? { zh: '新报告', en: 'new report' } : { zh: '内容未变化', en: 'nothing new' };
  return {
    zh: `${news.zh}：${known.scanner}，${known.findings} 个问题${skipped ? `，跳过 ${known.skipped} 条` : ''}`,
    en: `${news.en} of ${known.scanner}: ${known.findings} findings${skipped ? `, ${known.skipped} skipped` : ''}`,
  };
}

function ageGap({ name, paths }: Group, looks: ReadonlyMap<string, Look>, run: Run): Gap[] {
  const labels = { source: name };
  if (paths.length === 0) {
    return [
      {
        ...{ metric: null, labels, state: 'failed' },
        reason: { zh: '目录中没有符合命名规则的报告', en: 'the folder holds no report of this pattern' },
        remedy: {
          zh: '请核对 folder 与 pattern，并确认扫描任务已输出报告',
          en: 'check folder and pattern, and see that the scanner has left a report',
        },
      },
    ];
  }
  // What was not looked at yet is newer.
  if (!paths.every((path) => looks.has(path))) return [];
  const newest = paths
    .flatMap((path) => looks.get(path)?.known.at ?? [])
    .toSorted()
    .at(-1);
  if (newest === undefined) return [];
  const days = (run.ports.clock.now() - Date.parse(newest)) / 86_400_000;
  if (days * 86_400 <= run.settings.maxAge) return [];
  const shown = days.toFixed(1);
  return [
    {
      ...{ metric: null, labels, state: 'failed' },
      reason: { zh: `最新报告已有 ${shown} 天`, en: `the newest report is ${shown} days old` },
      remedy: {
        zh: '请检查扫描任务是否仍在运行；扫描周期较长时可调大 maxAge',
        en: 'see whether the scanner still runs; raise maxAge where it runs less often',
      },
    },
  ];
}

function waitingGaps(count: number): Gap[] {
  if (count === 0) return [];
  const reason = {
    zh: `还有 ${count} 份报告留待下次运行读取`,
    en: `${count} reports wait for the next run`,
  };
  return [{ metric: null, labels: {}, state: 'failed', reason }];
}

async function collect(run: Run): Promise<CollectorYield> {
  const { settings: given, ports, state: memory } = run;
  const groups = await groupsOf(run);
  const paths = await byAge([...new Set(groups.flatMap((group) => group.paths))], run);
  forget(memory, new Set(paths), ports.clock.now());
  const read = { format: given.format ?? null, asset: given.asset ?? null, timeZone: given.timeZone };
  const home = given.homeNetworks ? { homeNetworks: given.homeNetworks } : {};
  const looks = new Map<string, Look>();
  const scans: CollectedScan[] = [];
  const targets: TargetState[] = [];
  for (const path of paths) {
    if (scans.length >= mostPerRun) break;
    run.signal.throwIfAborted();
    const began = ports.clock.monotonic();
    const look = await lookAt(path, { ...read, ...home }, { ports, memory });
    looks.set(path, look);
    if (look.scan) scans.push(look.scan);
    const durationSeconds = (ports.clock.monotonic() - began) / 1000;
    targets.push({ target: path, isUp: look.known.fault === null, durationSeconds, detail: detailOf(look) });
  }
  const faults = targets.filter(({ isUp }) => !isUp);
  const gaps: Gap[] = [
    ...faults.map(
      ({ target, detail }): Gap => ({
        ...{ metric: null, labels: { source: target }, state: 'failed' },
        reason: detail,
      }),
    ),
    ...waitingGaps(paths.length - looks.size),
    ...groups.flatMap((group) => ageGap(group, looks, run)),
  ];
  const certificates = [...looks.values()].flatMap(({ known }) => known.certificates);
  const readings = readingsOfCertificates({ certificates }, run.startedAt);
  const brought = { readings, scans, gaps, targets };
  const [first] = faults;
  if (!first || faults.length < targets.length) return brought;
  throw new CollectorFault(first.detail, { isFinal: true, brought });
}

/** Reads what scanners leave as files. */
export const scanReport: Collector<Settings, ReportMemory> = {
  id: 'scan-report',
  title: { zh: '扫描报告文件', en: 'Files of scan reports' },
  domain: 'security',
  description: {
    zh: '读取各类扫描器输出的报告文件，格式自动识别；每份新报告按内容只读取一次，损坏的文件如实说明，不影响其余文件。',
    en: 'Reads the files that scanners leave, whatever their format; each new content once. A file that is broken is told and stops no other.',
  },
  settings,
  metrics: listedCertificateMetrics,
  isOpen: false,
  records: [],
  cadence: { everySeconds: 3600, timeoutSeconds: 600, retries: 0 },
  start: async () => ({ files: new Map(), contents: new Map() }),
  collect,
};
