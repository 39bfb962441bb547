import { authHeaders, headerSecret, readTls } from '../connection.ts';
import type { Collector, CollectorRun, HttpRequest, HttpResponse, Text } from '../contract.ts';
import { certificateText } from './probe/certificate.ts';
import { type HttpProbeSettings, httpSettings } from './probe/http-settings.ts';
import { answerFault } from './probe/judge-answer.ts';
import { certificateMetrics, probeMetrics, probeNames, statusMetric } from './probe/probe-metrics.ts';
import { overVersions, type ProbeTarget } from './probe/probe-settings.ts';
import { certificateMetricNames, type Look, runProbes } from './probe/run-probes.ts';

interface HttpTarget extends ProbeTarget {
  readonly url: string;
}

const hostOf = (url: string) => new URL(url).hostname.replace(/^\[(.*)\]$/, '$1');

function targetsOf({ targets, ipVersion }: HttpProbeSettings): readonly HttpTarget[] {
  return targets.flatMap((each) => {
    const { url, name = url, labels } = typeof each === 'string' ? { url: each, labels: {} } : each;
    return overVersions({ url, host: hostOf(url), name, labels }, ipVersion);
  });
}

/** What is the same in the requests to all targets. */
async function requestOf({ settings, ports, signal }: CollectorRun<HttpProbeSettings>) {
  const { method, body, redirects, maxRedirects, timeout, maxMegabytes } = settings;
  const secret = Object.entries(settings.secretHeaders).map(async ([name, ref]) => [
    name,
    await headerSecret(ref, ports),
  ]);
  return {
    method,
    headers: {
      ...settings.headers,
      ...Object.fromEntries(await Promise.all(secret)),
      ...(await authHeaders(settings.auth, ports)),
    },
    ...(body === undefined ? {} : { body }),
    ...(await readTls(settings.tls, ports)),
    timeoutMilliseconds: timeout * 1000,
    maxBytes: maxMegabytes * 1_000_000,
    maxRedirects: redirects === 'follow' ? maxRedirects : 0,
    signal,
  } satisfies Omit<HttpRequest, 'url'>;
}

function tooSlow(seconds: number, maxDuration: number | undefined): Text | null {
  if (maxDuration === undefined || seconds <= maxDuration) return null;
  const took = seconds.toFixed(3);
  return {
    zh: `用时 ${took} 秒，超过 ${maxDuration} 秒`,
    en: `it took ${took} s, more than ${maxDuration} s`,
  };
}

function shownAnswer({ status, body, redirects, tls }: HttpResponse): Text {
  const certificate = tls ? certificateText(tls) : null;
  const [last] = redirects.slice(-1).map((each) => each.split('?', 1)[0]);
  return {
    zh: `HTTP ${status}，${body.length} 字节${last ? `，重定向至 ${last}` : ''}${certificate ? `，${certificate.zh}` : ''}`,
    en: `HTTP ${status}, ${body.length} bytes${last ? `, redirected to ${last}` : ''}${certificate ? `, ${certificate.en}` : ''}`,
  };
}

async function collect(run: CollectorRun<HttpProbeSettings>) {
  const { settings, ports, startedAt } = run;
  const request = await requestOf(run);
  const look = async ({ url, family }: HttpTarget, signal: AbortSignal): Promise<Look> => {
    const began = ports.clock.monotonic();
    const answer = await ports.http.exchange({ ...request, url, ...(family ? { family } : {}), signal });
    const seconds = (ports.clock.monotonic() - began) / 1000;
    const fault = answerFault(answer, settings, startedAt) ?? tooSlow(seconds, settings.maxDuration);
    return {
      isUp: fault === null,
      detail: fault ?? shownAnswer(answer),
      phases: answer.phases,
      durationSeconds: seconds,
      values: { [probeNames.status]: answer.status },
      tls: answer.tls,
    };
  };
  return runProbes(run, {
    kind: 'http',
    targets: targetsOf(settings),
    expected: ({ url }) => [probeNames.status, ...(url.startsWith('https:') ? certificateMetricNames : [])],
    look,
  });
}

/** Asks addresses by HTTP or HTTPS and judges the answer. */
export const probeHttp: Collector<HttpProbeSettings> = {
  id: 'probe-http',
  title: { zh: 'HTTP 探测', en: 'HTTP probes' },
  domain: 'application',
  description: {
    zh: '按用户的方式访问网址，核对状态码、正文、JSON 字段、重定向、用时和证书，得出各应用的可用性与响应时间。',
    en: 'Asks addresses as a user would and judges status, body, JSON fields, redirects, duration and certificate: the availability and response time of applications.',
  },
  settings: httpSettings,
  metrics: [...probeMetrics, statusMetric, ...certificateMetrics],
  isOpen: false,
  records: [],
  cadence: { everySeconds: 60, timeoutSeconds: 55, retries: 0 },
  collect,
};
