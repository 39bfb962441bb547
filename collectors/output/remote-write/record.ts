import { crc32 } from 'node:zlib';

/** One entry of the queue: a compressed write request. */
export interface QueueRecord {
  readonly payload: Uint8Array;
  readonly samples: number;
  /** Milliseconds since 1970. */
  readonly queuedAt: number;
}

/** Length of the payload, checksum of all that follows it, samples, time: little-endian. */
export const headerBytes = 20;

export function recordBytes(record: QueueRecord): number {
  return headerBytes + record.payload.length;
}

export function encodeRecord({ payload, samples, queuedAt }: QueueRecord): Buffer {
  const bytes = Buffer.alloc(headerBytes + payload.length);
  bytes.writeUInt32LE(payload.length, 0);
  bytes.writeUInt32LE(samples, 8);
  bytes.writeDoubleLE(queuedAt, 12);
  bytes.set(payload, headerBytes);
  bytes.writeUInt32LE(crc32(bytes.subarray(8)), 4);
  return bytes;
}

/** The record at an offset; null when it is torn or damaged. */
export function decodeRecord(bytes: Buffer, offset: number): QueueRecord | null {
  if (offset + headerBytes > bytes.length) return null;
  const end = offset + headerBytes + bytes.readUInt32LE(offset);
  if (end > bytes.length || crc32(bytes.subarray(offset + 8, end)) !== bytes.readUInt32LE(offset + 4)) {
    return null;
  }
  return {
    payload: bytes.subarray(offset + headerBytes, end),
    samples: bytes.readUInt32LE(offset + 8),
    queuedAt: bytes.readDoubleLE(offset + 12),
  };
}

/** Walks records from an offset as far as they are sound; `end` is where the sound part ends. */
export function walkRecords(bytes: Buffer, from: number): { samples: number; end: number } {
  let [end, samples] = [from, 0];
  for (let record = decodeRecord(bytes, end); record; record = decodeRecord(bytes, end)) {
    samples += record.samples;
    end += recordBytes(record);
  }
  return { samples, end };
}
