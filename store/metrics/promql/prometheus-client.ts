import { setTimeout as sleep } from 'node:timers/promises';
import { InputError } from '../../../scoring/contract.ts';
import * as faults from './fault.ts';
import { PromqlFault } from './fault.ts';

export interface PrometheusSettings {
  /** May carry user and password, and a path (`https://mimir/prometheus`). */
  readonly url: string;
  readonly token?: string | undefined;
  /** Of one query. */
  readonly timeoutMilliseconds?: number | undefined;
  /** Waits before a query is sent again after the server did not answer or was not ready. */
  readonly retryMilliseconds?: readonly number[] | undefined;
  /** Beyond this an answer is not read on. */
  readonly largestAnswerBytes?: number | undefined;
}

export interface VectorElement {
  readonly metric: Readonly<Record<string, string>>;
  /** Seconds since 1970, and the value in Go's notation. */
  readonly value: readonly [number, string];
}

export interface MatrixElement {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [number, string])[];
}

export type QueryData =
  | { readonly resultType: 'vector'; readonly result: readonly VectorElement[] }
  | { readonly resultType: 'matrix'; readonly result: readonly MatrixElement[] }
  | { readonly resultType: 'scalar' | 'string'; readonly result: readonly [number, string] };

/** Long enough for a server that restarts with a large log to replay: half a minute in all. */
const defaultRetries = [250, 500, 1000, 2000, 4000, 8000, 15_000];
const defaultTimeout = 120_000;
/** What the server is left beyond its own time-out to say that it was one. */
const grace = 5000;
/** Bytes; well below the longest text that can be held, and far above what a batch of queries is answered with. */
const largestAnswer = 256 * 2 ** 20;

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** What a server says when a query is too much for it: Prometheus, Thanos, VictoriaMetrics, Mimir. */
const limitWords =
  /too many samples|too many points|exceeded maximum resolution|timed out|timeout|-search\.max|maxSamplesPerQuery|err-mimir-max|exceed|limit|out of memory/i;
/** Warnings about the query rather than about missing data (Prometheus 3). */
const advice = /^PromQL (?:info|warning)/;

/** Speaks the HTTP API of Prometheus; every failure is a PromqlFault that names server and remedy. */
export class PrometheusClient {
  /** Without credentials. */
  readonly location: string;
  readonly #base: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #timeout: number;
  readonly #retries: readonly number[];
  readonly #largestAnswer: number;
  /** Requests sent, for benches and tests. */
  requests = 0;

  constructor(settings: PrometheusSettings) {
    const url = parseUrl(settings.url);
    const credentials = url.username || url.password ? basic(url) : undefined;
    url.username = '';
    url.password = '';
    this.location = url.href.replace(/\/+$/, '');
    this.#base = this.location;
    const authorization = settings.token ? `Bearer ${settings.token}` : credentials;
    this.#headers = { accept: 'application/json', ...(authorization ? { authorization } : {}) };
    this.#timeout = settings.timeoutMilliseconds ?? defaultTimeout;
    this.#retries = settings.retryMilliseconds ?? defaultRetries;
    this.#largestAnswer = settings.largestAnswerBytes ?? largestAnswer;
  }

  /** An instant query at a time in milliseconds; null = now. */
  async query(query: string, at: number | null): Promise<QueryData> {
    const time: Record<string, string> = at === null ? {} : { time: seconds(at) };
    return this.#ask('/api/v1/query', { query, ...time });
  }

  async queryRange(
    query: string,
    range: { readonly start: number; readonly end: number; readonly step: number },
  ) {
    const { start, end, step } = range;
    const form = { query, start: seconds(start), end: seconds(end), step: seconds(step) };
    return this.#ask('/api/v1/query_range', form);
  }

  /** Version as the server states it; empty where it states none. */
  async version(): Promise<string> {
    const { status, text } = await this.#patiently('/api/v1/status/buildinfo', null);
    if (status !== 200) return '';
    const body = parseJson(text) as { data?: { version?: unknown } } | null;
    return String(body?.data?.version ?? '');
  }

  /** As Prometheus states it, `15d or 10GiB`; empty where the server states none. */
  async statedRetention(): Promise<string> {
    const { status, text } = await this.#patiently('/api/v1/status/runtimeinfo', null);
    if (status !== 200) return '';
    const body = parseJson(text) as { data?: { storageRetention?: unknown } } | null;
    return String(body?.data?.storageRetention ?? '');
  }

  /** The server's clock minus ours, in seconds. */
  async clockSkew(): Promise<number> {
    const before = Date.now();
    const data = await this.query('time()', null);
    const middle = (before + Date.now()) / 2000;
    const value = data.resultType === 'vector' ? data.result[0]?.value : data.result;
    return Number(value?.[1]) - middle;
  }

