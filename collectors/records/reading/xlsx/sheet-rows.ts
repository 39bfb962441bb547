import { InputError } from '../../../contract.ts';
import { type Cell, maxRecordBytes, type Row } from '../row.ts';
import { dateOfSerial } from './date-styles.ts';
import { RichText, unescapeText } from './shared-strings.ts';
import type { XmlHandler } from './xml-stream.ts';

const maxColumns = 16_384;

/** What cells refer to by number. */
export interface CellContext {
  readonly where: string;
  readonly sharedStrings: readonly string[];
  readonly dateStyles: readonly boolean[];
  readonly is1904: boolean;
}

/** 0 for A, 27 for AB. */
function columnOf(reference: string): number {
  let column = 0;
  for (let i = 0; i < reference.length; i += 1) {
    const letter = reference.charCodeAt(i) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return column - 1;
}

interface OpenCell {
  readonly column: number;
  readonly type: string;
  readonly style: number;
}

/** Gathers the rows of a sheet from its XML events. */
export class SheetCollector implements XmlHandler {
  private rows: Row[] = [];
  private cells: Cell[] = [];
  private line = 0;
  private size = 0;
  private cell: OpenCell | null = null;
  private value = '';
  private isInValue = false;
  private isInline = false;
  private readonly rich = new RichText();
  private readonly context: CellContext;

  constructor(context: CellContext) {
    this.context = context;
  }

  readonly open = (tag: string, attributes: Readonly<Record<string, string>>): void => {
    if (tag === 'row') {
      this.line = attributes.r === undefined ? this.line + 1 : Number(attributes.r);
      this.cells = [];
      this.size = 0;
    } else if (tag === 'c') {
      this.openCell(attributes);
    } else if (tag === 'v') {
      this.isInValue = true;
    } else if (tag === 'is') {
      this.isInline = true;
    } else if (this.isInline) {
      this.rich.open(tag);
    }
  };

  readonly text = (text: string): void => {
    if (this.isInValue) this.value += text;
    else if (this.isInline) this.rich.text(text);
  };

  readonly close = (tag: string): void => {
    if (tag === 'v') this.isInValue = false;
    else if (tag === 'is') this.isInline = false;
    else if (tag === 'c') this.closeCell();
    else if (tag === 'row') this.rows.push({ line: this.line, cells: this.cells });
    else if (this.isInline) this.rich.close(tag);
  };

  take(): Row[] {
    const rows = this.rows;
    this.rows = [];
    return rows;
  }

  private openCell(attributes: Readonly<Record<string, string>>): void {
    const reference = attributes.r;
    const column = reference === undefined ? this.cells.length : columnOf(reference);
    if (!(column >= 0 && column < maxColumns)) {
      throw new InputError(
        `${this.context.where} row ${this.line}: the cell ${reference} is beyond the last column`,
      );
    }
    this.cell = { column, type: attributes.t ?? 'n', style: Number(attributes.s ?? 0) };
    this.value = '';
  }

  private closeCell(): void {
    if (!this.cell) return;
    const { column } = this.cell;
    const value = this.valueOf(this.cell);
    while (this.cells.length < column) this.cells.push(null);
    this.cells[column] = value;
    this.size += typeof value === 'string' ? value.length : 8;
    if (this.size > maxRecordBytes) {
      throw new InputError(
        `${this.context.where} row ${this.line}: the row is larger than ${maxRecordBytes / 1e6} MB; shorten it`,
      );
    }
    this.cell = null;
  }

  private valueOf({ type, style }: OpenCell): Cell {
    if (type === 'inlineStr') return this.rich.take();
    if (this.value === '') return null;
    if (type === 's') return this.context.sharedStrings[Number(this.value)] ?? null;
    if (type === 'b') return this.value === '1' || this.value === 'true';
    if (type !== 'n') return unescapeText(this.value);
    const number = Number(this.value);
    if (!this.context.dateStyles[style]) return number;
    return dateOfSerial(number, this.context.is1904);
  }
}
