import { type FileHandle, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  decodeRecord,
  encodeRecord,
  headerBytes,
  type QueueRecord,
  recordBytes,
  walkRecords,
} from './record.ts';

/** A file of records, written at its end only. */
export interface Segment {
  readonly id: number;
  readonly path: string;
  /** Sound bytes. */
  bytes: number;
  /** Samples that nobody has taken yet. */
  samples: number;
}

export interface Cursor {
  readonly segment: number;
  readonly offset: number;
}

const nameForm = /^(\d{12})\.segment$/;
const positionName = 'position.json';

export function segmentAt(folder: string, id: number): Segment {
  return { id, path: join(folder, `${String(id).padStart(12, '0')}.segment`), bytes: 0, samples: 0 };
}

/** Ids of the segments in a folder, oldest first. */
export async function listSegments(folder: string): Promise<number[]> {
  const names = await readdir(folder);
  return names
    .flatMap((name) => nameForm.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => a - b);
}

/** Looks a segment through from an offset; what follows a torn or damaged record is not counted. */
export async function scanSegment(
  folder: string,
  id: number,
  from: number,
): Promise<{ readonly segment: Segment; readonly unreadableBytes: number }> {
  const segment = segmentAt(folder, id);
  const content = await readFile(segment.path);
  const { samples, end } = walkRecords(content, Math.min(from, content.length));
  return { segment: { ...segment, bytes: end, samples }, unreadableBytes: content.length - end };
}

/** Reads the record at an offset; null where the sound part ends or the record is damaged. */
export async function readRecord(
  file: FileHandle,
  segment: Segment,
  offset: number,
): Promise<QueueRecord | null> {
  if (offset + headerBytes > segment.bytes) return null;
  const header = Buffer.alloc(headerBytes);
  await file.read(header, 0, headerBytes, offset);
  const length = headerBytes + header.readUInt32LE(0);
  if (offset + length > segment.bytes) return null;
  const bytes = Buffer.alloc(length);
  await file.read(bytes, 0, length, offset);
  return decodeRecord(bytes, 0);
}

/** Appends a record, or leaves the segment as it was and throws. */
export async function appendRecord(file: FileHandle, segment: Segment, record: QueueRecord): Promise<void> {
  const bytes = encodeRecord(record);
  let written = 0;
  try {
    while (written < bytes.length) {
      const { bytesWritten } = await file.write(
        bytes,
        written,
        bytes.length - written,
        segment.bytes + written,
      );
      written += bytesWritten;
    }
  } catch (error) {
    await file.truncate(segment.bytes).catch(() => undefined);
    throw error;
  }
  segment.bytes += recordBytes(record);
  segment.samples += record.samples;
}

export function openSegment(segment: Segment, mode: 'append' | 'read'): Promise<FileHandle> {
  // Positions are ours, so that a record after a failed one lands where the sound part ends.
  return open(segment.path, mode === 'read' ? 'r' : 'w', 0o600);
}

/** Where sending had come to; the beginning when it was never written or cannot be read. */
export async function readPosition(folder: string): Promise<Cursor> {
  try {
    const { segment, offset } = JSON.parse(await readFile(join(folder, positionName), 'utf8'));
    if (Number.isInteger(segment) && Number.isInteger(offset)) return { segment, offset };
  } catch {
    // What was sent is sent again: a sample that a server has already is the same sample.
  }
  return { segment: 0, offset: 0 };
}

export async function writePosition(folder: string, position: Cursor): Promise<void> {
  const temporary = join(folder, `${positionName}.tmp`);
  await writeFile(temporary, JSON.stringify(position), { mode: 0o600 });
  await rename(temporary, join(folder, positionName));
}

export async function removeSegment(segment: Segment): Promise<void> {
  await rm(segment.path, { force: true });
}