  async #ask(path: string, form: Readonly<Record<string, string>>): Promise<QueryData> {
    const timeout = { timeout: `${Math.max(1, Math.floor((this.#timeout - grace) / 1000))}s` };
    const answer = await this.#patiently(path, new URLSearchParams({ ...form, ...timeout }));
    return this.#read(answer);
  }

  /** Sends until there is an answer that is not "not ready". */
  async #patiently(path: string, form: URLSearchParams | null): Promise<Answer> {
    let told = '';
    for (let attempt = 0; ; attempt += 1) {
      try {
        const answer = await this.#exchange(path, form);
        if (!isNotReady(answer)) return answer;
        told = `HTTP ${answer.status} ${excerpt(answer.text)}`;
      } catch (cause) {
        if (isTimeout(cause)) {
          throw new PromqlFault('unreachable', faults.hanging(this.location, this.#timeout / 1000), {
            cause,
          });
        }
        told = messageOf(cause);
      }
      const wait = this.#retries[attempt];
      if (wait === undefined) {
        throw new PromqlFault('unreachable', faults.unreachable(this.location, told, attempt + 1));
      }
      await sleep(wait);
    }
  }

  async #exchange(path: string, form: URLSearchParams | null): Promise<Answer> {
    this.requests += 1;
    const response = await fetch(`${this.#base}${path}`, {
      ...(form ? { method: 'POST', body: form } : {}),
      headers: this.#headers,
      redirect: 'follow',
      signal: AbortSignal.timeout(this.#timeout),
    });
    const type = response.headers.get('content-type') ?? '';
    return { status: response.status, type, text: await this.#textOf(response) };
  }

  /** The body may be endless, and compressed its length says nothing: what comes is counted. */
  async #textOf({ body }: Response): Promise<string> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of body ?? []) {
      size += chunk.length;
      if (size > this.#largestAnswer) {
        const told = `> ${this.#largestAnswer} B`;
        throw new PromqlFault('tooLarge', faults.overLimit(this.location, told));
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  }

  #read({ status, text }: Answer): QueryData {
    const server = this.location;
    if (status === 401 || status === 403) {
      throw new PromqlFault('refused', faults.unauthorised(server, status));
    }
    const body = parseJson(text) as Body | null;
    if (body?.status === 'error') {
      const told = String(body.error ?? '');
      if (body.errorType !== 'bad_data' && (body.errorType === 'timeout' || limitWords.test(told))) {
        throw new PromqlFault('tooLarge', faults.overLimit(server, told));
      }
      throw new PromqlFault('query', faults.badQuery(server, told));
    }
    if (status !== 200 || body?.status !== 'success' || !isData(body.data)) {
      throw new PromqlFault('garbage', faults.noPromql(server, status, excerpt(text)));
    }
    const warnings = (body.warnings ?? []).map(String).filter((each) => !advice.test(each));
    if (body.isPartial === true || warnings.length > 0) {
      throw new PromqlFault('partial', faults.partialAnswer(server, warnings.join('; ') || 'isPartial'));
    }
    return body.data;
  }
}

interface Body {
  readonly status?: unknown;
  readonly data?: unknown;
  readonly error?: unknown;
  readonly errorType?: unknown;
  readonly warnings?: readonly unknown[];
  readonly isPartial?: unknown;
}

function isData(data: unknown): data is QueryData {
  const { resultType, result } = (data ?? {}) as { resultType?: unknown; result?: unknown };
  if (!Array.isArray(result)) return false;
  if (resultType === 'vector') return result.every((each) => isSeries(each) && isPoint(each.value));
  if (resultType === 'matrix') {
    return result.every((each) => isSeries(each) && Array.isArray(each.values) && each.values.every(isPoint));
  }
  return (resultType === 'scalar' || resultType === 'string') && isPoint(result);
}

function isSeries(
  each: unknown,
): each is { readonly metric: object; readonly value?: unknown; readonly values?: unknown } {
  const { metric } = (each ?? {}) as { metric?: unknown };
  return typeof metric === 'object' && metric !== null;
}

function isPoint(point: unknown): boolean {
  return Array.isArray(point) && typeof point[0] === 'number' && typeof point[1] === 'string';
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return url;
  throw new InputError(
    `PROMETHEUS_URL is no address of a server: write http://host:9090 or https://user:password@host/path.`,
  );
}

function basic({ username, password }: URL): string {
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

/** A proxy or a server that is starting; a JSON body is a server's own answer, whatever its status. */
function isNotReady({ status, text }: Answer): boolean {
  return (status >= 500 || status === 429) && parseJson(text) === null;
}

function isTimeout(cause: unknown): boolean {
  return cause instanceof Error && cause.name === 'TimeoutError';
}

function messageOf(cause: unknown): string {
  if (cause instanceof PromqlFault) throw cause;
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return inner instanceof Error
    ? inner.message || String((inner as { code?: unknown }).code ?? inner.name)
    : String(inner);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const excerpt = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, 120);
const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(3);
