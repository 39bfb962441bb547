import { z } from 'zod';
import {
  type BaselineResult,
  type Collector,
  CollectorFault,
  type CollectorRun,
  type CollectorYield,
  type Gap,
} from '../contract.ts';
import { readResult, requireScanner, runScanner, scannerFault } from './scan/run-scanner.ts';

const program = 'oscap';
const scanner = { program, packages: 'openscap-scanner' };
/** Stands for the file that the results are written to. */
const resultsFile = '{results}';

/** Never what the program could take for an option. */
const identifier = z.string().regex(/^[\p{L}_][\p{L}\p{N}_.:-]{0,299}$/u, 'is no id of XCCDF');

const settings = z.strictObject({
  content: z
    .string()
    .min(1)
    .describe(
      'Data stream or XCCDF file with the benchmark, for example /usr/share/xml/scap/ssg/content/ssg-debian11-ds.xml.',
    ),
  profile: identifier
    .optional()
    .describe('Id of the profile; without one the rules that the benchmark selects itself.'),
  rules: z.array(identifier).min(1).max(1000).optional().describe('These rules of the profile alone.'),
  tailoring: z.string().min(1).optional().describe('Tailoring file that changes the profile.'),
  asset: z
    .string()
    .min(1)
    .optional()
    .describe('Name of this host in the asset inventory; its host name when absent.'),
});
type Settings = z.output<typeof settings>;

function argumentsOf({ content, profile, rules = [], tailoring }: Settings, at: (path: string) => string) {
  return [
    ...['xccdf', 'eval'],
    ...(profile ? ['--profile', profile] : []),
    ...rules.flatMap((rule) => ['--rule', rule]),
    ...(tailoring ? ['--tailoring-file', at(tailoring)] : []),
    ...['--results', resultsFile, at(content)],
  ];
}

/** Content of another system fits no rule here, and without a profile none may be chosen: that is no pass, and no fail either. */
function resultGaps(baselines: readonly BaselineResult[]): Gap[] {
  return baselines
    .filter(({ passed, failed }) => passed + failed === 0)
    .map(({ profile, other }) => ({
      ...{ metric: null, labels: { profile }, state: 'failed' },
      ...(other === 0 ? nothingChosen : nothingFits(other)),
    }));
}

const nothingChosen = {
  reason: { zh: '没有选中任何规则', en: 'no rule was chosen' },
  remedy: {
    zh: '请在 profile 中指定基线配置，可用 oscap info 查看',
    en: 'name a profile of the benchmark; oscap info lists them',
  },
};

const nothingFits = (rules: number) => ({
  reason: {
    zh: `${rules} 条规则对本机均无结论（不适用或无法检查）`,
    en: `none of the ${rules} rules came to a result on this host: not applicable or not checked`,
  },
  remedy: {
    zh: '请选用与本机系统及版本对应的基线内容和配置（profile），并以足够的权限运行',
    en: 'choose content and a profile made for this system and its version, and run with the rights it needs',
  },
});

async function collect(run: CollectorRun<Settings>): Promise<CollectorYield> {
  const { settings: given, ports } = run;
  await requireScanner(scanner, run);
  // Says which path is wrong before the program says so in its own way.
  for (const path of [given.content, given.tailoring]) if (path) await ports.files.stat(path);
  const began = ports.clock.monotonic();
  const args = argumentsOf(given, ports.files.resolve);
  const result = await runScanner({ program, args, fileArgument: resultsFile }, run);
  // 2 = evaluated, and at least one rule failed.
  if (result.exitCode !== 0 && result.exitCode !== 2) {
    throw scannerFault(program, result, {
      zh: '请用 oscap info 核对基线文件、配置（profile）和规则的标识',
      en: 'check the file and the ids of profile and rules with oscap info',
    });
  }
  if (!result.file) {
    throw new CollectorFault(
      { zh: 'oscap 没有写出结果文件', en: 'oscap left no file of results' },
      {
        remedy: {
          zh: '请检查临时目录（TMPDIR）是否可写、磁盘是否已满',
          en: 'see whether the temporary folder (TMPDIR) may be written and has room',
        },
      },
    );
  }
  const command = ['oscap xccdf eval', given.profile, given.content].filter(Boolean).join(' ');
  const scan = await readResult(result.file, { command, format: 'xccdf', asset: given.asset ?? null }, run);
  const { baselines } = scan.report;
  const sum = (key: 'passed' | 'failed' | 'other') => baselines.reduce((total, each) => total + each[key], 0);
  const [passed, failed, other] = [sum('passed'), sum('failed'), sum('other')];
  return {
    readings: [],
    scans: [scan],
    gaps: resultGaps(baselines),
    targets: [
      {
        target: baselines[0]?.asset ?? given.asset ?? given.content,
        isUp: true,
        durationSeconds: (ports.clock.monotonic() - began) / 1000,
        detail: {
          zh: `通过 ${passed} 条，未通过 ${failed} 条，其他 ${other} 条`,
          en: `${passed} passed, ${failed} failed, ${other} other`,
        },
      },
    ],
  };
}

/** Checks the host that it runs on against a baseline with OpenSCAP. */
export const scanOpenscap: Collector<Settings> = {
  id: 'scan-openscap',
  title: { zh: 'OpenSCAP 基线核查', en: 'Baseline scan with OpenSCAP' },
  domain: 'security',
  description: {
    zh: '在本机运行 oscap，按基线内容（数据流）中的配置逐条核查；未通过的规则成为问题，通过率计入基线达标率。只检查，不修改系统。',
    en: 'Runs oscap on this host against a profile of a data stream; failed rules become findings, the rest counts for the pass ratio. It looks and changes nothing.',
  },
  settings,
  metrics: [],
  isOpen: false,
  records: [],
  cadence: { everySeconds: 86_400, timeoutSeconds: 900, retries: 0 },
  collect,
};
