import { z } from 'zod';
import type { Collector, CollectorRun, CollectorYield, Gap, Text } from '../contract.ts';
import { isTimeZone } from '../contract.ts';
import { zoneClock } from '../records/normalise/zoned-time.ts';
import { type EveEvent, readEvent } from './formats/eve/event.ts';
import { HomeNetworks, homeNetworks, usualHomeNetworks } from './formats/eve/home-networks.ts';
import { alarmOf } from './formats/eve/take-event.ts';
import { allowedLeadMilliseconds, reportLimits } from './reading/limits.ts';
import { lineText, placeOf, refuseFuture } from './reading/line-entries.ts';
import { ReportDraft } from './reading/report-draft.ts';
import { AlarmTally } from './tail/alarm-tally.ts';
import { FollowedFile } from './tail/followed-file.ts';
import { TailLines } from './tail/tail-lines.ts';

const settings = z.strictObject({
  file: z
    .string()
    .min(1)
    .describe(
      'The eve.json that Suricata writes, seen from the folder of the settings file; of a fixed name.',
    ),
  sensor: z
    .string()
    .min(1)
    .max(reportLimits.identityCharacters)
    .optional()
    .describe(
      'Name of the sensor in the asset inventory, for lines without "host" (sensor-name of suricata.yaml).',
    ),
  homeNetworks: homeNetworks
    .default([...usualHomeNetworks])
    .describe('Networks that are our own (HOME_NET): the end of an alarm that lies in them is its asset.'),
  timeZone: z
    .string()
    .refine(isTimeZone, 'is no IANA time zone: write for example Asia/Shanghai')
    .default('Asia/Shanghai')
    .describe('Zone of times that name none.'),
  maxMegabytes: z
    .number()
    .positive()
    .max(4096)
    .default(256)
    .describe(
      'Read in one run at most; the rest follows in the next. After a start the last so many of the log.',
    ),
});
type Settings = z.output<typeof settings>;

interface State {
  readonly followed: FollowedFile;
  readonly lines: TailLines;
  readonly tally: AlarmTally;
}

const pieceBytes = 4 * 1024 * 1024;
const dayMilliseconds = 86_400_000;

async function start({ file }: Settings, { files }: CollectorRun<Settings>['ports']): Promise<State> {
  const followed = new FollowedFile(files, files.resolve(file));
  return { followed, lines: new TailLines(followed, reportLimits.textBytes), tally: new AlarmTally() };
}

/** Yesterday's first instant in UTC: lines that came late still count for their day. */
function firstInstant(now: number): number {
  return Math.floor(now / dayMilliseconds) * dayMilliseconds - dayMilliseconds;
}

function lineTaker({ settings: given, state, startedAt }: CollectorRun<Settings, State>, draft: ReportDraft) {
  const view = { home: new HomeNetworks(given.homeNetworks), sensor: given.sensor ?? null };
  const clock = zoneClock(given.timeZone);
  const now = Date.parse(startedAt);
  const earliest = firstInstant(now);
  const take = (event: EveEvent, place: string) => {
    // Read by an earlier start, or long past: the file is imported as a report where its alarms are wanted.
    if (event.at < earliest) return;
    refuseFuture(place, event.at, now + allowedLeadMilliseconds);
    const sensor = event.sensor ?? view.sensor;
    if (sensor !== null) draft.addLog(sensor, new Date(event.at).toISOString(), place);
    const alarm = alarmOf(event, view, place);
    if (alarm) state.tally.add(alarm, place);
  };
  return (line: Parameters<typeof placeOf>[0]) => {
    if (line.text?.trim() === '') return;
    draft.attempt(() => take(readEvent(lineText(line), placeOf(line), clock), placeOf(line)));
  };
}

function gapsOf(followed: FollowedFile, before: number): Gap[] {
  const gap = (reason: Text, remedy: Text): Gap => ({
    metric: null,
    labels: {},
    state: 'failed',
    reason,
    remedy,
  });
  const gaps: Gap[] = [];
  if (followed.lostFiles > before) {
    gaps.push(
      gap(
        {
          zh: '日志轮转后找不到旧文件，其末尾可能漏读',
          en: 'the log was rotated and what it was before is gone: its last lines may be missing',
        },
        {
          zh: '请在日志轮转配置中启用 delaycompress，或缩短采集间隔',
          en: 'set delaycompress in the rotation of the log, or let the job run more often',
        },
      ),
    );
  }
  if (followed.leftOutBytes > 0) {
    const megabytes = Math.ceil(followed.leftOutBytes / 1e6);
    gaps.push(
      gap(
        {
          zh: `启动时跳过了较早的 ${megabytes} MB 日志`,
          en: `the first ${megabytes} MB of the log were left out at the start`,
        },
        { zh: '需要时请调大 maxMegabytes', en: 'raise maxMegabytes where they are wanted' },
      ),
    );
    followed.leftOutBytes = 0;
  }
  return gaps;
}

async function collect(run: CollectorRun<Settings, State>): Promise<CollectorYield> {
  const { settings: given, state, ports, startedAt, signal } = run;
  const began = ports.clock.monotonic();
  const draft = new ReportDraft(given.file);
  const [since, lost] = [firstInstant(Date.parse(startedAt)), state.followed.lostFiles];
  const accept = lineTaker(run, draft);
  const { bytes, sha256 } = await state.lines.read(
    {
      maxBytes: Math.floor(given.maxMegabytes * 1e6),
      pieceBytes,
      since: new Date(since).toISOString(),
      signal,
    },
    accept,
  );
  state.tally.keepFrom(new Date(since).toISOString().slice(0, 10));
  const touched = state.tally.takeTouched();
  for (const alarm of touched) draft.attempt(() => draft.addAlarm(alarm, alarm.asset));
  const head = { format: 'eve', scanner: 'suricata', scannerVersion: null, producedAt: null } as const;
  const report = draft.finish(head);
  const skipped = report.skipped.count;
  const detail: Text = {
    zh: `读取 ${bytes} 字节，今日与昨日有变化的告警 ${touched.length} 种，跳过 ${skipped} 行`,
    en: `${bytes} bytes read, ${touched.length} alarms of today and yesterday changed, ${skipped} lines skipped`,
  };
  const durationSeconds = (ports.clock.monotonic() - began) / 1000;
  return {
    readings: [],
    scans: bytes > 0 ? [{ report, fileName: given.file, sha256 }] : [],
    gaps: gapsOf(state.followed, lost),
    targets: [{ target: given.file, isUp: true, durationSeconds, detail }],
  };
}

/** Follows the log of Suricata from run to run. */
export const tailEve: Collector<Settings, State> = {
  id: 'tail-eve',
  title: { zh: 'Suricata 告警跟踪', en: 'Tail of Suricata’s alarms' },
  domain: 'security',
  description: {
    zh: '持续跟踪 Suricata 的 eve.json：按规则、资产和日期汇总告警，日志轮转或截断也不漏读、不重读；只保留本单位一端的地址。',
    en: 'Follows Suricata’s eve.json: alarms by signature, asset and day, each line once though the log is rotated or cut. Of both ends only the address that is our own is kept.',
  },
  settings,
  metrics: [],
  isOpen: false,
  records: [],
  cadence: { everySeconds: 300, timeoutSeconds: 240, retries: 0 },
  start,
  collect,
};
