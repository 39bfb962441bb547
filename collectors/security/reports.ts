import type { ScanFormat, ScanReport } from '../contract.ts';
import { certificates } from './formats/certificates.ts';
import { cyclonedx } from './formats/cyclonedx.ts';
import { eve } from './formats/eve.ts';
import { lynis } from './formats/lynis.ts';
import { nmap } from './formats/nmap.ts';
import { sarif } from './formats/sarif.ts';
import { syslog } from './formats/syslog.ts';
import { trivy } from './formats/trivy.ts';
import { xccdf } from './formats/xccdf.ts';
import { hashed, inflated, peek, upTo } from './reading/bounded-bytes.ts';
import { allowedLeadMilliseconds, earliestReportAt, headBytes, reportLimits } from './reading/limits.ts';
import type { ReportHead, ReportReader } from './reading/reader.ts';
import { EntryFault, reportFault } from './reading/report-fault.ts';
import { encodingOf } from './reading/report-text.ts';

/** Every format that can be read; told apart in this order, those with the surest marks first. */
export const reportReaders: readonly ReportReader[] = [
  sarif,
  xccdf,
  trivy,
  nmap,
  cyclonedx,
  lynis,
  eve,
  syslog,
  certificates,
];

export interface ReportRequest {
  /** As the file has it; gzip is seen by its first bytes. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** As the user knows it: begins every message. */
  readonly fileName: string;
  /** Null = told from the beginning of the file. */
  readonly format: ScanFormat | null;
  /** What the report is about; null = the report says it itself. */
  readonly asset: string | null;
  /** IANA zone of times without one. */
  readonly timeZone: string;
  /** Of alarms, which end is ours; Suricata's usual networks when absent. */
  readonly homeNetworks?: readonly string[];
  /** ISO instant. */
  readonly now: string;
}

function headOf(fileName: string, bytes: Uint8Array): ReportHead {
  return { fileName, text: new TextDecoder(encodingOf(bytes)).decode(bytes) };
}

function readerOf(format: ScanFormat | null, head: ReportHead): ReportReader {
  if (head.text.trim() === '') {
    throw reportFault(head.fileName, null, {
      zh: '文件为空：请重新导出该报告',
      en: 'is empty: export the report again',
    });
  }
  const found = reportReaders.find((reader) => (format ? reader.format === format : reader.recognises(head)));
  if (found) return found;
  const known = reportReaders.map(({ format: id }) => id).join(', ');
  throw reportFault(head.fileName, null, {
    zh: `无法识别为扫描报告：请核对文件，或用 format 指明格式（${known}）`,
    en: `is no scan report that is known by its beginning: check the file, or name its format (${known})`,
  });
}

/** A report ahead of our clock would count as the newest until its day has come, one of a clock that was never set as the oldest. */
function checkTime({ producedAt }: ScanReport, { fileName, now }: ReportRequest): void {
  if (producedAt === null) return;
  if (Date.parse(producedAt) < Date.parse(earliestReportAt)) {
    throw reportFault(fileName, null, {
      zh: `扫描结束时间 ${producedAt} 早于任何扫描报告：请校准扫描主机的时钟后重新扫描`,
      en: `says its scan ended at ${producedAt}, which is before any scan report: set the clock of the scanning host, and scan again`,
    });
  }
  if (Date.parse(producedAt) <= Date.parse(now) + allowedLeadMilliseconds) return;
  throw reportFault(fileName, null, {
    zh: `扫描结束时间 ${producedAt} 晚于本机时间 ${now}：请校准扫描主机与本机的时钟后重新扫描`,
    en: `says its scan ended at ${producedAt}, which is still to come (it is ${now}): set the clocks of the scanning host and of this machine, and scan again`,
  });
}

/**
 * Reads one report of any format within the limits. InputError that names file, place and remedy when it is not of its
 * format, truncated, hostile, of the future or of before 2000; `sha256` is of the bytes as they came.
 */
export async function readScanReport(
  request: ReportRequest,
): Promise<{ readonly report: ScanReport; readonly sha256: string }> {
  const { fileName, format, asset, timeZone, homeNetworks, now } = request;
  const raw = hashed(upTo(reportLimits.streamBytes, request.chunks, fileName));
  const { head, all } = await peek(await inflated(raw.chunks, fileName), headBytes);
  const reader = readerOf(format, headOf(fileName, head));
  try {
    const report = await reader.read({
      ...{ fileName, chunks: all, asset, timeZone, now },
      ...(homeNetworks ? { homeNetworks } : {}),
    });
    for await (const _ of all);
    checkTime(report, request);
    return { report, sha256: raw.sha256() };
  } catch (error) {
    if (!(error instanceof EntryFault)) throw error;
    throw reportFault(fileName, error.place, error.reason, error);
  } finally {
    await all.return(undefined);
  }
}
