import createClient from 'openapi-fetch';
import { type Asked, GrafanaFault, refusalOf, unreadable } from './grafana-faults.ts';
import type { GrafanaPaths } from './paths.ts';

export interface GrafanaAccess {
  /** Root of Grafana, without slash at the end. */
  readonly url: string;
  readonly token: string;
  /** For each request. */
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
}

/** More than any dashboard is; what answers more is no Grafana. */
const largestAnswerBytes = 16 * 1024 * 1024;
const bodiless = new Set([204, 205, 304]);

class TooLarge extends Error {}

async function boundedText(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    if (size > largestAnswerBytes) throw new TooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

type Client = ReturnType<typeof createClient<GrafanaPaths>>;
interface Answer {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

export interface GrafanaClient {
  readonly url: string;
  /** The answer's JSON, or null for a 404 where absence is an answer. Everything else is a `GrafanaFault`. */
  ask(
    what: string,
    call: (client: Client) => Promise<Answer>,
    options?: { readonly mayBeAbsent?: boolean },
  ): Promise<unknown>;
}

function silenceOf({ url, what }: Asked, error: unknown, { timeoutSeconds, signal }: GrafanaAccess): Error {
  if (signal.aborted) return new GrafanaFault(null, `interrupted before Grafana could ${what}`);
  if (error instanceof SyntaxError) return unreadable({ url, what }, 'no JSON');
  if (error instanceof TooLarge) return unreadable({ url, what }, 'more than 16 MB');
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return new GrafanaFault(
      null,
      `Grafana at ${url} did not ${what} within ${timeoutSeconds} s: look whether it is well, or allow more with --timeout`,
    );
  }
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const { code, message } = cause as { readonly code?: string; readonly message?: string };
  return new GrafanaFault(
    null,
    `Grafana at ${url} cannot be reached to ${what} (${code ?? message}): look at --url, and whether Grafana runs there`,
    { cause: error },
  );
}

/** What a server says, without the token that it may repeat, as it is or as part of an address. */
function withoutToken(body: unknown, token: string): unknown {
  if (body === undefined) return body;
  return [token, encodeURIComponent(token)].reduce(
    (said, form) => JSON.parse(JSON.stringify(said).replaceAll(JSON.stringify(form).slice(1, -1), '[token]')),
    body,
  );
}

/** Speaks to one Grafana: never follows redirects, gives up after the timeout, and tells faults as sentences. */
export function grafanaClient(access: GrafanaAccess): GrafanaClient {
  const { url, token, timeoutSeconds, signal } = access;
  const client = createClient<GrafanaPaths>({
    baseUrl: url,
    headers: { Authorization: `Bearer ${token}`, Accept: 'application/json' },
    fetch: async (request) => {
      const bound = AbortSignal.any([signal, AbortSignal.timeout(timeoutSeconds * 1000)]);
      const response = await fetch(request, { redirect: 'manual', signal: bound });
      const text = await boundedText(response);
      const { status } = response;
      const headers = new Headers(response.headers);
      // They describe the body as it travelled.
      headers.delete('content-encoding');
      headers.delete('content-length');
      return new Response(bodiless.has(status) ? null : text, { status, headers });
    },
  });
  return {
    url,
    async ask(what, call, { mayBeAbsent = false } = {}) {
      const asked = { url, what };
      let answer: Answer;
      try {
        answer = await call(client);
      } catch (error) {
        throw silenceOf(asked, error, access);
      }
      const { response, data } = answer;
      const error = withoutToken(answer.error, token);
      if (response.ok) return data;
      // Any server says 404; Grafana says it in JSON.
      if (response.status === 404 && mayBeAbsent) {
        if (typeof error === 'object') return null;
        throw unreadable(asked, 'a 404 without JSON');
      }
      throw refusalOf(asked, response.status, error);
    },
  };
}
