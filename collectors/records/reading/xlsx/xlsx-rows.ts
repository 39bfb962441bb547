import { InputError } from '../../../contract.ts';
import { type Cell, type Reject, type Row, type RowGroup, rejectOf } from '../row.ts';
import { readDateStyles } from './date-styles.ts';
import { readSharedStrings } from './shared-strings.ts';
import { SheetCollector } from './sheet-rows.ts';
import { workbookParts } from './workbook.ts';
import { parseXml } from './xml-stream.ts';
import { openZip } from './zip-file.ts';

export interface XlsxOptions {
  readonly source: string | Uint8Array;
  readonly name: string;
  readonly sheet: string | undefined;
  /** Row of the column names; without it the first row that is not empty. */
  readonly headerLine: number | undefined;
  /** Told how much of the sheet is read, 0..1. */
  readonly onShare: (share: number) => void;
}

function isEmpty(cell: Cell | undefined): boolean {
  return cell === undefined || cell === null || cell === '';
}

/** Lays sheet rows under the header: blank rows are dropped, short ones filled up, cells beyond the header refused. */
class Table {
  columns: string[] | null = null;
  private readonly headerLine: number | undefined;

  constructor(headerLine: number | undefined) {
    this.headerLine = headerLine;
  }

  lay(rows: readonly Row[]): { rows: Row[]; rejects: Reject[] } {
    const laid: Row[] = [];
    const rejects: Reject[] = [];
    for (const row of rows) {
      if (row.cells.every(isEmpty)) continue;
      if (this.columns) this.place(row, this.columns.length, laid, rejects);
      else if (this.headerLine === undefined || row.line >= this.headerLine)
        this.columns = this.headerOf(row);
    }
    return { rows: laid, rejects };
  }

  private headerOf(row: Row): string[] {
    const last = row.cells.findLastIndex((cell) => !isEmpty(cell));
    return row.cells.slice(0, last + 1).map((cell) => (cell === null ? '' : String(cell).trim()));
  }

  private place(row: Row, width: number, rows: Row[], rejects: Reject[]): void {
    const extra = row.cells.slice(width).findIndex((cell) => !isEmpty(cell));
    if (extra >= 0) {
      const text = {
        zh: `第 ${width + extra + 1} 列有内容，但表头只有 ${width} 列：请补表头或清除该单元格`,
        en: `column ${width + extra + 1} is filled where the header has ${width} columns: name it or clear the cell`,
      };
      rejects.push(rejectOf(row.line, null, text));
      return;
    }
    const cells = row.cells.slice(0, width);
    while (cells.length < width) cells.push(null);
    rows.push({ line: row.line, cells });
  }
}

/** Rows of one sheet, streamed; only the workbook's distinct texts are held in memory. */
export async function* xlsxRows(options: XlsxOptions): AsyncGenerator<RowGroup> {
  const { source, name } = options;
  const zip = await openZip(source, name);
  try {
    const parts = await workbookParts(zip, name, options.sheet);
    const where = `${name} sheet ${parts.sheetName}`;
    const collector = new SheetCollector({
      where,
      sharedStrings: parts.sharedStrings ? await readSharedStrings(zip, parts.sharedStrings, name) : [],
      dateStyles: parts.styles ? await readDateStyles(zip, parts.styles, name) : [],
      is1904: parts.is1904,
    });
    const table = new Table(options.headerLine);
    const total = Math.max(1, zip.sizeOf(parts.sheet));
    for await (const fed of parseXml(zip.stream(parts.sheet), collector, where)) {
      options.onShare(fed / total);
      const { rows, rejects } = table.lay(collector.take());
      if (table.columns && rows.length + rejects.length > 0) yield { columns: table.columns, rows, rejects };
    }
    const { rows, rejects } = table.lay(collector.take());
    if (!table.columns) throw new InputError(`${where} has no header row: it is empty`);
    yield { columns: table.columns, rows, rejects };
  } finally {
    zip.close();
  }
}
