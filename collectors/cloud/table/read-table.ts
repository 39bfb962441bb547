import { CollectorFault, type CollectorRun, type Gap, InputError, type Text } from '../../contract.ts';
import { isProblem } from '../../records/normalise/problem.ts';
import { type ZoneClock, zoneClock } from '../../records/normalise/zoned-time.ts';
import { readRows } from '../../records/reading/read-rows-file.ts';
import type { Row } from '../../records/reading/row.ts';
import { cellValue } from './cell-value.ts';
import { type BoundColumn, bindColumns, type Columns, type RowOf } from './columns.ts';
import type { TableSettings } from './table-settings.ts';

export interface TableRow<C extends Columns> {
  readonly line: number;
  readonly values: RowOf<C>;
}

export interface Table<C extends Columns> {
  readonly rows: readonly TableRow<C>[];
  /** Columns of ours that the table has. */
  readonly has: ReadonlySet<keyof C>;
  /** Rows that could not be taken, each with its line and reason. */
  readonly gaps: readonly Gap[];
}

/** Faults told one by one; what is beyond is counted. */
const mostGaps = 100;

const dayMilliseconds = 86_400_000;

function atLine(file: string, line: number, { zh, en }: Text): Text {
  return { zh: `${file} 第 ${line} 行：${zh}`, en: `${file} line ${line}: ${en}` };
}

const rowRemedy: Text = {
  zh: '请更正该行；其余各行不受影响',
  en: 'correct this row; the others are not affected',
};

/** A row that could not be taken. Without identity the line stands for it, so that no other series is meant. */
export function rowGap(
  file: string,
  { line, reason, labels }: { line: number; reason: Text; labels?: Gap['labels'] },
): Gap {
  const identity = labels && Object.keys(labels).length > 0 ? labels : { line: String(line) };
  return {
    metric: null,
    labels: identity,
    state: 'failed',
    reason: atLine(file, line, reason),
    remedy: rowRemedy,
  };
}

class RowReader<C extends Columns> {
  readonly rows: TableRow<C>[] = [];
  readonly gaps: Gap[] = [];
  private faults = 0;
  private readonly options: {
    readonly file: string;
    readonly identity: readonly string[];
    /** Every column of ours with null: a table may lack some. */
    readonly empty: Readonly<Record<string, null>>;
    readonly clock: ZoneClock;
    readonly maxRows: number;
  };

  constructor(options: RowReader<C>['options']) {
    this.options = options;
  }

  take(row: Row, columns: ReadonlyMap<string, BoundColumn>): void {
    const values: Record<string, unknown> = { ...this.options.empty };
    const reasons: Text[] = [];
    for (const [name, column] of columns) {
      const value = cellValue(row.cells[column.index] ?? null, column, this.options.clock);
      if (isProblem(value)) reasons.push(value.reason);
      else if (value === null && column.spec.isRequired) {
        reasons.push({ zh: `「${column.header}」列为空`, en: `column ${column.header} is empty` });
      } else values[name] = value;
    }
    if (reasons.length > 0) {
      this.refuse(row.line, join(reasons), this.identityOf(values));
      return;
    }
    if (this.rows.length >= this.options.maxRows) throw tooLong(this.options.file, this.options.maxRows);
    this.rows.push({ line: row.line, values: values as RowOf<C> });
  }

  refuse(line: number, reason: Text, labels: Gap['labels'] = {}): void {
    this.faults += 1;
    if (this.faults <= mostGaps) this.gaps.push(rowGap(this.options.file, { line, reason, labels }));
  }

  finish(): readonly Gap[] {
    const more = this.faults - mostGaps;
    if (more <= 0) return this.gaps;
    const { file } = this.options;
    const reason = { zh: `${file} 另有 ${more} 行有误`, en: `${file} has ${more} more faulty rows` };
    return [
      ...this.gaps,
      { metric: null, labels: { line: 'others' }, state: 'failed', reason, remedy: rowRemedy },
    ];
  }

  private identityOf(values: Readonly<Record<string, unknown>>): Record<string, string> {
    const known = this.options.identity.filter((name) => typeof values[name] === 'string');
    return Object.fromEntries(known.map((name) => [name, String(values[name])]));
  }
}

function join(reasons: readonly Text[]): Text {
  return { zh: reasons.map(({ zh }) => zh).join('；'), en: reasons.map(({ en }) => en).join('; ') };
}

function tooLong(file: string, maxRows: number): CollectorFault {
  return new CollectorFault(
    { zh: `${file} 超过 ${maxRows} 行`, en: `${file} has more than ${maxRows} rows` },
    { remedy: { zh: '请拆分文件或调大 maxRows', en: 'split it, or raise maxRows' }, isFinal: true },
  );
}

function stale(file: string, days: number, maxAgeDays: number): CollectorFault {
  return new CollectorFault(
    {
      zh: `数据过期：${file} 最后修改于 ${days} 天前，允许 ${maxAgeDays} 天`,
      en: `stale: ${file} was last changed ${days} days ago where ${maxAgeDays} are allowed`,
    },
    {
      remedy: {
        zh: '请导出并放入新的表格，或核实 maxAgeDays',
        en: 'put a new export in its place, or check maxAgeDays',
      },
      isFinal: true,
    },
  );
}

async function readBytes({ ports, settings, startedAt }: CollectorRun<TableSettings>): Promise<Uint8Array> {
  const path = ports.files.resolve(settings.file);
  const bytes = await ports.files.read(path, Math.floor(settings.maxMegabytes * 1_000_000));
  const { modifiedAt } = await ports.files.stat(path);
  const days = (Date.parse(startedAt) - Date.parse(modifiedAt)) / dayMilliseconds;
  if (days > settings.maxAgeDays) throw stale(settings.file, Math.floor(days), settings.maxAgeDays);
  return bytes;
}

/**
 * Reads a table; rows that cannot be taken become gaps named by `identity`, the rest goes on. CollectorFault or InputError
 * when the file as a whole cannot be read, lacks a column or is stale.
 */
export async function readTable<C extends Columns>(
  run: CollectorRun<TableSettings>,
  columns: C,
  identity: readonly (keyof C & string)[],
): Promise<Table<C>> {
  const { settings, signal } = run;
  const { file, encoding, delimiter, sheet, headerLine } = settings;
  const bytes = await readBytes(run);
  const opened = await readRows(bytes, { name: file, encoding, delimiter, sheet, headerLine, signal });
  const empty = Object.fromEntries(Object.keys(columns).map((name) => [name, null]));
  const clock = zoneClock(settings.timeZone);
  const reader = new RowReader<C>({ file, identity, empty, clock, maxRows: settings.maxRows });
  let bound: ReadonlyMap<string, BoundColumn> | null = null;
  for await (const group of opened.batches) {
    bound = bound && opened.hasFixedColumns ? bound : bindColumns(columns, group.columns, file);
    for (const row of group.rows) reader.take(row, bound);
    for (const { line, text } of group.rejects) reader.refuse(line, text);
  }
  if (!bound) {
    throw new InputError(`${file} has no header row: it is empty`, {
      zh: `${file} 为空，没有表头：请重新导出后放入`,
    });
  }
  return { rows: reader.rows, has: new Set(bound.keys()), gaps: reader.finish() };
}
