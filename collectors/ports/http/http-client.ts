import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import type { HttpPort, HttpRequest, HttpResponse } from '../../contract.ts';
import { ExchangeClock } from '../network/exchange-clock.ts';
import { protocolFault } from '../network/network-faults.ts';
import { openSocket } from '../network/socket-client.ts';
import { wholeBody } from './http-body-stream.ts';

/** Headers that say nothing about who asks: only they follow a redirect to another origin. */
const harmlessHeaders = new Set(['accept', 'accept-language', 'content-type', 'user-agent']);
const redirecting = new Set([301, 302, 303, 307, 308]);

/** One request of an exchange; redirects make the next from it. */
interface Hop {
  readonly url: URL;
  readonly method: NonNullable<HttpRequest['method']>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string | undefined;
  readonly tls: NonNullable<HttpRequest['tls']>;
}

interface Answer {
  readonly message: IncomingMessage;
  readonly remoteAddress: string;
}

export const httpClient: HttpPort = {
  async exchange(request) {
    const first = firstHop(request);
    const clock = new ExchangeClock(shownUrl(first.url), request.timeoutMilliseconds, request.signal);
    try {
      return await followed(request, first, clock);
    } finally {
      clock.release();
    }
  },
};

function firstHop(request: HttpRequest): Hop {
  const { method = 'GET', headers = {}, body, tls = {} } = request;
  const lowerCase = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { url: new URL(request.url), method, headers: Object.fromEntries(lowerCase), body, tls };
}

/** Without credentials and query, which may hold secrets. */
function shownUrl(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

async function followed(request: HttpRequest, first: Hop, clock: ExchangeClock): Promise<HttpResponse> {
  const redirects: string[] = [];
  for (let hop = first; ; ) {
    const { message, remoteAddress } = await answerTo(hop, request.family, clock);
    const location = redirecting.has(message.statusCode ?? 0) ? message.headers.location : undefined;
    if (location === undefined || redirects.length >= (request.maxRedirects ?? 0)) {
      const body = await wholeBody(message, request.maxBytes, clock);
      return { ...headOf(message), body, remoteAddress, redirects, url: hop.url.href, ...seenBy(clock) };
    }
    message.destroy();
    hop = nextHop(hop, location, { status: message.statusCode ?? 0, clock });
    redirects.push(hop.url.href);
    clock.restart(shownUrl(hop.url));
  }
}

const seenBy = ({ phases, session }: ExchangeClock) => ({ phases, tls: session });

function headOf(message: IncomingMessage): Pick<HttpResponse, 'status' | 'headers'> {
  const headers = Object.entries(message.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : value,
  ]);
  return { status: message.statusCode ?? 0, headers: Object.fromEntries(headers) };
}

function nextHop(hop: Hop, location: string, seen: { status: number; clock: ExchangeClock }): Hop {
  const { status, clock } = seen;
  const url = URL.parse(location, hop.url.href);
  if (!url || !/^https?:$/.test(url.protocol)) {
    const shown = location.slice(0, 100);
    throw protocolFault({ zh: `重定向到 ${shown}`, en: `it redirects to ${shown}` }, clock);
  }
  url.username = '';
  url.password = '';
  const isGet = status === 303 || (hop.method === 'POST' && status < 303);
  const isSameOrigin = url.origin === hop.url.origin;
  const kept = Object.entries(hop.headers).filter(
    ([name]) =>
      (isSameOrigin || harmlessHeaders.has(name)) &&
      name !== 'host' &&
      !(isGet && name.startsWith('content-')),
  );
  const { ca, isInsecure } = hop.tls;
  return {
    url,
    method: isGet && hop.method !== 'HEAD' ? 'GET' : hop.method,
    headers: Object.fromEntries(kept),
    body: isGet ? undefined : hop.body,
    tls: isSameOrigin
      ? hop.tls
      : { ...(ca === undefined ? {} : { ca }), ...(isInsecure === undefined ? {} : { isInsecure }) },
  };
}

async function answerTo(hop: Hop, family: 4 | 6 | undefined, clock: ExchangeClock): Promise<Answer> {
  const isSecure = hop.url.protocol === 'https:';
  const host = hop.url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = Number(hop.url.port || (isSecure ? 443 : 80));
  const reach = { host, port, ...(family ? { family } : {}), ...(isSecure ? { tls: hop.tls } : {}) };
  const { socket, remoteAddress } = await openSocket(reach, clock);
  const message = await new Promise<IncomingMessage>((resolve, reject) => {
    clock.begin('processing');
    const sent: ClientRequest = httpRequest({
      createConnection: () => socket,
      host,
      port,
      method: hop.method,
      path: `${hop.url.pathname}${hop.url.search}`,
      headers: headersOf(hop),
    });
    sent.on('finish', () => clock.begin('processing'));
    sent.on('response', (answer) => {
      clock.finish('transfer');
      resolve(answer);
    });
    sent.on('error', (error) => reject(clock.faultOf(error)));
    clock.hold(socket);
    sent.end(hop.body);
  });
  return { message, remoteAddress };
}

function headersOf({ url, headers, body }: Hop): Record<string, string> {
  return {
    host: url.host,
    'user-agent': 'CityGauge',
    accept: '*/*',
    'accept-encoding': 'gzip, deflate, br',
    ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
    ...headers,
  };
}
