import type { ScanFormat, ScanReport, Text } from '../../contract.ts';

/** The beginning of a report, decompressed, from which its format is told. */
export interface ReportHead {
  readonly fileName: string;
  /** At most `headBytes`, read as UTF-8 whatever they are, without a byte order mark. */
  readonly text: string;
}

/** One report as its reader is handed it. */
export interface ReportSource {
  /** As the user knows it: begins every message. */
  readonly fileName: string;
  /** Decompressed and bounded: passing a limit throws InputError. To be read once, to the end. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** What the user says the report is about; null = the report has to say it itself. */
  readonly asset: string | null;
  /** IANA zone of times that come without one. */
  readonly timeZone: string;
  /** Networks that are our own (`10.0.0.0/8`), which tell whose end of an alarm is the asset; Suricata's usual ones when absent. */
  readonly homeNetworks?: readonly string[];
  /** ISO instant: times of streams without a year or a day are seen from here. */
  readonly now: string;
}

/** Reads reports of one format; pure but for the chunks. */
export interface ReportReader {
  readonly format: ScanFormat;
  readonly title: Text;
  /** Whether a report that begins so is of this format; must not throw. */
  recognises(head: ReportHead): boolean;
  /**
   * InputError that names file, line or path and the remedy when the whole is not of this format, truncated or hostile;
   * single entries that cannot be understood are counted under `skipped`.
   */
  read(source: ReportSource): Promise<ScanReport>;
}
