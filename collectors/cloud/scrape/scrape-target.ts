import {
  type CollectorPorts,
  type CollectorYield,
  InputError,
  NetworkFault,
  type Text,
  type TlsSettings,
} from '../../contract.ts';
import { acceptHeader, formatOf } from '../../exposition/content-type.ts';
import { declaredTypes } from '../../exposition/declared-types.ts';
import { type ExpositionFormat, ExpositionParser } from '../../exposition/exposition.ts';
import { ExpositionFault } from '../../exposition/exposition-fault.ts';
import { type PageOptions, PageReadings, PageRefusal } from './page-readings.ts';
import type { ScrapeSettings, ScrapeTarget } from './scrape-settings.ts';

export interface ScrapeOptions {
  readonly settings: ScrapeSettings;
  readonly ports: CollectorPorts;
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: { readonly tls?: TlsSettings };
  readonly page: Omit<PageOptions, 'labels'>;
  readonly signal: AbortSignal;
}

/** One scrape of one target, whether something came of it or not. */
export interface Scrape {
  readonly target: ScrapeTarget;
  readonly durationSeconds: number;
  readonly page: PageReadings;
  readonly types: NonNullable<CollectorYield['types']>;
  /** Null where it went well. */
  readonly fault: { readonly reason: Text; readonly remedy: Text } | null;
  readonly phases: Readonly<Record<string, number>>;
  readonly bytes: number;
}

const remedies = {
  network: {
    zh: '请确认目标正在运行、地址和端口正确且网络可达；目标较慢时请调大 timeout',
    en: 'see that the target runs and can be reached at this address; give a slow one a longer timeout',
  },
  status: {
    zh: '请检查地址路径和认证信息（auth）',
    en: 'check the path of the address and the credentials (auth)',
  },
  format: {
    zh: '请确认该地址输出 Prometheus 或 OpenMetrics 文本；整页已拒收，与 Prometheus 的处理一致',
    en: 'see that the address gives Prometheus or OpenMetrics text; the whole page is refused, as Prometheus does',
  },
  limit: {
    zh: '请用 metricRelabel 去掉不需要的指标，或调大 maxSamples',
    en: 'drop what is not needed by metricRelabel, or raise maxSamples',
  },
} as const;

class StatusFault extends Error {
  readonly zh: string;
  constructor(zh: string, en: string) {
    super(en);
    this.zh = zh;
  }
}

const networkWords: Readonly<Record<NetworkFault['kind'], string>> = {
  resolve: '域名解析失败',
  connect: '无法建立连接',
  tls: 'TLS 握手失败',
  timeout: '等待应答超时',
  tooLarge: '页面过大',
  protocol: '应答不符合 HTTP 协议',
  aborted: '采集被中止',
};

/** What went wrong, for a gap; a fault of the program itself is thrown on. */
function faultOf(error: unknown): NonNullable<Scrape['fault']> {
  const en = error instanceof Error ? error.message : String(error);
  if (error instanceof NetworkFault) {
    return { reason: { zh: `${networkWords[error.kind]}：${en}`, en }, remedy: remedies.network };
  }
  if (error instanceof StatusFault) return { reason: { zh: error.zh, en }, remedy: remedies.status };
  if (error instanceof ExpositionFault) return { reason: error.reason, remedy: remedies.format };
  if (error instanceof PageRefusal) return { reason: { zh: error.zh, en }, remedy: remedies.limit };
  if (error instanceof InputError) return { reason: { zh: en, en }, remedy: remedies.network };
  throw error;
}

function pageFormat(
  contentType: string | undefined,
  fallback: ScrapeSettings['fallbackFormat'],
): ExpositionFormat {
  const format = formatOf(contentType) ?? (fallback === 'none' ? null : fallback);
  if (format) return format;
  const shown = JSON.stringify((contentType ?? '').slice(0, 80));
  throw new StatusFault(
    `内容类型 ${shown} 既不是 Prometheus 文本也不是 OpenMetrics`,
    `the content type ${shown} is neither Prometheus text nor OpenMetrics`,
  );
}

const statusOk = 200;

function fetchPage(url: string, { settings, ports, headers, tls, signal }: ScrapeOptions) {
  return ports.http.exchange({
    url,
    headers: {
      accept: acceptHeader,
      'accept-encoding': 'gzip',
      'x-prometheus-scrape-timeout-seconds': String(settings.timeout),
      ...headers,
    },
    timeoutMilliseconds: settings.timeout * 1000,
    maxBytes: Math.floor(settings.maxMegabytes * 1_000_000),
    maxRedirects: 5,
    ...tls,
    signal,
  });
}

/** Asks one target for its page and reads it. Never rejects for a fault of the target: the scrape then says it. */
export async function scrapeTarget(target: ScrapeTarget, options: ScrapeOptions): Promise<Scrape> {
  const { ports, settings } = options;
  const began = ports.clock.monotonic();
  const page = new PageReadings({ ...options.page, labels: target.labels });
  let types: Scrape['types'] = {};
  let phases: Scrape['phases'] = {};
  let bytes = 0;
  let fault: Scrape['fault'] = null;
  try {
    const answer = await fetchPage(target.url, options);
    phases = { ...answer.phases };
    bytes = answer.body.length;
    if (answer.status !== statusOk) {
      throw new StatusFault(
        `应答状态为 ${answer.status}`,
        `the server answered with status ${answer.status}`,
      );
    }
    const format = pageFormat(answer.headers['content-type'], settings.fallbackFormat);
    const parser = new ExpositionParser(format, (sample) => page.take(sample));
    parser.push(answer.body);
    parser.end();
    page.checkLimit();
    types = declaredTypes(parser.families, format);
  } catch (error) {
    options.signal.throwIfAborted();
    fault = faultOf(error);
  }
  const durationSeconds = (ports.clock.monotonic() - began) / 1000;
  return { target, durationSeconds, page, types, fault, phases, bytes };
}
