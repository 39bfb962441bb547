import type { RecordKind, StoredRecord, Subject, Text } from '../contract.ts';
import { type MappedBatch, openMappedRows } from './mapped-rows.ts';
import type { Mapping } from './mapping/mapping.ts';
import { normaliseRow } from './normalise/normalise-row.ts';
import type { IndicatorLookup, RowContext } from './normalise/row-context.ts';
import type { RowBatch } from './reading/read-rows-file.ts';
import type { Reject } from './reading/row.ts';

export interface ImportFileRequest {
  readonly path: string;
  /** The name the user knows, when the path is that of a temporary copy. */
  readonly name?: string | undefined;
  readonly kind: RecordKind;
  /** The subject named on the command line; it exists. */
  readonly subject: Subject;
  /** Null = columns are named as the fields or their titles, times are ISO. */
  readonly mapping: Mapping | null;
  /** Whether the store has a subject; asked for ids that stand in the file. */
  readonly isSubject: (id: string) => boolean;
  /** Checks the indicators and units of entries; null = not checked. */
  readonly indicators: IndicatorLookup | null;
  readonly signal?: AbortSignal | undefined;
}

export interface ImportProgress {
  /** Bytes of the file as it lies on disk. */
  readonly bytesRead: number;
  readonly totalBytes: number;
  readonly rowsRead: number;
}

/** About a thousand rows of the file, ready to be staged. */
export interface ImportBatch {
  /** Sub-subjects first met in this batch; stage them before the records, which need them. */
  readonly subjects: readonly Subject[];
  readonly records: readonly StoredRecord[];
  readonly rejects: readonly Reject[];
  readonly progress: ImportProgress;
}

/** What is known once a file has been read to its end. */
export interface ReadSummary {
  readonly fileName: string;
  readonly sha256: string;
  /** Rows of data: those that became records and those rejected. */
  readonly read: number;
  readonly rejected: number;
  /** Among the records, those that carry a fault. */
  readonly faulty: number;
  /** Such as an encoding found out or columns that were left aside. */
  readonly notes: readonly Text[];
}

export interface FileImport {
  /** Reads the file once, at the caller's pace. Ends early with an InputError or with the signal's reason. */
  readonly batches: AsyncIterable<ImportBatch>;
  /** Throws before the last batch has been taken. */
  readonly summary: () => ReadSummary;
}

const batchRows = 1000;

/** Rows normalised and held until a batch is full. */
class Holder {
  rowsRead = 0;
  rejected = 0;
  faulty = 0;
  private subjects: Subject[] = [];
  private records: StoredRecord[] = [];
  private rejects: Reject[] = [];
  private last: RowBatch | null = null;

  get size(): number {
    return this.records.length + this.rejects.length;
  }

  add({ batch, reader }: MappedBatch, kind: RecordKind, context: RowContext): void {
    this.last = batch;
    for (const row of batch.rows) {
      const result = normaliseRow(row, { reader, kind, context });
      if ('reject' in result) this.rejects.push(result.reject);
      else {
        this.records.push(result.record);
        if (result.record.fault !== null) this.faulty += 1;
      }
    }
    this.rejects.push(...batch.rejects);
    this.subjects.push(...(reader.subSubjects?.takeFresh() ?? []));
  }

  take(): ImportBatch {
    const { subjects, records, rejects } = this;
    this.rowsRead += this.size;
    this.rejected += rejects.length;
    [this.subjects, this.records, this.rejects] = [[], [], []];
    const { bytesRead = 0, totalBytes = 0 } = this.last ?? {};
    return {
      subjects,
      records,
      rejects: rejects.toSorted((a, b) => a.line - b.line),
      progress: { bytesRead, totalBytes, rowsRead: this.rowsRead },
    };
  }
}

/** Cuts what one piece of the file brought; its rejects go with the first part. */
function* partsOf(batch: RowBatch): Generator<RowBatch> {
  if (batch.rows.length <= batchRows) {
    yield batch;
    return;
  }
  for (let start = 0; start < batch.rows.length; start += batchRows) {
    const rows = batch.rows.slice(start, start + batchRows);
    yield { ...batch, rows, rejects: start === 0 ? batch.rejects : [] };
  }
}

async function* batchesOf(
  request: ImportFileRequest,
  finish: (summary: ReadSummary) => void,
): AsyncGenerator<ImportBatch> {
  const { kind, subject: root, isSubject, indicators } = request;
  const context: RowContext = { root, isSubject, indicators };
  const holder = new Holder();
  const mapped = await openMappedRows(request, context);
  for await (const { batch, reader } of mapped.batches) {
    for (const part of partsOf(batch)) {
      request.signal?.throwIfAborted();
      holder.add({ batch: part, reader }, kind, context);
      if (holder.size >= batchRows) yield holder.take();
    }
  }
  yield holder.take();
  finish({
    fileName: mapped.file.name,
    sha256: mapped.file.sha256(),
    read: holder.rowsRead,
    rejected: holder.rejected,
    faulty: holder.faulty,
    notes: mapped.notes,
  });
}

/** Reads a file of records: rows to normalised records, sub-subjects and rejects, with bounded memory. */
export function importFile(request: ImportFileRequest): FileImport {
  let result: ReadSummary | null = null;
  const batches = batchesOf(request, (summary) => {
    result = summary;
  });
  const summary = () => {
    if (result) return result;
    throw new Error(`${request.path} has not been read to its end`);
  };
  return { batches, summary };
}
