import type { Text } from '../../contract.ts';
import { type Cell, quoted, type Row, type RowGroup } from './row.ts';

function cellOf(value: unknown): Cell {
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean'
  ) {
    return value;
  }
  if (!Array.isArray(value)) return JSON.stringify(value);
  return value.map((item) => (typeof item === 'string' ? item : JSON.stringify(item)));
}

/** Why a text is no record; whoever knows the file says where it stands. */
export class JsonProblem extends Error {
  readonly text: Text;
  constructor(zh: string, en: string, options?: ErrorOptions) {
    super(en, options);
    this.text = { zh, en };
  }
}

const maxKeys = 2000;

/** Lays JSON objects out as rows; the columns are the keys seen so far, those of inner objects joined by a dot. */
export class JsonTable {
  private readonly positions = new Map<string, number>();
  private rows: Row[] = [];

  /** JsonProblem for an object nested too deeply or with keys without end. */
  add(object: object, line: number): void {
    const cells: Cell[] = [];
    try {
      this.place(object, '', cells);
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      throw new JsonProblem('对象嵌套过深：请展平', 'the object is nested too deeply: lay it flat', {
        cause,
      });
    }
    if (this.positions.size > maxKeys) {
      throw new JsonProblem(
        `至此已有 ${maxKeys} 个以上不同的键：同一文件的各条记录应使用相同的键`,
        `more than ${maxKeys} different keys so far: objects of one file share their keys`,
      );
    }
    for (let i = 0; i < cells.length; i += 1) cells[i] ??= null;
    this.rows.push({ line, cells });
  }

  private place(object: object, prefix: string, cells: Cell[]): void {
    for (const [key, value] of Object.entries(object)) {
      const column = prefix + key;
      if (typeof value === 'object' && value !== null && !Array.isArray(value) && prefix.length < 200) {
        this.place(value, `${column}.`, cells);
        continue;
      }
      const position = this.positions.get(column) ?? this.positions.size;
      this.positions.set(column, position);
      cells[position] = cellOf(value);
    }
  }

  flush(): RowGroup {
    const columns = [...this.positions.keys()];
    for (const { cells } of this.rows) {
      while (cells.length < columns.length) (cells as Cell[]).push(null);
    }
    const group = { columns, rows: this.rows, rejects: [] };
    this.rows = [];
    return group;
  }
}

/** Parses one record; JsonProblem unless it is an object. */
export function parseObject(text: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const detail = (cause as Error).message;
    throw new JsonProblem(`不是有效的 JSON（${detail}）`, `not valid JSON (${detail})`, { cause });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new JsonProblem(
    `${quoted(text)} 不是一个对象：每条记录是一个 {...}`,
    `${quoted(text)} is not an object; each record is one {...}`,
  );
}
