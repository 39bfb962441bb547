import type { ClockPort, Collected, HttpPort, Reading, Sink, Text } from '../../contract.ts';
import { compressBlock, encodeWriteRequest, timeSeriesOf } from '../../wire/remote-write.ts';
import type { Sample } from '../families.ts';
import { type Delivery, type Destination, deliver, payloadOf } from './delivery.ts';
import { type RemoteWritePolicy, remoteWritePolicy } from './policy.ts';
import { type Batch, QueueFolder } from './queue-folder.ts';
import { backOffMilliseconds } from './retry.ts';

export interface RemoteWriteOptions {
  /** Names the queue's folder, the sink and the label `target`. */
  readonly name: string;
  /** Folder of this target's queue. */
  readonly folder: string;
  readonly maxQueueBytes: number;
  readonly destination: Destination;
  readonly http: HttpPort;
  readonly clock: ClockPort;
  /** 0..1, for the jitter of waits. */
  chance(): number;
  readonly userAgent: string;
  readonly policy?: RemoteWritePolicy;
}

export interface RemoteWriteState {
  readonly name: string;
  readonly url: string;
  readonly sentSamples: number;
  readonly failedSamples: number;
  readonly droppedSamples: number;
  readonly retriedSamples: number;
  readonly queueBytes: number;
  readonly queueSamples: number;
  /** 0 when nothing waits. */
  readonly oldestAgeSeconds: number;
  /** What the target or the disk said last, until something was accepted again. */
  readonly lastFault: Text | null;
  /** ISO instant; null before the first. */
  readonly lastAcceptedAt: string | null;
}

/** One remote write target: takes readings into its queue on disk and sends them in order until it is closed. */
export interface RemoteWrite {
  readonly sink: Sink;
  state(): RemoteWriteState;
  /** The state as series for /metrics. */
  series(): Sample[];
  /** Resolves when the queue is empty (true), at the first sending that does not succeed, or when the signal says so (false). */
  drain(signal: AbortSignal): Promise<boolean>;
  /** Stops sending and closes the queue; what waits is sent at the next start. */
  close(): Promise<void>;
}

/** Readings in requests' worth, each encoded and compressed. */
function* packed(readings: readonly Reading[], samplesPerRequest: number) {
  for (let start = 0; start < readings.length; start += samplesPerRequest) {
    const part = readings.slice(start, start + samplesPerRequest);
    yield { payload: compressBlock(encodeWriteRequest(timeSeriesOf(part))), samples: part.length };
  }
}

class Sender implements RemoteWrite {
  readonly sink: Sink;
  readonly #options: RemoteWriteOptions;
  readonly #policy: RemoteWritePolicy;
  readonly #queue: QueueFolder;
  readonly #stop = new AbortController();
  readonly #ended: Promise<void>;
  #wake = Promise.withResolvers<void>();
  /** Resolves at the end of each sending that settled or was postponed, and when the queue is found empty. */
  #step = Promise.withResolvers<'empty' | 'postponed'>();
  /** Resolved while someone waits for the queue to be empty. */
  #hurry = Promise.withResolvers<void>();
  #counts = { sent: 0, failed: 0, retried: 0 };
  #lastFault: Text | null = null;
  #lastAcceptedAt: string | null = null;

