import { z } from 'zod';
import { type Collector, CollectorFault, type CollectorRun, type CollectorYield } from '../contract.ts';
import { reportLimits } from './reading/limits.ts';
import { readResult, requireScanner, runScanner, scannerFault } from './scan/run-scanner.ts';

const program = 'lynis';
/** Stands for the file that the report is written to. */
const reportFile = '{report}';
/** Ended well; the second when its profile asks for it and there are warnings. */
const goodExits = [0, 78];

const settings = z.strictObject({
  asset: z
    .string()
    .min(1)
    .max(reportLimits.identityCharacters)
    .optional()
    .describe('Name of this host in the asset inventory; its host name when absent.'),
  profile: z
    .string()
    .min(1)
    .optional()
    .describe('Profile of Lynis with settings of the site, for example /etc/lynis/custom.prf.'),
  groups: z
    .array(z.string().regex(/^[a-z_]+$/, 'is no group of Lynis: see lynis show groups'))
    .min(1)
    .optional()
    .describe(
      'Only these groups of tests (lynis show groups); such an audit in part finds things and declares nothing fixed.',
    ),
});
type Settings = z.output<typeof settings>;

function argumentsOf({ profile, groups }: Settings, at: (path: string) => string): string[] {
  return [
    ...['audit', 'system', '--quick', '--quiet', '--no-colors'],
    ...(profile ? ['--profile', at(profile)] : []),
    ...(groups ? ['--tests-from-group', groups.join(',')] : []),
    // Its log repeats on half a megabyte what the report says.
    ...['--log-file', '/dev/null', '--report-file', reportFile],
  ];
}

async function collect(run: CollectorRun<Settings>): Promise<CollectorYield> {
  const { settings: given, ports } = run;
  await requireScanner({ program, packages: program }, run);
  if (given.profile) await ports.files.stat(given.profile);
  const began = ports.clock.monotonic();
  const args = argumentsOf(given, ports.files.resolve);
  // Its report tells local times without their zone.
  const result = await runScanner({ program, args, fileArgument: reportFile, timeZone: 'UTC' }, run);
  if (!goodExits.includes(result.exitCode)) {
    throw scannerFault(program, result, {
      zh: '请在本机手工运行 lynis audit system 查看原因',
      en: 'run lynis audit system on this host by hand and see why',
    });
  }
  if (!result.file?.length) {
    throw new CollectorFault(
      { zh: 'lynis 没有写出报告', en: 'lynis left no report' },
      {
        remedy: {
          zh: '请检查临时目录（TMPDIR）是否可写、磁盘是否已满，以及是否有另一个 lynis 正在运行',
          en: 'see whether the temporary folder (TMPDIR) may be written and has room, and whether another lynis runs',
        },
      },
    );
  }
  const about = { command: 'lynis audit system', format: 'lynis', asset: given.asset ?? null } as const;
  const scan = await readResult(result.file, about, run);
  const { findings, assets } = scan.report;
  const whole = given.groups ? { ...scan, report: { ...scan.report, assets: [] } } : scan;
  const warnings = findings.filter(({ severity }) => severity === 'medium').length;
  const suggestions = findings.length - warnings;
  return {
    readings: [],
    scans: [whole],
    targets: [
      {
        target: assets[0]?.id ?? program,
        isUp: true,
        durationSeconds: (ports.clock.monotonic() - began) / 1000,
        detail: {
          zh: `警告 ${warnings} 项，建议 ${suggestions} 项`,
          en: `${warnings} tests with warnings, ${suggestions} with suggestions`,
        },
      },
    ],
  };
}

/** Audits the host that it runs on with Lynis. */
export const scanLynis: Collector<Settings> = {
  id: 'scan-lynis',
  title: { zh: 'Lynis 主机审计', en: 'Audit of the host with Lynis' },
  domain: 'security',
  description: {
    zh: '在本机运行 lynis audit system：警告记为中危问题，建议记为低危问题，按检查项合并。只检查，不修改系统；以 root 运行时检查项最全。',
    en: 'Runs lynis audit system on this host: a test with a warning is a finding of medium severity, one with a suggestion of low. It looks and changes nothing; as root it looks at most.',
  },
  settings,
  metrics: [],
  isOpen: false,
  records: [],
  cadence: { everySeconds: 86_400, timeoutSeconds: 600, retries: 0 },
  collect,
};
