import { type ImportKind, InputError, type Text } from '../contract.ts';
import { checkColumns, checkDefault } from './mapping/bind-columns.ts';
import { defaultMapping, unusedColumnsNote } from './mapping/default-mapping.ts';
import type { Mapping } from './mapping/mapping.ts';
import type { RowContext } from './normalise/row-context.ts';
import { RowReader } from './normalise/row-reader.ts';
import { type ReadOptions, type RowBatch, type RowFile, readRows } from './reading/read-rows-file.ts';

export interface MappedRequest {
  readonly path: string;
  /** The name the user knows, when the path is that of a temporary copy. */
  readonly name?: string | undefined;
  readonly kind: ImportKind;
  /** Null = columns are named as the fields or their titles, times are ISO. */
  readonly mapping: Mapping | null;
  readonly signal?: AbortSignal | undefined;
}

/** Rows with the reader that turns them into fields. */
export interface MappedBatch {
  readonly batch: RowBatch;
  readonly reader: RowReader;
}

export interface MappedFile {
  readonly file: RowFile;
  readonly notes: readonly Text[];
  readonly batches: AsyncIterable<MappedBatch>;
}

function readOptionsOf({ name, mapping, signal }: MappedRequest): ReadOptions {
  if (!mapping) return { name, signal };
  const { encoding, delimiter, headerLine, sheet } = mapping;
  const quote = mapping.quote === 'none' ? null : mapping.quote;
  return { name, signal, encoding, delimiter, headerLine, sheet, quote };
}

/** Objects of a JSON file give its columns: without one there is nothing that a column could be missing from. */
function isBare(file: RowFile, batch: RowBatch): boolean {
  return !file.hasFixedColumns && batch.rows.length === 0 && batch.columns.length === 0;
}

/** Passes the batches on and notes a file that held not one row. */
async function* notingEmptiness(
  file: RowFile,
  batches: AsyncIterable<MappedBatch>,
  notes: Text[],
): AsyncGenerator<MappedBatch> {
  let isEmpty = true;
  for await (const mapped of batches) {
    isEmpty &&= mapped.batch.rows.length === 0 && mapped.batch.rejects.length === 0;
    yield mapped;
  }
  if (!isEmpty) return;
  notes.push(
    file.hasFixedColumns
      ? { zh: '表头之下没有数据行', en: 'there are no rows below the header' }
      : { zh: '文件中没有任何记录', en: 'the file holds no record' },
  );
}

async function* byMapping(
  file: RowFile,
  mapping: Mapping,
  context: RowContext,
  notes: Text[],
): AsyncGenerator<MappedBatch> {
  const reader = new RowReader(mapping, context);
  let columns: readonly string[] | null = null;
  for await (const batch of file.batches) {
    if (isBare(file, batch)) {
      yield { batch, reader };
      continue;
    }
    if (!columns && file.hasFixedColumns) checkColumns(mapping, batch.columns, file.name);
    columns = batch.columns;
    reader.bind(columns);
    yield { batch, reader };
  }
  if (file.hasFixedColumns || columns) checkColumns(mapping, columns ?? [], file.name);
  notes.push(...reader.percents.notes());
}

async function* byNames(
  file: RowFile,
  kind: ImportKind,
  context: RowContext,
  notes: Text[],
): AsyncGenerator<MappedBatch> {
  let reader: RowReader | null = null;
  let mapping = defaultMapping(kind, []);
  let columns: readonly string[] = [];
  let isBareFile = !file.hasFixedColumns;
  for await (const batch of file.batches) {
    isBareFile &&= isBare(file, batch);
    // Objects of a JSON file may bring keys that the ones before them lacked.
    if (!reader || batch.columns.length !== columns.length) {
      columns = batch.columns;
      mapping = defaultMapping(kind, columns);
      if (file.hasFixedColumns) checkDefault(mapping, columns, file.name);
      reader = new RowReader(mapping, context);
      reader.bind(columns);
    }
    yield { batch, reader };
  }
  if (isBareFile) return;
  checkDefault(mapping, columns, file.name);
  checkColumns(mapping, columns, file.name);
  const note = unusedColumnsNote(mapping, columns);
  if (note) notes.push(note);
}

/** Opens a file whose rows are read by a mapping, or by the names of its columns. */
export async function openMappedRows(request: MappedRequest, context: RowContext): Promise<MappedFile> {
  const { kind, mapping, path } = request;
  if (mapping && mapping.kind !== kind) {
    throw new InputError(
      `the mapping is for ${mapping.kind} but the import is of ${kind}: name the right mapping`,
    );
  }
  const file = await readRows(path, readOptionsOf(request));
  const notes: Text[] = [];
  const batches = mapping ? byMapping(file, mapping, context, notes) : byNames(file, kind, context, notes);
  return {
    file,
    batches: notingEmptiness(file, batches, notes),
    get notes() {
      return [...file.notes, ...notes];
    },
  };
}
