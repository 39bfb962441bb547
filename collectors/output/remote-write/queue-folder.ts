import type { FileHandle } from 'node:fs/promises';
import { mkdir } from 'node:fs/promises';
import type { RemoteWritePolicy } from './policy.ts';
import { releaseQueue, takeQueue } from './queue-lock.ts';
import { type QueueRecord, recordBytes } from './record.ts';
import {
  appendRecord,
  type Cursor,
  listSegments,
  openSegment,
  readPosition,
  readRecord,
  removeSegment,
  type Segment,
  scanSegment,
  segmentAt,
  writePosition,
} from './segment-file.ts';

/** Records taken together, in order; they stay on disk until they are settled. */
export interface Batch {
  readonly records: readonly QueueRecord[];
  readonly samples: number;
}

export interface QueueState {
  readonly bytes: number;
  /** Waiting, those of a batch under way included. */
  readonly samples: number;
  /** Milliseconds since 1970; null when nothing waits. */
  readonly oldestQueuedAt: number | null;
  /** Lost before they were sent, since the queue was opened. */
  readonly droppedSamples: number;
  /** Cut off when the queue was opened: a record that was being written when the program was killed, or damage. */
  readonly unreadableBytes: number;
}

export interface QueueOptions {
  readonly maxBytes: number;
  readonly policy: RemoteWritePolicy;
}

/**
 * The queue of one target on disk: first in, first out, bounded. One batch is under way at a time. A record is on disk once
 * `append` has resolved, also when the process is killed the moment after; when the disk refuses, `append` keeps it in
 * memory within a bound and rejects.
 */
