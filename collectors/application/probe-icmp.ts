import { z } from 'zod';
import { type Collector, CollectorFault, type CollectorRun, type Text } from '../contract.ts';
import { type PingResult, readPing } from './probe/ping-output.ts';
import { probeMetrics } from './probe/probe-metrics.ts';
import {
  concurrencyUpTo,
  distinctTargets,
  host,
  ipVersion,
  overVersions,
  type ProbeTarget,
  patience,
  targetFields,
} from './probe/probe-settings.ts';
import { type Look, runProbes } from './probe/run-probes.ts';

const settings = z.strictObject({
  targets: z
    .array(z.union([host, z.strictObject({ host, ...targetFields })]))
    .min(1)
    .max(1000)
    .superRefine(distinctTargets(({ host }) => host))
    .describe('Host names or addresses.'),
  count: z.int().min(1).max(10).default(3).describe('Packets sent in one attempt.'),
  minimumReceived: z.int().min(1).max(10).default(1).describe('Replies needed to count as up.'),
  ipVersion,
  concurrency: concurrencyUpTo(100, 20),
  ...patience,
});

type Settings = z.output<typeof settings>;
interface IcmpTarget extends ProbeTarget {
  readonly host: string;
}

/** Between packets, the shortest that every user may ask for. */
const intervalSeconds = 0.2;
/** For the program to start and end by itself before it is killed. */
const graceSeconds = 2;
const maxBytes = 64 * 1024;

function targetsOf({ targets, ipVersion }: Settings): readonly IcmpTarget[] {
  return targets.flatMap((each) => {
    const { host, name = host, labels } = typeof each === 'string' ? { host: each, labels: {} } : each;
    return overVersions({ host, name, labels }, ipVersion);
  });
}

const notAllowed: Text = {
  zh: '本机不允许发送 ICMP 报文',
  en: 'this machine does not allow sending ICMP packets',
};
const permission: Text = {
  zh: '为 ping 授予 cap_net_raw，或将运行用户所在组加入 net.ipv4.ping_group_range；也可改用 probe-tcp',
  en: 'grant cap_net_raw to ping or add the user’s group to net.ipv4.ping_group_range; or use probe-tcp',
};
const notInstalled = new CollectorFault(
  { zh: '未安装 ping 程序', en: 'the program ping is not installed' },
  {
    remedy: { zh: '安装 iputils-ping，或改用 probe-tcp', en: 'install iputils-ping, or use probe-tcp' },
    isFinal: true,
  },
);

function lookOf({ sent, received, meanSeconds, complaint }: PingResult, minimumReceived: number): Look {
  if (sent === 0) {
    return {
      isUp: false,
      detail: { zh: `ping 报告：${complaint}`, en: `ping says: ${complaint}` },
      phases: {},
    };
  }
  const trip = meanSeconds === null ? null : (meanSeconds * 1000).toFixed(2);
  const mean = { zh: trip ? `，平均 ${trip} 毫秒` : '', en: trip ? `, mean ${trip} ms` : '' };
  return {
    isUp: received >= minimumReceived,
    detail: {
      zh: `发出 ${sent} 个，收到 ${received} 个${mean.zh}`,
      en: `${sent} sent, ${received} received${mean.en}`,
    },
    phases: {},
    ...(meanSeconds === null ? {} : { durationSeconds: meanSeconds }),
  };
}

async function collect(run: CollectorRun<Settings>) {
  const { settings, ports } = run;
  const isInstalled = await ports.processes.exists('ping');
  const look = async ({ host, family }: IcmpTarget, signal: AbortSignal): Promise<Look> => {
    if (!isInstalled) throw notInstalled;
    const seconds = Math.max(1, Math.ceil(settings.timeout));
    const args = [
      '-n',
      '-q',
      '-c',
      String(settings.count),
      '-i',
      String(intervalSeconds),
      '-w',
      String(seconds),
    ];
    const { exitCode, stdout, stderr } = await ports.processes.run({
      program: 'ping',
      args: [...(family ? [`-${family}`] : []), ...args, host],
      timeoutMilliseconds: (seconds + graceSeconds) * 1000,
      maxBytes,
      signal,
    });
    const result = readPing({ exitCode, stdout: Buffer.from(stdout).toString('utf8'), stderr });
    if (result.isForbidden) throw new CollectorFault(notAllowed, { remedy: permission, isFinal: true });
    return lookOf(result, settings.minimumReceived);
  };
  return runProbes(run, {
    kind: 'icmp',
    targets: targetsOf(settings),
    look,
  });
}

/** Sends echo requests with the system's `ping`. */
export const probeIcmp: Collector<Settings> = {
  id: 'probe-icmp',
  title: { zh: 'ICMP 探测', en: 'ICMP probes' },
  domain: 'application',
  description: {
    zh: '用系统的 ping 程序探测主机是否可达及往返时间；系统不允许时如实说明。',
    en: 'Asks with the system’s ping whether hosts can be reached and how long a round trip takes; says so where the system does not allow it.',
  },
  settings,
  metrics: probeMetrics,
  isOpen: false,
  records: [],
  cadence: { everySeconds: 60, timeoutSeconds: 55, retries: 0 },
  collect,
};
