/** What a session is opened on. Files become views named by `name`, seen by DuckDB. */
export type SqlTarget =
  | { readonly driver: 'postgresql' | 'mysql'; readonly url: string }
  | { readonly driver: 'sqlite'; readonly path: string }
  | { readonly driver: 'duckdb'; readonly files: readonly DataFile[] };

export interface DataFile {
  readonly name: string;
  readonly path: string;
  readonly format: 'csv' | 'parquet' | 'json';
  /** WHATWG name, `gb18030` ...; UTF-8 when absent. Of CSV and JSON. */
  readonly encoding?: string;
  /** Of CSV; comma when absent. */
  readonly delimiter?: string;
}

export type SqlValue = string | number | boolean | null;
export type SqlRecord = Readonly<Record<string, SqlValue>>;

export interface SqlBounds {
  readonly timeoutMilliseconds: number;
  /** More rows are a fault. */
  readonly maxRows: number;
  readonly signal: AbortSignal;
}

/**
 * A read-only session on one database or on files; every statement sees the same snapshot where the engine can do so.
 * Statements run one after the other. Faults are InputErrors that name place and what the engine said, never a password.
 */
export interface SqlSession {
  readonly driver: SqlTarget['driver'];
  /** `postgresql`, `mysql` or `mariadb`, `sqlite`, `duckdb`, with its version. */
  readonly server: string;
  query(sql: string, bounds: SqlBounds): Promise<readonly SqlRecord[]>;
  /** The rows in batches, in the engine's order, so that millions can pass through. */
  stream(
    sql: string,
    bounds: SqlBounds,
    accept: (rows: readonly SqlRecord[]) => Promise<void>,
  ): Promise<void>;
  /** DuckDB alone: a table of the session's own, to compare what came from elsewhere. All columns are texts. */
  load?(
    table: string,
    columns: readonly string[],
    rows: readonly (readonly (string | null)[])[],
  ): Promise<void>;
  close(): Promise<void>;
}

export interface SqlPort {
  /** Opens a session; InputError when the place cannot be reached, or a file is absent or is not what it is said to be. */
  open(target: SqlTarget, bounds: Omit<SqlBounds, 'maxRows'>): Promise<SqlSession>;
  /** One read-only query; InputError that names the driver and what it said, never the password. */
  query(request: {
    readonly driver: 'postgresql' | 'mysql';
    readonly url: string;
    readonly sql: string;
    readonly timeoutMilliseconds: number;
    readonly maxRows: number;
    readonly signal: AbortSignal;
  }): Promise<readonly Readonly<Record<string, string | number | boolean | null>>[]>;
}
