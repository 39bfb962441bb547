import { InputError, type RecordKind, type StoredRecord, type Text } from '../../collectors/contract.ts';
import { type ImportProgress, importFile, type Mapping } from '../../collectors/records.ts';
import type { ImportOutcome } from '../../dashboards/contract.ts';
import type { EvidenceStore, ImportCounts, ImportSession } from '../../store/contract.ts';
import { findSubject } from './evaluate.ts';
import { indicatorsOf } from './indicators.ts';
import { RejectsFile, type RowRemark } from './rejects-file.ts';

export interface ImportOrder {
  readonly kind: RecordKind;
  readonly path: string;
  /** The name the user knows, when the path is that of a temporary copy. */
  readonly fileName?: string;
  readonly subject: string;
  readonly mapping: { readonly mapping: Mapping; readonly sha256: string } | null;
  readonly covers: { readonly from: string; readonly to: string } | null;
  /** For observations that name no period of their own. */
  readonly period?: string | undefined;
  readonly isDryRun: boolean;
  readonly maxRejects: number;
  /** Null = rejects are counted and the first are shown, none is written. */
  readonly rejectsPath: string | null;
  readonly importedAt: string;
  readonly signal: AbortSignal;
  onProgress?(progress: ImportProgress): void;
}

/** What an import did, or with a dry run would do. */
export interface ImportResult extends Omit<ImportOutcome, 'preview'> {
  readonly file: string;
  readonly notes: readonly Text[];
  /** Lists what was rejected and what is faulty; null when there is neither, or nothing was to be written. */
  readonly rejectsFile: string | null;
  /** The first records that were kept with a fault. */
  readonly faults: readonly RowRemark[];
  /** The first records as they are stored. */
  readonly preview: readonly StoredRecord[];
}

const previewRows = 5;

function duplicateRejects(counts: ImportCounts): RowRemark[] {
  return counts.duplicates.map(({ id, line, firstLine }) => {
    const text = {
      zh: `编号“${id}”已出现在第 ${firstLine} 行且内容不同：请保留其一`,
      en: `id "${id}" stands in line ${firstLine} already with other content: keep one of the two`,
    };
    return { line, id, reason: text.en, text };
  });
}

export function refuseTooMany(
  { count, first }: Pick<RejectsFile, 'count' | 'first'>,
  order: Pick<ImportOrder, 'maxRejects' | 'path' | 'fileName'>,
): void {
  if (count <= order.maxRejects) return;
  const name = order.fileName ?? order.path;
  throw new InputError([
    `${name}: ${count} rows or more were rejected, --max-rejects allows ${order.maxRejects}: nothing was imported`,
    ...first.map(({ line, reason }) => `${name}, line ${line}: ${reason}`),
  ]);
}

interface Staged {
  readonly preview: StoredRecord[];
  readonly summary: ReturnType<ReturnType<typeof importFile>['summary']>;
}

async function stageAll(
  order: ImportOrder,
  {
    session,
    rejects,
    reader,
  }: { session: ImportSession; rejects: RejectsFile; reader: ReturnType<typeof importFile> },
): Promise<Staged> {
  const preview: StoredRecord[] = [];
  for await (const batch of reader.batches) {
    order.signal.throwIfAborted();
    if (batch.subjects.length > 0) await session.stageSubjects(batch.subjects);
    if (batch.records.length > 0) await session.stage(batch.records);
    await rejects.add(batch.rejects);
    await rejects.addFaulty(batch.records);
    refuseTooMany(rejects, order);
    preview.push(...batch.records.slice(0, Math.max(0, previewRows - preview.length)));
    order.onProgress?.(batch.progress);
  }
  return { preview, summary: reader.summary() };
}

/** Reads, stages and merges a file of records. Whatever goes wrong, the store is as it was. */
export async function importRecords(store: EvidenceStore, order: ImportOrder): Promise<ImportResult> {
  const subject = await findSubject(store, order.subject);
  const known = new Set((await store.subjects.list()).map((each) => each.id));
  const rejects = new RejectsFile(order.rejectsPath);
  await rejects.refuseBadPath();
  const reader = importFile({
    path: order.path,
    name: order.fileName,
    kind: order.kind,
    subject,
    mapping: order.mapping?.mapping ?? null,
    isSubject: (id) => known.has(id),
    indicators: indicatorsOf(),
    signal: order.signal,
  });
  const session = await store.imports.begin({
    kind: order.kind,
    subject: subject.id,
    fileName: order.fileName ?? order.path.slice(order.path.lastIndexOf('/') + 1),
    mappingSha256: order.mapping?.sha256 ?? null,
    importedAt: order.importedAt,
    covers: order.covers,
  });
  let isCommitted = false;
  try {
    const { preview, summary } = await stageAll(order, { session, rejects, reader });
    const review = async (counts: ImportCounts) => {
      await rejects.add(duplicateRejects(counts));
      refuseTooMany(rejects, order);
      await rejects.finish();
      order.signal.throwIfAborted();
    };
    const counts = order.isDryRun ? await session.preview() : await session.commit(summary, review);
    if (order.isDryRun) await review(counts);
    if (order.isDryRun) await session.abort();
    isCommitted = !order.isDryRun;
    return {
      kind: order.kind,
      subject: subject.id,
      file: summary.fileName,
      isDryRun: order.isDryRun,
      read: summary.read,
      new: counts.new,
      changed: counts.changed,
      unchanged: counts.unchanged + counts.repeated,
      faulty: counts.faulty,
      rejected: rejects.count,
      newSubjects: counts.newSubjects,
      notes: summary.notes,
      rejectsFile: await rejects.keep(),
      rejects: rejects.first,
      faults: rejects.firstFaulty,
      preview,
    };
  } catch (error) {
    if (!isCommitted) {
      await session.abort();
      await rejects.discard();
    }
    throw error;
  }
}