  constructor(options: RemoteWriteOptions, queue: QueueFolder) {
    this.#options = options;
    this.#policy = options.policy ?? remoteWritePolicy;
    this.#queue = queue;
    this.sink = { name: `remote-write ${options.name}`, accept: (collected) => this.#accept(collected) };
    this.#ended = this.#send();
  }

  async #accept({ readings }: Collected): Promise<void> {
    const queuedAt = this.#options.clock.now();
    try {
      for (const record of packed(readings, this.#policy.samplesPerRequest)) {
        await this.#queue.append({ ...record, queuedAt });
      }
    } catch (cause) {
      this.#lastFault = this.#unwritable(cause as Error);
      throw new Error(`${this.#lastFault.en}; samples wait in memory, the oldest give way: free the disk`, {
        cause,
      });
    } finally {
      this.#wake.resolve();
    }
  }

  async #send(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      this.#wake = Promise.withResolvers();
      if (this.#queue.state().samples === 0) {
        this.#announce('empty');
        await this.#wake.promise;
        continue;
      }
      await this.#linger();
      await this.#sendNext().catch((cause: Error) => this.#waitForDisk(cause));
    }
  }

  async #sendNext(): Promise<void> {
    const batch = await this.#queue.take(this.#policy.samplesPerRequest);
    if (batch && (await this.#sendUntilSettled(batch))) await this.#settle();
  }

  #unwritable({ message }: Error): Text {
    const { folder } = this.#options;
    return {
      zh: `队列目录 ${folder} 无法写入：${message}`,
      en: `queue ${folder} cannot be written: ${message}`,
    };
  }

  async #waitForDisk(cause: Error): Promise<void> {
    const { folder } = this.#options;
    this.#lastFault = {
      zh: `队列目录 ${folder} 无法读取：${cause.message}`,
      en: `queue ${folder} cannot be read: ${cause.message}`,
    };
    this.#announce('postponed');
    await this.#sleep(this.#policy.longestBackOffMilliseconds);
  }

  /** Waits a moment for more, so that many small runs share a request. */
  async #linger(): Promise<void> {
    const isFull = this.#queue.state().samples >= this.#policy.samplesPerRequest;
    if (!isFull) await Promise.race([this.#sleep(this.#policy.lingerMilliseconds), this.#hurry.promise]);
  }

  /** False when it was stopped before the target had said yes or no. */
  async #sendUntilSettled(batch: Batch): Promise<boolean> {
    const { signal } = this.#stop;
    const payload = payloadOf(batch.records);
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      if (attempt > 1) this.#counts.retried += batch.samples;
      const delivery = await this.#attempt(payload);
      if (delivery.verdict !== 'postponed') {
        this.#note(delivery, batch);
        return true;
      }
      if (signal.aborted) return false;
      this.#lastFault = delivery.reason;
      this.#announce('postponed');
      const { retryAfter } = delivery;
      const chance = this.#options.chance();
      await this.#sleep(backOffMilliseconds(attempt, { chance, retryAfter, policy: this.#policy }));
    }
    return false;
  }

  #attempt(payload: Uint8Array): Promise<Delivery> {
    const { http, clock, userAgent, destination } = this.#options;
    const world = {
      http,
      userAgent,
      policy: this.#policy,
      now: () => clock.now(),
      signal: this.#stop.signal,
    };
    return deliver(payload, destination, world);
  }

  #note(delivery: Exclude<Delivery, { verdict: 'postponed' }>, { samples }: Batch): void {
    if (delivery.verdict === 'accepted') {
      this.#counts.sent += samples;
      this.#lastFault = null;
      this.#lastAcceptedAt = new Date(this.#options.clock.now()).toISOString();
    } else {
      this.#counts.failed += samples;
      this.#lastFault = delivery.reason;
    }
  }

  async #settle(): Promise<void> {
    try {
      await this.#queue.settle();
    } catch (cause) {
      // The batch is done with all the same; only a restart would send it again, which changes nothing at the target.
      this.#lastFault = this.#unwritable(cause as Error);
    }
  }

  #announce(step: 'empty' | 'postponed'): void {
    this.#step.resolve(step);
    this.#step = Promise.withResolvers();
  }

  async #sleep(milliseconds: number): Promise<void> {
    // Stopping is the only reason for which a clock refuses to go on sleeping.
    await this.#options.clock.sleep(milliseconds, this.#stop.signal).catch(() => undefined);
  }

  async drain(signal: AbortSignal): Promise<boolean> {
    const aborted = Promise.withResolvers<'aborted'>();
    const abort = () => aborted.resolve('aborted');
    signal.addEventListener('abort', abort, { once: true });
    try {
      if (this.#queue.state().samples === 0) return true;
      if (signal.aborted) return false;
      const step = this.#step.promise;
      this.#hurry.resolve();
      return (await Promise.race([step, aborted.promise])) === 'empty';
    } finally {
      signal.removeEventListener('abort', abort);
      this.#hurry = Promise.withResolvers();
    }
  }

  async close(): Promise<void> {
    this.#stop.abort(new Error('remote write is closing'));
    this.#wake.resolve();
    await this.#ended;
    await this.#queue.close();
  }

  state(): RemoteWriteState {
    const { bytes, samples, oldestQueuedAt, droppedSamples } = this.#queue.state();
    const age = oldestQueuedAt === null ? 0 : (this.#options.clock.now() - oldestQueuedAt) / 1000;
    return {
      name: this.#options.name,
      url: this.#options.destination.url,
      sentSamples: this.#counts.sent,
      failedSamples: this.#counts.failed,
      droppedSamples,
      retriedSamples: this.#counts.retried,
      queueBytes: bytes,
      queueSamples: samples,
      oldestAgeSeconds: Math.max(0, age),
      lastFault: this.#lastFault,
      lastAcceptedAt: this.#lastAcceptedAt,
    };
  }

  series(): Sample[] {
    const state = this.state();
    const labels = { target: state.name };
    const figures = {
      sent_samples_total: state.sentSamples,
      failed_samples_total: state.failedSamples,
      dropped_samples_total: state.droppedSamples,
      retried_samples_total: state.retriedSamples,
      queue_bytes: state.queueBytes,
      queue_samples: state.queueSamples,
      oldest_age_seconds: state.oldestAgeSeconds,
    };
    return Object.entries(figures).map(([name, value]) => ({
      metric: `citygauge_remote_write_${name}`,
      labels,
      value,
    }));
  }
}

/** Opens the queue, goes on where the last process stopped, and sends. */
export async function createRemoteWrite(options: RemoteWriteOptions): Promise<RemoteWrite> {
  const queue = await QueueFolder.open(options.folder, {
    maxBytes: options.maxQueueBytes,
    policy: options.policy ?? remoteWritePolicy,
  });
  return new Sender(options, queue);
}
