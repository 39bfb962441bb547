import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ClockPort, Collected, Reading } from '../../contract.ts';
import { decodeWriteRequest, expandBlock, type TimeSeries } from '../../wire/remote-write.ts';

/** A clock that stands until the test moves it; who sleeps is woken at the right times on the way. */
export class HandClock implements ClockPort {
  #now = Date.parse('2026-03-02T00:00:00.000Z');
  #sleepers: { until: number; wake: () => void }[] = [];
  readonly sleeps: number[] = [];

  now = () => this.#now;
  monotonic = () => this.#now;

  get isSomeoneAsleep(): boolean {
    return this.#sleepers.length > 0;
  }

  sleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      this.sleeps.push(milliseconds);
      const sleeper = { until: this.#now + milliseconds, wake: resolve };
      const abort = () => {
        this.#sleepers = this.#sleepers.filter((each) => each !== sleeper);
        reject(signal.reason);
      };
      if (signal.aborted) abort();
      else this.#sleepers.push(sleeper);
      signal.addEventListener('abort', abort, { once: true });
    });

  /** Moves on; after each waking waits until `isAtRest`. */
  async pass(seconds: number, isAtRest: () => boolean): Promise<void> {
    const end = this.#now + seconds * 1000;
    await until(isAtRest);
    for (;;) {
      const next = this.#sleepers.toSorted((a, b) => a.until - b.until)[0];
      if (!next || next.until > end) break;
      this.#sleepers = this.#sleepers.filter((each) => each !== next);
      this.#now = Math.max(this.#now, next.until);
      next.wake();
      await until(isAtRest);
    }
    this.#now = end;
  }
}

/** Turns of the event loop until it holds; the test's own time limit ends what never does. */
export async function until(holds: () => boolean): Promise<void> {
  do await new Promise((resolve) => setTimeout(resolve, 1));
  while (!holds());
}

export interface TestTarget {
  readonly url: string;
  readonly received: { readonly headers: IncomingMessage['headers']; readonly series: TimeSeries[] }[];
  /** Samples accepted, in the order of arrival: `metric value`. */
  samples(): string[];
  close(): Promise<void>;
}

/** A remote write target; `answer` says what the next request gets: a status, with headers, or nothing at all (hangs). */
export async function startTarget(
  answer: () => { readonly status: number; readonly headers?: Record<string, string> } | 'hang',
): Promise<TestTarget> {
  const received: TestTarget['received'] = [];
  const taken: string[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const body = Buffer.concat(await request.toArray());
    const series = decodeWriteRequest(expandBlock(body, 100_000_000));
    received.push({ headers: request.headers, series });
    const given = answer();
    if (given === 'hang') return;
    if (given.status < 300) taken.push(...series.flatMap(samplesOf));
    response
      .writeHead(given.status, given.headers ?? {})
      .end(given.status < 300 ? '' : 'not now\nnot at all');
  };
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/write`,
    received,
    samples: () => taken,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function samplesOf({ labels, samples }: TimeSeries): string[] {
  const name = labels.find((label) => label.name === '__name__')?.value;
  return samples.map(({ value }) => `${name} ${value}`);
}

export function readings(metric: string, values: readonly number[], at: number): Reading[] {
  return values.map((value, index) => ({
    metric,
    labels: { job: 'a', subject: 'lin' },
    at: new Date(at + index).toISOString(),
    value,
  }));
}

export function collectedOf(all: readonly Reading[]): Collected {
  return {
    outcome: {
      job: 'a',
      collector: 'exposition',
      subject: 'lin',
      startedAt: '2026-03-02T00:00:00.000Z',
      durationSeconds: 0.25,
      attempts: 1,
      state: 'succeeded',
      samples: all.length,
      series: 1,
      records: 0,
      dropped: {},
      gaps: [],
      targets: [],
      error: null,
      remedy: null,
    },
    readings: all,
    records: [],
    types: {},
  };
}
