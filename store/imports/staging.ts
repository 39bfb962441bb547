import { type RawBuilder, sql } from 'kysely';
import {
  type FieldValue,
  InputError,
  type RecordKind,
  type StoredRecord,
} from '../../collectors/contract.ts';
import { recordColumns, sqlTypes } from '../schema/record-columns.ts';
import type { Database } from '../schema/tables.ts';
import { hashContent } from './content-hash.ts';

/** Rows per statement: measured as the fastest on the embedded engine, and small enough to keep memory flat. */
const batchSize = 2000;

interface StagedColumn {
  readonly name: string;
  readonly sqlType: string;
  readonly read: (record: StoredRecord, position: number) => FieldValue;
}

/**
 * A temporary table for one import: invisible to everybody else, gone with the database session, so that a killed
 * import leaves nothing to clear. Each batch is a transaction of its own.
 */
export class StagingTable {
  readonly table: RawBuilder<unknown>;
  readonly #db: Database;
  readonly #columns: readonly StagedColumn[];
  readonly #fileName: string;
  #waiting: StoredRecord[] = [];
  #rows = 0;

  private constructor(db: Database, table: RawBuilder<unknown>, kind: RecordKind, fileName: string) {
    this.#db = db;
    this.table = table;
    this.#columns = stagedColumns(kind);
    this.#fileName = fileName;
  }

  static async create(
    db: Database,
    kind: RecordKind,
    fileName: string,
    number: number,
  ): Promise<StagingTable> {
    const table = sql.table(`staged_${number}`);
    const staging = new StagingTable(db, table, kind, fileName);
    const columns = staging.#columns.map(({ name, sqlType }) => sql`${sql.ref(name)} ${sql.raw(sqlType)}`);
    await sql`create temporary table ${table} (${sql.join(columns)})`.execute(db);
    return staging;
  }

  /** Rows taken so far, stored or waiting for their batch. */
  get rows(): number {
    return this.#rows + this.#waiting.length;
  }

  async add(records: readonly StoredRecord[]): Promise<void> {
    for (const record of records) {
      this.#waiting.push(record);
      if (this.#waiting.length >= batchSize) await this.flush();
    }
  }

  async flush(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const records = this.#waiting;
    this.#waiting = [];
    const arrays = this.#columns.map(({ sqlType, read }) => {
      const literal = arrayLiteral(records.map((record, index) => read(record, this.#rows + index)));
      return sql`${literal}::${sql.raw(sqlType)}[]`;
    });
    try {
      await sql`insert into ${this.table} select * from unnest(${sql.join(arrays)})`.execute(this.#db);
    } catch (cause) {
      throw this.#refusal(cause, records);
    }
    this.#rows += records.length;
  }

  async drop(): Promise<void> {
    this.#waiting = [];
    await sql`drop table if exists ${this.table}`.execute(this.#db);
  }

  /** SQLSTATE class 22 is a value that no column can hold: a NUL character, a year beyond the calendar. */
  #refusal(cause: unknown, records: readonly StoredRecord[]): unknown {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (!code.startsWith('22')) return cause;
    const [first, last] = [records[0]?.line, records.at(-1)?.line];
    return new InputError(
      `${this.#fileName}, lines ${first} to ${last}: a value cannot be stored (${(cause as Error).message}): correct the file.`,
      { cause },
    );
  }
}

function stagedColumns(kind: RecordKind): StagedColumn[] {
  const fields = recordColumns(kind);
  const sortedFields = fields.map(({ field }) => field).sort();
  return [
    { name: 'position', sqlType: 'integer', read: (_, position) => position },
    { name: 'line', sqlType: 'integer', read: ({ line }) => line },
    { name: 'id', sqlType: 'text', read: ({ id }) => id },
    { name: 'subject_id', sqlType: 'text', read: ({ subject }) => subject },
    { name: 'fault', sqlType: 'text', read: ({ fault }) => fault },
    { name: 'content_hash', sqlType: 'text', read: (record) => hashContent(record, sortedFields) },
    ...fields.map(({ field, column, type }) => ({
      name: column,
      sqlType: sqlTypes[type],
      read: (record: StoredRecord) => record.fields[field] ?? null,
    })),
  ];
}

/** A PostgreSQL array as text: one parameter per column and batch, whatever the number of rows. */
function arrayLiteral(values: readonly FieldValue[]): string {
  return `{${values.map(elementLiteral).join(',')}}`;
}

function elementLiteral(value: FieldValue): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new RangeError(`${value} is no stored number`);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
