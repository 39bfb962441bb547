import { type Parser, parse } from 'csv-parse';
import { InputError } from '../../contract.ts';
import { maxRecordBytes, quoted, type Reject, type Row, type RowGroup, rejectOf } from './row.ts';

export interface CsvOptions {
  readonly name: string;
  readonly delimiter: string;
  /** Null = quotes are ordinary characters. */
  readonly quote: string | null;
  /** Line of the column names, counted from 1; without it the first line that is not blank. */
  readonly headerLine: number | undefined;
}

function newlinesIn(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
}

const otherDelimiters = [';', '\t', '|', ','];

function checkHeader(header: readonly string[], options: CsvOptions, line: number): void {
  if (header.length > 1) return;
  const text = header[0] ?? '';
  const other = otherDelimiters.find((mark) => mark !== options.delimiter && text.includes(mark));
  if (other) {
    throw new InputError(
      `${options.name} line ${line}: the header is one column with ${quoted(options.delimiter)} as delimiter but holds ${quoted(other)}; set delimiter: ${quoted(other)} in the mapping`,
    );
  }
}

/** Takes records from the parser one by one and hands them on in groups. */
class CsvCollector {
  columns: string[] | null = null;
  rows: Row[] = [];
  rejects: Reject[] = [];
  /** The line on which the next record starts. */
  line = 1;
  private parserLines = 0;
  private readonly options: CsvOptions;

  constructor(options: CsvOptions) {
    this.options = options;
  }

  take(cells: string[], parserLines: number): null {
    const line = this.line;
    // The parser counts a line break inside quotes twice when it is CRLF; so only its steps of one are trusted.
    this.line += parserLines - this.parserLines === 1 ? 1 : 1 + newlinesIn(cells);
    this.parserLines = parserLines;
    if (this.columns === null) {
      this.takeHeader(cells, line);
    } else if (cells.length === this.columns.length) {
      if (cells.length > 1 || cells[0] !== '') this.rows.push({ line, cells });
    } else {
      this.takeOther(cells, line, this.columns.length);
    }
    return null;
  }

  private takeHeader(cells: string[], line: number): void {
    const { headerLine } = this.options;
    if (headerLine === undefined ? cells.every((cell) => cell.trim() === '') : line < headerLine) return;
    checkHeader(cells, this.options, line);
    this.columns = cells.map((cell) => cell.trim());
  }

  /** A blank line is skipped; empty cells beyond the header, which spreadsheets leave behind, are dropped. */
  private takeOther(cells: string[], line: number, width: number): void {
    if (cells.length === 1 && cells[0]?.trim() === '') return;
    if (cells.length > width && cells.slice(width).every((cell) => cell === '')) {
      this.rows.push({ line, cells: cells.slice(0, width) });
      return;
    }
    const text = {
      zh: `该行有 ${cells.length} 列，表头为 ${width} 列：请检查分隔符与引号`,
      en: `${cells.length} cells where the header has ${width} columns: check delimiters and quotes`,
    };
    this.rejects.push(rejectOf(line, null, text));
  }

  flush(): RowGroup | null {
    if (!this.columns || (this.rows.length === 0 && this.rejects.length === 0)) return null;
    const group = { columns: this.columns, rows: this.rows, rejects: this.rejects };
    this.rows = [];
    this.rejects = [];
    return group;
  }
}

function faultOf(cause: unknown, collector: CsvCollector, name: string): unknown {
  const code = (cause as { code?: string }).code ?? '';
  const where = `${name} line ${collector.line}`;
  if (code === 'CSV_MAX_RECORD_SIZE') {
    return new InputError(
      `${where}: the record that starts here is larger than ${maxRecordBytes / 1e6} MB; look for a quote that is not closed, or shorten it`,
      { cause },
    );
  }
  if (code === 'CSV_QUOTE_NOT_CLOSED') {
    return new InputError(`${where}: a quote opened in the record that starts here is never closed`, {
      cause,
    });
  }
  if (code.includes('QUOTE')) {
    return new InputError(
      `${where}: a quote stands inside a cell of this record; double it and quote the cell, or set quote: none in the mapping`,
      { cause },
    );
  }
  return cause;
}

function send(parser: Parser, text: string | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null | undefined) => (error ? reject(error) : resolve());
    if (text === null) parser.once('error', reject).once('end', resolve).resume().end();
    else parser.write(text, done);
  });
}

/** Rows of delimited text (RFC 4180; line ends LF, CRLF or CR), a group per piece of text. */
export async function* csvRows(text: AsyncIterable<string>, options: CsvOptions): AsyncGenerator<RowGroup> {
  const collector = new CsvCollector(options);
  const parser = parse({
    delimiter: options.delimiter,
    quote: options.quote,
    escape: options.quote,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: maxRecordBytes,
    on_record: (cells: unknown, context) => collector.take(cells as string[], context.lines),
  });
  // Each failure is answered where the text was sent; without a listener Node.js would end the process.
  parser.on('error', () => {});
  const sent = async (piece: string | null) => {
    await send(parser, piece).catch((cause: unknown) => {
      throw faultOf(cause, collector, options.name);
    });
    return collector.flush();
  };
  let isFirst = true;
  for await (const piece of text) {
    if (isFirst && /^\s*[[{]\s*["[{}\]]/.test(piece)) {
      throw new InputError(`${options.name} starts like JSON: name the file .json or .ndjson`);
    }
    isFirst = false;
    const group = await sent(piece);
    if (group) yield group;
  }
  const last = await sent(null);
  if (!collector.columns) {
    throw new InputError(`${options.name} has no header in line ${options.headerLine ?? 1}: it is empty`);
  }
  yield last ?? { columns: collector.columns, rows: [], rejects: [] };
}
