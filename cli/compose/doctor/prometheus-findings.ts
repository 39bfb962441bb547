import { type HttpPort, NetworkFault } from '../../../collectors/contract.ts';
import type { EvidenceStore } from '../../../store/contract.ts';
import type { StoreOptions } from '../../../store/open-store.ts';
import { type Finding, patienceMilliseconds } from './finding.ts';

/** A skew that moves samples across the end of a minute. */
const noticedSkewSeconds = 5;
/** From here on a server refuses or misplaces what we write. */
const brokenSkewSeconds = 60;

const longestDays = [
  { days: 31, zh: '月', en: 'months' },
  { days: 92, zh: '季度', en: 'quarters' },
  { days: 366, zh: '年', en: 'years' },
] as const;

const daysOfUnit: Readonly<Record<string, number>> = {
  ms: 1 / 86_400_000,
  s: 1 / 86_400,
  m: 1 / 1440,
  h: 1 / 24,
  d: 1,
  w: 7,
  y: 365,
};

/** Days of a duration as Prometheus writes it: `15d`, `1y2w`; null for another text. */
export function retentionDays(text: string): number | null {
  if (!/^(?:\d+(?:ms|[smhdwy]))+$/.test(text)) return null;
  const parts = [...text.matchAll(/(\d+)(ms|[smhdwy])/g)];
  return parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (daysOfUnit[unit] ?? 0), 0);
}

/** How long the server keeps samples; a year's evaluation needs all of its year. */
export function retentionFinding(days: number | null): Finding {
  const what = { zh: 'PromQL 服务器的保留期', en: 'Retention of the PromQL server' };
  if (days === null) {
    return {
      what,
      verdict: 'note',
      found: '?',
      nextStep: {
        zh: '服务器未告知保留期，请确认其不短于最长的评估周期',
        en: 'the server does not tell: see that it keeps the longest period you evaluate',
      },
    };
  }
  const short = longestDays.filter((each) => days < each.days);
  const found = `${Number(days.toFixed(1))} d`;
  if (short.length === 0) return { what, verdict: 'good', found };
  return {
    what,
    verdict: 'note',
    found,
    nextStep: {
      zh: `短于一${short.map(({ zh }) => zh).join('、一')}：请调大 --storage.tsdb.retention.time，或在周期结束后尽快评估并保存`,
      en: `shorter than ${short.map(({ en }) => en).join(', ')}: raise --storage.tsdb.retention.time`,
    },
  };
}

export function skewFinding(seconds: number): Finding {
  const size = Math.abs(seconds);
  return {
    what: { zh: '与 PromQL 服务器的时钟差', en: 'Clock skew against the PromQL server' },
    verdict: size >= brokenSkewSeconds ? 'broken' : size >= noticedSkewSeconds ? 'note' : 'good',
    found: `${seconds.toFixed(1)} s`,
    ...(size >= noticedSkewSeconds && {
      nextStep: {
        zh: '请在两台机器上启用 NTP 时间同步',
        en: 'have both machines keep time by NTP',
      },
    }),
  };
}

/** Days that the server keeps samples, null when it does not tell; NetworkFault when nobody answers. */
async function askRetention(http: HttpPort, base: string, token: string | undefined): Promise<number | null> {
  const url = new URL(base);
  const basic =
    url.username === '' ? null : `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const authorization = token ? `Bearer ${token}` : basic && `Basic ${Buffer.from(basic).toString('base64')}`;
  [url.username, url.password] = ['', ''];
  url.pathname = `${url.pathname.replace(/\/$/, '')}/api/v1/status/flags`;
  try {
    const { status, body } = await http.exchange({
      url: url.href,
      ...(authorization && { headers: { authorization } }),
      timeoutMilliseconds: patienceMilliseconds,
      maxBytes: 1_000_000,
      signal: new AbortController().signal,
    });
    if (status !== 200) return null;
    const flags = JSON.parse(Buffer.from(body).toString('utf8')).data ?? {};
    const days = retentionDays(String(flags['storage.tsdb.retention.time']));
    // Neither time nor size given means Prometheus' own default.
    return days === 0 ? 15 : days;
  } catch (error) {
    if (error instanceof NetworkFault) throw error;
    return null;
  }
}

/** What computes metric measures: reachable, which version, how long it keeps samples, whether its clock agrees. */
export async function metricSourceFindings(
  { metrics }: EvidenceStore,
  { http, options }: { http: HttpPort; options: StoreOptions },
): Promise<Finding[]> {
  const what = { zh: '指标计算', en: 'Metric measures' };
  const { prometheusUrl, prometheusToken } = options;
  try {
    // Asked first: the source itself waits long for a server that may be restarting, a person does not.
    const asked = prometheusUrl ? await askRetention(http, prometheusUrl, prometheusToken) : null;
    const { kind, location, version, clockSkewSeconds } = await metrics.describe();
    if (kind === 'embedded') return [{ what, verdict: 'good', found: 'embedded readings' }];
    const days = prometheusUrl ? asked : await askRetention(http, location, prometheusToken);
    return [
      { what, verdict: 'good', found: `${location} ${version}` },
      retentionFinding(days),
      ...(clockSkewSeconds === null ? [] : [skewFinding(clockSkewSeconds)]),
    ];
  } catch (error) {
    return [
      {
        what,
        verdict: 'broken',
        found: (error as Error).message,
        nextStep: {
          zh: '请启动 PROMETHEUS_URL 所指的服务器，或更正该地址与认证',
          en: 'start the server that PROMETHEUS_URL names, or correct address and authentication',
        },
      },
    ];
  }
}
