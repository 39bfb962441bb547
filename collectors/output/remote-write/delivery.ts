import { type HttpPort, NetworkFault, type Text, type TlsSettings } from '../../contract.ts';
import { faultText } from '../../runner/run/fault-text.ts';
import { compressBlock, encodeWriteRequest, expandBlock } from '../../wire/remote-write.ts';
import { type RemoteWritePolicy, remoteWritePolicy } from './policy.ts';
import type { QueueRecord } from './record.ts';
import { retryAfterMilliseconds } from './retry.ts';

/** Where and how a target is written to. */
export interface Destination {
  readonly url: string;
  /** `Authorization` where the target wants it; asked anew for every attempt, so that a changed secret is taken up. */
  authorization(): Promise<string | null>;
  readonly tls: TlsSettings | null;
}

export type Delivery =
  | { readonly verdict: 'accepted' }
  /** The same request can never succeed. */
  | { readonly verdict: 'refused'; readonly reason: Text }
  | { readonly verdict: 'postponed'; readonly reason: Text; readonly retryAfter: number | null };

/** Largest record once expanded; what was queued was smaller. */
const largestRecordBytes = 256 * 1024 * 1024;

/** A person waits for the answer to a trial. */
const trialMilliseconds = 5000;

/** One request of several records: messages one after the other are one message with the series of all. */
export function payloadOf(records: readonly QueueRecord[]): Uint8Array {
  const [first, ...more] = records;
  if (first && more.length === 0) return first.payload;
  return compressBlock(Buffer.concat(records.map(({ payload }) => expandBlock(payload, largestRecordBytes))));
}

/** What the server itself said stays in its own words. */
function answerText(status: number, said: string): Text {
  const colon = said === '' ? '' : `：${said}`;
  return { zh: `接收端应答状态 ${status}${colon}`, en: `HTTP ${status} ${said}`.trim() };
}

/** An answer that never came, or a secret or file that is missing. */
function silenceText(error: unknown): Text {
  const { zh, en } = faultText(error).reason;
  return { zh, en: error instanceof NetworkFault ? `${error.kind}: ${error.message}` : en };
}

function firstLine(body: Uint8Array): string {
  return Buffer.from(body).toString('utf8').split('\n', 1)[0]?.trim().slice(0, 200) ?? '';
}

/** Too much at once, or not allowed in: a wrong token is put right by people, and what waits for that is not lost. */
const passingStatuses: readonly number[] = [401, 403, 429];

/**
 * Sends one request as remote write 1.0 says: a 2xx is taken, 5xx and 429 and silence are tried again; 401 and 403 too,
 * other than it says. Every other answer is final.
 */
export async function deliver(
  payload: Uint8Array,
  { url, authorization, tls }: Destination,
  world: { http: HttpPort; policy: RemoteWritePolicy; userAgent: string; now(): number; signal: AbortSignal },
): Promise<Delivery> {
  try {
    const secret = await authorization();
    const { status, headers, body } = await world.http.exchange({
      url,
      method: 'POST',
      headers: {
        'content-type': 'application/x-protobuf',
        'content-encoding': 'snappy',
        'user-agent': world.userAgent,
        'x-prometheus-remote-write-version': '0.1.0',
        ...(secret !== null && { authorization: secret }),
      },
      body: payload,
      timeoutMilliseconds: world.policy.timeoutMilliseconds,
      maxBytes: world.policy.answerBytes,
      maxRedirects: 0,
      ...(tls !== null && { tls }),
      signal: world.signal,
    });
    if (status >= 200 && status < 300) return { verdict: 'accepted' };
    const reason = answerText(status, firstLine(body));
    const mayPass = status >= 500 || passingStatuses.includes(status);
    if (!mayPass) return { verdict: 'refused', reason };
    return {
      verdict: 'postponed',
      reason,
      retryAfter: retryAfterMilliseconds(headers['retry-after'], world.now()),
    };
  } catch (error) {
    // An answer that is too long says nothing of the status, and a missing secret may be put right: both are tried again.
    return { verdict: 'postponed', reason: silenceText(error), retryAfter: null };
  }
}

/** Sends a request without samples: null when the target takes it, else what it says. */
export async function tryTarget(
  destination: Destination,
  { http, userAgent }: { http: HttpPort; userAgent: string },
): Promise<string | null> {
  const delivery = await deliver(compressBlock(encodeWriteRequest([])), destination, {
    http,
    userAgent,
    policy: { ...remoteWritePolicy, timeoutMilliseconds: trialMilliseconds },
    now: () => 0,
    signal: new AbortController().signal,
  });
  return delivery.verdict === 'accepted' ? null : delivery.reason.en;
}
