import { z } from 'zod';
import { connectionTls, readTls } from '../connection.ts';
import type { Collector, CollectorRun, Text, TlsSession } from '../contract.ts';
import { certificateText, expiryFault } from './probe/certificate.ts';
import { certificateMetrics, probeMetrics } from './probe/probe-metrics.ts';
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
import { certificateMetricNames, type Look, runProbes } from './probe/run-probes.ts';

const usualPort = 443;
const address = hostPort(usualPort).describe('host:port; port 443 when absent.');
const protocols = ['TLSv1.2', 'TLSv1.3'] as const;

const settings = z.strictObject({
  targets: z
    .array(z.union([address, z.strictObject({ address, ...targetFields })]))
    .min(1)
    .max(10_000)
    .superRefine(distinctTargets(({ address }) => address))
    .describe('Hosts and ports that speak TLS from the first byte.'),
  tls: connectionTls.optional(),
  minimumProtocol: z.enum(protocols).default('TLSv1.2').describe('An older protocol counts as down.'),
  minimumDays: z.number().min(0).default(0).describe('A certificate with fewer days left counts as down.'),
  issuer: z.string().min(1).optional().describe('Text that the name of the issuer must contain.'),
  ipVersion,
  concurrency: concurrencyUpTo(500, 50),
  ...patience,
});

type Settings = z.output<typeof settings>;

function sessionFault(session: TlsSession, settings: Settings, at: string): Text | null {
  const { fault, protocol, chain } = session;
  const shown = certificateText(session);
  if (fault !== null && !settings.tls?.isInsecure) {
    return { zh: `证书不可信：${fault}（${shown.zh}）`, en: `not trusted: ${fault} (${shown.en})` };
  }
  if (protocol < settings.minimumProtocol) {
    return {
      zh: `协议 ${protocol} 低于 ${settings.minimumProtocol}`,
      en: `protocol ${protocol} is older than ${settings.minimumProtocol}`,
    };
  }
  const issuer = chain[0]?.issuer ?? '';
  if (settings.issuer !== undefined && !issuer.includes(settings.issuer)) {
    return {
      zh: `签发者为 ${issuer}，应含 ${settings.issuer}`,
      en: `issued by ${issuer}, which does not contain ${settings.issuer}`,
    };
  }
  return expiryFault(session, at, settings.minimumDays);
}

async function collect(run: CollectorRun<Settings>) {
  const { settings, ports, startedAt } = run;
  const { tls } = await readTls(settings.tls, ports);
  const look = async ({ host, port, family }: HostPortTarget, signal: AbortSignal): Promise<Look> => {
    const { phases, session } = await ports.network.handshake({
      host,
      port,
      ...(family ? { family } : {}),
      // Judged below, where the whole of the session is at hand.
      tls: { ...tls, isInsecure: true },
      timeoutMilliseconds: settings.timeout * 1000,
      signal,
    });
    const fault = sessionFault(session, settings, startedAt);
    return { isUp: fault === null, detail: fault ?? certificateText(session), phases, tls: session };
  };
  return runProbes(run, {
    kind: 'tls',
    targets: hostPortTargets(settings.targets, settings.ipVersion, usualPort),
    expected: () => certificateMetricNames,
    look,
  });
}

/** Shakes hands by TLS and judges protocol and certificate. */
export const probeTls: Collector<Settings> = {
  id: 'probe-tls',
  title: { zh: 'TLS 与证书探测', en: 'TLS and certificate probes' },
  domain: 'application',
  description: {
    zh: '与服务完成 TLS 握手，核对证书链、名称、有效期、签发者和协议版本。',
    en: 'Shakes hands by TLS and judges the chain, the name, the days left, the issuer and the protocol.',
  },
  settings,
  metrics: [...probeMetrics, ...certificateMetrics],
  isOpen: false,
  records: [],
  cadence: { everySeconds: 300, timeoutSeconds: 120, retries: 0 },
  collect,
};
