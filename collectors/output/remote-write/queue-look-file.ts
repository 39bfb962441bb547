import type { QueueState } from './queue-folder.ts';
import { listSegments, readPosition, scanSegment } from './segment-file.ts';

/** The queue of a target that another process may be sending from: looked at, never touched; null when there is none. */
export async function inspectQueue(folder: string): Promise<Pick<QueueState, 'bytes' | 'samples'> | null> {
  const ids = await listSegments(folder).catch(() => null);
  if (ids === null) return null;
  const position = await readPosition(folder);
  let [bytes, samples] = [0, 0];
  for (const id of ids.filter((each) => each >= position.segment)) {
    const { segment } = await scanSegment(folder, id, id === position.segment ? position.offset : 0);
    bytes += segment.bytes;
    samples += segment.samples;
  }
  return { bytes, samples };
}
