import type { ScanReport } from '../../contract.ts';
import type { ReportReader, ReportSource } from '../reading/reader.ts';

/** Reads a text (or bytes) with one reader in a test, in pieces of a few bytes so that nothing hangs on where they are cut. */
export function readText(
  reader: ReportReader,
  content: string | Uint8Array,
  options: Partial<Omit<ReportSource, 'chunks'>> = {},
): Promise<ScanReport> {
  const bytes = Buffer.from(content);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += 61) yield bytes.subarray(at, at + 61);
  }
  return reader.read({
    fileName: 'report',
    chunks: chunks(),
    asset: null,
    timeZone: 'Asia/Shanghai',
    now: '2026-11-21T06:00:00.000Z',
    ...options,
  });
}
