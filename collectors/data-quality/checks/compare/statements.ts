import type { SqlBounds, SqlRecord } from '../../../contract.ts';
import type { CheckContext } from '../check.ts';

/** Statements of one check as they run, kept for its result. */
export class Statements {
  readonly sql: string[] = [];
  /** Reads of the check's own table from end to end. */
  scans = 0;
  readonly #context: CheckContext;
  readonly bounds: SqlBounds;
  constructor(context: CheckContext) {
    this.#context = context;
    const { timeoutMilliseconds, maxRows, signal } = context;
    this.bounds = { timeoutMilliseconds, maxRows, signal };
  }

  note(sql: string, scans: number): void {
    this.sql.push(sql);
    this.scans += scans;
  }

  /** Asks the check's own source, reading its table once from end to end. */
  async scan(sql: string): Promise<readonly SqlRecord[]> {
    this.note(sql, 1);
    return this.#context.session.query(sql, this.bounds);
  }

  async scanOne(sql: string): Promise<SqlRecord> {
    const [row = {}] = await this.scan(sql);
    return row;
  }
}
