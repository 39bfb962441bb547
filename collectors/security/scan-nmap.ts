import { z } from 'zod';
import {
  type CollectedScan,
  type Collector,
  CollectorFault,
  type CollectorRun,
  type CollectorYield,
  type Gap,
  type ScannedAsset,
  type TargetState,
} from '../contract.ts';
import { watchedPorts } from './formats/nmap/exposed-services.ts';
import { checkTargets, hostsOf, isAddress6 } from './scan/nmap-targets.ts';
import { readResult, requireScanner, runScanner, scannerFault } from './scan/run-scanner.ts';

const program = 'nmap';
const scanner = { program, packages: 'nmap' };

const settings = z
  .strictObject({
    targets: z
      .array(z.string().min(1))
      .min(1)
      .max(256)
      .describe('Host names and addresses, one by one; nothing else is ever scanned.'),
    ports: z
      .array(z.int().min(1).max(65_535))
      .min(1)
      .max(1000)
      .default([...watchedPorts])
      .describe(
        'TCP ports to look at; when absent those of cleartext, administrative and data services, and the web.',
      ),
    allowRanges: z
      .boolean()
      .default(false)
      .describe('Allows targets such as 192.0.2.0/28 and 192.0.2.1-20, 256 hosts together at most.'),
  })
  .superRefine(checkTargets);
type Settings = z.output<typeof settings>;

/**
 * Fixed but for ports and targets: XML to the output; connections made by the system as any program makes them, so that no
 * rights are needed; whether a host is up is told from the listed ports alone; no look-ups of names by address.
 */
function argumentsOf(ports: readonly number[], targets: readonly string[], version: 4 | 6): string[] {
  const list = [...new Set(ports)].toSorted((a, b) => a - b).join(',');
  const family = version === 6 ? ['-6'] : [];
  return [...family, '-oX', '-', '--unprivileged', '-sT', '-n', `-PS${list}`, '-p', list, '--', ...targets];
}

async function scan(run: CollectorRun<Settings>, targets: readonly string[], version: 4 | 6) {
  const args = argumentsOf(run.settings.ports, targets, version);
  const result = await runScanner({ program, args }, run);
  if (result.exitCode !== 0) {
    throw scannerFault(program, result, {
      zh: '请核对目标名称能否解析、本机是否允许建立连接',
      en: 'see whether the names of the targets are known and this machine may connect',
    });
  }
  const command = `nmap ${targets.slice(0, 5).join(' ')}${targets.length > 5 ? ' ...' : ''}`;
  return readResult(result.stdout, { command, format: 'nmap', asset: null }, run);
}

const silent = {
  reason: { zh: '没有应答，本次未扫描', en: 'did not answer and was not scanned' },
  remedy: {
    zh: '请确认主机在线、名称可解析，且所列端口中至少有一个会应答（接受或拒绝连接）',
    en: 'see that the host is up, that its name is known, and that at least one of the listed ports answers, be it with a refusal',
  },
};

function targetStates(
  targets: readonly string[],
  scans: readonly CollectedScan[],
  durationSeconds: number,
): TargetState[] {
  const assets = scans.flatMap(({ report }) => report.assets);
  const findings = scans.flatMap(({ report }) => report.findings);
  const isOf = (target: string) => (asset: ScannedAsset) =>
    asset.id === target || asset.aliases?.includes(target) === true;
  const listed = targets
    .filter((target) => hostsOf(target) === 1)
    .map((target) => ({ target, asset: assets.find(isOf(target)) }));
  const others = assets.filter((asset) => !listed.some((each) => each.asset === asset));
  return [...listed, ...others.map((asset) => ({ target: asset.id, asset }))].map(({ target, asset }) => {
    if (!asset) return { target, isUp: false, durationSeconds, detail: silent.reason };
    const open = findings.filter(({ asset: id, rule }) => id === asset.id && rule.startsWith('port/')).length;
    return {
      ...{ target, isUp: true, durationSeconds },
      detail: { zh: `开放 ${open} 个端口`, en: `${open} ports open` },
    };
  });
}

async function collect(run: CollectorRun<Settings>): Promise<CollectorYield> {
  const { settings: given, ports } = run;
  await requireScanner(scanner, run);
  const began = ports.clock.monotonic();
  const scans: CollectedScan[] = [];
  for (const version of [4, 6] as const) {
    const targets = given.targets.filter((each) => isAddress6(each) === (version === 6));
    if (targets.length > 0) scans.push(await scan(run, targets, version));
  }
  const targets = targetStates(given.targets, scans, (ports.clock.monotonic() - began) / 1000);
  const gaps = targets
    .filter(({ isUp }) => !isUp)
    .map(({ target }): Gap => ({ metric: null, labels: { target }, state: 'failed', ...silent }));
  const brought = { readings: [], scans, gaps, targets };
  if (targets.some(({ isUp }) => isUp)) return brought;
  throw new CollectorFault(
    { zh: '所列主机均没有应答', en: 'none of the listed hosts answered' },
    { remedy: silent.remedy, brought },
  );
}

/** Looks which TCP ports of listed hosts can be reached from here. */
export const scanNmap: Collector<Settings> = {
  id: 'scan-nmap',
  title: { zh: 'Nmap 端口核查', en: 'Port scan with Nmap' },
  domain: 'security',
  description: {
    zh: '用 Nmap 核查所列主机的所列 TCP 端口；开放端口按策略定级成为问题。只扫描逐台列出的主机，默认拒绝网段。',
    en: 'Looks with Nmap at listed TCP ports of listed hosts; open ports become findings, graded by policy. Scans nothing that is not listed, and refuses ranges by default.',
  },
  settings,
  metrics: [],
  isOpen: false,
  records: [],
  cadence: { everySeconds: 86_400, timeoutSeconds: 1800, retries: 0 },
  collect,
};
