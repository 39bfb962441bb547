import { z } from 'zod';
import { type Collector, CollectorFault, type CollectorRun, type DialogueStep } from '../contract.ts';
import { inBoundedTime, Overrun } from './probe/bounded-time.ts';
import { pattern } from './probe/pattern.ts';
import { probeMetrics } from './probe/probe-metrics.ts';
import {
  concurrencyUpTo,
  distinctTargets,
  type HostPortTarget,
  hostPort,
  hostPortTargets,
  ipVersion,
  patience,
  targetFields,
} from './probe/probe-settings.ts';
import { type Look, runProbes } from './probe/run-probes.ts';

const address = hostPort().describe('host:port, an IPv6 address in brackets.');

const step = z.strictObject({
  expect: pattern
    .optional()
    .describe('Pattern that must come, since the last step, before this one goes on.'),
  send: z.string().max(10_000).optional().describe('Text sent then; line ends as they stand.'),
});

const settings = z.strictObject({
  targets: z
    .array(z.union([address, z.strictObject({ address, ...targetFields })]))
    .min(1)
    .max(10_000)
    .superRefine(distinctTargets(({ address }) => address))
    .describe('Hosts and ports.'),
  dialogue: z
    .array(step)
    .max(20)
    .default([])
    .describe('What to expect and send once connected; without it the connection itself is enough.'),
  ipVersion,
  concurrency: concurrencyUpTo(2000, 100),
  ...patience,
});

type Settings = z.output<typeof settings>;

function dialogueOf(steps: Settings['dialogue']): DialogueStep[] {
  return steps.map(({ expect, send }) => ({
    ...(expect === undefined ? {} : { expect: (received: string) => matches(expect, received) }),
    ...(send === undefined ? {} : { send }),
  }));
}

function matches(expect: string, received: string): boolean {
  try {
    return inBoundedTime(() => new RegExp(expect, 'u').test(received));
  } catch (cause) {
    if (!(cause instanceof Overrun)) throw cause;
    throw new CollectorFault(
      { zh: `与 ${expect} 的匹配未能在限定时间内完成`, en: `matching ${expect} ${cause.message}` },
      {
        remedy: {
          zh: '简化该表达式，避免嵌套的重复',
          en: 'make it simpler: no repetition within a repetition',
        },
        cause,
      },
    );
  }
}

async function collect(run: CollectorRun<Settings>) {
  const { settings, ports } = run;
  const dialogue = dialogueOf(settings.dialogue);
  const look = async ({ host, port, family }: HostPortTarget, signal: AbortSignal): Promise<Look> => {
    const { phases, remoteAddress, received } = await ports.network.connect({
      host,
      port,
      dialogue,
      ...(family ? { family } : {}),
      timeoutMilliseconds: settings.timeout * 1000,
      signal,
    });
    const said = received === '' ? '' : `: ${JSON.stringify(received.slice(0, 80))}`;
    return {
      isUp: true,
      detail: { zh: `已连接 ${remoteAddress}${said}`, en: `connected to ${remoteAddress}${said}` },
      phases,
    };
  };
  return runProbes(run, {
    kind: 'tcp',
    targets: hostPortTargets(settings.targets, settings.ipVersion),
    look,
  });
}

/** Opens TCP connections and, where asked, talks. */
export const probeTcp: Collector<Settings> = {
  id: 'probe-tcp',
  title: { zh: 'TCP 探测', en: 'TCP probes' },
  domain: 'application',
  description: {
    zh: '连接主机端口，可按约定收发文本，用于数据库、消息队列、邮件等不经 HTTP 的服务。',
    en: 'Connects to ports and can expect and send texts: for databases, queues, mail and other services without HTTP.',
  },
  settings,
  metrics: probeMetrics,
  isOpen: false,
  records: [],
  cadence: { everySeconds: 60, timeoutSeconds: 55, retries: 0 },
  collect,
};
