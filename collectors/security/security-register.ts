import { z } from 'zod';
import {
  type Collector,
  CollectorFault,
  type CollectorRun,
  type CollectorYield,
  type Gap,
  type Reading,
  type SecurityFigures,
} from '../contract.ts';
import { registerMetrics as metrics } from './register-metrics.ts';

const settings = z.strictObject({
  maxScanAgeDays: z
    .number()
    .positive()
    .max(3660)
    .default(35)
    .describe(
      'A scanner whose newest scan is older than this many days says nothing of today; 35 leaves a monthly scan some slack.',
    ),
});

type Settings = z.output<typeof settings>;

const secondsPerDay = 86_400;

/** What the register says as of the run. */
export function readingsOf(figures: SecurityFigures, at: string, maxScanAgeDays: number): CollectorYield {
  const ages = figures.scanners.map(({ scanner, at: newest }) => ({
    scanner,
    seconds: (Date.parse(at) - Date.parse(newest)) / 1000,
  }));
  const old = ages.filter(({ seconds }) => seconds > maxScanAgeDays * secondsPerDay);
  const isAllOld = ages.length > 0 && old.length === ages.length;
  const reading = (metric: string, value: number, labels: Record<string, string> = {}): Reading => ({
    ...{ metric, labels, at, value },
  });
  const bySeverity = (metric: string, counts: Readonly<Record<string, number>> | null) =>
    Object.entries(isAllOld ? {} : (counts ?? {})).map(([severity, value]) =>
      reading(metric, value, { severity }),
    );
  const { assets, logSources, alarms, baselines } = figures;
  return {
    readings: [
      ...bySeverity(metrics.open.name, figures.open),
      ...bySeverity(metrics.suppressed.name, figures.suppressed),
      ...bySeverity(metrics.oldest.name, figures.oldestAgeDays),
      ...(assets
        ? [reading(metrics.assets.name, assets.all), reading(metrics.unowned.name, assets.unowned)]
        : []),
      ...baselines.flatMap(({ asset, profile, passed, failed }) =>
        passed + failed > 0
          ? [reading(metrics.baseline.name, passed / (passed + failed), { asset, profile })]
          : [],
      ),
      ...(logSources
        ? [
            reading(metrics.logsExpected.name, logSources.expected),
            reading(metrics.logsReporting.name, logSources.reporting),
          ]
        : []),
      ...(alarms
        ? [reading(metrics.raised.name, alarms.raised), reading(metrics.confirmed.name, alarms.confirmed)]
        : []),
      ...ages.map(({ scanner, seconds }) => reading(metrics.scanAge.name, seconds, { scanner })),
    ],
    gaps: [
      ...old.map((each) => oldScan(each, maxScanAgeDays)),
      ...(isAllOld ? withheld(maxScanAgeDays) : []),
    ],
  };
}

function oldScan({ scanner, seconds }: { scanner: string; seconds: number }, maxScanAgeDays: number): Gap {
  const days = (seconds / secondsPerDay).toFixed(1);
  return {
    ...{ metric: null, labels: { scanner }, state: 'failed' },
    reason: {
      zh: `${scanner} 最近一次扫描已是 ${days} 天前，超过 ${maxScanAgeDays} 天`,
      en: `the newest scan of ${scanner} is ${days} days old, more than ${maxScanAgeDays}`,
    },
    remedy: {
      zh: '请重新扫描并导入报告；扫描周期确实较长时可调大 maxScanAgeDays',
      en: 'scan again and import the report; raise maxScanAgeDays where scans are meant to be rarer',
    },
  };
}

/** Nobody has looked for so long that figures of today would be made up. */
function withheld(maxScanAgeDays: number): Gap[] {
  return [metrics.open, metrics.suppressed, metrics.oldest].map(({ name }) => ({
    ...{ metric: name, labels: {}, state: 'failed' as const },
    reason: {
      zh: `${maxScanAgeDays} 天内没有任何扫描，不能说明当前情况`,
      en: `no scanner has looked for ${maxScanAgeDays} days: nothing is known of today`,
    },
    remedy: { zh: '请恢复定期扫描并导入报告', en: 'take up regular scans again and import their reports' },
  }));
}

async function collect({ ports, subject, startedAt, settings: given }: CollectorRun<Settings>) {
  if (!ports.register) {
    throw new CollectorFault(
      {
        zh: '此处没有证据库，无法读取安全台账',
        en: 'there is no evidence store here to read the register from',
      },
      { isFinal: true },
    );
  }
  const figures = await ports.register.security(subject, startedAt);
  const { readings, gaps } = readingsOf(figures, startedAt, given.maxScanAgeDays);
  if (readings.length === 0) {
    throw new CollectorFault(
      {
        zh: '安全台账为空：没有扫描、资产或告警',
        en: 'the security register is empty: no scan, asset or alarm',
      },
      {
        remedy: {
          zh: '请用 citygauge import findings 导入扫描报告，用 citygauge import assets 导入资产清单',
          en: 'import scan reports with citygauge import findings and the inventory with citygauge import assets',
        },
      },
    );
  }
  return { readings, gaps: gaps ?? [] };
}

/** Figures of the security register of the job's subject and its descendants. */
export const securityRegister: Collector<Settings> = {
  id: 'security-register',
  title: { zh: '安全台账指标', en: 'Figures of the security register' },
  domain: 'security',
  description: {
    zh: '从安全台账读取未修复发现、基线通过率、资产归属、日志覆盖和告警的数量；没有人报送的不给出数值。',
    en: 'Reads open findings, baselines, ownership of assets, log coverage and alarms from the register; what nobody reports has no figure.',
  },
  settings,
  metrics: Object.values(metrics),
  isOpen: false,
  records: [],
  cadence: { everySeconds: 300, timeoutSeconds: 60, retries: 1 },
  collect,
};