export class QueueFolder {
  readonly #folder: string;
  readonly #options: QueueOptions;
  readonly #segments: Segment[] = [];
  #writer: { readonly segment: Segment; readonly file: FileHandle } | null = null;
  #reader: { readonly segment: Segment; readonly file: FileHandle } | null = null;
  /** Where the next batch begins. */
  #cursor: Cursor;
  #memory: QueueRecord[] = [];
  #memoryBytes = 0;
  #underWay: Batch | null = null;
  #oldestWaiting: number | null = null;
  #dropped = 0;
  #unreadable = 0;
  #nextId: number;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(folder: string, options: QueueOptions, position: Cursor, nextId: number) {
    this.#folder = folder;
    this.#options = options;
    this.#cursor = position;
    this.#nextId = nextId;
  }

  /** Opens the folder, made when absent; goes on where the last batch was settled. InputError when another process has it. */
  static async open(folder: string, options: QueueOptions): Promise<QueueFolder> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await takeQueue(folder);
    const position = await readPosition(folder);
    const ids = await listSegments(folder);
    const queue = new QueueFolder(folder, options, position, Math.max(position.segment, ...ids) + 1);
    for (const id of ids) {
      if (id < position.segment) {
        await removeSegment(segmentAt(folder, id));
        continue;
      }
      const from = id === position.segment ? position.offset : 0;
      const { segment, unreadableBytes } = await scanSegment(folder, id, from);
      queue.#unreadable += unreadableBytes;
      queue.#segments.push(segment);
    }
    const first = queue.#segments[0];
    if (first && first.id !== position.segment) queue.#cursor = { segment: first.id, offset: 0 };
    await queue.#lookAtOldest();
    return queue;
  }

  append(record: QueueRecord): Promise<void> {
    return this.#inTurn(async () => {
      this.#memory.push(record);
      this.#memoryBytes += recordBytes(record);
      this.#oldestWaiting ??= record.queuedAt;
      try {
        await this.#writeMemory();
      } finally {
        this.#boundMemory();
        await this.#boundDisk();
      }
    });
  }

  /** The next records up to so many samples, at least one; null when nothing waits. */
  take(maxSamples: number): Promise<Batch | null> {
    return this.#inTurn(async () => {
      if (this.#underWay) throw new Error('a batch is under way already');
      const records: QueueRecord[] = [];
      let samples = 0;
      for (let next = await this.#peek(); next; next = await this.#peek()) {
        if (records.length > 0 && samples + next.samples > maxSamples) break;
        await this.#advance(next);
        records.push(next);
        samples += next.samples;
      }
      if (records.length === 0) return null;
      this.#underWay = { records, samples };
      return this.#underWay;
    });
  }

  /** The batch under way is done with, sent or given up: it will not come again. */
  settle(): Promise<void> {
    return this.#inTurn(async () => {
      this.#underWay = null;
      await this.#dropFinished();
      await this.#lookAtOldest();
      await writePosition(this.#folder, this.#cursor);
    });
  }

  state(): QueueState {
    const disk = this.#segments.reduce(
      (sum, { bytes, samples }) => ({ bytes: sum.bytes + bytes, samples: sum.samples + samples }),
      { bytes: 0, samples: 0 },
    );
    const memory = this.#memory.reduce((sum, { samples }) => sum + samples, 0);
    return {
      bytes: disk.bytes,
      samples: disk.samples + memory + (this.#underWay?.samples ?? 0),
      oldestQueuedAt: this.#underWay?.records[0]?.queuedAt ?? this.#oldestWaiting,
      droppedSamples: this.#dropped,
      unreadableBytes: this.#unreadable,
    };
  }

  close(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#writer?.file.close();
      await this.#reader?.file.close();
      this.#writer = null;
      this.#reader = null;
      await releaseQueue(this.#folder);
    });
  }

  /** One operation after the other: appending and sending go on side by side. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #writeMemory(): Promise<void> {
    for (let record = this.#memory[0]; record; record = this.#memory[0]) {
      const { file, segment } = await this.#writerFor(recordBytes(record));
      await appendRecord(file, segment, record).catch(async (error: unknown) => {
        // A fresh file next time: what refused this one may have been the file, not the disk.
        await this.#closeWriter();
        throw error;
      });
      this.#memory.shift();
      this.#memoryBytes -= recordBytes(record);
    }
  }

  async #writerFor(bytes: number): Promise<{ readonly segment: Segment; readonly file: FileHandle }> {
    const { maxBytes, policy } = this.#options;
    const limit = Math.min(policy.segmentBytes, maxBytes / policy.segmentsOfBound);
    if (this.#writer && this.#writer.segment.bytes > 0 && this.#writer.segment.bytes + bytes > limit) {
      await this.#closeWriter();
    }
    if (!this.#writer) {
      const segment = segmentAt(this.#folder, this.#nextId);
      this.#writer = { segment, file: await openSegment(segment, 'append') };
      this.#nextId += 1;
      this.#segments.push(segment);
    }
    return this.#writer;
  }

  async #closeWriter(): Promise<void> {
    const writer = this.#writer;
    this.#writer = null;
    await writer?.file.close();
    if (writer?.segment.bytes === 0) await this.#forget(writer.segment);
  }

  #boundMemory(): void {
    while (this.#memoryBytes > this.#options.policy.memoryBytes) {
      const oldest = this.#memory.shift();
      if (!oldest) return;
      this.#memoryBytes -= recordBytes(oldest);
      this.#dropped += oldest.samples;
    }
  }

  async #boundDisk(): Promise<void> {
    let bytes = this.#segments.reduce((sum, segment) => sum + segment.bytes, 0);
    while (bytes > this.#options.maxBytes) {
      const oldest = this.#segments[0];
      if (!oldest) return;
      bytes -= oldest.bytes;
      this.#dropped += oldest.samples;
      await this.#forget(oldest);
      await this.#lookAtOldest();
    }
  }

  /** Removes a segment; the cursor moves on to the next when it stood in this one. */
  async #forget(segment: Segment): Promise<void> {
    this.#segments.splice(this.#segments.indexOf(segment), 1);
    if (this.#writer?.segment === segment) await this.#closeWriter();
    if (this.#reader?.segment === segment) {
      await this.#reader.file.close();
      this.#reader = null;
    }
    if (this.#cursor.segment === segment.id) {
      this.#cursor = { segment: this.#segments[0]?.id ?? this.#nextId, offset: 0 };
    }
    await removeSegment(segment);
  }

  async #dropFinished(): Promise<void> {
    for (let first = this.#segments[0]; first; first = this.#segments[0]) {
      const isRead = first.id < this.#cursor.segment || this.#cursor.offset >= first.bytes;
      if (!isRead || this.#writer?.segment === first) return;
      await this.#forget(first);
    }
  }

  async #peek(): Promise<QueueRecord | null> {
    for (const segment of this.#segments.filter(({ id }) => id >= this.#cursor.segment)) {
      if (segment.id !== this.#cursor.segment) this.#cursor = { segment: segment.id, offset: 0 };
      if (this.#cursor.offset >= segment.bytes) continue;
      const record = await readRecord(await this.#readerOf(segment), segment, this.#cursor.offset);
      if (record) return record;
      this.#abandonRest(segment);
    }
    return this.#memory[0] ?? null;
  }

  async #readerOf(segment: Segment): Promise<FileHandle> {
    if (this.#reader?.segment !== segment) {
      await this.#reader?.file.close();
      this.#reader = { segment, file: await openSegment(segment, 'read') };
    }
    return this.#reader.file;
  }

  /** A record that was sound when it was written is not any more: what follows it cannot be found. */
  #abandonRest(segment: Segment): void {
    this.#unreadable += segment.bytes - this.#cursor.offset;
    this.#dropped += segment.samples;
    segment.samples = 0;
    this.#cursor = { segment: segment.id, offset: segment.bytes };
  }

  async #advance(record: QueueRecord): Promise<void> {
    if (record === this.#memory[0]) {
      this.#memory.shift();
      this.#memoryBytes -= recordBytes(record);
      return;
    }
    const { segment: id, offset } = this.#cursor;
    const segment = this.#segments.find((each) => each.id === id);
    if (segment) segment.samples -= record.samples;
    this.#cursor = { segment: id, offset: offset + recordBytes(record) };
  }

  async #lookAtOldest(): Promise<void> {
    this.#oldestWaiting = (await this.#peek())?.queuedAt ?? null;
  }
}
