import type { ScanReport } from '../contract.ts';
import { type ReportRequest, readScanReport } from './reports.ts';

export const testNow = '2031-03-05T06:00:00.000Z';

type Options = Partial<Omit<ReportRequest, 'chunks'>> & { readonly pieceBytes?: number };

/** Reads a report of a test as a file's bytes are read; the format is told from its beginning unless given. */
export async function readReport(
  content: string | Uint8Array | object,
  { pieceBytes = 64 * 1024, ...options }: Options = {},
): Promise<ScanReport> {
  const isPlain = typeof content === 'string' || content instanceof Uint8Array;
  const bytes = Buffer.from(isPlain ? content : JSON.stringify(content));
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  }
  const { report } = await readScanReport({
    chunks: chunks(),
    fileName: 'report',
    format: null,
    asset: null,
    timeZone: 'Asia/Shanghai',
    now: testNow,
    ...options,
  });
  return report;
}
