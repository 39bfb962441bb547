import {
  type CollectorPorts,
  type CollectorYield,
  type HttpResponse,
  InputError,
  instanceHeader,
  NetworkFault,
  type Text,
  type TlsSession,
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
  /** On the monotonic clock; Infinity where no bound is known. What is not asked by then is not asked at all. */
  readonly deadline: number;
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
  /** False where the time was up before: nothing is known about the target then. */
  readonly isAsked: boolean;
  /** Of the certificate that the target showed. */
  readonly certificateDays: number | null;
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
  credentials: {
    zh: '目标要求认证或拒绝了现有凭据：请检查 auth 及其所指的密钥，并确认该账号有权读取',
    en: 'the target wants credentials or refuses ours: check auth and the secret that it names, and that it may read this page',
  },
  format: {
    zh: '请确认该地址输出 Prometheus 或 OpenMetrics 文本；整页已拒收，与 Prometheus 的处理一致',
    en: 'see that the address gives Prometheus or OpenMetrics text; the whole page is refused, as Prometheus does',
  },
  time: {
    zh: '请调大 concurrency、缩短 timeout，或延长采集任务的超时时间',
    en: 'raise concurrency, shorten timeout, or give the job more time',
  },
} as const;

class StatusFault extends Error {
  readonly zh: string;
  readonly remedy: Text;
  constructor(zh: string, en: string, remedy: Text = remedies.status) {
    super(en);
    this.zh = zh;
    this.remedy = remedy;
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
  if (error instanceof StatusFault) return { reason: { zh: error.zh, en }, remedy: error.remedy };
  if (error instanceof ExpositionFault) return { reason: error.reason, remedy: remedies.format };
  if (error instanceof PageRefusal) return { reason: error.reason, remedy: error.remedy };
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
/** Read between two looks at what else waits: a few hundredths of a second. */
const sliceBytes = 2_000_000;

async function fetchPage(
  url: string,
  { settings, ports, headers, tls, signal, deadline }: ScrapeOptions,
): Promise<HttpResponse> {
  const left = deadline - ports.clock.monotonic();
  const answer = await ports.http.exchange({
    url,
    headers: {
      accept: acceptHeader,
      'accept-encoding': 'gzip',
      'x-prometheus-scrape-timeout-seconds': String(settings.timeout),
      ...headers,
    },
    timeoutMilliseconds: Math.min(settings.timeout * 1000, left),
    maxBytes: Math.floor(settings.maxMegabytes * 1_000_000),
    maxRedirects: 5,
    ...tls,
    signal,
  });
  if (answer.status === statusOk) return answer;
  const { status } = answer;
  throw new StatusFault(
    `应答状态为 ${status}`,
    `the server answered with status ${status}`,
    status === 401 || status === 403 ? remedies.credentials : remedies.status,
  );
}

function daysOf(session: TlsSession | null, now: number): number | null {
  const leaf = session?.chain[0];
  return leaf ? (Date.parse(leaf.notAfter) - now) / 86_400_000 : null;
}

/** What our own page shows came from here; taken in again, it would come back longer with every scrape. */
function refuseOwnPage({ headers }: HttpResponse, { self }: CollectorPorts): void {
  if (!self || headers[instanceHeader] !== self.instance) return;
  throw new PageRefusal(
    {
      zh: '该地址是本实例自己的 /metrics，采集它会使每次采集的内容层层重复',
      en: 'this is the /metrics of this CityGauge itself: what is scraped would be exposed and scraped again',
    },
    {
      zh: '请从采集任务中去掉该目标；本系统自身的运行指标由 citygauge-self 采集器提供',
      en: 'take the target out of the job; the collector citygauge-self gives this program’s own figures',
    },
  );
}

/** Reads a page slice by slice, so that a large one does not hold up what else the program does. */
async function readPage(
  { body, headers }: HttpResponse,
  page: PageReadings,
  { settings, ports, signal }: ScrapeOptions,
): Promise<Scrape['types']> {
  const format = pageFormat(headers['content-type'], settings.fallbackFormat);
  const parser = new ExpositionParser(format, (sample) => page.take(sample));
  for (let at = 0; at < body.length; at += sliceBytes) {
    if (at > 0) await ports.clock.sleep(0, signal);
    parser.push(body.subarray(at, at + sliceBytes));
  }
  parser.end();
  page.finish();
  return declaredTypes(parser.families, format);
}

/** With less time left than this, an answer in time would be chance: the target is not asked, and nothing is said of it. */
const leastMilliseconds = 20;

const timeIsUp: NonNullable<Scrape['fault']> = {
  reason: {
    zh: '本轮时间用尽，未能采集该目标',
    en: 'the time of the run was up before this target was asked',
  },
  remedy: remedies.time,
};

/** Asks one target for its page and reads it. Never rejects for a fault of the target: the scrape then says it. */
export async function scrapeTarget(target: ScrapeTarget, options: ScrapeOptions): Promise<Scrape> {
  const { ports } = options;
  const began = ports.clock.monotonic();
  const page = new PageReadings({ ...options.page, labels: target.labels });
  const isAsked = began + leastMilliseconds < options.deadline;
  let types: Scrape['types'] = {};
  let answer: HttpResponse | null = null;
  let tls: TlsSession | null = null;
  let fault: Scrape['fault'] = isAsked ? null : timeIsUp;
  try {
    if (isAsked) {
      answer = await fetchPage(target.url, options);
      tls = answer.tls;
      refuseOwnPage(answer, ports);
      types = await readPage(answer, page, options);
    }
  } catch (error) {
    options.signal.throwIfAborted();
    if (error instanceof NetworkFault) tls = error.tls;
    fault = faultOf(error);
  }
  return {
    ...{ target, page, types, fault, isAsked },
    durationSeconds: (ports.clock.monotonic() - began) / 1000,
    phases: { ...answer?.phases },
    bytes: answer?.body.length ?? 0,
    certificateDays: daysOf(tls, ports.clock.now()),
  };
}
